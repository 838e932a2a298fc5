use api::DisabledReason;
use async_trait::async_trait;
use sqlx::{FromRow, Row as _, Sqlite, Transaction, sqlite::SqliteRow};

use super::{SqliteStore, from_sql};
use crate::{
    Disabled, EndpointKeys, EndpointRow, EndpointSummary, NewAudit, PreviousKey, Result,
    StoreError, Webhooks,
};

const REASONS: [(DisabledReason, &str); 3] = [
    (DisabledReason::ByHand, "by-hand"),
    (DisabledReason::Gone, "gone"),
    (DisabledReason::Failing, "failing"),
];

pub(super) fn reason_name(reason: DisabledReason) -> &'static str {
    REASONS
        .iter()
        .find(|(known, _)| *known == reason)
        .map_or("by-hand", |(_, name)| name)
}

fn events_text(events: &[String]) -> Result<String> {
    serde_json::to_string(events).map_err(|error| StoreError::unreadable("webhook", error))
}

/// Reads the columns of `webhook_endpoints`.
impl FromRow<'_, SqliteRow> for EndpointRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let undecodable = |column: &str, reason: String| sqlx::Error::ColumnDecode {
            index: column.to_owned(),
            source: reason.into(),
        };
        let events: String = row.try_get("events_json")?;
        let events = serde_json::from_str(&events)
            .map_err(|error| undecodable("events_json", error.to_string()))?;
        let reason: Option<String> = row.try_get("disabled_reason")?;
        let disabled = match reason {
            None => None,
            Some(name) => Some(Disabled {
                reason: REASONS
                    .iter()
                    .find(|(_, known)| *known == name)
                    .map(|(reason, _)| *reason)
                    .ok_or_else(|| undecodable("disabled_reason", name))?,
                at_millis: row.try_get("disabled_at_millis")?,
            }),
        };
        let previous: Option<String> = row.try_get("previous_sealed_key")?;
        let previous = match previous {
            None => None,
            Some(sealed) => Some(PreviousKey {
                sealed,
                until_millis: row.try_get("previous_key_until_millis")?,
            }),
        };
        Ok(Self {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            url: row.try_get("url")?,
            events,
            disabled,
            keys: EndpointKeys {
                sealed: row.try_get("sealed_key")?,
                set_at_millis: row.try_get("key_set_at_millis")?,
                previous,
            },
            failing_since_millis: row.try_get("failing_since_millis")?,
            paused_until_millis: row.try_get("paused_until_millis")?,
            created_by: row.try_get("created_by")?,
            created_at_millis: row.try_get("created_at_millis")?,
        })
    }
}

impl FromRow<'_, SqliteRow> for EndpointSummary {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            endpoint: EndpointRow::from_row(row)?,
            waiting: from_sql(row.try_get("waiting")?),
            failed: from_sql(row.try_get("failed")?),
        })
    }
}

const SUMMARIES: &str = "SELECT e.*,
    (SELECT COUNT(*) FROM webhook_deliveries d
      WHERE d.endpoint_id = e.id AND d.state = 'waiting') AS waiting,
    (SELECT COUNT(*) FROM webhook_deliveries d
      WHERE d.endpoint_id = e.id AND d.state = 'failed') AS failed
    FROM webhook_endpoints e";

/// Disables a receiver and gives up what waits for it.
pub(super) async fn disable(
    tx: &mut Transaction<'static, Sqlite>,
    id: &str,
    disabled: Disabled,
) -> Result<()> {
    sqlx::query(
        "UPDATE webhook_endpoints SET disabled_reason = $2, disabled_at_millis = $3 WHERE id = $1",
    )
    .bind(id)
    .bind(reason_name(disabled.reason))
    .bind(disabled.at_millis)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "UPDATE webhook_deliveries SET state = 'failed', ended_at_millis = $2
         WHERE endpoint_id = $1 AND state = 'waiting'",
    )
    .bind(id)
    .bind(disabled.at_millis)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether a statement found its row.
fn found(done: &sqlx::sqlite::SqliteQueryResult) -> bool {
    done.rows_affected() > 0
}

#[async_trait]
impl Webhooks for SqliteStore {
    async fn endpoints(&self) -> Result<Vec<EndpointSummary>> {
        let all = format!("{SUMMARIES} ORDER BY e.name, e.id");
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(all))
            .fetch_all(&self.readers)
            .await?)
    }

    async fn endpoint(&self, id: &str) -> Result<Option<EndpointSummary>> {
        let one = format!("{SUMMARIES} WHERE e.id = $1");
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(one))
            .bind(id)
            .fetch_optional(&self.readers)
            .await?)
    }

    async fn add_endpoint(&self, endpoint: &EndpointRow, audit: NewAudit) -> Result<()> {
        let (sealed, until) = previous(&endpoint.keys);
        let disabled = endpoint.disabled;
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO webhook_endpoints (id, name, url, events_json, disabled_reason,
               disabled_at_millis, sealed_key, key_set_at_millis, previous_sealed_key,
               previous_key_until_millis, failing_since_millis, paused_until_millis,
               created_by, created_at_millis)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        )
        .bind(&endpoint.id)
        .bind(&endpoint.name)
        .bind(&endpoint.url)
        .bind(events_text(&endpoint.events)?)
        .bind(disabled.map(|disabled| reason_name(disabled.reason)))
        .bind(disabled.map(|disabled| disabled.at_millis))
        .bind(&endpoint.keys.sealed)
        .bind(endpoint.keys.set_at_millis)
        .bind(sealed)
        .bind(until)
        .bind(endpoint.failing_since_millis)
        .bind(endpoint.paused_until_millis)
        .bind(&endpoint.created_by)
        .bind(endpoint.created_at_millis)
        .execute(&mut *tx)
        .await
        .map_err(|error| StoreError::taken(error, "webhook"))?;
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }

    async fn change_endpoint(
        &self,
        id: &str,
        name: &str,
        url: &str,
        events: &[String],
        audit: NewAudit,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let done = sqlx::query(
            "UPDATE webhook_endpoints SET name = $2, url = $3, events_json = $4 WHERE id = $1",
        )
        .bind(id)
        .bind(name)
        .bind(url)
        .bind(events_text(events)?)
        .execute(&mut *tx)
        .await
        .map_err(|error| StoreError::taken(error, "webhook"))?;
        if !found(&done) {
            return Ok(false);
        }
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn set_endpoint_keys(
        &self,
        id: &str,
        keys: &EndpointKeys,
        audit: NewAudit,
    ) -> Result<bool> {
        let (sealed, until) = previous(keys);
        let mut tx = self.begin().await?;
        let done = sqlx::query(
            "UPDATE webhook_endpoints SET sealed_key = $2, key_set_at_millis = $3,
               previous_sealed_key = $4, previous_key_until_millis = $5 WHERE id = $1",
        )
        .bind(id)
        .bind(&keys.sealed)
        .bind(keys.set_at_millis)
        .bind(sealed)
        .bind(until)
        .execute(&mut *tx)
        .await?;
        if !found(&done) {
            return Ok(false);
        }
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn switch_endpoint(
        &self,
        id: &str,
        disabled: Option<Disabled>,
        audit: NewAudit,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        // An enabled one begins anew, as if nothing had failed.
        let done = sqlx::query(
            "UPDATE webhook_endpoints SET disabled_reason = NULL, disabled_at_millis = NULL,
               failing_since_millis = NULL, paused_until_millis = NULL WHERE id = $1",
        )
        .bind(id)
        .execute(&mut *tx)
        .await?;
        if !found(&done) {
            return Ok(false);
        }
        if let Some(disabled) = disabled {
            disable(&mut tx, id, disabled).await?;
        }
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn delete_endpoint(&self, id: &str, audit: NewAudit) -> Result<bool> {
        let mut tx = self.begin().await?;
        let done = sqlx::query("DELETE FROM webhook_endpoints WHERE id = $1")
            .bind(id)
            .execute(&mut *tx)
            .await?;
        if !found(&done) {
            return Ok(false);
        }
        super::outbox::forget_undelivered_messages(&mut tx).await?;
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(true)
    }
}

fn previous(keys: &EndpointKeys) -> (Option<&str>, Option<i64>) {
    let previous = keys.previous.as_ref();
    (
        previous.map(|key| key.sealed.as_str()),
        previous.map(|key| key.until_millis),
    )
}
