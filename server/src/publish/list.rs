//! How publishes stand.

use api::Publish;
use axum::{
    Json,
    extract::{Path, State},
};
use store::JobKind;

use crate::{
    app::App,
    http::{Problem, Result},
};

/// Publishes of one page.
const PAGE: u32 = 50;

/// The publishes of a flow, the latest first.
#[utoipa::path(get, path = "/api/flows/{flow}/publishes", params(("flow" = String, Path)),
    responses((status = 200, body = Vec<Publish>), (status = 404)))]
pub(crate) async fn list_publishes(
    State(app): State<App>,
    Path(flow): Path<String>,
) -> Result<Json<Vec<Publish>>> {
    if app.store.flow(&flow).await?.is_none() {
        return Err(Problem::not_found("flow"));
    }
    let rows = app.store.jobs_of(JobKind::Publish, &flow, PAGE).await?;
    let shown = rows.into_iter().map(|row| app.publisher.shown(row));
    Ok(Json(shown.collect()))
}

/// How one publish stands.
#[utoipa::path(get, path = "/api/publishes/{publish}", params(("publish" = String, Path)),
    responses((status = 200, body = Publish), (status = 404)))]
pub(crate) async fn show_publish(
    State(app): State<App>,
    Path(publish): Path<String>,
) -> Result<Json<Publish>> {
    let row = app.store.job(JobKind::Publish, &publish).await?;
    let row = row.ok_or_else(|| Problem::not_found("publish"))?;
    Ok(Json(app.publisher.shown(row)))
}
