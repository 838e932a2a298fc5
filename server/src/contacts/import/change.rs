//! Pausing, resuming and cancelling an import.

use api::{ContactImport, ImportChange, ImportCommand, ImportState, Outcome};
use axum::{
    Json,
    extract::{Path, State},
};

use super::list::shown;
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    http::{Body, Problem, Result},
};

/// Pauses, resumes or cancels an import. Rows that are being sent get their
/// outcome whatever is asked.
#[utoipa::path(put, path = "/api/contact-imports/{import}", params(("import" = String, Path)),
    request_body = ImportChange,
    responses((status = 200, body = ContactImport), (status = 404), (status = 409), (status = 422)))]
pub(crate) async fn change_import(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
    Body(change): Body<ImportChange>,
) -> Result<Json<ContactImport>> {
    use ImportState::{Cancelled, Paused, Running};
    let (from, to, action, said): (&[_], _, _, _) = match change.command {
        ImportCommand::Pause => (
            &[Running],
            Paused,
            "contact-import.pause",
            "Paused the import.",
        ),
        ImportCommand::Resume => (
            &[Paused],
            Running,
            "contact-import.resume",
            "Let the import go on.",
        ),
        ImportCommand::Cancel => (
            &[Running, Paused],
            Cancelled,
            "contact-import.cancel",
            "Cancelled the import.",
        ),
    };
    let before = shown(&app, &id).await?;
    let entry = audit::entry(action, &actor.account.name, Outcome::Done)
        .about(Some(id.clone()))
        .saying(said);
    let moved = app
        .store
        .move_import(&id, from, to, "", clock::now_millis(), entry.into())
        .await?;
    // Somebody else may have asked for the same.
    if !moved && before.state != to {
        return Err(Problem::conflict(
            "import-elsewhere",
            "The import is no longer in the state in which this can be done.",
        )
        .next("Look at how it stands now."));
    }
    app.importer.tell(&id);
    if moved && to == Running {
        app.importer.run(&app, id.clone());
    }
    Ok(Json(shown(&app, &id).await?))
}
