//! What people do, over our API: the call itself and how it ends for them. What
//! has to be there before, and what must still be there after it, stand apart.

mod after;
mod before;
mod contacts;
mod importing;
mod publishing;

use std::time::Duration;

use api::{AreaCheck, ConnectionCheck, OpenDataAction, ProblemDetails, Standing};
use reqwest::Response;
use serde_json::json;
use tokio::time::{Instant, sleep};

use super::ways::{Act, By};
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
            Act::Interact => self.interaction(id, key).await,
            Act::Import => self.import(subject, key).await,
            Act::CheckConnection => {
                let path = format!("/api/connections/{connection}/check");
                checked(&read(person.post(&path, json!({})).await).await)
            }
            Act::RenewSecret => asked(self.renew_secret().await).await,
        }
    }
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
