//! Registering a contact.

use api::{Contact, ContactFields, ContactStage, NewContact, Outcome};
use axum::{Json, extract::State, http::StatusCode};
use store::ContactRow;

use super::{
    blocked::stage_of,
    change::{change, registering},
    mask::Sight,
    notice::{at_fields, of_checks, of_missed},
    outlive,
    record::{Changed, Record, id_of},
    shown::whole,
    upstream::{self, Missed, Registered},
};
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    connections::Reachable,
    http::{Body, Problem, Result},
};

pub(super) const REGISTER: &str = "contact.register";

/// Registers a contact. One that exists upstream is compared with what was
/// given; one that is here already stays as it is, and the answer is a conflict.
#[utoipa::path(post, path = "/api/contacts", request_body = NewContact,
    responses(
        (status = 201, body = Contact, description = "It was made"),
        (status = 200, body = Contact, description = "It exists, or could not be registered: its stage says which"),
        (status = 404), (status = 409), (status = 422)))]
pub(crate) async fn register_contact(
    State(app): State<App>,
    actor: Actor,
    Body(body): Body<NewContact>,
) -> Result<(StatusCode, Json<Contact>)> {
    let contact = checked(body.contact)?;
    let reachable = app
        .connections
        .reach(&app, body.connection.as_deref())
        .await?;
    let work = {
        let (app, actor) = (app.clone(), actor.clone());
        let author = actor.account.name;
        async move { register(&app, &author, &reachable, contact).await }
    };
    let (row, is_new) = outlive(&app, work).await?;
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let sight = Sight::of(actor.account.role);
    Ok((status, Json(whole(&app, row, sight).await?)))
}

/// What was given as a contact, if nothing is wrong with it.
pub(super) fn checked(fields: ContactFields) -> Result<flow::contact::Contact> {
    let contact = flow::contact::Contact::from(fields);
    match of_checks(&contact) {
        Some(refused) => Err(refused),
        None => Ok(contact),
    }
}

/// How far a contact has come that is in Genesys just so.
pub(super) fn settled(record: &Record) -> ContactStage {
    record
        .standing
        .as_ref()
        .map_or(ContactStage::Validating, stage_of)
}

/// Registers a contact that is not here, with its intent stored before and its
/// outcome after; tells whether it was made.
async fn register(
    app: &App,
    author: &str,
    reachable: &Reachable,
    contact: flow::contact::Contact,
) -> Result<(ContactRow, bool)> {
    let id = id_of(&app.keys, &reachable.id, &contact.external_contact_id)?;
    let _turn = app.turns.take(&id).await;
    let row = about_to_be(app, author, reachable, (id, Record::new(contact.clone())))?;
    let intent = intent(author, reachable, &row);
    if !app.store.add_contact(&row, intent.into()).await? {
        let external_id = &contact.external_contact_id;
        return Err(Problem::conflict(
            "contact-exists",
            format!("{external_id} exists already in “{}”.", reachable.name),
        )
        .next("Update the contact that is there, or leave it as it is."));
    }
    send(app, author, reachable, (&row.id, &contact)).await
}

/// Registers a contact that was tried before, and that whoever has its turn
/// read as it is.
pub(super) async fn register_again(
    app: &App,
    author: &str,
    reachable: &Reachable,
    read: ContactRow,
    contact: flow::contact::Contact,
) -> Result<ContactRow> {
    let mut record = Record::new(contact.clone());
    record.changed = Some(Changed::now(author));
    let row = about_to_be(app, author, reachable, (read.id, record))?;
    let intent = intent(author, reachable, &row);
    let before = &read.sealed_record;
    let replaced = app.store.replace_contact(&row, before, intent.into());
    if !replaced.await? {
        return Err(registering());
    }
    let (row, _) = send(app, author, reachable, (&row.id, &contact)).await?;
    Ok(row)
}

/// A contact that is about to be sent.
fn about_to_be(
    app: &App,
    author: &str,
    reachable: &Reachable,
    (id, record): (String, Record),
) -> Result<ContactRow> {
    Ok(ContactRow {
        sealed_record: record.seal(&app.keys, &id)?,
        id,
        connection_id: reachable.id.clone(),
        connection_name: reachable.name.clone(),
        stage: ContactStage::Registering,
        registered_by: author.to_owned(),
        registered_at_millis: clock::now_millis(),
        checked_at_millis: None,
        creation_latency_millis: None,
    })
}

fn intent(author: &str, reachable: &Reachable, row: &ContactRow) -> audit::Entry {
    audit::entry(REGISTER, author, Outcome::Intended)
        .about(Some(row.id.clone()))
        .saying(format!("Registers a contact through “{}”.", reachable.name))
}

/// Sends a contact whose intent is stored, and stores its outcome; tells whether
/// it was made.
async fn send(
    app: &App,
    author: &str,
    reachable: &Reachable,
    (id, contact): (&str, &flow::contact::Contact),
) -> Result<(ContactRow, bool)> {
    let ended = upstream::register(&reachable.client, contact).await;
    let is_new = matches!(ended, Ok(Registered::New { .. }));
    let row = change(app, id, |row, record| {
        Ok(conclude(row, record, author, &ended))
    })
    .await?;
    match ended.as_ref().err().and_then(at_fields) {
        Some(refused) => Err(refused),
        None => {
            app.validator.wake(app, &row.connection_id);
            Ok((row, is_new))
        }
    }
}

/// Writes down how registering ended; the audit entry of it.
pub(super) fn conclude(
    row: &mut ContactRow,
    record: &mut Record,
    author: &str,
    ended: &Result<Registered, Missed>,
) -> audit::Entry {
    let entry = |outcome| audit::entry(REGISTER, author, outcome).about(Some(row.id.clone()));
    match ended {
        Ok(Registered::New {
            latency_millis,
            correlation_id,
        }) => {
            row.stage = ContactStage::Validating;
            row.creation_latency_millis = Some(*latency_millis);
            entry(Outcome::Done)
                .saying(format!("The contact is new. It took {latency_millis} ms."))
                .correlated(correlation_id.clone())
        }
        Ok(Registered::There { held, answer_lost }) => {
            record.theirs = held.other_than(&record.contact);
            row.checked_at_millis = Some(clock::now_millis());
            let said = match (&record.theirs, answer_lost) {
                (Some(_), _) => "The contact exists, with other data.",
                (None, false) => "The contact exists, just so.",
                (None, true) => {
                    "The answer was lost. Asked since, Genesys has the contact just so."
                }
            };
            let entry = entry(Outcome::Done)
                .saying(said)
                .correlated(held.correlation_id.clone());
            row.stage = match record.theirs {
                Some(_) => ContactStage::Different,
                None => stage_of(&held.standing),
            };
            record.standing = Some(held.standing.clone());
            entry
        }
        Err(missed) => {
            let notice = of_missed(missed);
            row.stage = ContactStage::NotRegistered;
            let entry = entry(Outcome::Failed)
                .saying(notice.ours().sentence)
                .correlated(missed.correlation_id());
            record.notice = Some(notice);
            entry
        }
    }
}
