//! Registering a contact, saving what was changed of one, and taking over what
//! Genesys has.

use api::{Contact, ContactFields, ContactStage, NewContact, Outcome};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use store::ContactRow;

use super::{
    blocked::stage_of,
    list::found,
    mask::Sight,
    notice::{at_fields, of_checks, of_missed},
    outlive,
    record::{Record, id_of},
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
const UPDATE: &str = "contact.update";
const ADOPT: &str = "contact.adopt";

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
        async move { register(&app, &author, &reachable, contact, Entry::First).await }
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

/// Makes Genesys have a contact as it is given here: changes the one that it
/// has, or registers the one that it does not have yet.
#[utoipa::path(put, path = "/api/contacts/{contact}", params(("contact" = String, Path)),
    request_body = ContactFields,
    responses((status = 200, body = Contact), (status = 404), (status = 409), (status = 422)))]
pub(crate) async fn save_contact(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
    Body(fields): Body<ContactFields>,
) -> Result<Json<Contact>> {
    let row = found(&app, &id).await?;
    let record = Record::open(&app.keys, &row)?;
    let contact = checked(fields).map_err(at_root)?;
    if contact.external_contact_id != record.contact.external_contact_id {
        return Err(Problem::field(
            "/externalContactId",
            "A contact keeps its id. Register another contact with the new one.",
        ));
    }
    let reachable = app
        .connections
        .reach(&app, Some(&row.connection_id))
        .await?;
    let work = {
        let (app, actor) = (app.clone(), actor.clone());
        async move {
            let author = &actor.account.name;
            if row.stage == ContactStage::NotRegistered {
                let (row, _) = register(&app, author, &reachable, contact, Entry::Again)
                    .await
                    .map_err(at_root)?;
                return Ok(row);
            }
            update(&app, author, &reachable, row, contact)
                .await
                .map_err(at_root)
        }
    };
    let row = outlive(&app, work).await?;
    let sight = Sight::of(actor.account.role);
    Ok(Json(whole(&app, row, sight).await?))
}

/// Takes over what Genesys has of a contact; nothing is changed there.
#[utoipa::path(post, path = "/api/contacts/{contact}/adopt", params(("contact" = String, Path)),
    responses((status = 200, body = Contact), (status = 404), (status = 409)))]
pub(crate) async fn adopt_contact(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
) -> Result<Json<Contact>> {
    let mut row = found(&app, &id).await?;
    let mut record = Record::open(&app.keys, &row)?;
    let Some(theirs) = record.theirs.take() else {
        return Err(Problem::conflict(
            "nothing-differs",
            "Genesys has nothing else of this contact than is here.",
        )
        .next("Check its availability to ask again."));
    };
    record.contact = theirs;
    record.notice = None;
    row.stage = settled(&record);
    row.sealed_record = record.seal(&app.keys, &row.id)?;
    let entry = audit::entry(ADOPT, &actor.account.name, Outcome::Done)
        .about(Some(id))
        .saying("Took over what Genesys has of the contact.");
    app.store.put_contact(&row, entry.into()).await?;
    app.validator.wake(&app, &row.connection_id);
    let sight = Sight::of(actor.account.role);
    Ok(Json(whole(&app, row, sight).await?))
}

/// What was given as a contact, if nothing is wrong with it.
pub(super) fn checked(fields: ContactFields) -> Result<flow::contact::Contact> {
    let contact = flow::contact::Contact::from(fields);
    match of_checks(&contact) {
        Some(refused) => Err(refused),
        None => Ok(contact),
    }
}

/// The same problem where the contact is the whole body.
fn at_root(problem: Problem) -> Problem {
    problem.pointing(|pointer| {
        let below = pointer.strip_prefix("/contact");
        below.unwrap_or(pointer).to_owned()
    })
}

/// How far a contact has come that is in Genesys just so.
pub(super) fn settled(record: &Record) -> ContactStage {
    record
        .standing
        .as_ref()
        .map_or(ContactStage::Validating, stage_of)
}

/// Whether a contact is entered here for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    /// Then there is none of its id.
    First,
    /// What was tried before is tried again.
    Again,
}

/// Registers a contact, with its intent stored before and its outcome after;
/// tells whether it was made.
async fn register(
    app: &App,
    author: &str,
    reachable: &Reachable,
    contact: flow::contact::Contact,
    entry: Entry,
) -> Result<(ContactRow, bool)> {
    let external_id = contact.external_contact_id.clone();
    let id = id_of(&app.keys, &reachable.id, &contact.external_contact_id)?;
    let mut record = Record::new(contact);
    let mut row = ContactRow {
        sealed_record: record.seal(&app.keys, &id)?,
        id: id.clone(),
        connection_id: reachable.id.clone(),
        connection_name: reachable.name.clone(),
        stage: ContactStage::Registering,
        registered_by: author.to_owned(),
        registered_at_millis: clock::now_millis(),
        checked_at_millis: None,
        creation_latency_millis: None,
    };
    let intent = audit::entry(REGISTER, author, Outcome::Intended)
        .about(Some(id.clone()))
        .saying(format!("Registers a contact through “{}”.", reachable.name));
    let is_stored = match entry {
        Entry::First => app.store.add_contact(&row, intent.into()).await?,
        Entry::Again => {
            app.store.put_contact(&row, intent.into()).await?;
            true
        }
    };
    if !is_stored {
        return Err(Problem::conflict(
            "contact-exists",
            format!("{external_id} exists already in “{}”.", reachable.name),
        )
        .next("Update the contact that is there, or leave it as it is."));
    }
    let ended = upstream::register(&reachable.client, &record.contact).await;
    let is_new = matches!(ended, Ok(Registered::New { .. }));
    let refused = ended.as_ref().err().and_then(at_fields);
    let entry = conclude(&mut row, &mut record, author, ended);
    row.sealed_record = record.seal(&app.keys, &id)?;
    app.store.put_contact(&row, entry.into()).await?;
    match refused {
        Some(refused) => Err(refused),
        // Who registered it first, and when, is in the store alone.
        None => {
            let row = found(app, &id).await?;
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
    ended: Result<Registered, Missed>,
) -> audit::Entry {
    let entry = |outcome| audit::entry(REGISTER, author, outcome).about(Some(row.id.clone()));
    match ended {
        Ok(Registered::New {
            latency_millis,
            correlation_id,
        }) => {
            row.stage = ContactStage::Validating;
            row.creation_latency_millis = Some(latency_millis);
            entry(Outcome::Done)
                .saying(format!("The contact is new. It took {latency_millis} ms."))
                .correlated(correlation_id)
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
            record.standing = Some(held.standing);
            entry
        }
        Err(missed) => {
            let notice = of_missed(&missed);
            row.stage = ContactStage::NotRegistered;
            let entry = entry(Outcome::Failed)
                .saying(notice.ours().sentence)
                .correlated(missed.correlation_id());
            record.notice = Some(notice);
            entry
        }
    }
}

/// Changes a contact in Genesys, with the intent stored before and the outcome
/// after.
async fn update(
    app: &App,
    author: &str,
    reachable: &Reachable,
    mut row: ContactRow,
    contact: flow::contact::Contact,
) -> Result<ContactRow> {
    let intent = audit::entry(UPDATE, author, Outcome::Intended)
        .about(Some(row.id.clone()))
        .saying(format!("Changes a contact through “{}”.", reachable.name));
    app.store.append_audit(intent.into()).await?;
    let mut record = Record::open(&app.keys, &row)?;
    let ended = upstream::update(&reachable.client, &contact).await;
    if let Some(refused) = ended.as_ref().err().and_then(at_fields) {
        let entry = audit::entry(UPDATE, author, Outcome::Failed)
            .about(Some(row.id.clone()))
            .saying("Genesys does not take what was changed.");
        app.store.append_audit(entry.into()).await?;
        return Err(refused);
    }
    let entry = match ended {
        Ok(correlation_id) => {
            // It is validated anew.
            record = Record::new(contact);
            row.stage = ContactStage::Validating;
            row.checked_at_millis = None;
            audit::entry(UPDATE, author, Outcome::Done)
                .saying("Genesys has the contact as it is here.")
                .correlated(correlation_id)
        }
        Err(missed) => {
            let notice = of_missed(&missed);
            let entry = audit::entry(UPDATE, author, Outcome::Failed)
                .saying(notice.ours().sentence)
                .correlated(missed.correlation_id());
            if missed.is_gone() {
                // Saving it again registers it.
                row.stage = ContactStage::NotRegistered;
                record = Record::new(contact);
            } else if !flow::contact::differences(&record.contact, &contact).is_empty() {
                // What is known stays as it is; what was wanted is kept beside.
                record.proposal = Some(contact);
            }
            record.notice = Some(notice);
            entry
        }
    };
    row.sealed_record = record.seal(&app.keys, &row.id)?;
    let entry = entry.about(Some(row.id.clone()));
    app.store.put_contact(&row, entry.into()).await?;
    app.validator.wake(app, &row.connection_id);
    Ok(row)
}
