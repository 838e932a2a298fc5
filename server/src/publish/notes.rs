//! What the client tells while a call goes on, as words on the step.

use std::time::{Duration, SystemTime};

use genesys::{Attempt, AttemptOutcome, Observer};
use tokio::sync::mpsc;

/// Something to tell of a call.
pub(crate) struct Note {
    /// The words, where there is something to say.
    pub(crate) words: Option<String>,
    /// Nothing is sent before this time.
    pub(crate) quiet_until: Option<SystemTime>,
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
        self.say(Some(words(seconds_until(until))), Some(until), false);
    }
}

/// Counts the seconds down that Genesys has asked to wait.
#[derive(Default)]
pub(crate) struct Countdown {
    until: Option<SystemTime>,
}

impl Countdown {
    /// Counts down to this time from now on; to none at all without one.
    pub(crate) fn to(&mut self, until: Option<SystemTime>) {
        self.until = until;
    }

    /// The words of the next second, once it has come. Never comes while
    /// nothing is waited for; may be dropped while it is waited for.
    pub(crate) async fn next(&mut self) -> String {
        let Some(until) = self.until else {
            return std::future::pending().await;
        };
        let left = seconds_until(until).saturating_sub(1);
        let due = until - Duration::from_secs(left);
        let sleep = due.duration_since(SystemTime::now()).unwrap_or_default();
        tokio::time::sleep(sleep).await;
        if left == 0 {
            self.until = None;
            return "Trying again…".to_owned();
        }
        words(left)
    }
}

fn words(seconds: u64) -> String {
    format!("Genesys asks us to wait {seconds} s.")
}

/// Rounded up: the countdown never ends early.
fn seconds_until(until: SystemTime) -> u64 {
    let wait = until.duration_since(SystemTime::now()).unwrap_or_default();
    u64::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u64::MAX)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wait_is_counted_down_by_the_second() {
        let mut countdown = Countdown::default();
        countdown.to(Some(SystemTime::now() + Duration::from_millis(1_900)));
        let mut said = Vec::new();
        while said.last().is_none_or(|last| last != "Trying again…") {
            said.push(countdown.next().await);
        }
        said.dedup();
        assert_eq!(said, ["Genesys asks us to wait 1 s.", "Trying again…"]);
        assert_eq!(countdown.until, None, "nothing is waited for any more");
    }
}
