//! Trying the flows again that failed or whose turn did not come.

use api::{Batch, BatchItemState, Outcome};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use store::BatchItemRow;

use super::{check_right, run, shown};
use crate::{
    accounts::Actor,
    app::App,
    audit,
    http::{Problem, Result},
};

/// Lets a batch that has ended run again for what was not done.
#[utoipa::path(post, path = "/api/batches/{batch}/retry", params(("batch" = String, Path)),
    responses((status = 202, body = Batch), (status = 403), (status = 404), (status = 409)))]
pub(crate) async fn retry_batch(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
) -> Result<(StatusCode, Json<Batch>)> {
    let batch = app.store.batch(&id).await?;
    let batch = batch.ok_or_else(|| Problem::not_found("batch"))?;
    check_right(&actor, batch.row.publishes)?;
    let items: Vec<_> = batch
        .items
        .into_iter()
        .enumerate()
        .filter(|(_, item)| item.state.can_be_retried())
        .map(|(place, item)| {
            let again = BatchItemRow {
                attempt: item.attempt + 1,
                state: BatchItemState::Waiting,
                ..item
            };
            (place, again)
        })
        .collect();
    if items.is_empty() {
        return Err(Problem::conflict(
            "nothing-to-retry",
            "No flow of it failed or was left out.",
        ));
    }
    let entry = audit::entry("batch.retry", &actor.account.name, Outcome::Intended)
        .about(Some(id.clone()))
        .saying(format!(
            "Tries {} of “{}” again.",
            items.len(),
            batch.row.title
        ));
    // Whoever tries it again does it in their own name.
    let again = app
        .store
        .run_batch_again(&id, &actor.account, &items, entry.into());
    if !again.await? {
        return Err(Problem::conflict("batch-running", "This is under way."));
    }
    run::start(&app, id.clone());
    let batch = app.store.batch(&id).await?;
    let batch = batch.ok_or_else(|| Problem::not_found("batch"))?;
    Ok((StatusCode::ACCEPTED, Json(shown(batch))))
}
