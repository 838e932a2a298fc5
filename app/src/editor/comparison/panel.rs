//! The list of what both sides changed, with what was, is here and is there:
//! somebody takes either for each.

use api::{ComparedPart, MergedPart, Side};
use dom::prelude::*;

use super::super::desk::Desk;
use crate::components::{Button, ButtonKind, Compared, Icon, IconButton, TooltipSide};

/// The comparison, in the place of the properties.
#[component]
pub(in super::super) fn Panel(desk: Desk) -> impl IntoView {
    // It stays the same while it is decided, so its rows are made once.
    let Some((comparison, next)) = desk.comparing.with_untracked(|it| {
        let it = it.as_ref()?;
        Some((it.comparison.clone(), it.next))
    }) else {
        return View::Empty;
    };
    let count = comparison.conflicts.len();
    let standing = move || {
        let decided = desk
            .comparing
            .with(|it| it.as_ref().map_or(0, super::Comparing::decided));
        format!(
            "Version {} there, {decided} of {count} decided",
            comparison.version
        )
    };
    let undecided = move || {
        desk.comparing
            .with(|it| it.as_ref().is_none_or(|it| it.remedy().is_none()))
    };
    let waiting = move || undecided() || desk.pending.get() > 0;
    let publish = move |_| {
        let remedy = desk
            .comparing
            .with_untracked(|it| it.as_ref().and_then(super::Comparing::remedy));
        if let Some(remedy) = remedy {
            next.decide(desk, remedy);
        }
    };
    let take_all = move |side: Side| desk.change_comparison(|it| it.sides.fill(Some(side)));
    let rows = comparison
        .conflicts
        .into_iter()
        .enumerate()
        .map(|(index, part)| view! { <Part desk index part /> })
        .collect_view();
    view! {
        <header class="inspector__head">
            <span class="tile" data-category="logic">
                <Icon name="branch" />
            </span>
            <div class="inspector__heading">
                <h2 class="inspector__title truncate">"Compare with Genesys"</h2>
                <p class="inspector__kind" role="status">{standing}</p>
            </div>
            <IconButton
                icon="x"
                label="Back to the properties"
                side=TooltipSide::End
                small=true
                on_click=move |_| desk.change_comparison(|it| it.is_shown = false)
            />
        </header>
        <div class="panel__body" data-panel="compare">
            <section class="section" aria-label="Changed on both sides">
                <p class="text-muted">
                    "Changed on both sides. Take one of each; the canvas shows where they are."
                </p>
                {(count > 1).then(|| view! {
                    <div class="compare__all">
                        <Button small=true on_click=move |_| take_all(Side::Ours)>
                            "Take all from here"
                        </Button>
                        <Button small=true on_click=move |_| take_all(Side::Theirs)>
                            "Take all from Genesys"
                        </Button>
                    </div>
                })}
                <ol class="compare">{rows}</ol>
            </section>
            {merged(desk, comparison.merged, comparison.more)}
        </div>
        <footer class="panel__foot">
            <Button
                kind=ButtonKind::Primary
                wide=true
                disabled=Signal::derive(waiting)
                on_click=publish
            >
                "Publish with these choices"
            </Button>
        </footer>
    }
}

/// One conflict: what both began with, what is here, what is there.
#[component]
fn Part(desk: Desk, index: usize, part: ComparedPart) -> impl IntoView {
    let ComparedPart {
        title,
        place,
        base,
        ours,
        theirs,
        at,
    } = part;
    let is_drawn = place.node.is_some() || place.edge.is_some() || at.is_some();
    let show = match is_drawn {
        false => View::Empty,
        true => view! {
            <Button
                kind=ButtonKind::Ghost
                small=true
                icon="eye"
                on_click=move |_| desk.go_to_conflict(index)
            >
                "Show it in the flow"
            </Button>
        },
    };
    let is_current = move || {
        let current = desk
            .comparing
            .with(|it| it.as_ref().and_then(|it| it.current));
        (current == Some(index)).then_some("true")
    };
    let chosen = move || {
        desk.comparing
            .with(|it| it.as_ref().and_then(|it| *it.sides.get(index)?))
    };
    let choose = move |side: Side| {
        desk.change_comparison(|it| {
            it.current = Some(index);
            if let Some(of_part) = it.sides.get_mut(index) {
                *of_part = Some(side);
            }
        });
    };
    view! {
        <li class="compare__part" aria-current=is_current>
            <Compared
                title
                name=format!("compare-{index}")
                base
                ours
                theirs
                there="In Genesys"
                chosen=Signal::derive(chosen)
                on_choose=choose
                beside=show
            />
        </li>
    }
}

/// What needs no decision: it comes in, or goes out, with the next publish.
fn merged(desk: Desk, merged: Vec<MergedPart>, more: u64) -> Option<View> {
    if merged.is_empty() {
        return None;
    }
    let row = |part: MergedPart| {
        let MergedPart {
            side,
            sentence,
            place,
            at,
        } = part;
        let is_drawn = place.node.is_some() || place.edge.is_some() || at.is_some();
        let words = if is_drawn {
            let show = move |_| desk.look_at(&place, at);
            view! {
                <button class="problem__message" type="button" on:click=show>
                    {sentence}
                </button>
            }
        } else {
            view! { <span class="problem__message">{sentence}</span> }
        };
        view! {
            <li class="compare__merged">
                <span class="compare-tag" data-side=side_name(side)>{side_words(side)}</span>
                {words}
            </li>
        }
    };
    let rows = merged.into_iter().map(row).collect_view();
    let more = (more > 0).then(|| {
        view! { <li class="text-muted">{format!("and {more} more")}</li> }
    });
    Some(view! {
        <section class="section" aria-label="Brought together by itself" data-panel="merged">
            <h3 class="title-group">"Brought together by itself"</h3>
            <ul>{rows} {more}</ul>
        </section>
    })
}

pub(super) fn side_name(side: Side) -> &'static str {
    match side {
        Side::Ours => "ours",
        Side::Theirs => "theirs",
    }
}

pub(super) fn side_words(side: Side) -> &'static str {
    match side {
        Side::Ours => "Here",
        Side::Theirs => "Genesys",
    }
}
