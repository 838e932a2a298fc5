//! Publishing: a dialog that says what will be sent, shows every step, and
//! ends with a plain outcome. It can be closed and opened again meanwhile.

mod before;
mod consumers;
mod gone;
mod outcome;

use std::time::Duration;

use api::{NewPublish, Publish, Remedy, Right, StepName};
use dom::prelude::*;
use flow::FlowKind;

use super::{
    comparison::Comparing,
    desk::{Desk, random_name},
    dock::DockState,
    link::Connection as Linked,
};
use crate::{
    client::Failure,
    components::{Banner, Button, ButtonKind, Dialog, Steps, Tone},
    part::part_when,
    parts,
};

/// How often a publish is asked about while the socket is away.
const POLL: Duration = Duration::from_secs(2);

/// Why a flow of another kind cannot be published.
const NOT_FROM_HERE: &str =
    "Flows of the public platform are not published from here. Download it and import it there.";
/// How the server names a publish that ended with what both sides changed.
const CONFLICTS: &str = "conflicts";
/// How it names one whose flow is gone upstream.
const GONE: &str = "not-found";

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
    /// The connection that was chosen; none for the default one.
    connection: RwSignal<Option<String>>,
}

impl PublishState {
    /// Follows the publishes of the open flow.
    pub(crate) fn new(desk: Desk) -> Self {
        let state = Self {
            open: RwSignal::new(false),
            job: RwSignal::new(None),
            starting: RwSignal::new(false),
            refused: RwSignal::new(None),
            connection: RwSignal::new(None),
        };
        Effect::new(move |_| {
            if let Some(publish) = desk.publish.get() {
                // What an earlier one compared is over.
                let is_over =
                    |it: &Option<Comparing>| it.as_ref().is_some_and(|it| !it.is_of(&publish.id));
                if desk.comparing.with_untracked(is_over) {
                    desk.comparing.set(None);
                }
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

    fn failed_as(self, code: &str) -> bool {
        self.job.with(|job| {
            job.as_ref().is_some_and(|job| {
                matches!(&job.state, api::PublishState::Failed { failure } if failure.code == code)
            })
        })
    }

    /// Asks the server to stop the publish; how it ended comes as always.
    fn cancel(self, desk: Desk) {
        let Some(id) = self
            .job
            .with_untracked(|job| job.as_ref().map(|job| job.id.clone()))
        else {
            return;
        };
        spawn_local(async move {
            if let Err(failure) = desk.client.cancel_publish(&id).await {
                self.refused.try_set(Some(failure));
            }
        });
    }

    /// Shows what both sides changed, on the canvas and in the panel beside it.
    fn compare(self, desk: Desk) {
        let Some(id) = self
            .job
            .with_untracked(|job| job.as_ref().map(|job| job.id.clone()))
        else {
            return;
        };
        if desk.show_comparison(&id) {
            self.open.set(false);
            return;
        }
        self.starting.set(true);
        self.refused.set(None);
        spawn_local(async move {
            let answer = desk.client.conflicts(&id).await;
            self.starting.try_set(false);
            match answer {
                Ok(comparison) => {
                    let comparing = Comparing::new(id.clone(), comparison, self);
                    desk.comparing.try_set(Some(comparing));
                    if desk.show_comparison(&id) {
                        self.open.set(false);
                    }
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    self.refused.try_set(Some(failure));
                }
            }
        });
    }

    /// Publishes with what was chosen, and shows how that goes.
    pub(super) fn decide(self, desk: Desk, remedy: Remedy) {
        self.open.set(true);
        self.start(desk, Some(remedy));
    }

    fn start(self, desk: Desk, remedy: Option<Remedy>) {
        if self.starting.get_untracked() {
            return;
        }
        self.starting.set(true);
        self.refused.set(None);
        // One key for each press: what is sent twice is published once.
        let new = NewPublish {
            key: random_name(),
            connection: self.connection.get_untracked(),
            remedy,
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
        if desk.flow.with(|flow| flow.kind == FlowKind::Architect) {
            return Some(NOT_FROM_HERE);
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
        // What is shown of the last one is over once another may begin; a
        // comparison is shown until it is decided.
        if !untrack(|| publish.is_running() || publish.failed_as(CONFLICTS)) {
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
        None => view! { <before::Before desk chosen=publish.connection /> }.into_any(),
        Some(job) => {
            let about = format!("Through {}, asked for by {}.", job.connection, job.author);
            view! {
                <p class="text-muted">{about}</p>
                <Steps steps=job.steps.clone() title=title_of_step />
                <outcome::Outcome desk state=job.state dock close=publish.open />
                <Show when=move || publish.failed_as(GONE)>
                    <gone::Gone desk publish />
                </Show>
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
                    on_click=move |_| publish.start(desk, None)
                    attr:data-action="publish"
                >
                    "Publish"
                </Button>
            }
            .into_any(),
            Some(api::PublishState::Running) => view! {
                <span class="dialog__foot-start">"You can close this; publishing goes on."</span>
                <Button kind=ButtonKind::Ghost on_click=move |_| publish.cancel(desk)>
                    "Cancel the publish"
                </Button>
                <Button on_click=move |_| publish.open.set(false)>"Close"</Button>
            }
            .into_any(),
            Some(api::PublishState::Published { .. }) => view! {
                <Button kind=ButtonKind::Primary on_click=move |_| publish.open.set(false)>
                    "Done"
                </Button>
            }
            .into_any(),
            Some(api::PublishState::Failed { failure }) => {
                let is_conflict = failure.code == CONFLICTS;
                let (words, remedy) = match failure.code.as_str() {
                    CONFLICTS => ("Compare on the canvas", None),
                    GONE => ("Create it anew", Some(Remedy::CreateAnew {})),
                    _ => ("Try again", None),
                };
                let press = move |_| match is_conflict {
                    true => publish.compare(desk),
                    false => publish.start(desk, remedy.clone()),
                };
                view! {
                    <Button on_click=move |_| publish.open.set(false)>"Close"</Button>
                    <Button
                        kind=ButtonKind::Primary
                        busy=publish.starting
                        disabled=Signal::derive(move || waiting() && !is_conflict)
                        on_click=press
                    >
                        {words}
                    </Button>
                }
                .into_any()
            }
        }
    };
    view! {
        <Dialog open=publish.open title attr:data-panel="publish">
            <div class="dialog__body">{refused} {content}</div>
            <footer class="dialog__foot">{foot}</footer>
        </Dialog>
    }
}

fn title_of_step(name: StepName) -> &'static str {
    match name {
        StepName::Check => "Check the flow",
        StepName::Generate => "Write the document",
        StepName::Send => "Send it to Genesys Cloud",
        StepName::Confirm => "Confirm what is there",
        StepName::Publish => "Make it live",
    }
}
