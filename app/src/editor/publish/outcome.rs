//! How a publish ended, in plain words.

use api::{Failure, PublishState};
use dom::prelude::*;

use super::super::{desk::Desk, dock::DockState, problems};
use crate::components::{Banner, Button, ButtonKind, Icon, Tone};

/// The outcome; nothing while it is under way.
#[component]
pub(super) fn Outcome(
    desk: Desk,
    state: PublishState,
    dock: DockState,
    close: RwSignal<bool>,
) -> impl IntoView {
    match state {
        PublishState::Running => ().into_any(),
        PublishState::Published {
            upstream_id,
            version,
            ..
        } => view! { <Published desk upstream_id version /> }.into_any(),
        PublishState::Failed { failure } => view! { <Failed desk failure dock close /> }.into_any(),
    }
}

#[component]
fn Published(desk: Desk, upstream_id: String, version: u64) -> impl IntoView {
    let id = upstream_id.clone();
    let copy = move |_| desk.copy_text(id.clone(), "The id is on the clipboard.");
    view! {
        <Banner tone=Tone::Success title=format!("Published. Version {version} is live.")>
            <span class="publish__id">
                "In Genesys Cloud it is " <code>{upstream_id}</code>
                <Button kind=ButtonKind::Ghost icon="copy" small=true on_click=copy>
                    "Copy"
                </Button>
            </span>
        </Banner>
    }
}

#[component]
fn Failed(desk: Desk, failure: Failure, dock: DockState, close: RwSignal<bool>) -> impl IntoView {
    let Failure {
        sentence,
        next_step,
        correlation_id,
        problems: found,
        ..
    } = failure;
    let rows = found
        .into_iter()
        .map(|problem| {
            let message = problem.message.clone();
            view! {
                <li class="problem" data-severity="error">
                    <Icon name="circle-alert" />
                    <button
                        class="problem__message"
                        type="button"
                        on:click=move |_| {
                            close.set(false);
                            dock.show("problems");
                            problems::go_to(desk, &problem);
                        }
                    >
                        {message}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <Banner tone=Tone::Danger title=sentence>
            <p>{next_step}</p>
            {correlation_id
                .map(|id| {
                    view! {
                        <p class="text-small text-muted">
                            "Genesys Cloud calls this request " <code>{id}</code>
                        </p>
                    }
                })}
        </Banner>
        <ul class="problems">{rows}</ul>
    }
}
