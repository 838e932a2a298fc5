//! The result of an import as a file: what stood in it, and what became of each
//! row.

use api::RowState;
use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::{
    said::Said,
    sealed::{open_cells, open_head},
};
use crate::{
    app::App,
    http::{Problem, Result},
    spreadsheet::inert,
};

/// Rows that are read at once.
const CHUNK: u32 = 500;

/// The rows of an import with what became of each, as CSV.
#[utoipa::path(get, path = "/api/contact-imports/{import}/result",
    params(("import" = String, Path)),
    responses((status = 200, body = str, content_type = "text/csv"), (status = 404)))]
pub(crate) async fn show_result(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Response> {
    let import = app.store.contact_import(&id).await?;
    let import = import.ok_or_else(|| Problem::not_found("import"))?;
    let head = open_head(&app.keys, &id, &import.sealed_head)?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut said = Said::of(&app.keys, &id, &head);
    let names = ["Row".to_owned()]
        .into_iter()
        .chain(head.names.iter().cloned());
    let names = names.chain(["Outcome".to_owned(), "Message".to_owned()]);
    writer
        .write_record(names.map(|name| inert(&name).into_owned()))
        .map_err(Problem::internal)?;
    let mut after = 0;
    loop {
        let rows = app.store.import_rows(&id, after, CHUNK).await?;
        for row in &rows {
            after = row.number;
            let cells = open_cells(&app.keys, &id, row.number, &row.sealed_cells)?;
            let message = said.of_row(row, &cells)?;
            let record = [row.number.to_string()].into_iter().chain(cells);
            let record = record.chain([word(row.state).to_owned(), message]);
            writer
                .write_record(record.map(|cell| inert(&cell).into_owned()))
                .map_err(Problem::internal)?;
        }
        if rows.len() < CHUNK as usize {
            break;
        }
    }
    let text = writer.into_inner().map_err(Problem::internal)?;
    let mut response = text.into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    let name = HeaderValue::from_static("attachment; filename=\"import-result.csv\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

fn word(state: RowState) -> &'static str {
    match state {
        RowState::Waiting => "waiting",
        RowState::Sending => "being sent",
        RowState::New => "new",
        RowState::Exists => "exists",
        RowState::Different => "different",
        RowState::Failed => "failed",
        RowState::Cancelled => "cancelled",
    }
}
