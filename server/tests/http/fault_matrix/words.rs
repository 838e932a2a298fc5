//! What a person has to be told: by the state that something ends in, words of
//! the sentence, and words of the next step.

use super::{
    faults::Comes,
    ways::{Act, By, Way},
};

/// How something has to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// It is done.
    Done,
    /// It is not, and this is said.
    Failed {
        state: &'static str,
        sentence: &'static str,
        next_step: &'static str,
    },
}

/// What is said of a failed call wherever nothing else is known of it.
fn said(code: &str) -> (&'static str, &'static str) {
    match code {
        "credentials-refused" => (
            "Genesys refused our credentials.",
            "An administrator must renew the client id and secret",
        ),
        "sign-in-unavailable" => ("Genesys sign-in is unavailable.", "Your work is saved."),
        "permission-missing" => (
            "Missing permission",
            "Ask a Genesys administrator to add it",
        ),
        "not-found" => ("no longer exists in Genesys", ""),
        "version-conflict" => ("changed in Genesys since your last sync", ""),
        "locked" => (
            "Grace has it locked in Genesys.",
            "when the lock is released",
        ),
        "already-exists" => ("Genesys already has one", ""),
        "conflict" => ("conflicts with what it has: No.", "See in Genesys Cloud"),
        "rejected" => ("Genesys rejected what was sent", "Correct what is named"),
        "throttled" => (
            "Genesys asks us to wait until",
            "Try again after that time.",
        ),
        "unavailable" => (
            "Genesys is not available at the moment",
            "Try again in a minute.",
        ),
        // As unavailable as before, and certainly nothing was sent.
        "unreachable" => (
            "Genesys cannot be reached.",
            "Nothing was changed in Genesys. Try again in a minute.",
        ),
        "unanswered" => ("Genesys did not answer in time.", "Try again in a minute."),
        "secure-connection-failed" => (
            "The secure connection to Genesys failed. Nothing was sent.",
            "certificate",
        ),
        "unexpected-answer" => ("Genesys gave an unexpected answer", "Check the API address"),
        "answer-too-large" => ("too large: more than 10 MiB", "Check the API address"),
        other => panic!("no words for {other}"),
    }
}

/// How a way has to end where its call comes to this.
pub(super) fn ends(way: &Way, comes: Comes) -> Ends {
    match way.act {
        Act::Publish(..) => published(way, comes),
        Act::Link | Act::Repoint => in_batch(published(way, comes)),
        Act::Upload(_) => uploaded(way, comes),
        Act::ListFlows
        | Act::OpenFlow(_)
        | Act::OpenModule(_)
        | Act::Relink
        | Act::Verify
        | Act::ListActions
        | Act::OpenAction(_)
        | Act::CompareAction
        | Act::MergeAction => read(way.act, comes),
        Act::Register | Act::RegisterAgain | Act::SaveContact | Act::CheckContact => {
            contact(way.act, comes)
        }
        Act::Interact => started(comes),
        Act::Import => imported(comes),
        Act::CheckConnection => checked(comes),
        Act::RenewSecret => renewed(comes),
    }
}

fn failed(state: &'static str, (sentence, next_step): (&'static str, &'static str)) -> Ends {
    Ends::Failed {
        state,
        sentence,
        next_step,
    }
}

fn published(way: &Way, comes: Comes) -> Ends {
    match comes {
        Comes::Passes | Comes::Lost { done: true } => Ends::Done,
        Comes::Lost { done: false } => {
            failed("not-carried-out", ("was not carried out", "Publish again."))
        }
        // It is read, and found to be as it was: sent again on top of that, and
        // refused again, until that is left to people.
        Comes::Fails("version-conflict") if way.again == super::faults::Again::Refused => failed(
            "keeps-changing",
            ("again and again", "Publish again when nobody"),
        ),
        Comes::Fails(code) => {
            let (sentence, next_step) = said(code);
            let next_step = match code {
                "not-found" => "Create it there anew, or link this flow",
                "version-conflict" => "Publish again: what was changed there",
                "already-exists" => "Give this flow another name",
                "unavailable" | "unanswered" if way.was_sent => "Publish again in a minute.",
                _ => next_step,
            };
            failed(code, (sentence, next_step))
        }
    }
}

fn in_batch(ends: Ends) -> Ends {
    match ends {
        Ends::Failed {
            sentence,
            next_step,
            ..
        } => failed("failed", (sentence, next_step)),
        Ends::Done => Ends::Done,
    }
}

fn uploaded(way: &Way, comes: Comes) -> Ends {
    match comes {
        Comes::Passes | Comes::Lost { done: true } => Ends::Done,
        Comes::Lost { done: false } => {
            failed("not-carried-out", ("was not carried out", "Upload again."))
        }
        Comes::Fails(code) => {
            let (sentence, next_step) = said(code);
            let next_step = match code {
                "not-found" => "Upload again to create it there anew.",
                "version-conflict" => "Take in what was changed there",
                "already-exists" => "Give this data action another name",
                "unavailable" | "unanswered" if way.was_sent => "Upload again in a minute.",
                _ => next_step,
            };
            failed(code, (sentence, next_step))
        }
    }
}

/// A question that is put for somebody who waits.
fn read(act: Act, comes: Comes) -> Ends {
    match comes {
        Comes::Passes => Ends::Done,
        Comes::Lost { .. } => panic!("reading loses nothing"),
        Comes::Fails("not-found") => match act {
            Act::ListFlows | Act::ListActions | Act::OpenFlow(By::Name) => list_gone(),
            Act::OpenModule(By::Name) | Act::OpenAction(By::Name) => list_gone(),
            Act::OpenAction(By::Id) | Act::CompareAction | Act::MergeAction => failed(
                "not-upstream",
                (
                    "Genesys has no data action of this id.",
                    "choose one from the list",
                ),
            ),
            _ => failed(
                "not-upstream",
                ("Genesys has none of this id.", "choose the right sort"),
            ),
        },
        Comes::Fails(code @ ("version-conflict" | "already-exists" | "conflict" | "locked")) => {
            failed("upstream-failed", (said(code).0, "Try again in a moment."))
        }
        Comes::Fails(code) => failed("upstream-failed", said(code)),
    }
}

fn list_gone() -> Ends {
    let sentence = "Genesys has no such list at the address of this connection.";
    failed("upstream-failed", (sentence, "must check the API address"))
}

fn contact(act: Act, comes: Comes) -> Ends {
    let state = match act {
        Act::Register | Act::RegisterAgain => "notRegistered",
        _ => "noticed",
    };
    let gone = ("no longer exists in Genesys", "Register it again");
    match comes {
        Comes::Passes | Comes::Lost { done: true } => Ends::Done,
        Comes::Lost { done: false } => failed(state, ("was not carried out", "Try again.")),
        // It is asked what is there, and nothing is.
        Comes::Fails("version-conflict" | "already-exists" | "conflict" | "locked")
            if act == Act::Register =>
        {
            failed(state, gone)
        }
        Comes::Fails("not-found") => failed("notRegistered", gone),
        Comes::Fails(code @ ("version-conflict" | "already-exists" | "conflict")) => {
            failed(state, (said(code).0, "Check its availability"))
        }
        Comes::Fails(code) => failed(state, said(code)),
    }
}

/// Whether a conversation was started cannot be asked.
fn started(comes: Comes) -> Ends {
    match comes {
        Comes::Passes => Ends::Done,
        Comes::Lost { .. } => failed(
            "unknown",
            ("not known whether Genesys started", "Look in Genesys Cloud"),
        ),
        Comes::Fails("not-found") => failed(
            "failed",
            ("no longer exists in Genesys", "Register it again"),
        ),
        Comes::Fails(code @ ("version-conflict" | "already-exists" | "conflict")) => {
            failed("failed", (said(code).0, "Check its availability"))
        }
        Comes::Fails(code) => failed("failed", said(code)),
    }
}

/// An import goes on by itself where waiting helps, stops where only people
/// can help, and says of a row what Genesys does not take.
fn imported(comes: Comes) -> Ends {
    match comes {
        Comes::Passes | Comes::Lost { done: true } => Ends::Done,
        // After it was sent three times.
        Comes::Lost { done: false } => failed("row failed", ("was not carried out", "")),
        // It tries again until somebody looks, and by then the breaker may have
        // opened, of which is said that Genesys cannot be reached.
        Comes::Fails("unavailable" | "unanswered") => {
            failed("waits", ("Genesys ", "goes on by itself"))
        }
        Comes::Fails(code @ ("throttled" | "sign-in-unavailable")) => {
            failed("waits", (said(code).0, "goes on by itself"))
        }
        Comes::Fails(code @ ("credentials-refused" | "permission-missing")) => {
            failed("paused", said(code))
        }
        Comes::Fails(
            "version-conflict" | "already-exists" | "conflict" | "locked" | "not-found",
        ) => failed("row failed", ("no longer exists in Genesys", "")),
        Comes::Fails(code) => failed("row failed", (said(code).0, "")),
    }
}

/// A refusal says that a client may do it, and nothing of a fault.
fn checked(comes: Comes) -> Ends {
    match comes {
        Comes::Passes => Ends::Done,
        Comes::Lost { .. } => panic!("reading loses nothing"),
        Comes::Fails(
            "rejected" | "version-conflict" | "already-exists" | "conflict" | "locked"
            | "not-found",
        ) => Ends::Done,
        Comes::Fails("permission-missing") => failed(
            "missing",
            (
                "this client lacks rights",
                "Give the OAuth client a role or scope",
            ),
        ),
        Comes::Fails(code) => failed("unknown", (said(code).0, "Check again in a moment.")),
    }
}

/// The secret that is stored stays in use.
fn renewed(comes: Comes) -> Ends {
    match comes {
        Comes::Passes => Ends::Done,
        Comes::Lost { .. } => panic!("a token is asked for once each time"),
        Comes::Fails(code) => failed("invalid-body", said(code)),
    }
}
