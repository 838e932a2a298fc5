//! Calling a batch off: the flow that is under way is finished, the others are
//! left as they are.

use api::{Batch, Outcome};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};

use super::{check_right, shown};
use crate::{
    accounts::Actor,
    app::App,
    audit,
    http::{Problem, Result},
};

/// Asks a batch to stop.
#[utoipa::path(delete, path = "/api/batches/{batch}", params(("batch" = String, Path)),
    responses((status = 202, body = Batch), (status = 403), (status = 404), (status = 409)))]
pub(crate) async fn cancel_batch(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
) -> Result<(StatusCode, Json<Batch>)> {
    let batch = app.store.batch(&id).await?;
    let batch = batch.ok_or_else(|| Problem::not_found("batch"))?;
    check_right(&actor, batch.row.publishes)?;
    let entry = audit::entry("batch.cancel", &actor.account.name, Outcome::Done)
        .about(Some(id.clone()))
        .saying(format!("Asked “{}” to stop.", batch.row.title));
    if !app.store.cancel_batch(&id, entry.into()).await? {
        return Err(Problem::conflict("batch-over", "This has ended already."));
    }
    let batch = app.store.batch(&id).await?;
    let batch = batch.ok_or_else(|| Problem::not_found("batch"))?;
    Ok((StatusCode::ACCEPTED, Json(shown(batch))))
}
