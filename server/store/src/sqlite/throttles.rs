use async_trait::async_trait;

use super::SqliteStore;
use crate::{Counter, Result, ThrottleRow, Throttles};

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
    async fn count_attempt(&self, counters: &[Counter], at_millis: i64) -> Result<i64> {
        let mut tx = self.begin().await?;
        let mut allowed_at_millis = at_millis;
        for counter in counters {
            if let Some(window) = counter.window_millis {
                sqlx::query("DELETE FROM throttles WHERE name = $1 AND first_at_millis <= $2")
                    .bind(&counter.name)
                    .bind(at_millis - window)
                    .execute(&mut *tx)
                    .await?;
            }
            let row = sqlx::query_as::<_, Row>(
                "SELECT failures, first_at_millis, last_at_millis FROM throttles WHERE name = $1",
            )
            .bind(&counter.name)
            .fetch_optional(&mut *tx)
            .await?;
            if let Some(row) = row {
                allowed_at_millis =
                    allowed_at_millis.max((counter.allowed_at_millis)(throttle(row)));
            }
        }
        if allowed_at_millis > at_millis {
            return Ok(allowed_at_millis);
        }
        for counter in counters {
            sqlx::query(
                "INSERT INTO throttles (name, failures, first_at_millis, last_at_millis)
                 VALUES ($1, 1, $2, $2)
                 ON CONFLICT (name) DO UPDATE
                   SET failures = throttles.failures + 1, last_at_millis = excluded.last_at_millis",
            )
            .bind(&counter.name)
            .bind(at_millis)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(at_millis)
    }

    async fn give_back_attempt(&self, name: &str) -> Result<()> {
        sqlx::query(
            "UPDATE throttles SET failures = failures - 1 WHERE name = $1 AND failures > 0",
        )
        .bind(name)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    async fn clear_throttle(&self, name: &str) -> Result<()> {
        sqlx::query("DELETE FROM throttles WHERE name = $1")
            .bind(name)
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
