//! Why a call did not go through, in words for the person who waits.

use api::ProblemDetails;
use thiserror::Error;

/// Why a call did not go through. Its text says what happened and what to do.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Failure {
    /// No answer came.
    #[error(
        "The server cannot be reached. Check the network connection, or whether Patchbay is \
         running, and try again."
    )]
    Unreachable,
    /// Nobody is signed in any more; the page asks to sign in again.
    #[error("Your session has ended. Sign in again to go on.")]
    SessionEnded,
    /// The server said why.
    #[error("{}", words(.problem))]
    Refused {
        /// What the server said.
        problem: Box<ProblemDetails>,
        /// How long the server asks to wait.
        retry_after_seconds: Option<u32>,
    },
    /// An answer came that this page does not understand.
    #[error(
        "The server gave an answer that this page does not understand (status {status}). \
         Load the page again: it may be older than the server."
    )]
    NotUnderstood {
        /// The HTTP status.
        status: u16,
    },
}

impl Failure {
    /// The problem that the server described.
    pub fn problem(&self) -> Option<&ProblemDetails> {
        match self {
            Self::Refused { problem, .. } => Some(problem),
            _ => None,
        }
    }

    /// Whether the server refused with this HTTP status.
    pub fn is_status(&self, status: u16) -> bool {
        self.problem()
            .is_some_and(|problem| problem.status == status)
    }

    /// Whether the server refused with this sort of problem: the last part of
    /// its type.
    pub fn is_kind(&self, kind: &str) -> bool {
        self.problem()
            .and_then(|problem| problem.kind.strip_prefix("/problems/"))
            .is_some_and(|found| found == kind)
    }

    /// What is wrong with one part of the request, by JSON pointer.
    pub fn about(&self, pointer: &str) -> Option<String> {
        self.problem()?
            .errors
            .iter()
            .find(|error| error.pointer == pointer)
            .map(|error| error.detail.clone())
    }

    /// Whether all that is wrong is said about one of these parts of the request.
    pub fn is_about_only(&self, pointers: &[&str]) -> bool {
        self.problem().is_some_and(|problem| {
            !problem.errors.is_empty()
                && problem
                    .errors
                    .iter()
                    .all(|error| pointers.contains(&error.pointer.as_str()))
        })
    }

    /// What is wrong with what was sent, where the server says it part by part;
    /// else what happened.
    pub fn in_words(&self) -> String {
        let errors = self
            .problem()
            .into_iter()
            .flat_map(|problem| &problem.errors);
        let details: Vec<_> = errors.map(|error| error.detail.as_str()).collect();
        if details.is_empty() {
            self.to_string()
        } else {
            details.join(" ")
        }
    }

    /// How long the server asks to wait.
    pub fn retry_after_seconds(&self) -> Option<u32> {
        match self {
            Self::Refused {
                retry_after_seconds,
                ..
            } => *retry_after_seconds,
            _ => None,
        }
    }

    /// What the failure is called in the server's log.
    pub fn reference(&self) -> Option<&str> {
        self.problem()?.reference.as_deref()
    }
}

fn words(problem: &ProblemDetails) -> String {
    let what = if problem.detail.is_empty() {
        &problem.title
    } else {
        &problem.detail
    };
    match &problem.next_step {
        Some(next_step) => format!("{what} {next_step}"),
        None => what.clone(),
    }
}
