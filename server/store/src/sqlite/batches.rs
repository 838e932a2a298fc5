use async_trait::async_trait;
use sqlx::{Sqlite, Transaction};

use super::{SqliteStore, from_sql, to_sql};
use crate::{
    AccountRow, BatchItemRow, BatchRow, Batches, NewAudit, Result, StoreError, StoredBatch,
};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    title: String,
    change_json: String,
    publishes: bool,
    connection_id: Option<String>,
    author_id: String,
    author: String,
    started_at_millis: i64,
    cancelled: bool,
    running: bool,
}

impl TryFrom<Row> for BatchRow {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            change: read(&row.change_json)?,
            id: row.id,
            title: row.title,
            publishes: row.publishes,
            connection_id: row.connection_id,
            author_id: row.author_id,
            author: row.author,
            started_at_millis: row.started_at_millis,
            is_cancelled: row.cancelled,
            is_running: row.running,
        })
    }
}

#[derive(sqlx::FromRow)]
struct ItemRow {
    flow_id: String,
    flow_name: String,
    attempt: i64,
    changed_seq: Option<i64>,
    state_json: String,
}

impl TryFrom<ItemRow> for BatchItemRow {
    type Error = StoreError;
    fn try_from(row: ItemRow) -> Result<Self> {
        Ok(Self {
            state: read(&row.state_json)?,
            flow_id: row.flow_id,
            flow_name: row.flow_name,
            attempt: from_sql(row.attempt),
            changed_seq: row.changed_seq.map(from_sql),
        })
    }
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| StoreError::unreadable("batch", error))
}

fn write<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::unreadable("batch", error))
}

/// Puts an item into its place.
async fn put(
    tx: &mut Transaction<'static, Sqlite>,
    id: &str,
    place: usize,
    item: &BatchItemRow,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO batch_items (batch_id, place, flow_id, flow_name, attempt, changed_seq,
           state_json)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (batch_id, place) DO UPDATE SET
           attempt = excluded.attempt, changed_seq = excluded.changed_seq,
           state_json = excluded.state_json",
    )
    .bind(id)
    .bind(to_sql(place as u64))
    .bind(&item.flow_id)
    .bind(&item.flow_name)
    .bind(to_sql(item.attempt))
    .bind(item.changed_seq.map(to_sql))
    .bind(write(&item.state)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

impl SqliteStore {
    async fn with_items(&self, row: Row) -> Result<StoredBatch> {
        let items = sqlx::query_as::<_, ItemRow>(
            "SELECT flow_id, flow_name, attempt, changed_seq, state_json
             FROM batch_items WHERE batch_id = $1 ORDER BY place",
        )
        .bind(&row.id)
        .fetch_all(&self.readers)
        .await?;
        Ok(StoredBatch {
            row: row.try_into()?,
            items: items
                .into_iter()
                .map(TryInto::try_into)
                .collect::<Result<_>>()?,
        })
    }
}

#[async_trait]
impl Batches for SqliteStore {
    async fn begin_batch(
        &self,
        batch: &StoredBatch,
        idempotency_key: &str,
        audit: NewAudit,
    ) -> Result<String> {
        let mut tx = self.begin().await?;
        let begun: Option<String> =
            sqlx::query_scalar("SELECT id FROM batches WHERE idempotency_key = $1")
                .bind(idempotency_key)
                .fetch_optional(&mut *tx)
                .await?;
        if let Some(id) = begun {
            return Ok(id);
        }
        let row = &batch.row;
        sqlx::query(
            "INSERT INTO batches (id, idempotency_key, title, change_json, publishes,
               connection_id, author_id, author, started_at_millis, cancelled, running)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, FALSE, TRUE)",
        )
        .bind(&row.id)
        .bind(idempotency_key)
        .bind(&row.title)
        .bind(write(&row.change)?)
        .bind(row.publishes)
        .bind(&row.connection_id)
        .bind(&row.author_id)
        .bind(&row.author)
        .bind(row.started_at_millis)
        .execute(&mut *tx)
        .await?;
        for (place, item) in batch.items.iter().enumerate() {
            put(&mut tx, &row.id, place, item).await?;
        }
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(row.id.clone())
    }

    async fn batch(&self, id: &str) -> Result<Option<StoredBatch>> {
        let row = sqlx::query_as::<_, Row>("SELECT * FROM batches WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        match row {
            Some(row) => Ok(Some(self.with_items(row).await?)),
            None => Ok(None),
        }
    }

    async fn batches(&self, limit: u32) -> Result<Vec<StoredBatch>> {
        let rows = sqlx::query_as::<_, Row>(
            "SELECT * FROM batches ORDER BY started_at_millis DESC, id DESC LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        let mut batches = Vec::with_capacity(rows.len());
        for row in rows {
            batches.push(self.with_items(row).await?);
        }
        Ok(batches)
    }

    async fn running_batches(&self) -> Result<Vec<String>> {
        Ok(sqlx::query_scalar(
            "SELECT id FROM batches WHERE running ORDER BY started_at_millis, id",
        )
        .fetch_all(&self.readers)
        .await?)
    }

    async fn put_batch_item(&self, id: &str, place: usize, item: &BatchItemRow) -> Result<()> {
        let mut tx = self.begin().await?;
        put(&mut tx, id, place, item).await?;
        Ok(tx.commit().await?)
    }

    async fn cancel_batch(&self, id: &str, audit: NewAudit) -> Result<bool> {
        let mut tx = self.begin().await?;
        let cancelled =
            sqlx::query("UPDATE batches SET cancelled = TRUE WHERE id = $1 AND running")
                .bind(id)
                .execute(&mut *tx)
                .await?;
        if cancelled.rows_affected() == 0 {
            return Ok(false);
        }
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn end_batch(&self, id: &str, audit: NewAudit) -> Result<()> {
        let mut tx = self.begin().await?;
        sqlx::query("UPDATE batches SET running = FALSE WHERE id = $1")
            .bind(id)
            .execute(&mut *tx)
            .await?;
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }

    async fn run_batch_again(
        &self,
        id: &str,
        account: &AccountRow,
        items: &[(usize, BatchItemRow)],
        audit: NewAudit,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let runs = sqlx::query(
            "UPDATE batches SET running = TRUE, cancelled = FALSE, author_id = $2, author = $3
             WHERE id = $1 AND NOT running",
        )
        .bind(id)
        .bind(&account.id)
        .bind(&account.name)
        .execute(&mut *tx)
        .await?;
        if runs.rows_affected() == 0 {
            return Ok(false);
        }
        for (place, item) in items {
            put(&mut tx, id, *place, item).await?;
        }
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(true)
    }
}
