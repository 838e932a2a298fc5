//! How uploads stand.

use api::Upload;
use axum::{
    Json,
    extract::{Path, State},
};
use store::JobKind;

use super::shown;
use crate::{
    app::App,
    data_actions::load,
    http::{Problem, Result},
};

/// Uploads of one page.
const PAGE: u32 = 50;

/// The uploads of a data action, the latest first.
#[utoipa::path(get, path = "/api/data-actions/{action}/uploads",
    params(("action" = String, Path)),
    responses((status = 200, body = Vec<Upload>), (status = 404)))]
pub(crate) async fn list_uploads(
    State(app): State<App>,
    Path(action): Path<String>,
) -> Result<Json<Vec<Upload>>> {
    load(&app, &action).await?;
    let rows = app.store.jobs_of(JobKind::Upload, &action, PAGE).await?;
    let uploads = rows.into_iter().map(|row| shown(&app, row));
    Ok(Json(uploads.collect()))
}

/// How one upload stands.
#[utoipa::path(get, path = "/api/uploads/{upload}", params(("upload" = String, Path)),
    responses((status = 200, body = Upload), (status = 404)))]
pub(crate) async fn show_upload(
    State(app): State<App>,
    Path(upload): Path<String>,
) -> Result<Json<Upload>> {
    let row = app.store.job(JobKind::Upload, &upload).await?;
    let row = row.ok_or_else(|| Problem::not_found("upload"))?;
    Ok(Json(shown(&app, row)))
}
