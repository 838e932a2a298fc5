//! A contact that is here beside what was entered of it, or what an import
//! brought: neither replaces the other unasked.

use api::{ContactComparison, NewContact, Outcome};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};

use super::{
    difference,
    list::found,
    mask::Sight,
    record::{Record, id_of},
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
    let row = found(&app, &id).await?;
    let record = Record::open(&app.keys, &row)?;
    let sight = Sight::of(actor.account.role);
    Ok(Json(ContactComparison {
        differences: difference::shown(&record.contact, &entered, sight),
        id,
        stage: row.stage,
        registered_by: row.registered_by,
        registered_at: clock::rfc3339(row.registered_at_millis),
    }))
}

/// Lets go of what an import brought of a contact: it stays as it is.
#[utoipa::path(delete, path = "/api/contacts/{contact}/proposal",
    params(("contact" = String, Path)), responses((status = 204), (status = 404)))]
pub(crate) async fn drop_proposal(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
) -> Result<StatusCode> {
    let mut row = found(&app, &id).await?;
    let mut record = Record::open(&app.keys, &row)?;
    if record.proposal.take().is_some() {
        row.sealed_record = record.seal(&app.keys, &row.id)?;
        let entry = audit::entry(LEAVE, &actor.account.name, Outcome::Done)
            .about(Some(id))
            .saying("Left the contact as it is, and not as an import had it.");
        app.store.put_contact(&row, entry.into()).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
