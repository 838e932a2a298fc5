//! How batches stand.

use api::Batch;
use axum::{
    Json,
    extract::{Path, State},
};

use super::shown;
use crate::{
    app::App,
    http::{Problem, Result},
};

/// Batches of one page.
const PAGE: u32 = 20;

/// The latest batches, the latest first.
#[utoipa::path(get, path = "/api/batches", responses((status = 200, body = Vec<Batch>)))]
pub(crate) async fn list_batches(State(app): State<App>) -> Result<Json<Vec<Batch>>> {
    let batches = app.store.batches(PAGE).await?;
    Ok(Json(batches.into_iter().map(shown).collect()))
}

/// How one batch stands.
#[utoipa::path(get, path = "/api/batches/{batch}", params(("batch" = String, Path)),
    responses((status = 200, body = Batch), (status = 404)))]
pub(crate) async fn show_batch(
    State(app): State<App>,
    Path(batch): Path<String>,
) -> Result<Json<Batch>> {
    let batch = app.store.batch(&batch).await?;
    let batch = batch.ok_or_else(|| Problem::not_found("batch"))?;
    Ok(Json(shown(batch)))
}
