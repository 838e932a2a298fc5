//! A contact that is here beside what was entered of it, or what an import
//! brought: neither replaces the other unasked.

use api::{ContactComparison, ContactFields, NewContact, Outcome};
use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use serde::Deserialize;

use super::{
    change::{change, still},
    difference,
    list::found,
    mask::Sight,
    record::{Changed, Record, id_of},
    register::checked,
};
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    http::{Body, Result},
};

const LEAVE: &str = "contact.leave";

/// Compares what was entered of a contact with the one that is here; nothing is
/// changed.
#[utoipa::path(post, path = "/api/contacts/comparison", request_body = NewContact,
    responses((status = 200, body = ContactComparison), (status = 404), (status = 409), (status = 422)))]
pub(crate) async fn compare_contact(
    State(app): State<App>,
    actor: Actor,
    Body(body): Body<NewContact>,
) -> Result<Json<ContactComparison>> {
    let entered = checked(body.contact)?;
    let reachable = app
        .connections
        .reach(&app, body.connection.as_deref())
        .await?;
    let id = id_of(&app.keys, &reachable.id, &entered.external_contact_id)?;
    compared(&app, &id, &entered, Sight::of(actor.account.role)).await
}

/// Compares what was changed of a contact with how it stands by now; nothing is
/// changed.
#[utoipa::path(post, path = "/api/contacts/{contact}/comparison",
    params(("contact" = String, Path)), request_body = ContactFields,
    responses((status = 200, body = ContactComparison), (status = 404), (status = 422)))]
pub(crate) async fn compare_changes(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
    Body(fields): Body<ContactFields>,
) -> Result<Json<ContactComparison>> {
    let entered = flow::contact::Contact::from(fields);
    compared(&app, &id, &entered, Sight::of(actor.account.role)).await
}

async fn compared(
    app: &App,
    id: &str,
    entered: &flow::contact::Contact,
    sight: Sight,
) -> Result<Json<ContactComparison>> {
    let row = found(app, id).await?;
    let record = Record::open(&app.keys, &row)?;
    let changed = record.changed.as_ref();
    Ok(Json(ContactComparison {
        version: record.version(&app.keys, id)?,
        differences: difference::shown(&record.contact, entered, sight),
        changed_by: changed.map(|last| last.by.clone()),
        changed_at: changed.map(|last| clock::rfc3339(last.at_millis)),
        id: row.id,
        stage: row.stage,
        registered_by: row.registered_by,
        registered_at: clock::rfc3339(row.registered_at_millis),
    }))
}

/// The proposal that is let go of.
#[derive(Deserialize)]
pub(crate) struct Seen {
    /// The version of the contact beside which it was seen.
    version: String,
}

/// Lets go of what an import brought of a contact: it stays as it is. Where
/// something else waits by now, that stays too.
#[utoipa::path(delete, path = "/api/contacts/{contact}/proposal",
    params(
        ("contact" = String, Path),
        ("version" = String, Query, description = "The contact's version that was looked at"),
    ),
    responses((status = 204), (status = 400), (status = 404), (status = 409)))]
pub(crate) async fn drop_proposal(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(seen): Query<Seen>,
    actor: Actor,
) -> Result<StatusCode> {
    let author = &actor.account.name;
    let _turn = app.turns.take(&id).await;
    let row = found(&app, &id).await?;
    if Record::open(&app.keys, &row)?.proposal.is_none() {
        return Ok(StatusCode::NO_CONTENT);
    }
    change(&app, &id, |row, record| {
        still(&app.keys, row, record, &seen.version)?;
        record.proposal = None;
        record.changed = Some(Changed::now(author));
        Ok(audit::entry(LEAVE, author, Outcome::Done)
            .about(Some(id.clone()))
            .saying("Left the contact as it is, and not as an import had it."))
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
