//! Publishes and uploads have tables of their own, alike but for their names.

use api::{PublishState, Step};
use async_trait::async_trait;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Sqlite, Transaction};

use super::{SqliteStore, from_sql, to_sql};
use crate::{Begun, JobKind, JobRow, Jobs, NewAudit, Result, StoreError};

/// What the tables of a kind of job and their columns are called.
struct Names {
    jobs: &'static str,
    clicks: &'static str,
    job_id: &'static str,
    subject_id: &'static str,
    revision: &'static str,
    /// In messages.
    one: &'static str,
}

const PUBLISHES: Names = Names {
    jobs: "publishes",
    clicks: "publish_clicks",
    job_id: "publish_id",
    subject_id: "flow_id",
    revision: "seq",
    one: "publish",
};

const UPLOADS: Names = Names {
    jobs: "uploads",
    clicks: "upload_clicks",
    job_id: "upload_id",
    subject_id: "action_id",
    revision: "revision",
    one: "upload",
};

fn names(kind: JobKind) -> &'static Names {
    match kind {
        JobKind::Publish => &PUBLISHES,
        JobKind::Upload => &UPLOADS,
    }
}

/// Jobs as `j`, and which of them, with what `filter` makes of the names.
fn select(kind: JobKind, filter: impl FnOnce(&Names) -> String) -> AssertSqlSafe<String> {
    let names = names(kind);
    let Names {
        jobs,
        subject_id,
        revision,
        ..
    } = names;
    // What is put together here are constants of this file.
    AssertSqlSafe(format!(
        "SELECT j.id, j.{subject_id} AS subject_id, j.{revision} AS revision, j.connection_id,
           j.connection_name, j.author, j.started_at_millis, j.steps_json, j.state_json,
           j.journal_json
         FROM {jobs} j {}",
        filter(names)
    ))
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    subject_id: String,
    revision: i64,
    connection_id: String,
    connection_name: String,
    author: String,
    started_at_millis: i64,
    steps_json: String,
    state_json: String,
    journal_json: String,
}

impl Row {
    fn read(self, kind: JobKind) -> Result<JobRow> {
        Ok(JobRow {
            steps: read(kind, &self.steps_json)?,
            state: read(kind, &self.state_json)?,
            journal: read(kind, &self.journal_json)?,
            kind,
            id: self.id,
            subject_id: self.subject_id,
            revision: from_sql(self.revision),
            connection_id: self.connection_id,
            connection_name: self.connection_name,
            author: self.author,
            started_at_millis: self.started_at_millis,
        })
    }
}

fn all(kind: JobKind, rows: Vec<Row>) -> Result<Vec<JobRow>> {
    rows.into_iter().map(|row| row.read(kind)).collect()
}

pub(super) fn read<T: serde::de::DeserializeOwned>(kind: JobKind, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| StoreError::unreadable(names(kind).one, error))
}

pub(super) fn write<T: serde::Serialize + ?Sized>(kind: JobKind, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::unreadable(names(kind).one, error))
}

async fn insert(tx: &mut Transaction<'static, Sqlite>, job: &JobRow) -> Result<()> {
    let Names {
        jobs,
        subject_id,
        revision,
        one,
        ..
    } = names(job.kind);
    sqlx::query(AssertSqlSafe(format!(
        "INSERT INTO {jobs} (id, {subject_id}, {revision}, connection_id, connection_name, author,
           started_at_millis, running, steps_json, state_json, journal_json)
         VALUES ($1, $2, $3, $4, $5, $6, $7, TRUE, $8, $9, $10)"
    )))
    .bind(&job.id)
    .bind(&job.subject_id)
    .bind(to_sql(job.revision))
    .bind(&job.connection_id)
    .bind(&job.connection_name)
    .bind(&job.author)
    .bind(job.started_at_millis)
    .bind(write(job.kind, &job.steps)?)
    .bind(write(job.kind, &job.state)?)
    .bind(write(job.kind, &job.journal)?)
    .execute(&mut **tx)
    .await
    .map_err(|error| StoreError::taken(error, one))?;
    Ok(())
}

/// Stores how far a job is; gives its subject and its connection.
pub(super) async fn advance(
    tx: &mut Transaction<'static, Sqlite>,
    (kind, id): (JobKind, &str),
    steps: &[Step],
    journal: &Value,
) -> Result<(String, String)> {
    let Names {
        jobs, subject_id, ..
    } = names(kind);
    Ok(sqlx::query_as(AssertSqlSafe(format!(
        "UPDATE {jobs} SET steps_json = $2, journal_json = $3 WHERE id = $1
         RETURNING {subject_id}, connection_id"
    )))
    .bind(id)
    .bind(write(kind, steps)?)
    .bind(write(kind, journal)?)
    .fetch_one(&mut **tx)
    .await?)
}

/// Stores how a job ended; gives its subject and its connection.
pub(super) async fn finish(
    tx: &mut Transaction<'static, Sqlite>,
    (kind, id): (JobKind, &str),
    steps: &[Step],
    state: &PublishState,
    at_millis: i64,
) -> Result<(String, String)> {
    let Names {
        jobs, subject_id, ..
    } = names(kind);
    Ok(sqlx::query_as(AssertSqlSafe(format!(
        "UPDATE {jobs} SET steps_json = $2, state_json = $3, running = FALSE,
           ended_at_millis = $4, journal_json = 'null' WHERE id = $1 RETURNING {subject_id}, connection_id"
    )))
    .bind(id)
    .bind(write(kind, steps)?)
    .bind(write(kind, state)?)
    .bind(at_millis)
    .fetch_one(&mut **tx)
    .await?)
}

/// The job that sent the same to the same connection, and succeeded after this
/// one was asked for.
async fn same_meanwhile(
    tx: &mut Transaction<'static, Sqlite>,
    job: &JobRow,
) -> Result<Option<JobRow>> {
    let same = select(
        job.kind,
        |Names {
             subject_id,
             revision,
             ..
         }| {
            format!(
                "WHERE j.{subject_id} = $1 AND j.{revision} = $2 AND j.connection_id = $3
                   AND j.ended_at_millis > $4
                 ORDER BY j.ended_at_millis DESC LIMIT 1"
            )
        },
    );
    let row: Option<Row> = sqlx::query_as(same)
        .bind(&job.subject_id)
        .bind(to_sql(job.revision))
        .bind(&job.connection_id)
        .bind(job.started_at_millis)
        .fetch_optional(&mut **tx)
        .await?;
    let same = row.map(|row| row.read(job.kind)).transpose()?;
    Ok(same.filter(|same| matches!(same.state, PublishState::Published { .. })))
}

#[async_trait]
impl Jobs for SqliteStore {
    async fn begin_job(
        &self,
        job: &JobRow,
        idempotency_key: &str,
        audit: NewAudit,
    ) -> Result<Begun> {
        let kind = job.kind;
        let mut tx = self.begin().await?;
        let clicked: Option<Row> = sqlx::query_as(select(
            kind,
            |Names {
                 clicks,
                 job_id,
                 subject_id,
                 ..
             }| {
                format!(
                    "JOIN {clicks} c ON c.{job_id} = j.id
                     WHERE c.{subject_id} = $1 AND c.idempotency_key = $2"
                )
            },
        ))
        .bind(&job.subject_id)
        .bind(idempotency_key)
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(row) = clicked {
            return Ok(Begun::Joined(Box::new(row.read(kind)?)));
        }
        let running: Option<Row> = sqlx::query_as(select(kind, |Names { subject_id, .. }| {
            format!("WHERE j.{subject_id} = $1 AND j.running")
        }))
        .bind(&job.subject_id)
        .fetch_optional(&mut *tx)
        .await?;
        let running = running.map(|row| row.read(kind)).transpose()?;
        let to_join = match running {
            Some(running) => Some(running),
            None => same_meanwhile(&mut tx, job).await?,
        };
        let begun = match to_join {
            Some(row) => Begun::Joined(Box::new(row)),
            None => {
                insert(&mut tx, job).await?;
                self.audit_in(&mut tx, audit).await?;
                Begun::New
            }
        };
        let id = match &begun {
            Begun::New => &job.id,
            Begun::Joined(running) => &running.id,
        };
        let Names {
            clicks,
            job_id,
            subject_id,
            ..
        } = names(kind);
        sqlx::query(AssertSqlSafe(format!(
            "INSERT INTO {clicks} ({subject_id}, idempotency_key, {job_id}) VALUES ($1, $2, $3)"
        )))
        .bind(&job.subject_id)
        .bind(idempotency_key)
        .bind(id)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(begun)
    }

    async fn job(&self, kind: JobKind, id: &str) -> Result<Option<JobRow>> {
        let one = select(kind, |_| "WHERE j.id = $1".to_owned());
        let row: Option<Row> = sqlx::query_as(one)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| row.read(kind)).transpose()
    }

    async fn jobs_of(&self, kind: JobKind, subject_id: &str, limit: u32) -> Result<Vec<JobRow>> {
        let latest = select(kind, |Names { subject_id, .. }| {
            format!(
                "WHERE j.{subject_id} = $1 ORDER BY j.started_at_millis DESC, j.id DESC LIMIT $2"
            )
        });
        let rows = sqlx::query_as(latest)
            .bind(subject_id)
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        all(kind, rows)
    }

    async fn latest_jobs(&self, kind: JobKind) -> Result<Vec<JobRow>> {
        let latest = select(
            kind,
            |Names {
                 jobs, subject_id, ..
             }| {
                format!(
                    "WHERE j.id = (
                       SELECT q.id FROM {jobs} q WHERE q.{subject_id} = j.{subject_id}
                       ORDER BY q.started_at_millis DESC, q.id DESC LIMIT 1)"
                )
            },
        );
        let rows = sqlx::query_as(latest).fetch_all(&self.readers).await?;
        all(kind, rows)
    }

    async fn running_jobs(&self, kind: JobKind) -> Result<Vec<JobRow>> {
        let running = select(kind, |_| {
            "WHERE j.running ORDER BY j.started_at_millis, j.id".to_owned()
        });
        let rows = sqlx::query_as(running).fetch_all(&self.readers).await?;
        all(kind, rows)
    }
}
