//! Listing and trying connections.

use api::{Connection, ConnectionCheck, Profile};
use axum::{
    Json,
    extract::{Path, State},
};
use store::ConnectionRow;

use crate::{app::App, clock, http::Result};

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

/// A name that no flow has: reading shows whether reading is allowed.
const PROBE: &str = "Patchbay connection check";

/// Tries a connection: gets a token and reads flows.
#[utoipa::path(post, path = "/api/connections/{connection}/check",
    params(("connection" = String, Path)),
    responses((status = 200, body = ConnectionCheck), (status = 404)))]
pub(crate) async fn check_connection(
    State(app): State<App>,
    Path(connection): Path<String>,
) -> Result<Json<ConnectionCheck>> {
    let reachable = app.connections.reach(&app, Some(&connection)).await?;
    let tried = match reachable.client.sign_in().await {
        Ok(()) => reachable.client.flows().find_by_name(PROBE).await.map(drop),
        Err(failure) => Err(failure),
    };
    Ok(Json(match tried {
        Ok(()) => ConnectionCheck {
            ok: true,
            sentence: "Genesys Cloud accepted the credentials, and flows can be read.".to_owned(),
            next_step: None,
        },
        Err(failure) => ConnectionCheck {
            ok: false,
            sentence: failure.sentence(),
            next_step: Some(failure.next_step().to_owned()),
        },
    }))
}
