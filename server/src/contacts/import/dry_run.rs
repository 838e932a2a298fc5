//! Looking at a file without importing it.

use std::collections::HashMap;

use api::{ContactStage, DryRun, DryRunResult, ExistingRow, ImportColumn, RowProblem};
use axum::{Json, extract::State};
use flow::contact::Contact;

use super::{
    super::{
        difference,
        record::{Record, id_of},
    },
    columns,
    examine::{Columns, examine},
    file,
};
use crate::{
    app::App,
    http::{Body, Problem, Result},
};

/// Problems of rows that are told: of each row of the longest file those of
/// five columns.
const TOLD: usize = 50_000;
/// Bytes of what is told of rows: one answer does not fill the memory of whoever
/// asks, however much is wrong.
const TOLD_BYTES: usize = 4 * 1024 * 1024;
/// Rows whose contact is here already that are told.
const TOLD_EXISTING: usize = 1_000;

/// Looks at a file: its columns, what they seem to be, and what is wrong with
/// each row, and which contacts are here already. Nothing is stored or sent.
#[utoipa::path(post, path = "/api/contact-imports/dry-run", request_body = DryRun,
    responses((status = 200, body = DryRunResult), (status = 404), (status = 422)))]
pub(crate) async fn try_import(
    State(app): State<App>,
    Body(body): Body<DryRun>,
) -> Result<Json<DryRunResult>> {
    let connection = app
        .connections
        .meant(&app, body.connection.as_deref())
        .await?;
    // Ten thousand rows take a while; other requests go on meanwhile.
    let looked_at = tokio::task::spawn_blocking(move || look_at(&body));
    let (mut result, sendable) = looked_at.await.map_err(Problem::internal)??;
    let existing = match connection {
        Some(connection) => existing(&app, &connection, sendable).await?,
        None => Vec::new(),
    };
    result.seconds = result.importable * 60 / u64::from(app.connections.contacts_per_minute());
    result.existing_count = existing.len() as u64;
    result.existing = existing.into_iter().take(TOLD_EXISTING).collect();
    Ok(Json(result))
}

/// A row that can be registered.
struct Sendable {
    number: u64,
    contact: Contact,
}

/// The rows whose contact is here already.
async fn existing(
    app: &App,
    connection: &str,
    sendable: Vec<Sendable>,
) -> Result<Vec<ExistingRow>> {
    let keys = app.keys.clone();
    let ids = sendable
        .iter()
        .map(|row| id_of(&keys, connection, &row.contact.external_contact_id))
        .collect::<Result<Vec<_>>>()?;
    let found = app.store.contacts_among(&ids).await?;
    let compare = move || {
        let mut known: HashMap<_, _> = found.into_iter().map(|row| (row.id.clone(), row)).collect();
        let mut existing = Vec::new();
        for (row, id) in sendable.into_iter().zip(ids) {
            let Some(here) = known.remove(&id) else {
                continue;
            };
            if here.stage == ContactStage::NotRegistered {
                continue;
            }
            let record = Record::open(&keys, &here)?;
            existing.push(ExistingRow {
                row: row.number,
                contact: id,
                differs_in: difference::parts(&record.contact, &row.contact),
                external_contact_id: row.contact.external_contact_id,
            });
        }
        Ok(existing)
    };
    let compared = tokio::task::spawn_blocking(compare);
    compared.await.map_err(Problem::internal)?
}

fn look_at(body: &DryRun) -> Result<(DryRunResult, Vec<Sendable>)> {
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
    let read_as = Columns {
        names: &table.names,
        used_as: &used_as,
    };
    let sendable = table
        .rows
        .iter()
        .zip(&by_row)
        .filter(|(_, problems)| problems.is_empty())
        .map(|(row, _)| Sendable {
            number: row.number,
            contact: read_as.contact(&row.cells).0,
        })
        .collect();
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
    let result = DryRunResult {
        columns: columns.collect(),
        rows: table.rows.len() as u64,
        importable: importable as u64,
        column_problems,
        problem_count: problems.len() as u64,
        problems: told(problems),
        existing: Vec::new(),
        existing_count: 0,
        seconds: 0,
    };
    Ok((result, sendable))
}

/// The first problems, as many as are told.
fn told(problems: Vec<RowProblem>) -> Vec<RowProblem> {
    let mut room = TOLD_BYTES;
    let fits = |problem: &RowProblem| {
        // As it is sent, with the comma behind it.
        let sent = serde_json::to_vec(problem).map_or(usize::MAX, |json| json.len());
        let left = room.checked_sub(sent.saturating_add(1));
        left.map(|left| room = left).is_some()
    };
    problems.into_iter().take(TOLD).take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(count: u64, sentence: &str) -> Vec<RowProblem> {
        let problem = |row| RowProblem {
            row,
            column: "phone".to_owned(),
            sentence: sentence.to_owned(),
        };
        (0..count).map(problem).collect()
    }

    #[test]
    fn what_is_told_of_rows_ends_at_four_mebibytes_as_it_is_sent() {
        for sentence in ["a word", "ä “word” \u{1} \"\\", &"long ".repeat(400)] {
            let all = problems(200_000, sentence);
            let one = serde_json::to_vec(&all[0]).expect("JSON").len();
            let told = told(all.clone());
            assert_eq!(told, all[..told.len()], "the first, in their order");
            let sent = serde_json::to_vec(&told).expect("JSON").len();
            assert!(sent <= TOLD_BYTES, "{sent} bytes");
            let is_full = sent + one + 8 > TOLD_BYTES;
            assert!(is_full || told.len() == TOLD, "no fewer than fit: {sent}");
        }
    }

    #[test]
    fn few_problems_are_told_to_the_last() {
        let all = problems(TOLD as u64, "");
        assert_eq!(told(all.clone()), all);
        let more = problems(TOLD as u64 + 1, "");
        assert_eq!(told(more).len(), TOLD);
        assert!(told(Vec::new()).is_empty());
    }
}
