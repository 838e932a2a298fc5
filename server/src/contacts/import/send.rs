//! One row of an import, and what its answer means for the row and the import.

use api::{ContactStage, Outcome, RowState};
use flow::contact::{Contact, differences};
use genesys::Connection;
use store::{ContactRow, SettledContact, SettledRow, WordsPlace};

use super::super::{
    record::{Changed, Record},
    register::{conclude, settled},
    then::{AWAY, Then, then, wait},
    upstream::{self, Missed, Registered},
    words,
};
use crate::{app::App, audit, clock, http::Result};

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
    let known = app.store.contact(&outgoing.contact_id).await?;
    let known = known.filter(|row| row.stage != ContactStage::NotRegistered);
    let (state, message) = verdict(&outgoing, known.is_some(), &ended, &then);
    let (mut message, mut sealed_words) = (message.to_owned(), None);
    if let (RowState::Failed, Err(Missed::Refused(failed))) = (state, &ended) {
        message = failed.in_our_words().sentence();
        let said = failed.sentence();
        if said != message {
            let place = WordsPlace::ImportRow {
                import: import.id.clone(),
                number: outgoing.number,
            };
            sealed_words = Some(words::seal(&app.keys, &place, &said)?);
        }
    }
    let file = outgoing.contact.clone();
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
    let entry = conclude(&mut row, &mut record, &import.author, &ended);
    let sealed_before = known.as_ref().map(|known| known.sealed_record.clone());
    if let Some(known) = known {
        let kept = Record::open(&app.keys, &known)?;
        let was = (kept.theirs.clone(), kept.proposal.clone());
        (row, record) = beside(known, kept, &file, (row, record));
        if was != (record.theirs.clone(), record.proposal.clone()) {
            record.changed = Some(Changed::now(&import.author));
        }
    }
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
            sealed_words,
            contact: is_contact.then_some(SettledContact { row, sealed_before }),
        },
        audit: entry,
        then,
        is_in_vain,
    })
}

/// A contact that was here before stays as it is; what upstream has of it, and
/// what the file brings, are put beside it where they differ.
fn beside(
    mut row: ContactRow,
    mut kept: Record,
    file: &Contact,
    (found_row, found): (ContactRow, Record),
) -> (ContactRow, Record) {
    let differ = |one: &Contact, other: &Contact| !differences(one, other).is_empty();
    let held = found.theirs.as_ref().unwrap_or(file);
    kept.theirs = differ(&kept.contact, held).then(|| held.clone());
    let brings = differ(&kept.contact, file) && differ(held, file);
    kept.proposal = brings.then(|| file.clone());
    kept.standing = found.standing;
    kept.notice = None;
    row.stage = match kept.theirs {
        Some(_) => ContactStage::Different,
        None => settled(&kept),
    };
    row.checked_at_millis = found_row.checked_at_millis.or(row.checked_at_millis);
    row.connection_name = found_row.connection_name;
    (row, kept)
}

/// What became of a row, and what is said of it.
fn verdict(
    outgoing: &Outgoing,
    is_known: bool,
    ended: &std::result::Result<Registered, Missed>,
    then: &Then,
) -> (RowState, &'static str) {
    let missed = match ended {
        Ok(Registered::New { .. }) => return (RowState::New, ""),
        Ok(Registered::There { held, answer_lost }) => {
            return match (held.other_than(&outgoing.contact), answer_lost) {
                (Some(_), _) => (
                    RowState::Different,
                    "The contact is there with other data. Open it to compare, and decide.",
                ),
                (None, true) if !is_known => (
                    RowState::New,
                    "The answer to sending it was lost. Asked since, Genesys has it just so.",
                ),
                (None, _) => (RowState::Exists, ""),
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

/// The intent of sending a row.
pub(super) fn intent(author: &str, outgoing: &Outgoing) -> audit::Entry {
    audit::entry(super::super::register::REGISTER, author, Outcome::Intended)
        .about(Some(outgoing.contact_id.clone()))
        .saying(format!(
            "Registers the contact of row {} of a file.",
            outgoing.number
        ))
}
