//! What is published, uploaded and opened.

use api::{Batch, BatchItemState, BatchState, Failure, FlowSummary, Publish, PublishState, Upload};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{Ended, Subject, asked, failed, patiently, read};
use crate::{
    fault_matrix::ways::{Act, By},
    organisation::Organisation,
};

impl Organisation {
    pub(super) async fn published(&self, flow: &str, key: &str) -> Ended {
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

    pub(super) async fn uploaded(&self, action: &str, key: &str) -> Ended {
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
    pub(super) async fn batch(&self, act: Act, subject: &mut Subject, key: &str) -> Ended {
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

    pub(super) async fn open_upstream(&self, kind: &str, by: By, subject: &Subject) -> Ended {
        let which = match by {
            By::Id => json!({ "id": subject.id }),
            By::Name => json!({ "name": subject.name }),
        };
        let body = json!({ "connection": self.connection, "kind": kind, "which": which });
        asked(self.person.post("/api/flows/open", body).await).await
    }

    pub(super) async fn opened(&self, kind: &str, which: &Value) -> String {
        let body = json!({ "connection": self.connection, "kind": kind, "which": which });
        let answer = self.person.post("/api/flows/open", body).await;
        read::<FlowSummary>(answer).await.id
    }

    /// A shared flow that calls another one.
    pub(super) async fn router(&self, name: &str, called: &str) -> String {
        let called: FlowSummary = self.person.read(&format!("/api/flows/{called}")).await;
        let id = self.flow("email-router", name).await;
        let mut file: Value = self.person.read(&format!("/api/flows/{id}/file")).await;
        self.person.delete(&format!("/api/flows/{id}")).await;
        let upstream = called.upstream.expect("it was published").id;
        let node = "/flow/nodes/run-processor/fields/flow";
        *file.pointer_mut(node).expect("the call") = json!({ "reference": { "id": upstream } });
        self.person.import(&file).await.id
    }

    pub(super) async fn data_action(&self, name: &str) -> String {
        let mut opened = self.person.example().await;
        opened.action.name = name.to_owned();
        assert!(self.person.save(&opened).await.status().is_success());
        opened.summary.id
    }
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
