//! Looking at a file without importing it.

use api::{DryRun, DryRunResult, ImportColumn};
use axum::Json;

use super::{columns, examine::examine, file};
use crate::http::{Body, Problem, Result};

/// Problems of rows that are told: of each row of the longest file those of
/// five columns.
const TOLD: usize = 50_000;

/// Looks at a file: its columns, what they seem to be, and what is wrong with
/// each row. Nothing is stored or sent.
#[utoipa::path(post, path = "/api/contact-imports/dry-run", request_body = DryRun,
    responses((status = 200, body = DryRunResult), (status = 422)))]
pub(crate) async fn try_import(Body(body): Body<DryRun>) -> Result<Json<DryRunResult>> {
    // Ten thousand rows take a while; other requests go on meanwhile.
    let looked_at = tokio::task::spawn_blocking(move || look_at(&body));
    looked_at.await.map_err(Problem::internal)?.map(Json)
}

fn look_at(body: &DryRun) -> Result<DryRunResult> {
    let table = file::read(&body.text)?;
    let proposed = || columns::proposed(&table.names);
    let used_as = body.columns.clone().unwrap_or_else(proposed);
    let column_problems = columns::problems(&table.names, &used_as);
    let by_row = if column_problems.is_empty() {
        examine(&table, &used_as)
    } else {
        Vec::new()
    };
    let importable = by_row.iter().filter(|problems| problems.is_empty()).count();
    let problems: Vec<_> = by_row.into_iter().flatten().collect();
    let first = table.rows.first();
    let names = table.names.iter().enumerate();
    let columns = names.map(|(at, name)| ImportColumn {
        name: name.clone(),
        example: first
            .and_then(|row| row.cells.get(at))
            .cloned()
            .unwrap_or_default(),
        used_as: used_as.get(at).copied().unwrap_or_default(),
    });
    Ok(DryRunResult {
        columns: columns.collect(),
        rows: table.rows.len() as u64,
        importable: importable as u64,
        column_problems,
        problem_count: problems.len() as u64,
        problems: problems.into_iter().take(TOLD).collect(),
    })
}
