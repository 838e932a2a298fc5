use api::Step;
use async_trait::async_trait;
use serde_json::Value;
use sqlx::{Sqlite, Transaction};

use super::{SqliteStore, from_sql, links::put_link, to_sql};
use crate::{Begun, Finished, LinkRow, NewAudit, PublishRow, Publishes, Result, StoreError};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    flow_id: String,
    seq: i64,
    connection_id: String,
    connection_name: String,
    author: String,
    started_at_millis: i64,
    steps_json: String,
    state_json: String,
    journal_json: String,
}

impl TryFrom<Row> for PublishRow {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            steps: read(&row.steps_json)?,
            state: read(&row.state_json)?,
            journal: read(&row.journal_json)?,
            id: row.id,
            flow_id: row.flow_id,
            seq: from_sql(row.seq),
            connection_id: row.connection_id,
            connection_name: row.connection_name,
            author: row.author,
            started_at_millis: row.started_at_millis,
        })
    }
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| StoreError::unreadable("publish", error))
}

fn write<T: serde::Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::unreadable("publish", error))
}

async fn insert(tx: &mut Transaction<'static, Sqlite>, publish: &PublishRow) -> Result<()> {
    sqlx::query(
        "INSERT INTO publishes (id, flow_id, seq, connection_id, connection_name, author,
           started_at_millis, running, steps_json, state_json, journal_json)
         VALUES ($1, $2, $3, $4, $5, $6, $7, TRUE, $8, $9, $10)",
    )
    .bind(&publish.id)
    .bind(&publish.flow_id)
    .bind(to_sql(publish.seq))
    .bind(&publish.connection_id)
    .bind(&publish.connection_name)
    .bind(&publish.author)
    .bind(publish.started_at_millis)
    .bind(write(&publish.steps)?)
    .bind(write(&publish.state)?)
    .bind(write(&publish.journal)?)
    .execute(&mut **tx)
    .await
    .map_err(|error| StoreError::taken(error, "publish"))?;
    Ok(())
}

fn rows(rows: Vec<Row>) -> Result<Vec<PublishRow>> {
    rows.into_iter().map(TryInto::try_into).collect()
}

#[async_trait]
impl Publishes for SqliteStore {
    async fn begin_publish(
        &self,
        publish: &PublishRow,
        idempotency_key: &str,
        audit: NewAudit,
    ) -> Result<Begun> {
        let mut tx = self.begin().await?;
        let clicked = sqlx::query_as::<_, Row>(
            "SELECT p.* FROM publish_clicks c JOIN publishes p ON p.id = c.publish_id
             WHERE c.flow_id = $1 AND c.idempotency_key = $2",
        )
        .bind(&publish.flow_id)
        .bind(idempotency_key)
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(row) = clicked {
            return Ok(Begun::Joined(Box::new(row.try_into()?)));
        }
        let running =
            sqlx::query_as::<_, Row>("SELECT * FROM publishes WHERE flow_id = $1 AND running")
                .bind(&publish.flow_id)
                .fetch_optional(&mut *tx)
                .await?;
        let begun = match running {
            Some(row) => Begun::Joined(Box::new(row.try_into()?)),
            None => {
                insert(&mut tx, publish).await?;
                self.audit_in(&mut tx, audit).await?;
                Begun::New
            }
        };
        let id = match &begun {
            Begun::New => &publish.id,
            Begun::Joined(running) => &running.id,
        };
        sqlx::query(
            "INSERT INTO publish_clicks (flow_id, idempotency_key, publish_id)
             VALUES ($1, $2, $3)",
        )
        .bind(&publish.flow_id)
        .bind(idempotency_key)
        .bind(id)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(begun)
    }

    async fn advance_publish(
        &self,
        id: &str,
        steps: &[Step],
        journal: &Value,
        link: Option<&LinkRow>,
    ) -> Result<()> {
        let (steps, journal) = (write(steps)?, write(journal)?);
        let mut tx = self.begin().await?;
        let flow_id: String = sqlx::query_scalar(
            "UPDATE publishes SET steps_json = $2, journal_json = $3 WHERE id = $1
             RETURNING flow_id",
        )
        .bind(id)
        .bind(steps)
        .bind(journal)
        .fetch_one(&mut *tx)
        .await?;
        if let Some(link) = link {
            put_link(&mut tx, &flow_id, link).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn finish_publish(&self, id: &str, finished: &Finished, audit: NewAudit) -> Result<()> {
        let (steps, state) = (write(&finished.steps)?, write(&finished.state)?);
        let conflict = finished.conflict.as_ref().map(write).transpose()?;
        let mut tx = self.begin().await?;
        let flow_id: String = sqlx::query_scalar(
            "UPDATE publishes SET steps_json = $2, state_json = $3, running = FALSE,
               journal_json = 'null', conflict_json = $4 WHERE id = $1 RETURNING flow_id",
        )
        .bind(id)
        .bind(steps)
        .bind(state)
        .bind(conflict)
        .fetch_one(&mut *tx)
        .await?;
        if let Some(link) = &finished.link {
            put_link(&mut tx, &flow_id, link).await?;
        }
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }

    async fn publish_conflict(&self, id: &str) -> Result<Option<Value>> {
        let text: Option<Option<String>> =
            sqlx::query_scalar("SELECT conflict_json FROM publishes WHERE id = $1")
                .bind(id)
                .fetch_optional(&self.readers)
                .await?;
        text.flatten().map(|text| read(&text)).transpose()
    }

    async fn publish(&self, id: &str) -> Result<Option<PublishRow>> {
        sqlx::query_as::<_, Row>("SELECT * FROM publishes WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?
            .map(TryInto::try_into)
            .transpose()
    }

    async fn publishes_of(&self, flow_id: &str, limit: u32) -> Result<Vec<PublishRow>> {
        rows(
            sqlx::query_as(
                "SELECT * FROM publishes WHERE flow_id = $1
                 ORDER BY started_at_millis DESC, id DESC LIMIT $2",
            )
            .bind(flow_id)
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?,
        )
    }

    async fn latest_publishes(&self) -> Result<Vec<PublishRow>> {
        rows(
            sqlx::query_as(
                "SELECT p.* FROM publishes p WHERE p.id = (
                   SELECT q.id FROM publishes q WHERE q.flow_id = p.flow_id
                   ORDER BY q.started_at_millis DESC, q.id DESC LIMIT 1)",
            )
            .fetch_all(&self.readers)
            .await?,
        )
    }

    async fn running_publishes(&self) -> Result<Vec<PublishRow>> {
        rows(
            sqlx::query_as("SELECT * FROM publishes WHERE running ORDER BY started_at_millis, id")
                .fetch_all(&self.readers)
                .await?,
        )
    }
}
