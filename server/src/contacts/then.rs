//! What a call that failed means for a job that makes many of the kind.

use std::time::{Duration, SystemTime};

use genesys::{Failure, FailureKind};

/// How long a job waits after Genesys was not there.
pub(in crate::contacts) const AWAY: Duration = Duration::from_secs(15);

/// What follows for a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::contacts) enum Then {
    /// It goes on.
    GoOn,
    /// It goes on after this time, on the connection's clock.
    Wait { until: SystemTime, note: String },
    /// Nobody but a person can help.
    Halt { note: String },
}

impl Then {
    /// What follows from two calls: the graver of the two.
    pub(in crate::contacts) fn or_worse(self, other: Self) -> Self {
        match (self, other) {
            (halt @ Self::Halt { .. }, _) | (_, halt @ Self::Halt { .. }) => halt,
            (Self::GoOn, other) | (other, Self::GoOn) => other,
            (Self::Wait { until, note }, Self::Wait { until: other, .. }) => Self::Wait {
                until: until.max(other),
                note,
            },
        }
    }
}

/// Nobody has to do anything.
pub(in crate::contacts) fn wait(until: SystemTime, why: &str) -> Then {
    Then::Wait {
        until,
        note: format!("{why} The import goes on by itself."),
    }
}

/// What a failed call means for all that follow.
pub(in crate::contacts) fn then(failed: &Failure, now: SystemTime) -> Then {
    // What an import waits for is told to everybody who may see that there is one.
    let said = failed.in_our_words().sentence();
    match &failed.kind {
        FailureKind::Throttled { until, .. } => wait(*until, &said),
        FailureKind::Unavailable { .. }
        | FailureKind::Unanswered
        | FailureKind::SignInUnavailable
        | FailureKind::UnknownOutcome { .. } => wait(now + AWAY, &said),
        FailureKind::CredentialsRefused
        | FailureKind::PermissionMissing { .. }
        | FailureKind::SecureConnectionFailed { .. } => Then::Halt {
            note: format!("{} {}", said, failed.next_step()),
        },
        FailureKind::NotFound
        | FailureKind::Conflict(_)
        | FailureKind::Rejected { .. }
        | FailureKind::UnexpectedAnswer { .. }
        | FailureKind::AnswerTooLarge { .. } => Then::GoOn,
    }
}
