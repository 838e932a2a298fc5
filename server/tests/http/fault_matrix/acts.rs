//! What people do, over our API: what has to be there before, the call itself,
//! and what must still be there after it.

use std::time::Duration;

use api::{
    AreaCheck, Batch, BatchItemState, BatchState, Connection, ConnectionCheck, Contact,
    ContactImport, ContactStage, Failure, FlowSummary, ImportState, Interaction, InteractionState,
    OpenDataAction, ProblemDetails, Publish, PublishState, Standing, Upload,
};
use reqwest::Response;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::ways::{Act, By, Life, Sort};
use crate::{organisation::Organisation, socket::PATIENCE};

/// Between two looks at a job.
const LOOK: Duration = Duration::from_millis(10);

/// What something is done with.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject {
    /// Its id: here, or upstream where it exists there only.
    pub(super) id: String,
    pub(super) name: String,
    /// What else is needed: the module that is linked, the flow to repoint from.
    other: String,
    /// And the one to repoint to.
    to: String,
    /// A job that the call began.
    job: Option<String>,
}

/// How something ended, as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Done,
    Failed {
        state: String,
        sentence: String,
        next_step: String,
    },
}

fn failed(state: &str, sentence: &str, next_step: &str) -> Ended {
    Ended::Failed {
        state: state.to_owned(),
        sentence: sentence.to_owned(),
        next_step: next_step.to_owned(),
    }
}

impl Organisation {
    /// What all cells of a way share.
    pub(super) async fn set_up(&self, act: Act) -> Subject {
        // Names are told apart in the workspace that all organisations share.
        let own = |name: &str| format!("{}: {name}", self.name);
        let published = async |template: &str, name: &str| {
            let id = self.flow(template, &own(name)).await;
            assert_eq!(self.published(&id, "set up").await, Ended::Done);
            id
        };
        match act {
            Act::Link => Subject {
                other: published("shared-authentication", "Linked").await,
                ..Subject::default()
            },
            Act::Repoint => Subject {
                other: published("shared-email-processor", "From").await,
                to: published("shared-email-processor", "To").await,
                ..Subject::default()
            },
            Act::Verify => Subject {
                id: published("shared-email-processor", "Verified").await,
                ..Subject::default()
            },
            Act::OpenModule(_) => {
                let flow = published("shared-authentication", "Opened").await;
                self.person.delete(&format!("/api/flows/{flow}")).await;
                let held = self.sandbox.modules().pop().expect("a module");
                Subject {
                    id: held.id,
                    name: held.name,
                    ..Subject::default()
                }
            }
            Act::OpenAction(_) => {
                let id = self.data_action(&own("Opened")).await;
                assert_eq!(self.uploaded(&id, "set up").await, Ended::Done);
                self.person.delete(&format!("/api/data-actions/{id}")).await;
                let held = self.sandbox.data_actions().pop().expect("a data action");
                Subject {
                    id: held.id,
                    name: held.name,
                    ..Subject::default()
                }
            }
            Act::CompareAction | Act::MergeAction => {
                let id = self.data_action(&own("Merged")).await;
                assert_eq!(self.uploaded(&id, "set up").await, Ended::Done);
                Subject {
                    id,
                    ..Subject::default()
                }
            }
            Act::RegisterAgain => Subject {
                other: self.second_connection().await,
                ..Subject::default()
            },
            _ => Subject::default(),
        }
    }

    /// What a cell needs for itself.
    pub(super) async fn prepare(&self, act: Act, base: &Subject, name: &str) -> Subject {
        let subject = |id: String| Subject {
            id,
            name: name.to_owned(),
            ..base.clone()
        };
        match act {
            Act::Publish(sort, life) => {
                let id = self.flow(template(sort), name).await;
                if life == Life::There {
                    assert_eq!(self.published(&id, "before").await, Ended::Done);
                }
                subject(id)
            }
            Act::Link => {
                let id = self.seeded(None);
                subject(self.opened("flow", &json!({ "id": id })).await)
            }
            Act::Repoint => {
                let id = self.router(name, &base.other).await;
                assert_eq!(self.published(&id, "before").await, Ended::Done);
                subject(id)
            }
            Act::Upload(life) => {
                let id = self.data_action(name).await;
                if life == Life::There {
                    assert_eq!(self.uploaded(&id, "before").await, Ended::Done);
                }
                subject(id)
            }
            Act::OpenFlow(_) => subject(self.seeded(Some(name))),
            Act::Relink => Subject {
                other: self.seeded(None),
                ..subject(self.flow("empty-call-flow", name).await)
            },
            Act::SaveContact | Act::CheckContact | Act::Interact => {
                let contact = self.registered(name, &self.connection).await;
                self.validated(&contact.id).await;
                subject(contact.id)
            }
            // It is there, and is not known here.
            Act::RegisterAgain => {
                let elsewhere = self.registered(name, &base.other).await;
                self.validated(&elsewhere.id).await;
                subject(String::new())
            }
            Act::Register | Act::Import => subject(String::new()),
            Act::OpenModule(_)
            | Act::OpenAction(_)
            | Act::Verify
            | Act::CompareAction
            | Act::MergeAction => base.clone(),
            Act::CheckConnection => {
                // So that there is a token, and what is checked is met.
                let mut subject = subject(self.connection.clone());
                assert_eq!(self.act(act, &mut subject, "before").await, Ended::Done);
                subject
            }
            Act::ListFlows | Act::ListActions | Act::RenewSecret => {
                subject(self.connection.clone())
            }
        }
    }

    /// Does it, and waits until it has ended.
    pub(super) async fn act(&self, act: Act, subject: &mut Subject, key: &str) -> Ended {
        let (id, connection) = (subject.id.as_str(), self.connection.as_str());
        let person = &self.person;
        match act {
            Act::Publish(..) => self.published(id, key).await,
            Act::Link | Act::Repoint => self.batch(act, subject, key).await,
            Act::Upload(_) => self.uploaded(id, key).await,
            Act::ListFlows => {
                asked(
                    person
                        .get(&format!("/api/connections/{connection}/flows"))
                        .await,
                )
                .await
            }
            Act::OpenFlow(by) => self.open_upstream("flow", by, subject).await,
            Act::OpenModule(by) => self.open_upstream("module", by, subject).await,
            Act::Relink => {
                let body = json!({ "connection": connection, "upstreamId": subject.other });
                asked(person.put(&format!("/api/flows/{id}/upstream"), body).await).await
            }
            Act::Verify => {
                let body = json!({ "connection": connection });
                asked(
                    person
                        .post(&format!("/api/flows/{id}/verification"), body)
                        .await,
                )
                .await
            }
            Act::ListActions => {
                asked(person.post("/api/upstream/data-actions", json!({})).await).await
            }
            Act::OpenAction(by) => {
                let reference = match by {
                    By::Id => json!({ "id": id }),
                    By::Name => json!({ "name": subject.name }),
                };
                let body = json!({ "connection": connection, "reference": reference });
                asked(person.post("/api/data-actions/open", body).await).await
            }
            Act::CompareAction => {
                let path = format!("/api/data-actions/{id}/comparison");
                asked(
                    person
                        .post(&path, json!({ "connection": connection }))
                        .await,
                )
                .await
            }
            Act::MergeAction => {
                let opened: OpenDataAction = person.read(&format!("/api/data-actions/{id}")).await;
                let revision = opened.summary.revision;
                let version = opened.summary.upstream.map(|there| there.version);
                let body = json!({
                    "connection": connection, "revision": revision,
                    "version": version, "theirsIn": [],
                });
                asked(
                    person
                        .post(&format!("/api/data-actions/{id}/merge"), body)
                        .await,
                )
                .await
            }
            Act::Register | Act::RegisterAgain | Act::SaveContact | Act::CheckContact => {
                self.contact(act, subject).await
            }
            Act::Interact => {
                let body = json!({ "key": key, "channel": "voice" });
                let path = format!("/api/contacts/{id}/interactions");
                let made: Interaction = read(person.post(&path, body).await).await;
                match (made.state, made.notice) {
                    (InteractionState::Started, None) => Ended::Done,
                    (state, Some(notice)) => {
                        failed(&named(state), &notice.sentence, &notice.next_step)
                    }
                    (state, None) => panic!("{state:?} without a word"),
                }
            }
            Act::Import => self.import(subject, key).await,
            Act::CheckConnection => {
                let path = format!("/api/connections/{connection}/check");
                checked(&read(person.post(&path, json!({})).await).await)
            }
            Act::RenewSecret => asked(self.renew_secret().await).await,
        }
    }

    /// What must be the same before and after, whatever went wrong.
    pub(super) async fn kept(&self, act: Act, subject: &Subject) -> Value {
        let (id, person) = (subject.id.as_str(), &self.person);
        match act {
            // A batch changes the flow first; it is one that can be read.
            Act::Link | Act::Repoint => {
                let flow: FlowSummary = person.read(&format!("/api/flows/{id}")).await;
                json!(flow.name)
            }
            Act::Publish(..) | Act::Relink | Act::Verify => {
                let file: Value = person.read(&format!("/api/flows/{id}/file")).await;
                assert!(file["flow"].is_object(), "{file}");
                file["flow"].clone()
            }
            Act::Upload(_) | Act::CompareAction | Act::MergeAction => {
                let opened: OpenDataAction = person.read(&format!("/api/data-actions/{id}")).await;
                json!(opened.action)
            }
            Act::SaveContact | Act::CheckContact | Act::Interact => {
                let contact: Contact = person.read(&format!("/api/contacts/{id}")).await;
                json!(contact.contact.external_contact_id)
            }
            Act::ListFlows
            | Act::OpenFlow(_)
            | Act::OpenModule(_)
            | Act::ListActions
            | Act::OpenAction(_)
            | Act::Register
            | Act::RegisterAgain
            | Act::Import
            | Act::CheckConnection
            | Act::RenewSecret => {
                let connections: Vec<Connection> = person.read("/api/connections").await;
                let own = connections.iter().find(|one| one.id == self.connection);
                json!(own.map(|own| (&own.name, &own.api_url, &own.client_id)))
            }
        }
    }

    /// Takes away what a cell opened, so that the next one opens it again.
    pub(super) async fn put_back(&self, act: Act, subject: &Subject) {
        let deleted = match act {
            Act::OpenModule(_) => {
                let flows: Vec<FlowSummary> = self.person.read("/api/flows").await;
                let own = |flow: &&FlowSummary| {
                    flow.upstream
                        .as_ref()
                        .is_some_and(|upstream| upstream.id == subject.id)
                };
                flows
                    .iter()
                    .find(own)
                    .map(|flow| format!("/api/flows/{}", flow.id))
            }
            Act::OpenAction(_) => {
                let all: Vec<api::DataActionSummary> = self.person.read("/api/data-actions").await;
                let own = |action: &&api::DataActionSummary| {
                    action
                        .upstream
                        .as_ref()
                        .is_some_and(|upstream| upstream.id == subject.id)
                };
                all.iter()
                    .find(own)
                    .map(|action| format!("/api/data-actions/{}", action.id))
            }
            _ => return,
        };
        let path = deleted.expect("it was opened");
        assert!(self.person.delete(&path).await.status().is_success());
    }

    async fn published(&self, flow: &str, key: &str) -> Ended {
        let body = json!({ "key": key, "connection": self.connection });
        let path = format!("/api/flows/{flow}/publishes");
        let mut publish: Publish = read(self.person.post(&path, body).await).await;
        let started = Instant::now();
        while publish.state == PublishState::Running {
            patiently(started).await;
            publish = self
                .person
                .read(&format!("/api/publishes/{}", publish.id))
                .await;
        }
        job_ended(publish.state)
    }

    async fn uploaded(&self, action: &str, key: &str) -> Ended {
        let body = json!({ "key": key, "connection": self.connection });
        let path = format!("/api/data-actions/{action}/uploads");
        let mut upload: Upload = read(self.person.post(&path, body).await).await;
        let started = Instant::now();
        while upload.state == PublishState::Running {
            patiently(started).await;
            upload = self
                .person
                .read(&format!("/api/uploads/{}", upload.id))
                .await;
        }
        job_ended(upload.state)
    }

    /// Begins a batch of one flow, or tries again what failed.
    async fn batch(&self, act: Act, subject: &mut Subject, key: &str) -> Ended {
        let change = match act {
            Act::Link => json!({ "link": { "module": subject.other, "label": "Execute" } }),
            _ => json!({ "repoint": { "from": subject.other, "to": subject.to } }),
        };
        let answer = match &subject.job {
            None => {
                let body = json!({
                    "key": format!("{} {key}", subject.name), "change": change, "flows": [subject.id],
                    "publish": true, "connection": self.connection,
                });
                self.person.post("/api/batches", body).await
            }
            Some(batch) => {
                self.person
                    .post(&format!("/api/batches/{batch}/retry"), json!({}))
                    .await
            }
        };
        let mut batch: Batch = read(answer).await;
        let started = Instant::now();
        while batch.state != BatchState::Ended {
            patiently(started).await;
            batch = self
                .person
                .read(&format!("/api/batches/{}", batch.id))
                .await;
        }
        subject.job = Some(batch.id.clone());
        match &batch.items[0].state {
            BatchItemState::Published { .. } => {
                // The next time there is nothing left to try again.
                subject.job = None;
                Ended::Done
            }
            BatchItemState::Nothing { .. } => Ended::Done,
            BatchItemState::Failed {
                sentence,
                next_step,
            } => {
                assert!(sentence.starts_with("It was changed here, and the change is not live."));
                failed("failed", sentence, next_step)
            }
            other => panic!("{other:?}"),
        }
    }

    async fn open_upstream(&self, kind: &str, by: By, subject: &Subject) -> Ended {
        let which = match by {
            By::Id => json!({ "id": subject.id }),
            By::Name => json!({ "name": subject.name }),
        };
        let body = json!({ "connection": self.connection, "kind": kind, "which": which });
        asked(self.person.post("/api/flows/open", body).await).await
    }

    async fn opened(&self, kind: &str, which: &Value) -> String {
        let body = json!({ "connection": self.connection, "kind": kind, "which": which });
        let answer = self.person.post("/api/flows/open", body).await;
        read::<FlowSummary>(answer).await.id
    }

    /// A shared flow that calls another one.
    async fn router(&self, name: &str, called: &str) -> String {
        let called: FlowSummary = self.person.read(&format!("/api/flows/{called}")).await;
        let id = self.flow("email-router", name).await;
        let mut file: Value = self.person.read(&format!("/api/flows/{id}/file")).await;
        self.person.delete(&format!("/api/flows/{id}")).await;
        let upstream = called.upstream.expect("it was published").id;
        let node = "/flow/nodes/run-processor/fields/flow";
        *file.pointer_mut(node).expect("the call") = json!({ "reference": { "id": upstream } });
        self.person.import(&file).await.id
    }

    async fn data_action(&self, name: &str) -> String {
        let mut opened = self.person.example().await;
        opened.action.name = name.to_owned();
        assert!(self.person.save(&opened).await.status().is_success());
        opened.summary.id
    }

    async fn registered(&self, name: &str, connection: &str) -> Contact {
        let body = json!({ "connection": connection, "contact": fields(name) });
        read(self.person.post("/api/contacts", body).await).await
    }

    /// Waits until a contact was asked for, which happens by itself: nothing is
    /// asked of it behind the back of the cell.
    async fn validated(&self, id: &str) {
        let started = Instant::now();
        loop {
            let contact: Contact = self.person.read(&format!("/api/contacts/{id}")).await;
            if contact.stage == ContactStage::Passed {
                return;
            }
            patiently(started).await;
        }
    }

    /// Registers a contact; where that was tried, as its page offers it.
    async fn registered_or_tried_again(&self, subject: &Subject) -> Contact {
        if subject.id.is_empty() {
            return self.registered(&subject.name, &self.connection).await;
        }
        let path = format!("/api/contacts/{}", subject.id);
        let here: Contact = self.person.read(&path).await;
        if here.stage == ContactStage::NotRegistered {
            let again = self.person.save_contact(&path, fields(&subject.name)).await;
            return read(again).await;
        }
        read(self.person.post(&format!("{path}/check"), json!({})).await).await
    }

    async fn contact(&self, act: Act, subject: &mut Subject) -> Ended {
        let path = format!("/api/contacts/{}", subject.id);
        let person = &self.person;
        let contact: Contact = match act {
            Act::SaveContact => {
                let mut changed = fields(&subject.name);
                changed["name"] = json!("Acme Incorporated");
                let saved: Contact = read(person.save_contact(&path, changed.clone()).await).await;
                match saved.stage {
                    // It was said to be gone, and is there: ours is right.
                    ContactStage::Different => {
                        read(person.save_contact(&path, changed).await).await
                    }
                    _ => saved,
                }
            }
            Act::CheckContact => read(person.post(&format!("{path}/check"), json!({})).await).await,
            _ => self.registered_or_tried_again(subject).await,
        };
        subject.id.clone_from(&contact.id);
        let is_done = match (act, contact.stage) {
            (
                Act::Register,
                ContactStage::New | ContactStage::Validating | ContactStage::Passed,
            )
            | (Act::SaveContact, ContactStage::New | ContactStage::Validating) => true,
            (Act::RegisterAgain | Act::CheckContact, ContactStage::Passed) => {
                contact.notice.is_none()
            }
            _ => false,
        };
        if is_done {
            assert!(contact.differences.is_empty(), "{contact:?}");
            return Ended::Done;
        }
        let state = match contact.stage {
            ContactStage::NotRegistered => "notRegistered",
            _ => "noticed",
        };
        let notice = contact.notice.expect("a word on it");
        failed(state, &notice.sentence, &notice.next_step)
    }

    /// Begins an import of one row, or lets one that waits or was paused go on.
    async fn import(&self, subject: &mut Subject, key: &str) -> Ended {
        let person = &self.person;
        let mut import: ContactImport = match &subject.job {
            Some(id) => {
                let path = format!("/api/contact-imports/{id}");
                // What it waits for is over; it need not wait for the clock.
                for command in ["pause", "resume"] {
                    person.put(&path, json!({ "command": command })).await;
                }
                person.read(&path).await
            }
            None => {
                let text = format!(
                    "id,name,phone\n{},Acme,+15551234567\n",
                    external_id(&subject.name)
                );
                let body = json!({
                    "key": format!("{} {key}", subject.name), "fileName": "people.csv", "text": text,
                    "columns": ["externalContactId", "name", "voice"], "connection": self.connection,
                });
                read(person.post("/api/contact-imports", body).await).await
            }
        };
        let path = format!("/api/contact-imports/{}", import.id);
        let was_begun = subject.job.replace(import.id.clone()).is_some();
        let started = Instant::now();
        loop {
            let counts = import.counts;
            let sum =
                counts.waiting + counts.new + counts.exists + counts.different + counts.failed;
            assert_eq!((sum, counts.rows), (1, 1), "the row is accounted for");
            match import.state {
                ImportState::Done if counts.new + counts.exists == 1 => return Ended::Done,
                ImportState::Done => {
                    // What Genesys did not take is imported again by another file.
                    subject.job = None;
                    let result = person.get(&format!("{path}/result")).await;
                    return failed("row failed", &result.text().await.expect("a file"), "");
                }
                ImportState::Paused => return failed("paused", &import.note, &import.note),
                // What was not carried out is tried again, and not for ever.
                ImportState::Running
                    if !was_begun
                        && !import.note.is_empty()
                        && !import.note.contains("not carried out") =>
                {
                    return failed("waits", &import.note, &import.note);
                }
                _ => {}
            }
            patiently(started).await;
            import = person.read(&path).await;
        }
    }
}

fn template(sort: Sort) -> &'static str {
    match sort {
        Sort::Lookup => "phone-lookup",
        Sort::Call => "empty-call-flow",
        Sort::Shared => "shared-email-processor",
        Sort::Module => "shared-authentication",
    }
}

/// An id as an organisation gives it, from the name of a cell.
fn external_id(name: &str) -> String {
    let is_plain = |letter: &char| letter.is_ascii_alphanumeric();
    name.chars().filter(is_plain).collect()
}

fn fields(name: &str) -> Value {
    json!({
        "externalContactId": external_id(name), "name": "Acme Corp Support",
        "voice": "+15551234567", "interactionDurationSeconds": 600,
    })
}

async fn patiently(started: Instant) {
    assert!(started.elapsed() < 3 * PATIENCE, "it does not end");
    sleep(LOOK).await;
}

/// The JSON of an answer that must be a success.
async fn read<T: serde::de::DeserializeOwned>(answer: Response) -> T {
    let status = answer.status();
    let text = answer.text().await.expect("a body");
    assert!(status.is_success(), "{status}: {text}");
    serde_json::from_str(&text).expect("JSON")
}

/// A request whose answer says it all.
async fn asked(answer: Response) -> Ended {
    if answer.status().is_success() {
        return Ended::Done;
    }
    let status = answer.status().as_u16();
    let problem: ProblemDetails = answer.json().await.expect("a problem");
    assert!(status < 500 || status == 502, "{status}: {problem:?}");
    let state = problem.kind.trim_start_matches("/problems/");
    // What is wrong with a field is said there.
    let (sentence, next_step) = match problem.errors.first() {
        Some(field) => (field.detail.clone(), field.detail.clone()),
        None => (problem.detail, problem.next_step.unwrap_or_default()),
    };
    failed(state, &sentence, &next_step)
}

fn job_ended(state: PublishState) -> Ended {
    match state {
        PublishState::Published { .. } => Ended::Done,
        PublishState::Failed { failure } => {
            let Failure {
                code,
                sentence,
                next_step,
                ..
            } = failure;
            Ended::Failed {
                state: code,
                sentence,
                next_step,
            }
        }
        PublishState::Running => panic!("it runs"),
    }
}

/// What a check says of reading flows.
fn checked(check: &ConnectionCheck) -> Ended {
    if check.ok {
        return Ended::Done;
    }
    let next_step = check.next_step.as_deref().unwrap_or_default();
    let reads_flows =
        |area: &&AreaCheck| (area.area, area.access) == (api::Area::Flows, api::Access::Read);
    let area = check.areas.iter().find(reads_flows).expect("the area");
    let reason = area.reason.as_deref().unwrap_or_default();
    let state = match area.standing {
        Standing::Missing => "missing",
        _ => "unknown",
    };
    failed(state, &format!("{} {reason}", check.sentence), next_step)
}

fn named(state: InteractionState) -> String {
    let text = serde_json::to_value(state).expect("JSON");
    text.as_str().expect("a word").to_owned()
}
