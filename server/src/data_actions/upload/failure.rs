//! Why an upload failed, in words.

use api::Failure;
use flow::{Artifact, Problem};
use genesys::{Conflict, FailureKind};

use crate::publish::failure::{failure, refusal};

/// The data action has problems that keep it from being uploaded.
pub(super) fn of_problems(problems: Vec<Problem>) -> Failure {
    let sentence = match problems.len() {
        1 => "The data action has a problem that must be solved before it can be uploaded."
            .to_owned(),
        count => format!(
            "The data action has {count} problems that must be solved before it can be uploaded."
        ),
    };
    Failure {
        problems,
        ..failure(
            "data-action-has-problems",
            sentence,
            "Solve what is marked as an error, then upload again.",
        )
    }
}

/// What Genesys Cloud said, or did not.
pub(super) fn of_genesys(failed: &genesys::Failure, artifact: Option<&Artifact>) -> Failure {
    let next_step = match &failed.kind {
        FailureKind::Conflict(Conflict::Version) => CHANGED_UPSTREAM_NEXT,
        FailureKind::Conflict(Conflict::AlreadyExists { .. }) => {
            "Give this data action another name, or open the one that has the name from the list of Genesys Cloud."
        }
        FailureKind::NotFound => "Upload again to create it there anew.",
        _ => failed.next_step(),
    };
    refusal(failed, artifact, next_step)
}

/// What kept from reading back what was sent: nobody is told that nothing was
/// changed.
pub(super) fn after_sending(failed: &genesys::Failure) -> Failure {
    let failure = of_genesys(failed, None);
    let next_step = match &failed.kind {
        FailureKind::Unavailable { .. } | FailureKind::Unanswered => "Upload again in a minute.",
        FailureKind::Conflict(Conflict::Locked { .. }) => "Upload again when the lock is released.",
        _ => &failure.next_step,
    };
    Failure {
        next_step: next_step.to_owned(),
        sentence: format!(
            "{} The data action was sent before that. It could not be read back.",
            failure.sentence
        ),
        ..failure
    }
}

const CHANGED_UPSTREAM_NEXT: &str =
    "Take in what was changed there, look at it, then upload again.";

/// Somebody changed it upstream since it was last read from here.
pub(super) fn changed_upstream(ours: u64, theirs: u64) -> Failure {
    failure(
        "version-conflict",
        format!(
            "The data action was changed in Genesys since it was last read from here: version {theirs} is there, and ours follows version {ours}. Nothing was overwritten."
        ),
        CHANGED_UPSTREAM_NEXT,
    )
}

/// What is stored upstream is not what was sent.
pub(super) fn not_confirmed() -> Failure {
    failure(
        "not-confirmed",
        "What Genesys stored is not what was sent.",
        "Upload again. If it stays so, give the time of this attempt to an administrator.",
    )
}

/// The answer was lost, and reading shows that it did not happen.
pub(super) fn not_carried_out() -> Failure {
    failure(
        "not-carried-out",
        "Genesys did not confirm that the data action was sent. Asked since, it shows that this was not carried out.",
        "Upload again.",
    )
}

/// The answer was lost, and reading failed too.
pub(super) fn unknown(failed: Option<&genesys::Failure>) -> Failure {
    Failure {
        correlation_id: failed.and_then(|failed| failed.correlation_id.clone()),
        ..failure(
            "outcome-unknown",
            "It is not known whether Genesys carried this out, and it could not be asked.",
            "Look at the data action in Genesys, then upload again.",
        )
    }
}

/// The server stopped before anything was sent.
pub(super) fn interrupted() -> Failure {
    failure(
        "interrupted",
        "The server was restarted before anything was sent. Nothing was changed in Genesys.",
        "Upload again.",
    )
}

/// A fault of ours.
pub(super) fn internal(reference: &str) -> Failure {
    failure(
        "internal",
        format!("Something failed on the server (reference {reference})."),
        "Upload again. If it stays so, give the reference to an administrator.",
    )
}

/// An id that Genesys does not give.
pub(super) fn id_unusable(text: &str) -> Failure {
    failure(
        "upstream-id-unusable",
        format!("The data action's id in Genesys, “{text}”, is not one that Genesys gives."),
        "Make a copy of this data action and upload the copy under another name.",
    )
}
