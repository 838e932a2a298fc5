//! How a publish ends.

use api::{Failure, Outcome, PublishState};
use store::Finished;

use super::{
    failure,
    job::{Job, Stopped},
};
use crate::{audit, random};

impl Job {
    /// Stores how it ended, and tells everybody.
    pub(super) async fn finish(mut self, ended: Result<PublishState, Stopped>) {
        let mut conflict = None;
        let state = match ended {
            Ok(state) => state,
            Err(stopped) => {
                self.steps.fail();
                if let Stopped::Conflict(conflicts) = &stopped {
                    conflict = serde_json::to_value(conflicts).ok();
                }
                PublishState::Failed {
                    failure: self.words(stopped),
                }
            }
        };
        let (outcome, detail) = match &state {
            PublishState::Failed { failure } => (Outcome::Failed, failure.sentence.clone()),
            PublishState::Published { version, .. } => {
                (Outcome::Done, format!("Version {version} is live."))
            }
            PublishState::Running => (Outcome::Intended, String::new()),
        };
        let entry = audit::entry("flow.publish", &self.row.author, outcome)
            .about(Some(self.row.subject_id.clone()))
            .correlated(self.correlation_id.clone())
            .saying(detail);
        let finished = Finished {
            steps: self.steps.as_slice().to_vec(),
            state: state.clone(),
            link: Some(self.link.clone()),
            conflict,
        };
        let stored = self
            .app
            .store
            .finish_publish(&self.row.id, &finished, entry.into())
            .await;
        if let Err(error) = stored {
            // It stays a running publish and is looked into at the next start.
            tracing::error!(%error, publish = self.row.id, "the outcome of a publish was not stored");
        }
        self.row.state = state;
        self.app
            .publisher
            .set_live(&self.row.id, self.steps.as_slice());
        self.tell().await;
        self.app.publisher.end_live(&self.row.id);
    }

    fn words(&self, stopped: Stopped) -> Failure {
        match stopped {
            Stopped::Failed(failure) => *failure,
            Stopped::Conflict(conflicts) => failure::conflicts(conflicts.version, conflicts.len()),
            Stopped::Store(error) => {
                let reference = random::id();
                tracing::error!(%error, reference, publish = self.row.id, "a publish stopped");
                failure::internal(&reference)
            }
        }
    }
}
