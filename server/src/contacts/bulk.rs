//! Asking about many contacts at once: those that a list shows.

use api::{CheckContacts, ChecksBegun, ContactOrder, Outcome};
use axum::{Json, extract::State, http::StatusCode};

use super::{list::pick_all, mask::Sight};
use crate::{
    accounts::Actor,
    app::App,
    audit,
    http::{Body, Result},
};

/// Has all contacts validated that the list shows for the same words and stage.
/// They are asked about one after the other, at the pace of their connection.
#[utoipa::path(post, path = "/api/contacts/checks", request_body = CheckContacts,
    responses((status = 202, body = ChecksBegun), (status = 422)))]
pub(crate) async fn check_contacts(
    State(app): State<App>,
    actor: Actor,
    Body(body): Body<CheckContacts>,
) -> Result<(StatusCode, Json<ChecksBegun>)> {
    let sight = Sight::of(actor.account.role);
    let found = pick_all(&app, sight, &body.search, body.stage, ContactOrder::Oldest).await?;
    let entry = audit::entry("contact.checks", &actor.account.name, Outcome::Done).saying(format!(
        "Has contacts validated: {} were chosen.",
        found.len()
    ));
    let queued = app.store.queue_checks(&found, entry.into()).await?;
    for (connection, _) in &queued {
        app.validator.wake(&app, connection);
    }
    // Connections are asked side by side.
    let longest = queued.iter().map(|(_, contacts)| *contacts).max();
    let seconds = longest.unwrap_or_default() * 60 / u64::from(app.connections.calls_per_minute());
    let contacts = queued.iter().map(|(_, contacts)| contacts).sum();
    Ok((
        StatusCode::ACCEPTED,
        Json(ChecksBegun { contacts, seconds }),
    ))
}
