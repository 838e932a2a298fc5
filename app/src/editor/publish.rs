//! Publishing: a dialog that says what will be sent, shows every step, and
//! ends with a plain outcome. It can be closed and opened again meanwhile.

mod outcome;
mod steps;

use std::time::Duration;

use api::{Connection, NewPublish, Publish, Right};
use dom::prelude::*;
use flow::FlowKind;

use super::{
    desk::{Desk, random_name},
    dock::DockState,
    link::Connection as Linked,
};
use crate::{
    client::Failure,
    components::{Banner, Button, ButtonKind, Dialog, Tone},
    part::part_when,
    parts,
};

/// How often a publish is asked about while the socket is away.
const POLL: Duration = Duration::from_secs(2);

/// Why a flow of another kind cannot be published.
const NOT_YET: &str =
    "Patchbay publishes lookup flows so far. This one can be checked, previewed and downloaded.";

/// What the dialog shows.
#[derive(Clone, Copy)]
pub(crate) struct PublishState {
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// The publish that this page started or found under way.
    job: RwSignal<Option<Publish>>,
    /// Whether starting one is under way.
    starting: RwSignal<bool>,
    /// Why one could not be started.
    refused: RwSignal<Option<Failure>>,
}

impl PublishState {
    /// Follows the publishes of the open flow.
    pub(crate) fn new(desk: Desk) -> Self {
        let state = Self {
            open: RwSignal::new(false),
            job: RwSignal::new(None),
            starting: RwSignal::new(false),
            refused: RwSignal::new(None),
        };
        Effect::new(move |_| {
            if let Some(publish) = desk.publish.get() {
                state.job.set(Some(publish));
            }
        });
        state.poll_without_socket(desk);
        state
    }

    fn is_running(self) -> bool {
        self.job.with(|job| {
            job.as_ref()
                .is_some_and(|job| matches!(job.state, api::PublishState::Running))
        })
    }

    fn start(self, desk: Desk) {
        if self.starting.get_untracked() {
            return;
        }
        self.starting.set(true);
        self.refused.set(None);
        // One key for each press: what is sent twice is published once.
        let new = NewPublish {
            key: random_name(),
            connection: None,
        };
        spawn_local(async move {
            let answer = desk.client.publish(&desk.flow_id(), &new).await;
            self.starting.try_set(false);
            match answer {
                // The socket may have told more by now.
                Ok(publish) => {
                    let known = self.job.try_with_untracked(|job| {
                        job.as_ref().is_some_and(|job| job.id == publish.id)
                    });
                    if known == Some(false) {
                        self.job.try_set(Some(publish));
                    }
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    self.refused.try_set(Some(failure));
                }
            }
        });
    }

    fn poll_without_socket(self, desk: Desk) {
        let connection = desk.link.connection();
        let poll = Memo::new(move |_| self.is_running() && connection.get() != Linked::Open);
        let ask = move || {
            let id = self
                .job
                .with_untracked(|job| job.as_ref().map(|job| job.id.clone()));
            if let Some(id) = id.filter(|_| poll.get_untracked()) {
                spawn_local(async move {
                    if let Ok(publish) = desk.client.publish_state(&id).await {
                        self.job.try_set(Some(publish));
                    }
                });
            }
        };
        Effect::new(move |before: Option<Option<IntervalHandle>>| {
            if let Some(timer) = before.flatten() {
                timer.clear();
            }
            poll.get()
                .then(|| set_interval_with_handle(ask, POLL).ok())
                .flatten()
        });
    }
}

/// The one primary button of the screen.
#[component]
pub(crate) fn PublishButton(desk: Desk, publish: PublishState, dock: DockState) -> impl IntoView {
    let may = Memo::new(move |_| desk.role.get().may(Right::Publish));
    let words = move || {
        if publish.is_running() {
            "Publishing…"
        } else {
            "Publish"
        }
    };
    let reason = move || {
        if desk.flow.with(|flow| flow.kind != FlowKind::Lookup) {
            return Some(NOT_YET);
        }
        (!may.get()).then_some("Publishing needs the role of a publisher: ask an administrator.")
    };
    let press = move |_| {
        if let Some(reason) = untrack(reason) {
            return desk.announce(reason);
        }
        let errors = desk.problems.with_untracked(|problems| problems.errors);
        if errors > 0 && !publish.is_running() {
            dock.show("problems");
            desk.announce(format!(
                "The flow cannot be published yet: {}.",
                desk.problems.with_untracked(|problems| problems.in_words())
            ));
            return;
        }
        // What is shown of the last one is over once another may begin.
        if !publish.is_running() {
            publish.job.set(None);
            publish.refused.set(None);
        }
        publish.open.set(true);
    };
    view! {
        <button
            class="button button--primary"
            type="button"
            aria-disabled=move || reason().is_some().then_some("true")
            aria-description=reason
            data-tooltip=reason
            data-side="end"
            aria-haspopup="dialog"
            on:click=press
        >
            {words}
        </button>
        {part_when(
            move || publish.open.get(),
            parts::publish,
            move |dialog| dialog(desk, publish, dock),
        )}
    }
}

/// The dialog that publishes.
pub(crate) fn publish_dialog(desk: Desk, publish: PublishState, dock: DockState) -> View {
    view! { <PublishDialog desk publish dock /> }
}

#[component]
fn PublishDialog(desk: Desk, publish: PublishState, dock: DockState) -> impl IntoView {
    let title = move || {
        let name = desk.flow.with(|flow| flow.name.clone());
        match publish
            .job
            .with(|job| job.as_ref().map(|job| job.state.clone()))
        {
            None => format!("Publish {name}"),
            Some(api::PublishState::Running) => format!("Publishing {name}"),
            Some(api::PublishState::Published { .. }) => format!("{name} is published"),
            Some(api::PublishState::Failed { .. }) => format!("{name} was not published"),
        }
    };
    let content = move || match publish.job.get() {
        None => view! { <Before desk /> }.into_any(),
        Some(job) => {
            let about = format!("Through {}, asked for by {}.", job.connection, job.author);
            view! {
                <p class="text-muted">{about}</p>
                <steps::Steps job=job.clone() />
                <outcome::Outcome desk state=job.state dock close=publish.open />
            }
            .into_any()
        }
    };
    let refused = move || {
        publish.refused.get().map(|failure| {
            view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> }
        })
    };
    let waiting = move || desk.pending.get() > 0;
    let foot = move || {
        let job = publish
            .job
            .with(|job| job.as_ref().map(|job| job.state.clone()));
        match job {
            None => view! {
                <Show when=waiting>
                    <span class="dialog__foot-start">"Waiting until every change is saved…"</span>
                </Show>
                <Button on_click=move |_| publish.open.set(false)>"Cancel"</Button>
                <Button
                    kind=ButtonKind::Primary
                    busy=publish.starting
                    disabled=Signal::derive(waiting)
                    on_click=move |_| publish.start(desk)
                    attr:data-action="publish"
                >
                    "Publish"
                </Button>
            }
            .into_any(),
            Some(api::PublishState::Running) => view! {
                <span class="dialog__foot-start">"You can close this; publishing goes on."</span>
                <Button on_click=move |_| publish.open.set(false)>"Close"</Button>
            }
            .into_any(),
            Some(api::PublishState::Published { .. }) => view! {
                <Button kind=ButtonKind::Primary on_click=move |_| publish.open.set(false)>
                    "Done"
                </Button>
            }
            .into_any(),
            Some(api::PublishState::Failed { .. }) => view! {
                <Button on_click=move |_| publish.open.set(false)>"Close"</Button>
                <Button
                    kind=ButtonKind::Primary
                    busy=publish.starting
                    disabled=Signal::derive(waiting)
                    on_click=move |_| publish.start(desk)
                >
                    "Try again"
                </Button>
            }
            .into_any(),
        }
    };
    view! {
        <Dialog open=publish.open title attr:data-panel="publish">
            <div class="dialog__body">{refused} {content}</div>
            <footer class="dialog__foot">{foot}</footer>
        </Dialog>
    }
}

/// What will be sent, and through what.
#[component]
fn Before(desk: Desk) -> impl IntoView {
    let connection: RwSignal<Option<Connection>> = RwSignal::new(None);
    let asked = RwSignal::new(false);
    spawn_local(async move {
        // Who may not read connections still publishes through the default one.
        let found = desk.client.connections().await.unwrap_or_default();
        let default = found.iter().find(|one| one.is_default).or(found.first());
        connection.try_set(default.cloned());
        asked.try_set(true);
    });
    let through = move || match (connection.get(), asked.get()) {
        (Some(connection), _) => format!("{} ({})", connection.name, connection.api_url),
        (None, true) => "The default connection".to_owned(),
        (None, false) => "…".to_owned(),
    };
    let what = move || {
        let stamp = desk.stamp.get();
        match stamp.and_then(|stamp| Some((stamp.upstream_id?, stamp.version))) {
            Some((id, version)) => format!("Updates {id}, of which version {version} is known"),
            None => "A new flow: it was never published".to_owned(),
        }
    };
    let size = move || {
        let nodes = desk.flow.with(|flow| flow.nodes);
        if nodes == 1 {
            "1 node".to_owned()
        } else {
            format!("{nodes} nodes")
        }
    };
    let warnings = move || {
        let warnings = desk.problems.with(|problems| problems.warnings());
        (warnings > 0).then(|| {
            let words = if warnings == 1 {
                "One warning stays. It does not stand in the way.".to_owned()
            } else {
                format!("{warnings} warnings stay. They do not stand in the way.")
            };
            view! { <Banner tone=Tone::Warning>{words}</Banner> }
        })
    };
    view! {
        <div class="rows">
            <div class="rows__row">
                "Flow" <span class="rows__end">{move || desk.flow.with(|flow| flow.name.clone())}</span>
            </div>
            <div class="rows__row">"Holds" <span class="rows__end">{size}</span></div>
            <div class="rows__row">
                "Through" <span class="rows__end truncate">{through}</span>
            </div>
            <div class="rows__row">
                "Upstream" <span class="rows__end truncate">{what}</span>
            </div>
        </div>
        {warnings}
        <p class="text-muted">
            "The flow is checked, sent to Genesys Cloud and made live. What was live before is \
             replaced only when every step went through."
        </p>
    }
}
