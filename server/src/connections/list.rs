//! Listing connections.

use api::{Connection, LastCheck, Profile};
use axum::{Json, extract::State};
use store::ConnectionRow;

use crate::{app::App, clock, http::Result};

/// A secret is to be replaced after 90 days.
const SECRET_MILLIS: i64 = 90 * 24 * 60 * 60 * 1_000;

/// A stored connection, as settings show it.
pub(super) fn shown(row: ConnectionRow) -> Connection {
    Connection {
        id: row.id,
        name: row.name,
        profile: Profile::Direct,
        api_url: row.api_url,
        oauth_url: row.oauth_url,
        client_id: row.client_id,
        secret_hint: row.secret_hint,
        secret_set_at: clock::rfc3339(row.secret_set_at_millis),
        secret_is_due: clock::now_millis() - row.secret_set_at_millis > SECRET_MILLIS,
        scopes: row.scopes.split_whitespace().map(str::to_owned).collect(),
        is_default: row.is_default,
        preset: false,
        last_check: None,
    }
}

/// All connections: the preset ones first. Secrets do not come out.
#[utoipa::path(get, path = "/api/connections",
    responses((status = 200, body = Vec<Connection>)))]
pub(crate) async fn list_connections(State(app): State<App>) -> Result<Json<Vec<Connection>>> {
    let stored = app.store.connections().await?;
    let default = app.connections.meant(&app, None).await?;
    let presets = app
        .connections
        .presets
        .iter()
        .map(|preset| preset.shown(default.as_deref() == Some(preset.id)));
    let mut all: Vec<_> = presets.chain(stored.into_iter().map(shown)).collect();
    for checked in app.store.connection_checks().await? {
        let connection = all.iter_mut().find(|one| one.id == checked.connection_id);
        if let Some(connection) = connection {
            connection.last_check = Some(LastCheck {
                at: clock::rfc3339(checked.at_millis),
                check: checked.outcome,
            });
        }
    }
    Ok(Json(all))
}
