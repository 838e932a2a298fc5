//! How a call can fail, as data.

mod ours;
mod words;

use std::fmt;
use std::time::SystemTime;

/// A call that did not bring what was asked for.
///
/// Its [`Display`](fmt::Display) form is the sentence for users; neither that
/// nor the debug form ever holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong.
    pub kind: FailureKind,
    /// Genesys Cloud's reference for the request (`ININ-Correlation-Id`),
    /// which its support asks for.
    pub correlation_id: Option<String>,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureKind {
    /// The client id and secret, or a token fresh from them, were refused.
    CredentialsRefused,
    /// No token could be had: the sign-in service does not answer properly.
    SignInUnavailable,
    /// 403.
    PermissionMissing {
        /// The permissions or scopes of which at least one is missing; empty
        /// when Genesys Cloud did not name any.
        missing: Vec<String>,
        /// What Genesys Cloud said; may be empty.
        message: String,
    },
    /// 404 or 410.
    NotFound,
    /// 409.
    Conflict(Conflict),
    /// 400 and other refusals of what was sent.
    Rejected {
        /// The HTTP status.
        status: u16,
        /// Genesys Cloud's code; may be empty.
        code: String,
        /// What Genesys Cloud said; may be empty.
        message: String,
        /// The places in the sent body that it objects to; may be empty.
        problems: Vec<FieldProblem>,
    },
    /// Genesys Cloud asked not to be called before a time that is too far
    /// away to wait for.
    Throttled {
        /// The time before which no call may be made.
        until: SystemTime,
        /// Whether that is near enough to queue the call; else it is given up.
        queueable: bool,
    },
    /// Genesys Cloud cannot be reached, or says that it is not available.
    /// Nothing was done.
    Unavailable {
        /// Its status, if it answered.
        status: Option<u16>,
    },
    /// Genesys Cloud did not answer a question in time, or broke off.
    Unanswered,
    /// Something was sent that may have been carried out, and its answer was
    /// lost: find out by reading, never by sending again.
    UnknownOutcome {
        /// How the answer was lost.
        lost: LostAnswer,
    },
    /// The answer is not what the operation gives.
    UnexpectedAnswer {
        /// Its status.
        status: u16,
        /// What is wrong with it.
        reason: String,
    },
    /// No secure connection: an invalid certificate, for example. Nothing was
    /// sent.
    SecureConnectionFailed {
        /// What the TLS library said.
        reason: String,
    },
    /// The answer is larger than is read.
    AnswerTooLarge {
        /// The limit, in bytes.
        limit_bytes: usize,
    },
}

/// What a 409 is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// It was changed upstream since the version that was sent.
    Version,
    /// Its name is taken.
    AlreadyExists {
        /// The id of what has the name, when given.
        entity_id: Option<String>,
    },
    /// Somebody is at work on it there.
    Locked {
        /// Who, when given.
        by: Option<String>,
    },
    /// Anything else.
    Other {
        /// Genesys Cloud's code; may be empty.
        code: String,
        /// What Genesys Cloud said; may be empty.
        message: String,
    },
}

/// One place in a sent body that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// A JSON pointer into the body as it was sent; may be empty.
    pub pointer: String,
    /// What is wrong there, as a code.
    pub code: String,
    /// The name of what is concerned, when given.
    pub entity: Option<String>,
}

/// How the answer to something that was sent got lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LostAnswer {
    /// The connection broke.
    Broken,
    /// It did not come in time.
    TimedOut,
    /// A server error, which does not say what was done.
    ServerError {
        /// The HTTP status.
        status: u16,
    },
    /// It says success, and cannot be read.
    Unreadable {
        /// What is wrong with it.
        reason: String,
    },
    /// An earlier sending of the same change got lost, and now the version has
    /// moved on, perhaps through that very change.
    PerhapsDoneBefore,
}

impl Failure {
    pub(crate) fn new(kind: FailureKind, correlation_id: Option<String>) -> Self {
        Self {
            kind,
            correlation_id,
        }
    }

    /// A code that stays the same from release to release.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match &self.kind {
            FailureKind::CredentialsRefused => "genesys.credentials-refused",
            FailureKind::SignInUnavailable => "genesys.sign-in-unavailable",
            FailureKind::PermissionMissing { .. } => "genesys.permission-missing",
            FailureKind::NotFound => "genesys.not-found",
            FailureKind::Conflict(Conflict::Version) => "genesys.version-conflict",
            FailureKind::Conflict(Conflict::AlreadyExists { .. }) => "genesys.already-exists",
            FailureKind::Conflict(Conflict::Locked { .. }) => "genesys.locked",
            FailureKind::Conflict(Conflict::Other { .. }) => "genesys.conflict",
            FailureKind::Rejected { .. } => "genesys.rejected",
            FailureKind::Throttled { .. } => "genesys.throttled",
            FailureKind::Unavailable { .. } => "genesys.unavailable",
            FailureKind::Unanswered => "genesys.unanswered",
            FailureKind::UnknownOutcome { .. } => "genesys.unknown-outcome",
            FailureKind::UnexpectedAnswer { .. } => "genesys.unexpected-answer",
            FailureKind::SecureConnectionFailed { .. } => "genesys.secure-connection-failed",
            FailureKind::AnswerTooLarge { .. } => "genesys.answer-too-large",
        }
    }

    /// Whether the call may have changed something upstream.
    #[must_use]
    pub fn may_have_happened(&self) -> bool {
        matches!(self.kind, FailureKind::UnknownOutcome { .. })
    }

    /// The time before which the call must not be made again, if one is known.
    #[must_use]
    pub fn retry_at(&self) -> Option<SystemTime> {
        match self.kind {
            FailureKind::Throttled { until, .. } => Some(until),
            _ => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl std::error::Error for Failure {}
