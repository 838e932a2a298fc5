//! What the outside learns of each attempt, for audit and metrics.

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
    /// How long it took.
    pub duration: Duration,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// Genesys Cloud's own reference for the request.
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

    /// The call waits until about `until` because Genesys Cloud asked for it.
    fn waiting(&self, until: SystemTime) {
        let _ = until;
    }
}

/// An observer that keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {
    fn attempted(&self, _: &Attempt) {}
}
