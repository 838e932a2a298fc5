//! The rows of an import that somebody has to look at.

use api::{ImportRow, RowState};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use serde::Deserialize;

use super::{
    super::mask::Sight,
    said::Said,
    sealed::{open_cells, open_head},
};
use crate::{
    accounts::Actor,
    app::App,
    http::{Problem, Result},
};

/// Rows of one answer.
const LISTED: u32 = 200;
/// Rows that are read at once.
const CHUNK: u32 = 500;

/// Which rows to show.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    /// What became of them.
    state: RowState,
}

/// The first two hundred rows of an import that came to one end, in their
/// order.
#[utoipa::path(get, path = "/api/contact-imports/{import}/rows",
    params(
        ("import" = String, Path),
        ("state" = RowState, Query, description = "What became of them"),
    ),
    responses((status = 200, body = Vec<ImportRow>), (status = 400), (status = 404)))]
pub(crate) async fn list_rows(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    actor: Actor,
) -> Result<Json<Vec<ImportRow>>> {
    let import = app.store.contact_import(&id).await?;
    let import = import.ok_or_else(|| Problem::not_found("import"))?;
    let sees_all = Sight::of(actor.account.role) == Sight::Full;
    if !(sees_all && wanted.state == RowState::Failed) {
        let rows = app.store.import_rows_in(&id, wanted.state, LISTED).await?;
        let rows = rows.into_iter().map(|row| shown(row.message.clone(), row));
        return Ok(Json(rows.collect()));
    }
    // That an id stands twice is seen only by who has read the rows before.
    let head = open_head(&app.keys, &id, &import.sealed_head)?;
    let mut said = Said::of(&app.keys, &id, &head);
    let mut listed = Vec::new();
    let mut after = 0;
    loop {
        let rows = app.store.import_rows(&id, after, CHUNK).await?;
        let is_last = rows.len() < CHUNK as usize;
        for row in rows {
            after = row.number;
            let cells = open_cells(&app.keys, &id, row.number, &row.sealed_cells)?;
            let message = said.of_row(&row, &cells)?;
            if row.state == wanted.state {
                listed.push(shown(message, row));
            }
        }
        if is_last || listed.len() >= LISTED as usize {
            listed.truncate(LISTED as usize);
            return Ok(Json(listed));
        }
    }
}

fn shown(message: String, row: store::ImportedRow) -> ImportRow {
    ImportRow {
        row: row.number,
        state: row.state,
        message,
        contact: row.contact_id,
    }
}
