//! Imports, and how they stand.

use api::{ContactImport, ImportState};
use axum::{
    Json,
    extract::{Path, State},
};
use store::ContactImportRow;

use crate::{
    app::App,
    clock,
    http::{Problem, Result},
};

/// Imports that are listed.
const LISTED: u32 = 50;

/// The imports, the latest first.
#[utoipa::path(get, path = "/api/contact-imports",
    responses((status = 200, body = Vec<ContactImport>)))]
pub(crate) async fn list_imports(State(app): State<App>) -> Result<Json<Vec<ContactImport>>> {
    let mut imports = Vec::new();
    for row in app.store.contact_imports(LISTED).await? {
        imports.push(of_row(&app, row).await?);
    }
    Ok(Json(imports))
}

/// How an import stands.
#[utoipa::path(get, path = "/api/contact-imports/{import}", params(("import" = String, Path)),
    responses((status = 200, body = ContactImport), (status = 404)))]
pub(crate) async fn show_import(
    State(app): State<App>,
    Path(import): Path<String>,
) -> Result<Json<ContactImport>> {
    Ok(Json(shown(&app, &import).await?))
}

/// How the import of this id stands.
pub(super) async fn shown(app: &App, id: &str) -> Result<ContactImport> {
    let row = app.store.contact_import(id).await?;
    let row = row.ok_or_else(|| Problem::not_found("import"))?;
    of_row(app, row).await
}

/// How a stored import stands.
pub(crate) async fn of_row(app: &App, row: ContactImportRow) -> Result<ContactImport> {
    let counts = app.store.import_counts(&row.id).await?;
    let is_running = row.state == ImportState::Running;
    Ok(ContactImport {
        remaining_seconds: is_running.then(|| app.importer.remaining_seconds(&row.id, &counts)),
        id: row.id,
        file_name: row.file_name,
        connection: row.connection_name,
        author: row.author,
        begun_at: clock::rfc3339(row.begun_at_millis),
        ended_at: row.ended_at_millis.map(clock::rfc3339),
        state: row.state,
        note: row.note,
        counts,
    })
}
