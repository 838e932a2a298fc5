//! Failures in words: what happened, and what to do next.

use std::time::{Duration, SystemTime};

use super::{Conflict, Failure, FailureKind, LostAnswer};

impl Failure {
    /// What happened, as one or two plain sentences.
    #[must_use]
    pub fn sentence(&self) -> String {
        match &self.kind {
            FailureKind::CredentialsRefused => "Genesys refused our credentials.".to_owned(),
            FailureKind::SignInUnavailable => "Genesys sign-in is unavailable.".to_owned(),
            FailureKind::PermissionMissing { missing, message } => permission(missing, message),
            FailureKind::NotFound => "This no longer exists in Genesys.".to_owned(),
            FailureKind::Conflict(conflict) => conflict.sentence(),
            FailureKind::Rejected {
                status,
                message,
                problems,
                ..
            } => rejected(*status, message, problems.len()),
            FailureKind::Throttled { until, .. } => {
                format!(
                    "Genesys asks us to wait until {}.",
                    httpdate::fmt_http_date(whole_second(*until))
                )
            }
            FailureKind::Unavailable { status: None } => "Genesys cannot be reached.".to_owned(),
            FailureKind::Unavailable {
                status: Some(status),
            } => {
                format!("Genesys is not available at the moment (status {status}).")
            }
            FailureKind::Unanswered => "Genesys did not answer in time.".to_owned(),
            FailureKind::UnknownOutcome { lost } => {
                format!(
                    "It is not known whether Genesys carried this out: {}.",
                    lost.clause()
                )
            }
            FailureKind::UnexpectedAnswer { status, reason } => {
                format!("Genesys gave an unexpected answer (status {status}): {reason}.")
            }
            FailureKind::SecureConnectionFailed { .. } => {
                "The secure connection to Genesys failed. Nothing was sent.".to_owned()
            }
            FailureKind::AnswerTooLarge { limit_bytes } => format!(
                "The answer from Genesys is too large: more than {} MiB.",
                limit_bytes / (1024 * 1024)
            ),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn next_step(&self) -> &'static str {
        match &self.kind {
            FailureKind::CredentialsRefused => {
                "An administrator must renew the client id and secret in Settings → Connections."
            }
            FailureKind::SignInUnavailable => {
                "Your work is saved. Try again in a minute; if it stays so, check the OAuth address in Settings → Connections."
            }
            FailureKind::PermissionMissing { .. } => {
                "Ask a Genesys administrator to add it to the OAuth client, then try again."
            }
            FailureKind::NotFound => {
                "See in Genesys Cloud whether it was deleted there. A copy of it publishes as a new one."
            }
            FailureKind::Conflict(Conflict::Version) => {
                "See in Genesys Cloud what was changed there. To keep both, publish a copy under another name."
            }
            FailureKind::Conflict(Conflict::AlreadyExists { .. }) => {
                "Choose another name, then publish again."
            }
            FailureKind::Conflict(Conflict::Locked { .. }) => {
                "Nothing was changed. Try again when the lock is released."
            }
            FailureKind::Conflict(Conflict::Other { .. }) => {
                "See in Genesys Cloud who is at work on it, and try again when they are done."
            }
            FailureKind::Rejected { .. } => "Correct what is named, then try again.",
            FailureKind::Throttled { .. } => "Try again after that time.",
            FailureKind::Unavailable { .. } => {
                "Nothing was changed in Genesys. Try again in a minute."
            }
            FailureKind::Unanswered => {
                "Nothing was changed in Genesys by this question. Try again in a minute."
            }
            FailureKind::UnknownOutcome { .. } => {
                "Read the present state from Genesys before sending it again."
            }
            FailureKind::UnexpectedAnswer { .. } | FailureKind::AnswerTooLarge { .. } => {
                "Check the API address in Settings → Connections. If it is right, give the reference to Genesys support."
            }
            FailureKind::SecureConnectionFailed { .. } => {
                "An administrator must check the address in Settings → Connections and its certificate."
            }
        }
    }
}

impl Conflict {
    fn sentence(&self) -> String {
        match self {
            Self::Version => "It was changed in Genesys since your last sync.".to_owned(),
            Self::AlreadyExists { .. } => "Genesys already has one with this name.".to_owned(),
            Self::Locked { by: Some(by) } => format!("{by} has it locked in Genesys."),
            Self::Locked { by: None } => "Somebody has it locked in Genesys.".to_owned(),
            Self::Other { message, .. } if message.is_empty() => {
                "Genesys says that this conflicts with what it has, and not how.".to_owned()
            }
            Self::Other { message, .. } => {
                format!("Genesys says that this conflicts with what it has: {message}")
            }
        }
    }
}

impl LostAnswer {
    fn clause(&self) -> String {
        match self {
            Self::Broken => "the connection broke before the answer was complete".to_owned(),
            Self::TimedOut => "the answer did not come in time".to_owned(),
            Self::ServerError { status } => {
                format!("it answered with a server error (status {status})")
            }
            Self::Unreadable { reason } => format!("its answer cannot be read, {reason}"),
            Self::PerhapsDoneBefore => {
                "an earlier answer was lost, and the version has changed since".to_owned()
            }
        }
    }
}

fn permission(missing: &[String], message: &str) -> String {
    match (missing, message) {
        ([], "") => "Missing permission: Genesys refused the call without naming it.".to_owned(),
        ([], message) => format!("Missing permission. Genesys says: {message}"),
        ([one], _) => format!("Missing permission: {one}."),
        (several, _) => format!("Missing permission: one of {}.", several.join(", ")),
    }
}

fn rejected(status: u16, message: &str, problems: usize) -> String {
    let places = match problems {
        0 => String::new(),
        1 => " at one place".to_owned(),
        several => format!(" at {several} places"),
    };
    if message.is_empty() {
        format!("Genesys rejected what was sent{places} (status {status}).")
    } else {
        format!("Genesys rejected what was sent{places}: {message}")
    }
}

/// HTTP dates have whole seconds; the stated time is never too early.
fn whole_second(time: SystemTime) -> SystemTime {
    let since_epoch = time
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let up = u64::from(since_epoch.subsec_nanos() > 0);
    SystemTime::UNIX_EPOCH + Duration::from_secs(since_epoch.as_secs() + up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_is_named_where_genesys_names_it() {
        let named = |missing: &[&str]| {
            let missing = missing.iter().map(|name| (*name).to_owned()).collect();
            let message = String::new();
            Failure::new(FailureKind::PermissionMissing { missing, message }, None).sentence()
        };
        assert_eq!(named(&["flow:all"]), "Missing permission: flow:all.");
        assert_eq!(
            named(&["flow:all", "flow:write"]),
            "Missing permission: one of flow:all, flow:write."
        );
    }

    #[test]
    fn the_time_of_a_pause_is_stated_and_never_too_early() {
        let until = SystemTime::UNIX_EPOCH + Duration::from_millis(1_795_176_000_001);
        let failure = Failure::new(
            FailureKind::Throttled {
                until,
                queueable: false,
            },
            None,
        );
        assert_eq!(
            failure.sentence(),
            "Genesys asks us to wait until Fri, 20 Nov 2026 12:00:01 GMT."
        );
        assert_eq!(failure.retry_at(), Some(until));
    }
}
