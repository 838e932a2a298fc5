//! Why a publish failed, in words.

use api::Failure;
use flow::{Artifact, Problem};
use genesys::{Conflict, FailureKind};

use super::refused;

/// Our own failure.
pub(crate) fn failure(code: &str, sentence: impl Into<String>, next_step: &str) -> Failure {
    Failure {
        code: code.to_owned(),
        sentence: sentence.into(),
        next_step: next_step.to_owned(),
        correlation_id: None,
        problems: Vec::new(),
    }
}

/// What Genesys Cloud refused, with what it says led back to the document that
/// was sent.
pub(crate) fn refusal(
    failed: &genesys::Failure,
    artifact: Option<&Artifact>,
    next_step: &str,
) -> Failure {
    let code = failed.code().trim_start_matches("genesys.");
    let problems = match (&failed.kind, artifact) {
        (FailureKind::Rejected { problems, .. }, Some(artifact)) => {
            refused::problems(artifact, problems)
        }
        _ => Vec::new(),
    };
    Failure {
        correlation_id: failed.correlation_id.clone(),
        problems,
        ..failure(code, failed.sentence(), next_step)
    }
}

/// The flow has problems that keep it from being published.
pub(super) fn of_problems(problems: Vec<Problem>) -> Failure {
    let sentence = match problems.len() {
        1 => "The flow has a problem that must be solved before it can be published.".to_owned(),
        count => {
            format!("The flow has {count} problems that must be solved before it can be published.")
        }
    };
    Failure {
        problems,
        ..failure(
            "flow-has-problems",
            sentence,
            "Open Problems, solve what is marked as an error, then publish again.",
        )
    }
}

/// What the flow calls was never sent to the connection.
pub(super) fn of_missing(problems: Vec<Problem>, connection: &str) -> Failure {
    Failure {
        problems,
        ..failure(
            "callee-not-in-connection",
            format!(
                "Something that the flow calls was never sent to “{connection}”. Nothing was changed in Genesys."
            ),
            "Publish there what is named below, then publish this flow again.",
        )
    }
}

/// What Genesys Cloud said, or did not.
pub(super) fn of_genesys(failed: &genesys::Failure, artifact: Option<&Artifact>) -> Failure {
    let next_step = match &failed.kind {
        FailureKind::Conflict(Conflict::Version) => CHANGED_UPSTREAM_NEXT,
        FailureKind::Conflict(Conflict::AlreadyExists { .. }) => {
            "Give this flow another name, then publish again."
        }
        FailureKind::NotFound => GONE_UPSTREAM_NEXT,
        _ => failed.next_step(),
    };
    refusal(failed, artifact, next_step)
}

/// What is in Genesys already when a later call of a publish fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum There {
    /// A module without content, which was made to be filled.
    EmptyModule,
    /// The new version, which is still to be made live.
    Draft,
    /// The new version, which is live as it was accepted.
    Live,
}

/// The same failure after something was sent: nobody is told that nothing was
/// changed.
pub(super) fn with_there(failure: Failure, kind: &FailureKind, there: There) -> Failure {
    let is = match there {
        There::EmptyModule => "The module was made in Genesys before, and is empty so far.",
        There::Draft => "The new version is in Genesys, and it is not live.",
        There::Live => "The new version is in Genesys. It could not be read back.",
    };
    let next_step = match kind {
        FailureKind::Unavailable { .. } | FailureKind::Unanswered => "Publish again in a minute.",
        FailureKind::Conflict(Conflict::Locked { .. }) => {
            "Publish again when the lock is released."
        }
        _ => &failure.next_step,
    };
    Failure {
        next_step: next_step.to_owned(),
        sentence: format!("{} {is}", failure.sentence),
        ..failure
    }
}

const CHANGED_UPSTREAM_NEXT: &str =
    "Publish again: what was changed there is brought together with what is here.";
const GONE_UPSTREAM_NEXT: &str =
    "Create it there anew, or link this flow to another one there by its id.";

/// Both sides changed the same.
pub(super) fn conflicts(theirs: u64, count: usize) -> Failure {
    let what = match count {
        1 => "one part was changed there and here".to_owned(),
        count => format!("{count} parts were changed there and here"),
    };
    failure(
        "conflicts",
        format!(
            "Version {theirs} in Genesys was not made here, and {what}. Nothing was overwritten."
        ),
        "Compare both sides, choose what counts, and publish with these choices.",
    )
}

/// It was changed upstream each time that both sides were brought together.
pub(super) fn keeps_changing(theirs: u64) -> Failure {
    failure(
        "keeps-changing",
        format!(
            "The flow was changed in Genesys again and again meanwhile; version {theirs} is there. What was changed there is in this flow now, and nothing was overwritten."
        ),
        "Publish again when nobody is at work on it there.",
    )
}

/// What is upstream is no document that Patchbay reads.
pub(super) fn unreadable_upstream(reason: &flow::ImportError) -> Failure {
    failure(
        "upstream-unreadable",
        format!("The flow was changed in Genesys, and what is there cannot be read: {reason}"),
        "Correct it there, or link this flow to another one there. Nothing was overwritten.",
    )
}

/// Somebody called it off before anything was changed.
pub(super) fn cancelled() -> Failure {
    failure(
        "cancelled",
        "The publish was cancelled. Nothing was changed in Genesys.",
        "Publish again when you want to.",
    )
}

/// The server stopped between making an empty module and filling it.
pub(super) fn left_empty() -> Failure {
    failure(
        "left-empty",
        "The server was restarted after it had made an empty module in Genesys, and before it filled it.",
        "Publish again to fill it.",
    )
}

/// Several flows there are what was sent, and nothing tells them apart.
pub(super) fn several_alike() -> Failure {
    failure(
        "outcome-unknown",
        "It is not known whether Genesys carried this out: several flows there are the same as this one.",
        "Look in Genesys which one is new, and link this flow to it by its id.",
    )
}

/// An id that Genesys cannot have given.
pub(super) fn unusable_id(text: &str) -> Failure {
    failure(
        "upstream-id-unusable",
        format!("The flow's id in Genesys, “{text}”, is not one that Genesys gives."),
        "Link this flow to another one there by its id, or publish a copy of it under another name.",
    )
}

/// An id that Genesys gave us once.
pub(super) fn flow_id(text: &str) -> Result<genesys::FlowId, Failure> {
    text.parse().map_err(|_| unusable_id(text))
}

/// Somebody changed the flow upstream since it was last published from here.
pub(super) fn changed_upstream(ours: u64, theirs: u64) -> Failure {
    failure(
        "version-conflict",
        format!(
            "The flow was changed in Genesys since it was last published from here: version {theirs} is there, and ours follows version {ours}. Nothing was overwritten."
        ),
        CHANGED_UPSTREAM_NEXT,
    )
}

/// What is stored upstream is not what was sent.
pub(super) fn not_confirmed() -> Failure {
    failure(
        "not-confirmed",
        "What Genesys stored is not what was sent. It was not made live.",
        "Publish again. If it stays so, give the time of this attempt to an administrator.",
    )
}

/// The answer was lost, and reading shows that it did not happen.
pub(super) fn not_carried_out(what: &str) -> Failure {
    failure(
        "not-carried-out",
        format!(
            "Genesys did not confirm that {what}. Asked since, it shows that this was not carried out."
        ),
        "Publish again.",
    )
}

/// The answer was lost, and reading failed too.
pub(super) fn unknown(failed: Option<&genesys::Failure>) -> Failure {
    Failure {
        correlation_id: failed.and_then(|failed| failed.correlation_id.clone()),
        ..failure(
            "outcome-unknown",
            "It is not known whether Genesys carried this out, and it could not be asked.",
            "Look at the flow in Genesys, then publish again.",
        )
    }
}

/// The server stopped before anything was sent.
pub(crate) fn interrupted() -> Failure {
    failure(
        "interrupted",
        "The server was restarted before anything was sent. Nothing was changed in Genesys.",
        "Publish again.",
    )
}

/// A fault of ours.
pub(crate) fn internal(reference: &str) -> Failure {
    failure(
        "internal",
        format!("Something failed on the server (reference {reference})."),
        "Publish again. If it stays so, give the reference to an administrator.",
    )
}
