//! Saving a data action on top of the revision that was changed.

use api::{DataActionSummary, Outcome, SaveDataAction};
use axum::{
    Json,
    extract::{Path, State},
};
use store::{DataActionSave, Saved};

use super::{check_size, load, opened};
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    http::{Body, Problem, Result},
};

/// Saves a data action. Where somebody has saved it since, nothing is stored:
/// the page reads what is there and brings both together.
#[utoipa::path(put, path = "/api/data-actions/{action}", params(("action" = String, Path)),
    request_body = SaveDataAction,
    responses((status = 200, body = DataActionSummary), (status = 404), (status = 409), (status = 422)))]
pub(crate) async fn save_data_action(
    State(app): State<App>,
    Path(action): Path<String>,
    actor: Actor,
    Body(body): Body<SaveDataAction>,
) -> Result<Json<DataActionSummary>> {
    check_size(&body.action)?;
    let save = DataActionSave {
        id: &action,
        base_revision: body.revision,
        action: &body.action,
        author: &actor.account.name,
        at_millis: clock::now_millis(),
        rebased: None,
    };
    let entry = audit::entry("data-action.save", &actor.account.name, Outcome::Done)
        .about(Some(action.clone()))
        .saying(format!("Saved “{}”.", body.action.name));
    let saved = app.store.save_data_action(save, entry.into()).await?;
    stored(saved, &app, &action).await?;
    let loaded = load(&app, &action).await?;
    Ok(Json(opened(&app, loaded).await?.summary))
}

/// Says so where a save was not stored.
pub(super) async fn stored(saved: Saved, app: &App, id: &str) -> Result<()> {
    match saved {
        Saved::Stored(_) => Ok(()),
        Saved::Gone => Err(Problem::not_found("data action")),
        Saved::Moved => {
            let by = load(app, id).await?.row.changed_by;
            Err(Problem::conflict(
                "saved-since",
                format!(
                    "{by} saved this data action after you opened it. Nothing was overwritten."
                ),
            )
            .next("Read it again and bring both together."))
        }
    }
}
