//! Whose changes a publish would make live.

use api::{UnpublishedChange, UnpublishedChanges};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use flow::Op;
use serde::Deserialize;

use crate::{
    app::App,
    clock,
    http::{Problem, Result},
};

/// Changes that are read to find those.
const READ: u32 = 2_000;
/// Changes that are shown.
const SHOWN: usize = 50;

/// The connection that would be published through.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Through {
    connection: Option<String>,
}

/// The changes since what is live in a connection; all of them where nothing is.
#[utoipa::path(get, path = "/api/flows/{flow}/unpublished",
    params(("flow" = String, Path), ("connection" = Option<String>, Query)),
    responses((status = 200, body = UnpublishedChanges), (status = 404), (status = 409)))]
pub(crate) async fn show_unpublished(
    State(app): State<App>,
    Path(flow): Path<String>,
    Query(through): Query<Through>,
) -> Result<Json<UnpublishedChanges>> {
    if app.store.flow(&flow).await?.is_none() {
        return Err(Problem::not_found("flow"));
    }
    let reachable = app
        .connections
        .reach(&app, through.connection.as_deref())
        .await?;
    let link = app.store.link(&flow, &reachable.id).await?;
    let upstream = link.map(|link| link.upstream).unwrap_or_default();
    let since = upstream.published_seq.unwrap_or_default();
    let rows = app.store.changes_since(&flow, since, READ).await?;
    let mut changes: Vec<UnpublishedChange> = rows
        .into_iter()
        .filter(|row| !row.transaction.ops.iter().all(Op::is_layout))
        .map(|row| UnpublishedChange {
            author: row.author,
            label: row.transaction.label,
            at: clock::rfc3339(row.at_millis),
        })
        .collect();
    let more = changes.len().saturating_sub(SHOWN);
    changes.drain(..more);
    changes.reverse();
    Ok(Json(UnpublishedChanges {
        upstream_id: upstream.id,
        version: upstream.version,
        changes,
        more: more as u64,
    }))
}
