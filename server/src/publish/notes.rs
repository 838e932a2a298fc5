//! What the client tells while a call goes on, as words on the step.

use std::time::SystemTime;

use genesys::{Attempt, AttemptOutcome, Observer};
use tokio::sync::mpsc;

/// Something to tell of a call.
pub(crate) struct Note {
    /// The words, where there is something to say.
    pub(crate) words: Option<String>,
    /// Nothing is sent before this time.
    pub(super) quiet_until: Option<SystemTime>,
    /// What was sent may have been carried out.
    pub(super) is_lost: bool,
}

/// Passes on what happens during calls.
pub(crate) struct Notes(pub(crate) mpsc::UnboundedSender<Note>);

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
        let words = match attempt.outcome {
            AttemptOutcome::Answered { status: 500.. } => {
                Some("Genesys had a fault of its own. Checking what came of it.".to_owned())
            }
            _ => None,
        };
        let is_lost = match attempt.outcome {
            // 503 says that nothing was done.
            AttemptOutcome::Answered { status } => status >= 500 && status != 503,
            AttemptOutcome::Broken | AttemptOutcome::TimedOut => true,
            AttemptOutcome::NotSent | AttemptOutcome::NotSecure => false,
        };
        if words.is_some() || is_lost {
            self.say(words, None, is_lost);
        }
    }

    fn waiting(&self, until: SystemTime) {
        let wait = until.duration_since(SystemTime::now()).unwrap_or_default();
        // Rounded up: the countdown never ends early.
        let seconds = wait.as_millis().div_ceil(1_000);
        let words = format!("Genesys asks us to wait {seconds} s.");
        self.say(Some(words), Some(until), false);
    }
}

impl Notes {
    fn say(&self, words: Option<String>, quiet_until: Option<SystemTime>, is_lost: bool) {
        let note = Note {
            words,
            quiet_until,
            is_lost,
        };
        // Once the publish has ended nobody reads notes.
        drop(self.0.send(note));
    }
}
