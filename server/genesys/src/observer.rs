//! What the outside learns of each attempt, for audit and metrics.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// One attempt at one call. Holds no body, no query and no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Which operation, for example `flows.create`.
    pub operation: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path with placeholders, for example `/api/v2/flows/{id}`.
    pub path_template: &'static str,
    /// 1 for the first sending of a call.
    pub number: u32,
    /// When it was sent.
    pub at: SystemTime,
    /// How long it waited before for its turn: for the pace, and for pauses
    /// that Genesys Cloud asked for.
    pub waited: Duration,
    /// How long it took.
    pub duration: Duration,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// What the answer said of the rate limit.
    pub headroom: Option<Headroom>,
    /// Genesys Cloud's own reference for the request.
    pub correlation_id: Option<String>,
}

/// How the calls of a token stand against the organisation's rate limit, as an
/// answer's `inin-ratelimit-*` headers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headroom {
    /// Calls so far in the present window.
    pub used: u32,
    /// Calls that a window allows.
    pub allowed: u32,
    /// Until the next window begins.
    pub reset: Duration,
}

impl Headroom {
    /// Calls that are left in the present window.
    #[must_use]
    pub fn left(self) -> u32 {
        self.allowed.saturating_sub(self.used)
    }
}

/// One call with all its attempts. Holds no body, no query and no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// Which operation, for example `flows.create`.
    pub operation: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path with placeholders, for example `/api/v2/flows/{id}`.
    pub path_template: &'static str,
    /// How often it was tried, waiting in vain for a turn included.
    pub attempts: u32,
    /// When it ended.
    pub at: SystemTime,
    /// Why it failed, by [`Failure::code`](crate::Failure::code); none when it
    /// succeeded.
    pub failure: Option<&'static str>,
    /// Genesys Cloud's own reference for the request that failed.
    pub correlation_id: Option<String>,
}

/// How an attempt ended on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// An answer with this status arrived.
    Answered {
        /// The HTTP status.
        status: u16,
    },
    /// No connection came about; nothing was sent.
    NotSent,
    /// The secure connection failed; nothing was sent.
    NotSecure,
    /// It was sent, and the connection broke before the answer was whole.
    Broken,
    /// It was sent, and the answer did not come in time.
    TimedOut,
}

impl AttemptOutcome {
    /// The status, where there was an answer.
    #[must_use]
    pub fn status(self) -> Option<u16> {
        match self {
            Self::Answered { status } => Some(status),
            _ => None,
        }
    }
}

/// Is told of attempts and waits while they happen. Implementations must be
/// quick: they run between the steps of a call.
pub trait Observer: Send + Sync {
    /// An attempt has ended.
    fn attempted(&self, attempt: &Attempt);

    /// A call has ended, whichever way.
    fn finished(&self, call: &Finished) {
        let _ = call;
    }

    /// The call waits until about `until` because Genesys Cloud asked for it.
    fn waiting(&self, until: SystemTime) {
        let _ = until;
    }
}

/// Two observers that are told the same.
pub(crate) struct Both(pub(crate) Arc<dyn Observer>, pub(crate) Arc<dyn Observer>);

impl Observer for Both {
    fn attempted(&self, attempt: &Attempt) {
        self.0.attempted(attempt);
        self.1.attempted(attempt);
    }

    fn finished(&self, call: &Finished) {
        self.0.finished(call);
        self.1.finished(call);
    }

    fn waiting(&self, until: SystemTime) {
        self.0.waiting(until);
        self.1.waiting(until);
    }
}

/// An observer that keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {
    fn attempted(&self, _: &Attempt) {}
}
