//! Beginning an import: every row is stored before any is sent.

use api::{ContactImport, ImportState, NewImport, Outcome, RowProblem, RowState};
use axum::{Json, extract::State, http::StatusCode};
use store::{AccountRow, ContactImportRow, ImportedRow};

use super::{
    columns,
    examine::examine,
    file::{self, Table},
    list::shown,
    sealed::{Head, open_cells, open_head, seal_cells, seal_head},
};
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    connections::Reachable,
    http::{Body, Problem, Result},
    keys::KeyRing,
    random,
};

const LONGEST_KEY: usize = 100;
const LONGEST_NAME: usize = 255;

/// Begins an import. Rows with problems are not sent; they count as failed.
#[utoipa::path(post, path = "/api/contact-imports", request_body = NewImport,
    responses(
        (status = 202, body = ContactImport),
        (status = 200, body = ContactImport, description = "The same click began it before"),
        (status = 404), (status = 409), (status = 422)))]
pub(crate) async fn begin_import(
    State(app): State<App>,
    actor: Actor,
    Body(body): Body<NewImport>,
) -> Result<(StatusCode, Json<ContactImport>)> {
    if body.key.is_empty() || body.key.len() > LONGEST_KEY {
        return Err(Problem::field("/key", "A key has 1 to 100 characters."));
    }
    let reachable = app
        .connections
        .reach(&app, body.connection.as_deref())
        .await?;
    let (keys, author) = (app.keys.clone(), actor.account.clone());
    let (key, work) = (body.key.clone(), move || {
        prepare(&keys, &reachable, author, body)
    });
    let prepared = tokio::task::spawn_blocking(work).await;
    let (import, rows) = prepared.map_err(Problem::internal)??;
    let entry = audit::entry("contact-import.begin", &import.author, Outcome::Done)
        .about(Some(import.id.clone()))
        .saying(format!(
            "Imports {} rows through “{}”.",
            rows.len(),
            import.connection_name
        ));
    let clicked = app
        .store
        .begin_import(&import, &key, &rows, entry.into())
        .await?;
    let (status, id) = match clicked {
        Some(id) => {
            if !is_same_click(&app, &id, &import, &rows).await? {
                return Err(Problem::key_taken());
            }
            (StatusCode::OK, id)
        }
        None => {
            app.importer.run(&app, import.id.clone());
            (StatusCode::ACCEPTED, import.id)
        }
    };
    Ok((status, Json(shown(&app, &id).await?)))
}

/// Whether the import that was begun is the one that is asked for: of the same
/// rows, by the same person.
async fn is_same_click(
    app: &App,
    begun: &str,
    asked: &ContactImportRow,
    rows: &[ImportedRow],
) -> Result<bool> {
    let stored = app.store.contact_import(begun).await?;
    let stored = stored.ok_or_else(|| Problem::not_found("import"))?;
    if stored.author_id != asked.author_id || stored.file_name != asked.file_name {
        return Ok(false);
    }
    let head = |import: &ContactImportRow| {
        let head = open_head(&app.keys, &import.id, &import.sealed_head)?;
        Ok::<_, Problem>((head.names, head.used_as))
    };
    if head(&stored)? != head(asked)? {
        return Ok(false);
    }
    let most = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let sent = app.store.import_rows(begun, 0, most.saturating_add(1));
    let sent = sent.await?;
    if sent.len() != rows.len() {
        return Ok(false);
    }
    let (keys, asked, begun) = (app.keys.clone(), asked.id.clone(), begun.to_owned());
    let rows: Vec<_> = rows.iter().map(|row| row.sealed_cells.clone()).collect();
    // A file can be long; other requests go on meanwhile.
    let same = move || {
        for (sealed, sent) in rows.iter().zip(&sent) {
            let cells = open_cells(&keys, &asked, sent.number, sealed)?;
            if cells != open_cells(&keys, &begun, sent.number, &sent.sealed_cells)? {
                return Ok(false);
            }
        }
        Ok::<_, Problem>(true)
    };
    tokio::task::spawn_blocking(same)
        .await
        .map_err(Problem::internal)?
}

fn prepare(
    keys: &KeyRing,
    reachable: &Reachable,
    author: AccountRow,
    body: NewImport,
) -> Result<(ContactImportRow, Vec<ImportedRow>)> {
    let table = file::read(&body.text)?;
    if let Some(problem) = columns::problems(&table.names, &body.columns).first() {
        return Err(Problem::field("/columns", problem));
    }
    let problems = examine(&table, &body.columns);
    if problems.iter().all(|problems| !problems.is_empty()) {
        let sentence =
            "No row can be registered. Look at what is wrong with each and correct the file.";
        return Err(Problem::field("/text", sentence));
    }
    let id = random::id();
    let Table { names, rows } = table;
    let head = Head {
        names,
        used_as: body.columns,
    };
    let rows = rows.into_iter().zip(problems);
    let stored = rows.map(|(row, problems)| {
        Ok(ImportedRow {
            number: row.number,
            sealed_cells: seal_cells(keys, &id, row.number, &row.cells)?,
            state: if problems.is_empty() {
                RowState::Waiting
            } else {
                RowState::Failed
            },
            message: said(&problems),
            sealed_words: None,
            contact_id: None,
        })
    });
    let stored = stored.collect::<Result<Vec<_>>>()?;
    let import = ContactImportRow {
        sealed_head: seal_head(keys, &id, &head)?,
        id,
        connection_id: reachable.id.clone(),
        connection_name: reachable.name.clone(),
        file_name: body.file_name.chars().take(LONGEST_NAME).collect(),
        author: author.name,
        author_id: Some(author.id),
        begun_at_millis: clock::now_millis(),
        ended_at_millis: None,
        state: ImportState::Running,
        note: String::new(),
    };
    Ok((import, stored))
}

/// Why a row is not sent. Sentences quote what stands in the row, which only
/// the result file may show; so what is kept names the columns.
fn said(problems: &[RowProblem]) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let columns: Vec<_> = problems
        .iter()
        .map(|problem| problem.column.as_str())
        .filter(|column| !column.is_empty())
        .collect();
    if columns.is_empty() {
        "Not sent: the row has more cells than there are columns. Put cells that hold a comma into quotes.".to_owned()
    } else {
        format!("Not sent: something is wrong with {}.", columns.join(", "))
    }
}
