//! The list of flows, one flow's line of it, and the bin.

use std::collections::HashMap;

use api::{FlowSummary, Outcome};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use store::JobKind;

use super::summary;
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    http::{Problem, Result},
};

/// All flows, the one last changed first.
#[utoipa::path(get, path = "/api/flows", responses((status = 200, body = Vec<FlowSummary>)))]
pub(crate) async fn list_flows(State(app): State<App>) -> Result<Json<Vec<FlowSummary>>> {
    let latest = app.store.latest_jobs(JobKind::Publish).await?;
    let mut states: HashMap<_, _> = latest
        .into_iter()
        .map(|publish| (publish.subject_id, publish.state))
        .collect();
    let flows = app.store.flows().await?;
    let summaries = flows.into_iter().map(|row| {
        let state = states.remove(&row.id);
        summary(row, state)
    });
    Ok(Json(summaries.collect()))
}

/// One flow's line of the list.
#[utoipa::path(get, path = "/api/flows/{flow}", params(("flow" = String, Path)),
    responses((status = 200, body = FlowSummary), (status = 404)))]
pub(crate) async fn show_flow(
    State(app): State<App>,
    Path(flow): Path<String>,
) -> Result<Json<FlowSummary>> {
    let row = app.store.flow(&flow).await?;
    let row = row.ok_or_else(|| Problem::not_found("flow"))?;
    let latest = app.store.jobs_of(JobKind::Publish, &flow, 1).await?.pop();
    Ok(Json(summary(row, latest.map(|publish| publish.state))))
}

/// Puts a flow into the bin. What is live upstream stays live.
#[utoipa::path(delete, path = "/api/flows/{flow}", params(("flow" = String, Path)),
    responses((status = 204), (status = 403), (status = 404)))]
pub(crate) async fn delete_flow(
    State(app): State<App>,
    Path(flow): Path<String>,
    actor: Actor,
) -> Result<StatusCode> {
    let row = app.store.flow(&flow).await?;
    let row = row.ok_or_else(|| Problem::not_found("flow"))?;
    actor.check_may_delete("flows", &row.created_by)?;
    let entry = audit::entry("flow.delete", &actor.account.name, Outcome::Done)
        .about(Some(flow.clone()))
        .saying(format!("Put “{}” into the bin.", row.name));
    let deleted = app
        .store
        .delete_flow(&flow, clock::now_millis(), entry.into())
        .await?;
    if !deleted {
        return Err(Problem::not_found("flow"));
    }
    app.rooms.tell_deleted(&flow).await;
    Ok(StatusCode::NO_CONTENT)
}
