//! Taking in what somebody changed in Genesys Cloud: both sides are compared,
//! and where both changed the same, somebody chooses.

use api::ActionComparison;
use dom::prelude::*;
use flow::data_action::ActionPart;

use super::{
    choices::{ChoiceList, Choices},
    desk::ActionDesk,
    saving::listed,
};
use crate::{
    client::Failure,
    components::{Banner, Button, ButtonKind, Spinner, Tone},
};

/// The comparison, and taking it in.
#[component]
pub(super) fn TakeIn(
    desk: ActionDesk,
    /// Called once what is there is here too.
    #[prop(into)]
    on_taken: Callback<()>,
) -> impl IntoView {
    let compared: RwSignal<Option<Result<ActionComparison, Failure>>> = RwSignal::new(None);
    let refused = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let compare = move || {
        compared.set(None);
        spawn_local(async move {
            let id = desk.id.get_value();
            let answer = desk.client.compare_upstream(&id).await;
            compared.try_set(Some(answer));
        });
    };
    compare();
    let take = Callback::new(move |(version, theirs_in): (u64, Vec<ActionPart>)| {
        busy.set(true);
        refused.set(None);
        let revision = desk.summary.with_untracked(|summary| summary.revision);
        spawn_local(async move {
            let id = desk.id.get_value();
            let answer = desk
                .client
                .take_upstream(&id, revision, version, theirs_in)
                .await;
            busy.try_set(false);
            match answer {
                Ok(opened) => {
                    desk.take(opened);
                    desk.toasts.success(
                        "What was changed in Genesys Cloud is here now. Look at it, then upload.",
                    );
                    on_taken.run(());
                }
                Err(Failure::SessionEnded) => {}
                // What was compared is another by now.
                Err(failure) if failure.is_status(409) => {
                    refused.try_set(Some(failure));
                    compare();
                }
                Err(failure) => {
                    refused.try_set(Some(failure));
                }
            }
        });
    });
    let body = move || match compared.get() {
        None => view! { <Spinner label="Comparing both sides" /> },
        Some(Err(failure)) => view! {
            <Banner tone=Tone::Danger title="Both sides could not be compared">
                {failure.to_string()}" "
                <Button small=true on_click=move |_| compare()>
                    "Try again"
                </Button>
            </Banner>
        },
        Some(Ok(comparison)) => view! { <Shown desk comparison busy take /> },
    };
    view! {
        {move || refused.get().map(|failure| {
            view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> }
        })}
        <section class="going-live" aria-label="Both sides" data-panel="take-in">{body}</section>
    }
}

#[component]
fn Shown(
    desk: ActionDesk,
    comparison: ActionComparison,
    busy: RwSignal<bool>,
    take: Callback<(u64, Vec<ActionPart>)>,
) -> impl IntoView {
    let ActionComparison {
        version,
        conflicts,
        taken,
    } = comparison;
    let alone = (!taken.is_empty()).then(|| {
        let words = format!(
            "They alone changed {}. That comes in by itself.",
            listed(&taken)
        );
        view! { <p class="text-muted">{words}</p> }
    });
    let both = (!conflicts.is_empty())
        .then(|| view! { <p>"Changed on both sides. Take one of each."</p> });
    let choices = Choices::of(conflicts);
    let disabled = move || busy.get() || desk.saving.pending() > 0 || choices.theirs_in().is_none();
    let press = move |_| {
        if let Some(theirs_in) = untrack(|| choices.theirs_in()) {
            take.run((version, theirs_in));
        }
    };
    view! {
        {alone}
        {both}
        <ChoiceList choices there="In Genesys" />
        <div class="action__buttons">
            <Button
                kind=ButtonKind::Primary
                disabled=Signal::derive(disabled)
                on_click=press
            >
                {format!("Take in version {version}")}
            </Button>
        </div>
    }
}
