use async_trait::async_trait;

use super::SqliteStore;
use crate::{Result, ThrottleRow, Throttles};

type Row = (i64, i64, i64);

fn throttle((failures, first_at_millis, last_at_millis): Row) -> ThrottleRow {
    ThrottleRow {
        failures: u32::try_from(failures).unwrap_or(u32::MAX),
        first_at_millis,
        last_at_millis,
    }
}

#[async_trait]
impl Throttles for SqliteStore {
    async fn throttle(&self, name: &str) -> Result<Option<ThrottleRow>> {
        Ok(sqlx::query_as::<_, Row>(
            "SELECT failures, first_at_millis, last_at_millis FROM throttles WHERE name = $1",
        )
        .bind(name)
        .fetch_optional(&self.readers)
        .await?
        .map(throttle))
    }

    async fn count_failure(
        &self,
        name: &str,
        at_millis: i64,
        since_millis: i64,
    ) -> Result<ThrottleRow> {
        let mut tx = self.begin().await?;
        sqlx::query("DELETE FROM throttles WHERE name = $1 AND first_at_millis < $2")
            .bind(name)
            .bind(since_millis)
            .execute(&mut *tx)
            .await?;
        let row = sqlx::query_as::<_, Row>(
            "INSERT INTO throttles (name, failures, first_at_millis, last_at_millis)
             VALUES ($1, 1, $2, $2)
             ON CONFLICT (name) DO UPDATE
               SET failures = throttles.failures + 1, last_at_millis = excluded.last_at_millis
             RETURNING failures, first_at_millis, last_at_millis",
        )
        .bind(name)
        .bind(at_millis)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(throttle(row))
    }

    async fn clear_throttle(&self, name: &str) -> Result<()> {
        sqlx::query("DELETE FROM throttles WHERE name = $1")
            .bind(name)
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
