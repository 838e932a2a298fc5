//! Uploading: a dialog that says what will be sent, shows every step, and ends
//! with a plain outcome. It can be closed and opened again meanwhile.

use std::time::Duration;

use api::{Failure as UploadFailure, NewPublish, PublishState, StepName, Upload};
use dom::prelude::*;

use super::{super::through::Through, desk::ActionDesk, problems::go_to, take_in::TakeIn};
use crate::{
    client::Failure,
    components::{Banner, Button, ButtonKind, Dialog, Icon, Steps, Tone},
    editor::random_name,
};

/// How the server names an upload that found another version there.
const VERSION_CONFLICT: &str = "version-conflict";
/// How often an upload is asked about while it runs.
const POLL: Duration = Duration::from_millis(400);

/// What the dialog shows.
#[derive(Clone, Copy)]
struct Uploading {
    open: RwSignal<bool>,
    job: RwSignal<Option<Upload>>,
    starting: RwSignal<bool>,
    refused: RwSignal<Option<Failure>>,
    through: RwSignal<Option<String>>,
}

impl Uploading {
    fn new(desk: ActionDesk) -> Self {
        let uploading = Self {
            open: RwSignal::new(false),
            job: RwSignal::new(None),
            starting: RwSignal::new(false),
            refused: RwSignal::new(None),
            through: RwSignal::new(None),
        };
        let is_running = desk
            .summary
            .with_untracked(|summary| summary.upload == Some(PublishState::Running));
        if is_running {
            uploading.find_running(desk);
        }
        uploading.poll(desk);
        uploading
    }

    /// One that was under way when the page was opened.
    fn find_running(self, desk: ActionDesk) {
        spawn_local(async move {
            let id = desk.id.get_value();
            if let Ok(uploads) = desk.client.uploads(&id).await {
                let running = uploads
                    .into_iter()
                    .find(|upload| upload.state == PublishState::Running);
                self.job.try_set(running);
            }
        });
    }

    fn is_running(self) -> bool {
        self.job.with(|job| {
            job.as_ref()
                .is_some_and(|job| job.state == PublishState::Running)
        })
    }

    fn start(self, desk: ActionDesk) {
        if self.starting.get_untracked() {
            return;
        }
        self.starting.set(true);
        self.refused.set(None);
        // One key for each press: what is sent twice is uploaded once.
        let new = NewPublish {
            key: random_name(),
            connection: self.through.get_untracked(),
            remedy: None,
        };
        spawn_local(async move {
            let answer = desk.client.upload(&desk.id.get_value(), &new).await;
            self.starting.try_set(false);
            match answer {
                Ok(upload) => {
                    self.told(desk, upload);
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    self.refused.try_set(Some(failure));
                }
            }
        });
    }

    fn poll(self, desk: ActionDesk) {
        let running = Memo::new(move |_| self.is_running());
        let ask = move || {
            let id = self
                .job
                .with_untracked(|job| job.as_ref().map(|job| job.id.clone()));
            let Some(id) = id else { return };
            spawn_local(async move {
                // A question without an answer is asked again.
                if let Ok(upload) = desk.client.upload_state(&id).await {
                    self.told(desk, upload);
                }
            });
        };
        Effect::new(move |before: Option<Option<IntervalHandle>>| {
            if let Some(timer) = before.flatten() {
                timer.clear();
            }
            running
                .get()
                .then(|| set_interval_with_handle(ask, POLL).ok())
                .flatten()
        });
    }

    fn told(self, desk: ActionDesk, upload: Upload) {
        let has_ended = upload.state != PublishState::Running;
        let knew = self
            .job
            .try_with_untracked(|job| job.as_ref().is_some_and(|job| *job == upload));
        if knew != Some(false) {
            return;
        }
        self.job.try_set(Some(upload));
        if has_ended {
            learn(desk);
        }
    }
}

/// Asks how it is upstream now. What is typed meanwhile stays.
fn learn(desk: ActionDesk) {
    spawn_local(async move {
        let Ok(opened) = desk.client.data_action(&desk.id.get_value()).await else {
            return;
        };
        let revision = desk.summary.try_with_untracked(|summary| summary.revision);
        let mut summary = opened.summary;
        if let Some(revision) = revision.filter(|revision| *revision != summary.revision) {
            // Somebody saved it: the next save finds out and merges.
            summary.revision = revision;
        }
        desk.summary.try_set(summary);
    });
}

/// The one primary button of the screen.
#[component]
pub(super) fn UploadButton(desk: ActionDesk) -> impl IntoView {
    let uploading = Uploading::new(desk);
    let words = move || {
        if uploading.is_running() {
            "Uploading…"
        } else {
            "Upload"
        }
    };
    let reason = move || {
        (!desk.may_upload.get())
            .then_some("Uploading needs the role of a publisher: ask an administrator.")
    };
    let press = move |_| {
        if let Some(reason) = untrack(reason) {
            return desk.announcer.say(reason);
        }
        let errors = desk.checked.with_untracked(|checked| checked.errors());
        if errors > 0 && !untrack(|| uploading.is_running()) {
            desk.tab.set("problems");
            desk.announcer
                .say("It cannot be uploaded yet: solve what is marked as an error.");
            return;
        }
        if !untrack(|| uploading.is_running()) {
            uploading.job.set(None);
            uploading.refused.set(None);
        }
        uploading.open.set(true);
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
        <UploadDialog desk uploading />
    }
}

#[component]
fn UploadDialog(desk: ActionDesk, uploading: Uploading) -> impl IntoView {
    let state = move || {
        uploading
            .job
            .with(|job| job.as_ref().map(|job| job.state.clone()))
    };
    let title = Signal::derive(move || {
        let name = desk.action.with(|action| action.name.clone());
        match state() {
            None => format!("Upload {name}"),
            Some(PublishState::Running) => format!("Uploading {name}"),
            Some(PublishState::Published { .. }) => format!("{name} is uploaded"),
            Some(PublishState::Failed { .. }) => format!("{name} was not uploaded"),
        }
    });
    let content = move || match uploading.job.get() {
        None => view! { <Before desk through=uploading.through /> },
        Some(job) => {
            let about = format!("Through {}, asked for by {}.", job.connection, job.author);
            view! {
                <p class="text-muted">{about}</p>
                <Steps steps=job.steps.clone() title=title_of_step />
                <Outcome desk uploading state=job.state />
            }
        }
    };
    let refused = move || {
        let failure = uploading.refused.get()?;
        Some(view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> })
    };
    let waiting = Signal::derive(move || desk.saving.pending() > 0);
    let close = move |_| uploading.open.set(false);
    let start = move |_| uploading.start(desk);
    let foot = move || match state() {
        Some(PublishState::Running) => view! {
            <span class="dialog__foot-start">"You can close this; uploading goes on."</span>
            <Button on_click=close>"Close"</Button>
        },
        Some(PublishState::Published { .. }) => view! {
            <Button kind=ButtonKind::Primary on_click=close>
                "Done"
            </Button>
        },
        // Nothing is tried again before what is there was taken in.
        Some(PublishState::Failed { failure }) if failure.code == VERSION_CONFLICT => view! {
            <Button on_click=close>"Close"</Button>
        },
        before => {
            let words = if before.is_some() {
                "Try again"
            } else {
                "Upload"
            };
            view! {
                <Show when=move || waiting.get()>
                    <span class="dialog__foot-start">"Waiting until every change is saved…"</span>
                </Show>
                <Button on_click=close>"Cancel"</Button>
                <Button
                    kind=ButtonKind::Primary
                    busy=uploading.starting
                    disabled=waiting
                    on_click=start
                    attr:data-action="upload"
                >
                    {words}
                </Button>
            }
        }
    };
    view! {
        <Dialog open=uploading.open title attr:data-panel="upload">
            <div class="dialog__body">{refused} {content}</div>
            <footer class="dialog__foot">{foot}</footer>
        </Dialog>
    }
}

/// What will be sent.
#[component]
fn Before(desk: ActionDesk, through: RwSignal<Option<String>>) -> impl IntoView {
    let what = move || {
        let upstream = desk.summary.with(|summary| summary.upstream.clone());
        match upstream {
            Some(there) => format!(
                "Updates {}, of which version {} is known",
                there.id, there.version
            ),
            None => "A new data action: it was never uploaded".to_owned(),
        }
    };
    let counted = move || {
        let (inputs, outputs) = desk.action.with(|action| {
            let interface = action.interface();
            (interface.inputs.len(), interface.outputs.len())
        });
        format!("{inputs} in, {outputs} out")
    };
    view! {
        <div class="rows">
            <div class="rows__row">
                "Data action"
                <span class="rows__end">{move || desk.action.with(|action| action.name.clone())}</span>
            </div>
            <div class="rows__row">"Interface" <span class="rows__end">{counted}</span></div>
            <div class="rows__row">
                "Upstream" <span class="rows__end truncate">{what}</span>
            </div>
        </div>
        <Through chosen=through label="Connection to upload through" />
        <p class="text-muted">
            "The data action is checked, sent to Genesys Cloud and read back. Flows that use it run the new script at once."
        </p>
    }
}

#[component]
fn Outcome(desk: ActionDesk, uploading: Uploading, state: PublishState) -> impl IntoView {
    match state {
        PublishState::Running => View::Empty,
        PublishState::Published {
            upstream_id,
            version,
            ..
        } => view! {
            <Banner tone=Tone::Success title=format!("Uploaded. Version {version} is live.")>
                "In Genesys Cloud it is " <code>{upstream_id}</code>
            </Banner>
        },
        PublishState::Failed { failure } => view! { <Failed desk uploading failure /> },
    }
}

#[component]
fn Failed(desk: ActionDesk, uploading: Uploading, failure: UploadFailure) -> impl IntoView {
    let UploadFailure {
        code,
        sentence,
        next_step,
        correlation_id,
        problems,
    } = failure;
    let rows = problems.into_iter().map(|problem| {
        let message = problem.message.clone();
        let go = move |_| {
            uploading.open.set(false);
            go_to(desk, &problem.place);
        };
        view! {
            <li class="problem" data-severity="error">
                <Icon name="circle-alert" />
                <button class="problem__message" type="button" on:click=go>
                    {message}
                </button>
            </li>
        }
    });
    let rows = rows.collect_view();
    let taken = move |()| uploading.open.set(false);
    let take = (code == VERSION_CONFLICT).then(|| view! { <TakeIn desk on_taken=taken /> });
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
        {take}
        <ul class="problems">{rows}</ul>
    }
}

fn title_of_step(name: StepName) -> &'static str {
    match name {
        StepName::Check => "Check the data action",
        StepName::Generate => "Write the document",
        StepName::Send => "Send it to Genesys Cloud",
        StepName::Confirm => "Read it back",
        StepName::Publish => "Make it live",
    }
}
