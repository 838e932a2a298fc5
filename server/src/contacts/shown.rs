//! Contacts as the API shows them.

use api::{Contact, ContactChannel, ContactFields, ContactProposal, ContactSummary, Interaction};
use flow::contact::Standing;
use store::{ContactRow, InteractionRow, WordsPlace};

use super::{blocked::startable, difference, mask::Sight, record::Record, words};
use crate::{app::App, clock, http::Result, keys::KeyRing};

/// Interactions that are shown of a contact.
const INTERACTIONS: u32 = 50;

/// A contact in a list.
pub(super) fn summary(row: &ContactRow, record: Record, sight: Sight) -> ContactSummary {
    let channels = channels(&record, sight);
    ContactSummary {
        id: row.id.clone(),
        external_contact_id: record.contact.external_contact_id,
        name: sight.name(&record.contact.name),
        channels,
        stage: row.stage,
        registered_at: clock::rfc3339(row.registered_at_millis),
        registered_by: row.registered_by.clone(),
        checked_at: row.checked_at_millis.map(clock::rfc3339),
    }
}

/// A contact with all that is known of it.
pub(super) async fn whole(app: &App, row: ContactRow, sight: Sight) -> Result<Contact> {
    let record = Record::open(&app.keys, &row)?;
    let interactions = app.store.interactions_of(&row.id, INTERACTIONS).await?;
    let (startable, blocked) = match startable(row.stage, &record, sight) {
        Ok(channels) => (channels, None),
        Err(notice) => (Vec::new(), Some(notice)),
    };
    let theirs = record.theirs.as_ref();
    Ok(Contact {
        version: record.version(&app.keys, &row.id)?,
        channels: channels(&record, sight),
        differences: theirs
            .map(|theirs| difference::shown(&record.contact, theirs, sight))
            .unwrap_or_default(),
        proposal: record.proposal.as_ref().map(|proposal| ContactProposal {
            differences: difference::shown(&record.contact, proposal, sight),
            contact: sight.fields(ContactFields::from(proposal.clone())),
        }),
        // What went wrong is said before what follows from it.
        notice: record
            .notice
            .as_ref()
            .map(|kept| kept.seen_by(sight))
            .or(blocked),
        contact: sight.fields(ContactFields::from(record.contact)),
        is_masked: sight == Sight::Masked,
        id: row.id,
        connection: row.connection_name,
        stage: row.stage,
        creation_latency_ms: row
            .creation_latency_millis
            .and_then(|millis| millis.try_into().ok()),
        registered_at: clock::rfc3339(row.registered_at_millis),
        registered_by: row.registered_by,
        checked_at: row.checked_at_millis.map(clock::rfc3339),
        startable,
        interactions: interactions
            .into_iter()
            .map(|row| interaction(&app.keys, row, sight))
            .collect::<Result<_>>()?,
    })
}

/// An interaction; what Genesys said of it is for those who see everything.
pub(super) fn interaction(
    keys: &KeyRing,
    row: InteractionRow,
    sight: Sight,
) -> Result<Interaction> {
    let mut notice = row.notice;
    if let (Some(notice), Some(sealed), Sight::Full) = (&mut notice, &row.sealed_words, sight) {
        let place = WordsPlace::Interaction(row.id.clone());
        notice.sentence = words::open(keys, &place, sealed)?;
    }
    Ok(Interaction {
        id: row.id,
        channel: row.channel,
        state: row.state,
        conversation_id: row.conversation_id,
        latency_ms: row.latency_millis.and_then(|millis| millis.try_into().ok()),
        started_by: row.started_by,
        started_at: clock::rfc3339(row.started_at_millis),
        notice,
    })
}

fn channels(record: &Record, sight: Sight) -> Vec<ContactChannel> {
    let said =
        |standing: &Standing, channel: &str| standing.channel_availability.get(channel).cloned();
    let channels = record.contact.channels.iter();
    channels
        .map(|(channel, address)| ContactChannel {
            channel,
            address: sight.address(channel, address),
            availability: record
                .standing
                .as_ref()
                .and_then(|standing| said(standing, channel.as_str())),
        })
        .collect()
}
