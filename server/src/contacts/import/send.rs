//! One row of an import, and what its answer means for the row and the import.

use std::time::{Duration, SystemTime};

use api::{ContactStage, Outcome, RowState};
use flow::contact::Contact;
use genesys::{Connection, Failure, FailureKind};
use store::{ContactRow, SettledRow};

use super::super::{
    record::Record,
    register::conclude,
    upstream::{self, Missed, Registered},
};
use crate::{app::App, audit, clock, http::Result};

/// How long an import waits after Genesys was not there.
const AWAY: Duration = Duration::from_secs(15);
/// How often a row is sent that Genesys does not carry out, before it counts as
/// failed: one that fails there each time must not keep an import going.
const MOST_TRIES: u32 = 3;

/// A row that is to be sent.
#[derive(Clone)]
pub(super) struct Outgoing {
    pub(super) number: u64,
    pub(super) contact_id: String,
    pub(super) contact: Contact,
    /// Whether it was sent before, and its answer is not known.
    pub(super) was_sent: bool,
    /// How often it was sent and not carried out since the import began to run.
    pub(super) tries: u32,
}

/// What became of a row.
pub(super) struct Sent {
    pub(super) row: SettledRow,
    pub(super) audit: audit::Entry,
    pub(super) then: Then,
    /// Whether it was sent now and not carried out.
    pub(super) is_in_vain: bool,
}

/// What follows for the import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// It goes on.
    GoOn,
    /// It goes on after this time, on the connection's clock.
    Wait { until: SystemTime, note: String },
    /// Nobody but a person can help.
    Halt { note: String },
}

impl Then {
    /// What follows from two rows: the graver of the two.
    pub(super) fn or_worse(self, other: Self) -> Self {
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

/// Sends a row, or looks for one that was sent before.
pub(super) async fn send(
    app: App,
    client: Connection,
    import: store::ContactImportRow,
    outgoing: Outgoing,
) -> Result<Sent> {
    let ended = if outgoing.was_sent {
        upstream::find_sent(&client, &outgoing.contact).await
    } else {
        upstream::register(&client, &outgoing.contact).await
    };
    let is_in_vain = !outgoing.was_sent && matches!(ended, Err(Missed::NotCarriedOut));
    let now = client.clock().wall();
    let then = match &ended {
        Err(Missed::Refused(failed)) => then(failed, now),
        Err(Missed::NotCarriedOut) if is_in_vain => wait(now + AWAY, NOT_CARRIED_OUT),
        _ => Then::GoOn,
    };
    let (state, message) = verdict(&outgoing, &ended, &then);
    let mut message = message.to_owned();
    if let (RowState::Failed, Err(Missed::Refused(failed))) = (state, &ended) {
        message = failed.sentence();
    }
    let mut record = Record::new(outgoing.contact);
    let mut row = ContactRow {
        id: outgoing.contact_id,
        connection_id: import.connection_id,
        connection_name: import.connection_name,
        stage: ContactStage::Registering,
        sealed_record: String::new(),
        registered_by: import.author.clone(),
        registered_at_millis: clock::now_millis(),
        checked_at_millis: None,
        creation_latency_millis: None,
    };
    let entry = conclude(&mut row, &mut record, &import.author, ended);
    row.sealed_record = record.seal(&app.keys, &row.id)?;
    // A row that waits again, or that Genesys did not take, is no contact.
    let is_contact = matches!(
        state,
        RowState::New | RowState::Exists | RowState::Different
    );
    Ok(Sent {
        row: SettledRow {
            number: outgoing.number,
            state,
            message,
            contact: is_contact.then_some(row),
        },
        audit: entry,
        then,
        is_in_vain,
    })
}

/// What became of a row, and what is said of it.
fn verdict(
    outgoing: &Outgoing,
    ended: &std::result::Result<Registered, Missed>,
    then: &Then,
) -> (RowState, &'static str) {
    let missed = match ended {
        Ok(Registered::New { .. }) => return (RowState::New, ""),
        Ok(Registered::There { held, answer_lost }) => {
            return match (held.other_than(&outgoing.contact), answer_lost) {
                (Some(_), _) => (
                    RowState::Different,
                    "Genesys has other data of this contact. Open it to see what differs.",
                ),
                (None, false) => (RowState::Exists, ""),
                (None, true) => (
                    RowState::Exists,
                    "Genesys has it just so. The answer to sending it was lost, so that it is not known whether it was there before.",
                ),
            };
        }
        Err(missed) => missed,
    };
    match (missed, then) {
        (Missed::NotCarriedOut, _) if outgoing.tries + 1 >= MOST_TRIES => {
            (RowState::Failed, NOT_CARRIED_OUT)
        }
        // It is not there: sending it now makes it once.
        (Missed::NotCarriedOut, _) => (RowState::Waiting, ""),
        // What became of it is asked again when Genesys can be asked.
        (Missed::Refused(failed), Then::Wait { .. } | Then::Halt { .. })
            if outgoing.was_sent || failed.may_have_happened() =>
        {
            (RowState::Sending, "")
        }
        (_, Then::Wait { .. } | Then::Halt { .. }) => (RowState::Waiting, ""),
        (Missed::Unreadable, Then::GoOn) => (
            RowState::Failed,
            "Genesys gave an answer that cannot be understood.",
        ),
        (Missed::Refused(_), Then::GoOn) => (RowState::Failed, "Genesys did not take it."),
    }
}

const NOT_CARRIED_OUT: &str =
    "Genesys did not confirm this. Asked since, it shows that it was not carried out.";

/// Nobody has to do anything.
fn wait(until: SystemTime, why: &str) -> Then {
    Then::Wait {
        until,
        note: format!("{why} The import goes on by itself."),
    }
}

/// What a failed call means for all rows that follow.
fn then(failed: &Failure, now: SystemTime) -> Then {
    match &failed.kind {
        FailureKind::Throttled { until, .. } => wait(*until, &failed.sentence()),
        FailureKind::Unavailable { .. }
        | FailureKind::Unanswered
        | FailureKind::SignInUnavailable
        | FailureKind::UnknownOutcome { .. } => wait(now + AWAY, &failed.sentence()),
        FailureKind::CredentialsRefused
        | FailureKind::PermissionMissing { .. }
        | FailureKind::SecureConnectionFailed { .. } => Then::Halt {
            note: format!("{} {}", failed.sentence(), failed.next_step()),
        },
        FailureKind::NotFound
        | FailureKind::Conflict(_)
        | FailureKind::Rejected { .. }
        | FailureKind::UnexpectedAnswer { .. }
        | FailureKind::AnswerTooLarge { .. } => Then::GoOn,
    }
}

/// The intent of sending a row.
pub(super) fn intent(author: &str, outgoing: &Outgoing) -> audit::Entry {
    audit::entry(super::super::register::REGISTER, author, Outcome::Intended)
        .about(Some(outgoing.contact_id.clone()))
        .saying(format!(
            "Registers the contact of row {} of a file.",
            outgoing.number
        ))
}
