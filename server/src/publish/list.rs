//! How publishes stand.

use api::Publish;
use axum::{
    Json,
    extract::{Path, State},
};
use store::{JobKind, StoreError};

use crate::{
    app::App,
    http::{Problem, Result as HttpResult},
};

/// Publishes of one page.
const PAGE: u32 = 50;

/// The publishes of a flow, the latest first.
#[utoipa::path(get, path = "/api/flows/{flow}/publishes", params(("flow" = String, Path)),
    responses((status = 200, body = Vec<Publish>), (status = 404)))]
pub(crate) async fn list_publishes(
    State(app): State<App>,
    Path(flow): Path<String>,
) -> HttpResult<Json<Vec<Publish>>> {
    if app.store.flow(&flow).await?.is_none() {
        return Err(Problem::not_found("flow"));
    }
    let rows = app.store.jobs_of(JobKind::Publish, &flow, PAGE).await?;
    let shown = rows.into_iter().map(|row| app.publisher.shown(row));
    Ok(Json(shown.collect()))
}

/// How the last publish of a flow stands, whether it runs or has ended.
pub(crate) async fn last_of(app: &App, flow: &str) -> Result<Option<Publish>, StoreError> {
    let rows = app.store.jobs_of(JobKind::Publish, flow, 1).await?;
    let last = rows.into_iter().next();
    Ok(last.map(|row| app.publisher.shown(row)))
}

/// How one publish stands.
#[utoipa::path(get, path = "/api/publishes/{publish}", params(("publish" = String, Path)),
    responses((status = 200, body = Publish), (status = 404)))]
pub(crate) async fn show_publish(
    State(app): State<App>,
    Path(publish): Path<String>,
) -> HttpResult<Json<Publish>> {
    let row = app.store.job(JobKind::Publish, &publish).await?;
    let row = row.ok_or_else(|| Problem::not_found("publish"))?;
    Ok(Json(app.publisher.shown(row)))
}
