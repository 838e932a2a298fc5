//! The audit log as a file, sent page by page however long it is.

use api::{AuditEntry, Outcome};
use axum::{
    body::Body,
    extract::{Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde::Deserialize;
use store::AuditFilter;

use super::{entry, list::Wanted, shown};
use crate::{accounts::Actor, app::App, http::Result, spreadsheet::inert};

/// Entries that are read at once.
const PAGE: u32 = 1_000;

/// How the file is written.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ExportFormat {
    /// For spreadsheets.
    Csv,
    /// One JSON object a line, for programs.
    Ndjson,
}

/// What the address says of the file.
#[derive(Deserialize)]
pub(crate) struct File {
    format: ExportFormat,
}

/// The audit log as a file, the latest entry first.
#[utoipa::path(get, path = "/api/audit/export",
    params(("format" = ExportFormat, Query, description = "How the file is written"), Wanted),
    responses((status = 200, content(
        (String = "text/csv"),
        (String = "application/x-ndjson")))))]
pub(crate) async fn export_audit(
    State(app): State<App>,
    Query(file): Query<File>,
    Query(wanted): Query<Wanted>,
    actor: Actor,
) -> Result<Response> {
    let before = wanted.before;
    let filter = wanted.filter()?;
    let said = entry("audit.export", &actor.account.name, Outcome::Done)
        .saying("Exported entries of the audit log.");
    app.store.append_audit(said.into()).await?;
    let (kind, disposition, head) = match file.format {
        ExportFormat::Csv => (
            "text/csv; charset=utf-8",
            r#"attachment; filename="audit.csv""#,
            CSV_HEAD,
        ),
        ExportFormat::Ndjson => (
            "application/x-ndjson",
            r#"attachment; filename="audit.ndjson""#,
            "",
        ),
    };
    let begin = Page {
        app,
        filter,
        before,
        format: file.format,
        head: Some(head.to_owned()),
    };
    let pages = stream::try_unfold(Some(begin), |page| async {
        let Some(page) = page else { return Ok(None) };
        page.next().await
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static(disposition),
        ),
    ];
    Ok((headers, Body::from_stream(pages)).into_response())
}

/// What is still to be sent.
struct Page {
    app: App,
    filter: AuditFilter,
    before: Option<u64>,
    format: ExportFormat,
    head: Option<String>,
}

impl Page {
    async fn next(mut self) -> std::io::Result<Option<(String, Option<Self>)>> {
        let rows = self
            .app
            .store
            .audit(&self.filter, self.before, PAGE)
            .await
            // The head is sent, so all that is left is to break off: a file
            // that seems whole and is not would be worse.
            .map_err(std::io::Error::other)?;
        let mut text = self.head.take().unwrap_or_default();
        self.before = rows.last().map(|row| row.seq);
        let is_last = rows.len() < PAGE as usize;
        for row in rows {
            let entry = shown(row);
            match self.format {
                ExportFormat::Csv => text.push_str(&csv_line(&entry)),
                ExportFormat::Ndjson => {
                    text.push_str(&serde_json::to_string(&entry)?);
                    text.push('\n');
                }
            }
        }
        Ok(Some((text, (!is_last).then_some(self))))
    }
}

const CSV_HEAD: &str = "seq,at,actor,action,object,outcome,detail,correlationId\r\n";

fn csv_line(entry: &AuditEntry) -> String {
    let outcome = match entry.outcome {
        Outcome::Intended => "intended",
        Outcome::Done => "done",
        Outcome::Failed => "failed",
    };
    let cells = [
        entry.seq.to_string(),
        cell(&entry.at),
        cell(&entry.actor),
        cell(&entry.action),
        cell(entry.object.as_deref().unwrap_or_default()),
        outcome.to_owned(),
        cell(&entry.detail),
        cell(entry.correlation_id.as_deref().unwrap_or_default()),
    ];
    cells.join(",") + "\r\n"
}

/// A text as a cell.
fn cell(text: &str) -> String {
    format!("\"{}\"", inert(text).replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_ends_early() {
        for (text, expected) in [
            ("Ada", r#""Ada""#),
            ("", r#""""#),
            ("a \"b\", c", r#""a ""b"", c""#),
            ("=1+1", r#""'=1+1""#),
            ("+1", r#""'+1""#),
            ("-1", r#""'-1""#),
            ("@x", r#""'@x""#),
            ("\t=1", "\"'\t=1\""),
            ("a=1", r#""a=1""#),
        ] {
            assert_eq!(cell(text), expected, "{text:?}");
        }
    }
}
