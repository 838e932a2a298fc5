use api::Step;
use async_trait::async_trait;
use serde_json::Value;
use sqlx::{Sqlite, Transaction};

use super::{
    SqliteStore,
    action_links::put_link,
    data_actions::{read, write},
    from_sql, to_sql,
};
use crate::{
    ActionUpstream, BegunUpload, FinishedUpload, NewAudit, Result, StoreError, UploadRow, Uploads,
};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    action_id: String,
    revision: i64,
    connection_id: String,
    connection_name: String,
    author: String,
    started_at_millis: i64,
    steps_json: String,
    state_json: String,
    journal_json: String,
}

impl TryFrom<Row> for UploadRow {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            steps: read(&row.steps_json)?,
            state: read(&row.state_json)?,
            journal: read(&row.journal_json)?,
            id: row.id,
            action_id: row.action_id,
            revision: from_sql(row.revision),
            connection_id: row.connection_id,
            connection_name: row.connection_name,
            author: row.author,
            started_at_millis: row.started_at_millis,
        })
    }
}

async fn insert(tx: &mut Transaction<'static, Sqlite>, upload: &UploadRow) -> Result<()> {
    sqlx::query(
        "INSERT INTO uploads (id, action_id, revision, connection_id, connection_name, author,
           started_at_millis, running, steps_json, state_json, journal_json)
         VALUES ($1, $2, $3, $4, $5, $6, $7, TRUE, $8, $9, $10)",
    )
    .bind(&upload.id)
    .bind(&upload.action_id)
    .bind(to_sql(upload.revision))
    .bind(&upload.connection_id)
    .bind(&upload.connection_name)
    .bind(&upload.author)
    .bind(upload.started_at_millis)
    .bind(write(&upload.steps)?)
    .bind(write(&upload.state)?)
    .bind(write(&upload.journal)?)
    .execute(&mut **tx)
    .await
    .map_err(|error| StoreError::taken(error, "upload"))?;
    Ok(())
}

fn rows(rows: Vec<Row>) -> Result<Vec<UploadRow>> {
    rows.into_iter().map(TryInto::try_into).collect()
}

#[async_trait]
impl Uploads for SqliteStore {
    async fn begin_upload(
        &self,
        upload: &UploadRow,
        idempotency_key: &str,
        audit: NewAudit,
    ) -> Result<BegunUpload> {
        let mut tx = self.begin().await?;
        let clicked: Option<Row> = sqlx::query_as(
            "SELECT u.* FROM upload_clicks c JOIN uploads u ON u.id = c.upload_id
             WHERE c.action_id = $1 AND c.idempotency_key = $2",
        )
        .bind(&upload.action_id)
        .bind(idempotency_key)
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(row) = clicked {
            return Ok(BegunUpload::Joined(Box::new(row.try_into()?)));
        }
        let running: Option<Row> =
            sqlx::query_as("SELECT * FROM uploads WHERE action_id = $1 AND running")
                .bind(&upload.action_id)
                .fetch_optional(&mut *tx)
                .await?;
        let begun = match running {
            Some(row) => BegunUpload::Joined(Box::new(row.try_into()?)),
            None => {
                insert(&mut tx, upload).await?;
                self.audit_in(&mut tx, audit).await?;
                BegunUpload::New
            }
        };
        let id = match &begun {
            BegunUpload::New => &upload.id,
            BegunUpload::Joined(running) => &running.id,
        };
        sqlx::query(
            "INSERT INTO upload_clicks (action_id, idempotency_key, upload_id)
             VALUES ($1, $2, $3)",
        )
        .bind(&upload.action_id)
        .bind(idempotency_key)
        .bind(id)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(begun)
    }

    async fn advance_upload(
        &self,
        id: &str,
        steps: &[Step],
        journal: &Value,
        upstream: &ActionUpstream,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        let (action_id, connection_id): (String, String) = sqlx::query_as(
            "UPDATE uploads SET steps_json = $2, journal_json = $3 WHERE id = $1
             RETURNING action_id, connection_id",
        )
        .bind(id)
        .bind(write(steps)?)
        .bind(write(journal)?)
        .fetch_one(&mut *tx)
        .await?;
        if upstream.id.is_some() {
            put_link(&mut tx, &action_id, &connection_id, upstream, None).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn finish_upload(
        &self,
        id: &str,
        finished: &FinishedUpload,
        audit: NewAudit,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        let (action_id, connection_id): (String, String) = sqlx::query_as(
            "UPDATE uploads SET steps_json = $2, state_json = $3, running = FALSE,
               journal_json = 'null' WHERE id = $1 RETURNING action_id, connection_id",
        )
        .bind(id)
        .bind(write(&finished.steps)?)
        .bind(write(&finished.state)?)
        .fetch_one(&mut *tx)
        .await?;
        if let Some(upstream) = &finished.upstream {
            let base = finished.base.as_ref();
            put_link(&mut tx, &action_id, &connection_id, upstream, base).await?;
        }
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }

    async fn upload(&self, id: &str) -> Result<Option<UploadRow>> {
        sqlx::query_as::<_, Row>("SELECT * FROM uploads WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?
            .map(TryInto::try_into)
            .transpose()
    }

    async fn uploads_of(&self, action_id: &str, limit: u32) -> Result<Vec<UploadRow>> {
        rows(
            sqlx::query_as(
                "SELECT * FROM uploads WHERE action_id = $1
                 ORDER BY started_at_millis DESC, id DESC LIMIT $2",
            )
            .bind(action_id)
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?,
        )
    }

    async fn latest_uploads(&self) -> Result<Vec<UploadRow>> {
        rows(
            sqlx::query_as(
                "SELECT u.* FROM uploads u WHERE u.id = (
                   SELECT q.id FROM uploads q WHERE q.action_id = u.action_id
                   ORDER BY q.started_at_millis DESC, q.id DESC LIMIT 1)",
            )
            .fetch_all(&self.readers)
            .await?,
        )
    }

    async fn running_uploads(&self) -> Result<Vec<UploadRow>> {
        rows(
            sqlx::query_as("SELECT * FROM uploads WHERE running ORDER BY started_at_millis, id")
                .fetch_all(&self.readers)
                .await?,
        )
    }
}
