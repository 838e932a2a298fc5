use api::{ImportCounts, ImportState, RowState};
use async_trait::async_trait;
use sqlx::{Sqlite, Transaction};

use super::{
    SqliteStore,
    contacts::{is_as_read, put_contact},
    from_sql,
    names::{name, named},
    to_sql,
};
use crate::{
    ContactImportRow, ContactImports, ImportedRow, NewAudit, Result, SettledContact, SettledRow,
    StoreError,
};

#[derive(sqlx::FromRow)]
struct Import {
    id: String,
    connection_id: String,
    connection_name: String,
    file_name: String,
    author: String,
    author_id: Option<String>,
    begun_at_millis: i64,
    ended_at_millis: Option<i64>,
    state: String,
    note: String,
    sealed_head: String,
}

impl TryFrom<Import> for ContactImportRow {
    type Error = StoreError;
    fn try_from(row: Import) -> Result<Self> {
        Ok(Self {
            state: named("import", row.state)?,
            id: row.id,
            connection_id: row.connection_id,
            connection_name: row.connection_name,
            file_name: row.file_name,
            author: row.author,
            author_id: row.author_id,
            begun_at_millis: row.begun_at_millis,
            ended_at_millis: row.ended_at_millis,
            note: row.note,
            sealed_head: row.sealed_head,
        })
    }
}

#[derive(sqlx::FromRow)]
struct Line {
    number: i64,
    sealed_cells: String,
    state: String,
    message: String,
    sealed_words: Option<String>,
    contact_id: Option<String>,
}

impl TryFrom<Line> for ImportedRow {
    type Error = StoreError;
    fn try_from(row: Line) -> Result<Self> {
        Ok(Self {
            number: from_sql(row.number),
            sealed_cells: row.sealed_cells,
            state: named("row", row.state)?,
            message: row.message,
            sealed_words: row.sealed_words,
            contact_id: row.contact_id,
        })
    }
}

fn rows<R, T: TryFrom<R, Error = StoreError>>(rows: Vec<R>) -> Result<Vec<T>> {
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The state of an import, read under the write lock.
async fn state_in(tx: &mut Transaction<'static, Sqlite>, id: &str) -> Result<Option<ImportState>> {
    let state: Option<String> =
        sqlx::query_scalar("SELECT state FROM contact_imports WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut **tx)
            .await?;
    state.map(|state| named("import", state)).transpose()
}

async fn settle(
    tx: &mut Transaction<'static, Sqlite>,
    id: &str,
    row: &SettledRow,
    state: RowState,
) -> Result<()> {
    if let Some(contact) = &row.contact {
        put_contact(tx, &contact.row).await?;
    }
    sqlx::query(
        "UPDATE contact_import_rows SET state = $3, message = $4, contact_id = $5, sealed_words = $6
         WHERE import_id = $1 AND number = $2",
    )
    .bind(id)
    .bind(to_sql(row.number))
    .bind(name(state)?)
    .bind(&row.message)
    .bind(row.contact.as_ref().map(|contact| &contact.row.id))
    .bind(&row.sealed_words)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

#[async_trait]
impl ContactImports for SqliteStore {
    async fn begin_import(
        &self,
        import: &ContactImportRow,
        click_key: &str,
        rows: &[ImportedRow],
        audit: NewAudit,
    ) -> Result<Option<String>> {
        let mut tx = self.begin().await?;
        let clicked: Option<String> =
            sqlx::query_scalar("SELECT id FROM contact_imports WHERE click_key = $1")
                .bind(click_key)
                .fetch_optional(&mut *tx)
                .await?;
        if clicked.is_some() {
            return Ok(clicked);
        }
        sqlx::query(
            "INSERT INTO contact_imports (id, click_key, connection_id, connection_name, file_name,
               author, author_id, begun_at_millis, ended_at_millis, state, note, sealed_head)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(&import.id)
        .bind(click_key)
        .bind(&import.connection_id)
        .bind(&import.connection_name)
        .bind(&import.file_name)
        .bind(&import.author)
        .bind(&import.author_id)
        .bind(import.begun_at_millis)
        .bind(import.ended_at_millis)
        .bind(name(import.state)?)
        .bind(&import.note)
        .bind(&import.sealed_head)
        .execute(&mut *tx)
        .await?;
        for row in rows {
            sqlx::query(
                "INSERT INTO contact_import_rows (import_id, number, sealed_cells, state, message)
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(&import.id)
            .bind(to_sql(row.number))
            .bind(&row.sealed_cells)
            .bind(name(row.state)?)
            .bind(&row.message)
            .execute(&mut *tx)
            .await?;
        }
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(None)
    }

    async fn contact_import(&self, id: &str) -> Result<Option<ContactImportRow>> {
        sqlx::query_as::<_, Import>("SELECT * FROM contact_imports WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?
            .map(TryInto::try_into)
            .transpose()
    }

    async fn contact_imports(&self, limit: u32) -> Result<Vec<ContactImportRow>> {
        let found = sqlx::query_as::<_, Import>(
            "SELECT * FROM contact_imports ORDER BY begun_at_millis DESC, id DESC LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows(found)
    }

    async fn open_imports(&self) -> Result<Vec<ContactImportRow>> {
        let found = sqlx::query_as::<_, Import>(
            "SELECT * FROM contact_imports WHERE state IN ($1, $2) ORDER BY begun_at_millis, id",
        )
        .bind(name(ImportState::Running)?)
        .bind(name(ImportState::Paused)?)
        .fetch_all(&self.readers)
        .await?;
        rows(found)
    }

    async fn running_imports(&self) -> Result<Vec<ContactImportRow>> {
        let found = sqlx::query_as::<_, Import>(
            // One that ended may still have rows that were sent last.
            "SELECT * FROM contact_imports i WHERE state = $1 OR EXISTS (
               SELECT 1 FROM contact_import_rows r WHERE r.import_id = i.id AND r.state = $2)
             ORDER BY begun_at_millis, id",
        )
        .bind(name(ImportState::Running)?)
        .bind(name(RowState::Sending)?)
        .fetch_all(&self.readers)
        .await?;
        rows(found)
    }

    async fn import_counts(&self, id: &str) -> Result<ImportCounts> {
        let counted: Vec<(String, i64)> = sqlx::query_as(
            "SELECT state, COUNT(*) FROM contact_import_rows WHERE import_id = $1 GROUP BY state",
        )
        .bind(id)
        .fetch_all(&self.readers)
        .await?;
        let mut counts = ImportCounts::default();
        for (state, count) in counted {
            let count = from_sql(count);
            counts.rows += count;
            *match named("row", state)? {
                RowState::Waiting | RowState::Sending => &mut counts.waiting,
                RowState::New => &mut counts.new,
                RowState::Exists => &mut counts.exists,
                RowState::Different => &mut counts.different,
                RowState::Failed => &mut counts.failed,
                RowState::Cancelled => &mut counts.cancelled,
            } += count;
        }
        Ok(counts)
    }

    async fn import_rows_in(
        &self,
        id: &str,
        state: RowState,
        limit: u32,
    ) -> Result<Vec<ImportedRow>> {
        let found = sqlx::query_as::<_, Line>(
            "SELECT number, sealed_cells, state, message, sealed_words, contact_id
             FROM contact_import_rows
             WHERE import_id = $1 AND state = $2 ORDER BY number LIMIT $3",
        )
        .bind(id)
        .bind(name(state)?)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows(found)
    }

    async fn import_rows(&self, id: &str, after: u64, limit: u32) -> Result<Vec<ImportedRow>> {
        let found = sqlx::query_as::<_, Line>(
            "SELECT number, sealed_cells, state, message, sealed_words, contact_id
             FROM contact_import_rows
             WHERE import_id = $1 AND number > $2 ORDER BY number LIMIT $3",
        )
        .bind(id)
        .bind(to_sql(after))
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows(found)
    }

    async fn claim_import_rows(
        &self,
        id: &str,
        numbers: &[u64],
        audit: Vec<NewAudit>,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        if state_in(&mut tx, id).await? != Some(ImportState::Running) {
            return Ok(false);
        }
        for number in numbers {
            sqlx::query(
                "UPDATE contact_import_rows SET state = $3
                 WHERE import_id = $1 AND number = $2 AND state = $4",
            )
            .bind(id)
            .bind(to_sql(*number))
            .bind(name(RowState::Sending)?)
            .bind(name(RowState::Waiting)?)
            .execute(&mut *tx)
            .await?;
        }
        for entry in audit {
            self.audit_in(&mut tx, entry).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    async fn settle_import_rows(
        &self,
        id: &str,
        rows: &[SettledRow],
        audit: Vec<NewAudit>,
    ) -> Result<Vec<u64>> {
        let mut tx = self.begin().await?;
        let is_cancelled = state_in(&mut tx, id).await? == Some(ImportState::Cancelled);
        let mut left = Vec::new();
        for row in rows {
            if let Some(SettledContact {
                row: to_be,
                sealed_before,
            }) = &row.contact
                && !is_as_read(&mut tx, &to_be.id, sealed_before.as_deref()).await?
            {
                left.push(row.number);
                continue;
            }
            let state = match row.state {
                RowState::Waiting if is_cancelled => RowState::Cancelled,
                state => state,
            };
            settle(&mut tx, id, row, state).await?;
        }
        for entry in audit {
            self.audit_in(&mut tx, entry).await?;
        }
        tx.commit().await?;
        Ok(left)
    }

    async fn note_import(&self, id: &str, note: &str) -> Result<()> {
        sqlx::query("UPDATE contact_imports SET note = $2 WHERE id = $1 AND state = $3")
            .bind(id)
            .bind(note)
            .bind(name(ImportState::Running)?)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    async fn move_import(
        &self,
        id: &str,
        from: &[ImportState],
        to: ImportState,
        note: &str,
        at_millis: i64,
        audit: NewAudit,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let state = state_in(&mut tx, id).await?;
        if !state.is_some_and(|state| from.contains(&state)) {
            return Ok(false);
        }
        let ended = matches!(to, ImportState::Cancelled | ImportState::Done).then_some(at_millis);
        sqlx::query(
            "UPDATE contact_imports SET state = $2, note = $3, ended_at_millis = $4 WHERE id = $1",
        )
        .bind(id)
        .bind(name(to)?)
        .bind(note)
        .bind(ended)
        .execute(&mut *tx)
        .await?;
        if to == ImportState::Cancelled {
            sqlx::query(
                "UPDATE contact_import_rows SET state = $2 WHERE import_id = $1 AND state = $3",
            )
            .bind(id)
            .bind(name(RowState::Cancelled)?)
            .bind(name(RowState::Waiting)?)
            .execute(&mut *tx)
            .await?;
        }
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(true)
    }
}
