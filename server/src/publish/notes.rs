//! What the client tells while a call goes on, as words on the step.

use std::time::SystemTime;

use genesys::{Attempt, AttemptOutcome, Observer};
use tokio::sync::mpsc;

/// Passes on what happens during calls.
pub(crate) struct Notes(pub(crate) mpsc::UnboundedSender<String>);

impl Observer for Notes {
    fn attempted(&self, attempt: &Attempt) {
        tracing::info!(
            operation = attempt.operation,
            attempt = attempt.number,
            outcome = ?attempt.outcome,
            millis = attempt.duration.as_millis(),
            correlation_id = attempt.correlation_id,
            "called Genesys Cloud"
        );
        if let AttemptOutcome::Answered { status: 500.. } = attempt.outcome {
            self.say("Genesys had a fault of its own. Checking what came of it.".to_owned());
        }
    }

    fn waiting(&self, until: SystemTime) {
        let wait = until.duration_since(SystemTime::now()).unwrap_or_default();
        // Rounded up: the countdown never ends early.
        let seconds = wait.as_millis().div_ceil(1_000);
        self.say(format!("Genesys asks us to wait {seconds} s."));
    }
}

impl Notes {
    fn say(&self, note: String) {
        // Once the publish has ended nobody reads notes.
        drop(self.0.send(note));
    }
}
