//! What both sides changed, side by side: somebody takes either for each part.

use api::{ComparedPart, Comparison, Remedy, Side};
use dom::prelude::*;

use super::{
    super::{desk::Desk, problems},
    PublishState,
};
use crate::{
    client::Failure,
    components::{Banner, Button, ButtonKind, Tone},
};

/// A comparison that is being decided.
#[derive(Clone)]
pub(super) struct Comparing {
    /// The publish that ended with it.
    publish: String,
    comparison: Comparison,
    /// The side of each part, as far as one was chosen.
    sides: Vec<Option<Side>>,
}

impl Comparing {
    /// The choices, once there is one for each part.
    pub(super) fn remedy(&self) -> Option<Remedy> {
        Some(Remedy::Choose {
            publish: self.publish.clone(),
            sides: self.sides.iter().copied().collect::<Option<_>>()?,
        })
    }
}

/// The comparison of the publish that is shown.
#[component]
pub(super) fn Compare(desk: Desk, publish: PublishState) -> impl IntoView {
    let failed: RwSignal<Option<Failure>> = RwSignal::new(None);
    let id = publish
        .job
        .with_untracked(|job| job.as_ref().map(|job| job.id.clone()))
        .unwrap_or_default();
    let is_known = publish
        .comparing
        .with_untracked(|known| known.as_ref().is_some_and(|known| known.publish == id));
    if !is_known {
        publish.comparing.set(None);
        spawn_local(async move {
            match desk.client.conflicts(&id).await {
                Ok(comparison) => {
                    publish.comparing.try_set(Some(Comparing {
                        publish: id,
                        sides: vec![None; comparison.conflicts.len()],
                        comparison,
                    }));
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    failed.try_set(Some(failure));
                }
            }
        });
    }
    let parts = Memo::new(move |_| {
        publish
            .comparing
            .with(|known| Some(known.as_ref()?.comparison.conflicts.clone()))
    });
    let rows = move || {
        parts.get().map(|parts| {
            let rows = parts
                .into_iter()
                .enumerate()
                .map(|(index, part)| view! { <Part desk publish index part /> })
                .collect_view();
            view! { <ol class="compare" data-panel="compare">{rows}</ol> }
        })
    };
    let take_all = move |side: Side| {
        publish.comparing.update(|known| {
            if let Some(known) = known {
                known.sides.fill(Some(side));
            }
        });
    };
    view! {
        {move || failed.get().map(|failure| {
            view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> }
        })}
        <Show when=move || parts.with(|parts| parts.as_ref().is_some_and(|parts| parts.len() > 1))>
            <div class="compare__all">
                <Button small=true on_click=move |_| take_all(Side::Ours)>"Take all from here"</Button>
                <Button small=true on_click=move |_| take_all(Side::Theirs)>
                    "Take all from Genesys"
                </Button>
            </div>
        </Show>
        {rows}
    }
}

/// One part: what both began with, what is here, what is there.
#[component]
fn Part(desk: Desk, publish: PublishState, index: usize, part: ComparedPart) -> impl IntoView {
    let ComparedPart {
        title,
        place,
        base,
        ours,
        theirs,
    } = part;
    let is_drawn = place.node.is_some() || place.edge.is_some();
    let show = is_drawn.then(|| {
        let place = place.clone();
        let press = move |_| {
            publish.open.set(false);
            problems::show(desk, &place);
            desk.announce("Publish shows the comparison again, with what you chose so far.");
        };
        view! {
            <Button kind=ButtonKind::Ghost small=true icon="eye" on_click=press>
                "Show it in the flow"
            </Button>
        }
    });
    let name = format!("compare-{index}");
    let choice = move |side: Side, words: &'static str, value: Option<String>| {
        let chosen = move || {
            publish.comparing.with(|known| {
                let side_of = known.as_ref().and_then(|known| *known.sides.get(index)?);
                side_of == Some(side)
            })
        };
        let choose = move |_| {
            publish.comparing.update(|known| {
                let of_part = known.as_mut().and_then(|known| known.sides.get_mut(index));
                if let Some(of_part) = of_part {
                    *of_part = Some(side);
                }
            });
        };
        view! {
            <label class="compare__side">
                <input
                    type="radio"
                    name=name.clone()
                    prop:checked=chosen
                    on:change=choose
                />
                <span class="compare__whose">{words}</span>
                {value_of(value)}
            </label>
        }
    };
    let here = choice.clone()(Side::Ours, "Here", ours);
    let there = choice(Side::Theirs, "In Genesys", theirs);
    view! {
        <li class="compare__part">
            <fieldset>
                <legend class="compare__title">{title}</legend>
                {show}
                <div class="compare__base">
                    <span class="compare__whose">"Before"</span>
                    {value_of(base)}
                </div>
                {here}
                {there}
            </fieldset>
        </li>
    }
}

fn value_of(value: Option<String>) -> View {
    match value {
        Some(value) => view! { <code class="compare__value">{value}</code> }.into_any(),
        None => view! { <span class="compare__value text-muted">"not there"</span> }.into_any(),
    }
}
