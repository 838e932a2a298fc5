//! Listing connections.

use api::{Connection, Profile};
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
    }
}

/// All connections: the preset ones first. Secrets do not come out.
#[utoipa::path(get, path = "/api/connections",
    responses((status = 200, body = Vec<Connection>)))]
pub(crate) async fn list_connections(State(app): State<App>) -> Result<Json<Vec<Connection>>> {
    let stored = app.store.connections().await?;
    // Without a stored default the first preset is it.
    let mut preset_is_default = !stored.iter().any(|row| row.is_default);
    let presets = app.connections.presets.iter().map(|preset| {
        let is_default = std::mem::take(&mut preset_is_default);
        preset.shown(is_default)
    });
    let all = presets.chain(stored.into_iter().map(shown)).collect();
    Ok(Json(all))
}
