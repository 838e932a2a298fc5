//! The list of data actions, one of them, and the bin.

use std::collections::HashMap;

use api::{DataActionSummary, OpenDataAction, Outcome};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use store::JobKind;

use super::{load, opened, summary};
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    http::{Problem, Result},
};

/// All data actions, the one last changed first.
#[utoipa::path(get, path = "/api/data-actions",
    responses((status = 200, body = Vec<DataActionSummary>)))]
pub(crate) async fn list_data_actions(
    State(app): State<App>,
) -> Result<Json<Vec<DataActionSummary>>> {
    let latest = app.store.latest_jobs(JobKind::Upload).await?;
    let mut states: HashMap<_, _> = latest
        .into_iter()
        .map(|upload| (upload.subject_id, upload.state))
        .collect();
    let rows = app.store.data_actions().await?.into_iter();
    let summaries = rows.map(|row| {
        let state = states.remove(&row.id);
        summary(row, state)
    });
    Ok(Json(summaries.collect()))
}

/// One data action with its document.
#[utoipa::path(get, path = "/api/data-actions/{action}", params(("action" = String, Path)),
    responses((status = 200, body = OpenDataAction), (status = 404)))]
pub(crate) async fn show_data_action(
    State(app): State<App>,
    Path(action): Path<String>,
) -> Result<Json<OpenDataAction>> {
    let loaded = load(&app, &action).await?;
    Ok(Json(opened(&app, loaded).await?))
}

/// Puts a data action into the bin. What was uploaded stays upstream.
#[utoipa::path(delete, path = "/api/data-actions/{action}", params(("action" = String, Path)),
    responses((status = 204), (status = 403), (status = 404)))]
pub(crate) async fn delete_data_action(
    State(app): State<App>,
    Path(action): Path<String>,
    actor: Actor,
) -> Result<StatusCode> {
    let row = load(&app, &action).await?.row;
    actor.check_may_delete("data actions", &row.created_by)?;
    let entry = audit::entry("data-action.delete", &actor.account.name, Outcome::Done)
        .about(Some(action.clone()))
        .saying(format!("Put “{}” into the bin.", row.name));
    let deleted = app
        .store
        .delete_data_action(&action, clock::now_millis(), entry.into())
        .await?;
    if !deleted {
        return Err(Problem::not_found("data action"));
    }
    Ok(StatusCode::NO_CONTENT)
}
