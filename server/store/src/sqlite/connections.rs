use async_trait::async_trait;

use super::SqliteStore;
use crate::{
    ConnectionCheckRow, ConnectionRow, Connections, NewAudit, NewDefault, Result, StoreError,
};

fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::unreadable("connection check", error)
}

#[async_trait]
impl Connections for SqliteStore {
    async fn connections(&self) -> Result<Vec<ConnectionRow>> {
        Ok(
            sqlx::query_as("SELECT * FROM connections ORDER BY name, id")
                .fetch_all(&self.readers)
                .await?,
        )
    }

    async fn connection(&self, id: &str) -> Result<Option<ConnectionRow>> {
        Ok(sqlx::query_as("SELECT * FROM connections WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?)
    }

    async fn put_connection(&self, connection: &ConnectionRow, audit: NewAudit) -> Result<()> {
        let mut tx = self.begin().await?;
        if connection.is_default {
            sqlx::query("UPDATE connections SET is_default = FALSE WHERE id <> $1")
                .bind(&connection.id)
                .execute(&mut *tx)
                .await?;
        }
        sqlx::query(
            "INSERT INTO connections (id, name, profile, api_url, oauth_url, client_id,
               sealed_secret, secret_hint, secret_set_at_millis, is_default, revision, scopes)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, profile = excluded.profile,
               api_url = excluded.api_url, oauth_url = excluded.oauth_url,
               client_id = excluded.client_id, sealed_secret = excluded.sealed_secret,
               secret_hint = excluded.secret_hint,
               secret_set_at_millis = excluded.secret_set_at_millis,
               is_default = excluded.is_default, revision = excluded.revision,
               scopes = excluded.scopes",
        )
        .bind(&connection.id)
        .bind(&connection.name)
        .bind(&connection.profile)
        .bind(&connection.api_url)
        .bind(&connection.oauth_url)
        .bind(&connection.client_id)
        .bind(&connection.sealed_secret)
        .bind(&connection.secret_hint)
        .bind(connection.secret_set_at_millis)
        .bind(connection.is_default)
        .bind(connection.revision)
        .bind(&connection.scopes)
        .execute(&mut *tx)
        .await
        .map_err(|error| StoreError::taken(error, "connection"))?;
        // What was checked is no longer what is there.
        sqlx::query("DELETE FROM connection_checks WHERE connection_id = $1")
            .bind(&connection.id)
            .execute(&mut *tx)
            .await?;
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }

    async fn make_default(&self, new: NewDefault<'_>, audit: NewAudit) -> Result<bool> {
        let mut tx = self.begin().await?;
        sqlx::query("UPDATE connections SET is_default = FALSE WHERE is_default")
            .execute(&mut *tx)
            .await?;
        match new {
            NewDefault::Stored(id) => {
                let made = sqlx::query("UPDATE connections SET is_default = TRUE WHERE id = $1")
                    .bind(id)
                    .execute(&mut *tx)
                    .await?;
                if made.rows_affected() == 0 {
                    return Ok(false);
                }
            }
            NewDefault::Preset(id) => {
                sqlx::query(
                    "INSERT INTO default_preset (place, connection_id) VALUES (1, $1)
                     ON CONFLICT (place) DO UPDATE SET connection_id = excluded.connection_id",
                )
                .bind(id)
                .execute(&mut *tx)
                .await?;
            }
        }
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn default_preset(&self) -> Result<Option<String>> {
        Ok(
            sqlx::query_scalar("SELECT connection_id FROM default_preset WHERE place = 1")
                .fetch_optional(&self.readers)
                .await?,
        )
    }

    async fn connection_checks(&self) -> Result<Vec<ConnectionCheckRow>> {
        let found: Vec<(String, i64, String)> =
            sqlx::query_as("SELECT connection_id, at_millis, outcome_json FROM connection_checks")
                .fetch_all(&self.readers)
                .await?;
        let checks = found
            .into_iter()
            .map(|(connection_id, at_millis, outcome)| {
                Ok(ConnectionCheckRow {
                    connection_id,
                    at_millis,
                    outcome: serde_json::from_str(&outcome).map_err(unreadable)?,
                })
            });
        checks.collect()
    }

    async fn put_connection_check(
        &self,
        check: &ConnectionCheckRow,
        audit: NewAudit,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO connection_checks (connection_id, at_millis, outcome_json)
             VALUES ($1, $2, $3)
             ON CONFLICT (connection_id) DO UPDATE SET at_millis = excluded.at_millis,
               outcome_json = excluded.outcome_json",
        )
        .bind(&check.connection_id)
        .bind(check.at_millis)
        .bind(serde_json::to_string(&check.outcome).map_err(unreadable)?)
        .execute(&mut *tx)
        .await?;
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }

    async fn delete_connection(&self, id: &str, audit: NewAudit) -> Result<bool> {
        let mut tx = self.begin().await?;
        let gone = sqlx::query("DELETE FROM connections WHERE id = $1")
            .bind(id)
            .execute(&mut *tx)
            .await?;
        if gone.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query("DELETE FROM connection_checks WHERE connection_id = $1")
            .bind(id)
            .execute(&mut *tx)
            .await?;
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(true)
    }
}
