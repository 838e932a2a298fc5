//! The result of an import as a file: what stood in it, and what became of each
//! row. What it has beside that is known again when it is imported.

use std::ops::Range;

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

/// The column before those of the file.
const BEFORE: &str = "Row";
/// The columns behind them.
const BEHIND: [&str; 2] = ["Outcome", "Message"];

/// The columns of the file of which a file is the result, by their places; none
/// where it is no result.
pub(super) fn columns_of_result(names: &[String]) -> Option<Range<usize>> {
    let behind = names.len().checked_sub(BEHIND.len())?;
    let is_result = names.first().is_some_and(|name| name == BEFORE)
        && names.get(behind..).is_some_and(|names| names == BEHIND);
    is_result.then_some(1..behind)
}

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
    let names = head.names.iter().map(String::as_str);
    let names = [BEFORE].into_iter().chain(names).chain(BEHIND);
    writer
        .write_record(names.map(|name| inert(name).into_owned()))
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
