use async_trait::async_trait;

use super::SqliteStore;
use crate::{Result, SessionRow, Sessions};

#[derive(sqlx::FromRow)]
struct Row {
    id_hash: String,
    account_id: Option<String>,
    data: String,
    created_at_millis: i64,
    expires_at_millis: i64,
}

impl From<Row> for SessionRow {
    fn from(row: Row) -> Self {
        Self {
            id_hash: row.id_hash,
            account_id: row.account_id,
            data: row.data,
            created_at_millis: row.created_at_millis,
            expires_at_millis: row.expires_at_millis,
        }
    }
}

#[async_trait]
impl Sessions for SqliteStore {
    async fn create_session(&self, session: &SessionRow) -> Result<bool> {
        let made = sqlx::query(
            "INSERT INTO sessions (id_hash, account_id, data, created_at_millis, expires_at_millis)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id_hash) DO NOTHING",
        )
        .bind(&session.id_hash)
        .bind(&session.account_id)
        .bind(&session.data)
        .bind(session.created_at_millis)
        .bind(session.expires_at_millis)
        .execute(&self.writer)
        .await?;
        Ok(made.rows_affected() == 1)
    }

    async fn save_session(&self, session: &SessionRow) -> Result<()> {
        sqlx::query(
            "UPDATE sessions SET account_id = $2, data = $3, expires_at_millis = $4
             WHERE id_hash = $1",
        )
        .bind(&session.id_hash)
        .bind(&session.account_id)
        .bind(&session.data)
        .bind(session.expires_at_millis)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    async fn session(&self, id_hash: &str, now_millis: i64) -> Result<Option<SessionRow>> {
        Ok(sqlx::query_as::<_, Row>(
            "SELECT * FROM sessions WHERE id_hash = $1 AND expires_at_millis > $2",
        )
        .bind(id_hash)
        .bind(now_millis)
        .fetch_optional(&self.readers)
        .await?
        .map(Into::into))
    }

    async fn delete_session(&self, id_hash: &str) -> Result<()> {
        sqlx::query("DELETE FROM sessions WHERE id_hash = $1")
            .bind(id_hash)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    async fn trim_sessions(&self, account_id: &str, keep: u32) -> Result<()> {
        sqlx::query(
            "DELETE FROM sessions WHERE account_id = $1 AND id_hash NOT IN (
               SELECT id_hash FROM sessions WHERE account_id = $1
               ORDER BY created_at_millis DESC, id_hash LIMIT $2)",
        )
        .bind(account_id)
        .bind(i64::from(keep))
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    async fn delete_expired_sessions(&self, now_millis: i64) -> Result<()> {
        sqlx::query("DELETE FROM sessions WHERE expires_at_millis <= $1")
            .bind(now_millis)
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
