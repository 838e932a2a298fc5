use api::{DeliveryState, Outcome};
use async_trait::async_trait;
use sqlx::{FromRow, Row as _, Sqlite, Transaction, sqlite::SqliteRow};

use super::{SqliteStore, from_sql, to_sql, webhooks::disable};
use crate::{
    AfterAttempt, AttemptRow, DeliveryRow, Disabled, EndpointRow, NewAttempt, NewAudit, NewEvent,
    NextDelivery, Outbox, Result,
};

const STATES: [(DeliveryState, &str); 3] = [
    (DeliveryState::Waiting, "waiting"),
    (DeliveryState::Delivered, "delivered"),
    (DeliveryState::Failed, "failed"),
];

fn state_name(state: DeliveryState) -> &'static str {
    STATES
        .iter()
        .find(|(known, _)| *known == state)
        .map_or("failed", |(_, name)| name)
}

impl FromRow<'_, SqliteRow> for AttemptRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let status: Option<i64> = row.try_get("status")?;
        Ok(Self {
            number: from_sql(row.try_get("number")?),
            attempt: NewAttempt {
                at_millis: row.try_get("at_millis")?,
                duration_millis: from_sql(row.try_get("duration_millis")?),
                status: status.and_then(|status| u16::try_from(status).ok()),
                reason: row.try_get("reason")?,
                body_preview: row.try_get("body_preview")?,
            },
        })
    }
}

impl FromRow<'_, SqliteRow> for DeliveryRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let name: String = row.try_get("state")?;
        let state = STATES
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(state, _)| *state)
            .ok_or_else(|| sqlx::Error::ColumnDecode {
                index: "state".to_owned(),
                source: name.into(),
            })?;
        let number: Option<i64> = row.try_get("number")?;
        Ok(Self {
            endpoint_id: row.try_get("endpoint_id")?,
            message_id: row.try_get("message_id")?,
            seq: from_sql(row.try_get("seq")?),
            event: row.try_get("event")?,
            object: row.try_get("object")?,
            body: row.try_get("body")?,
            state,
            queued_at_millis: row.try_get("queued_at_millis")?,
            next_attempt_at_millis: row.try_get("next_attempt_at_millis")?,
            latest: match number {
                Some(_) => Some(AttemptRow::from_row(row)?),
                None => None,
            },
        })
    }
}

/// Deliveries with their message and their latest attempt, as d, m and a.
const DELIVERIES: &str = "SELECT d.endpoint_id, d.message_id, d.seq, m.event, d.object, m.body,
      d.state, m.queued_at_millis, CASE WHEN e.paused_until_millis > d.next_attempt_at_millis
        THEN e.paused_until_millis ELSE d.next_attempt_at_millis END AS next_attempt_at_millis,
      a.number, a.at_millis, a.duration_millis, a.status, a.reason, a.body_preview
    FROM webhook_deliveries d
    JOIN webhook_messages m ON m.id = d.message_id
    JOIN webhook_endpoints e ON e.id = d.endpoint_id
    LEFT JOIN webhook_attempts a ON a.endpoint_id = d.endpoint_id AND a.message_id = d.message_id
      AND a.number = (SELECT MAX(l.number) FROM webhook_attempts l
        WHERE l.endpoint_id = d.endpoint_id AND l.message_id = d.message_id)";

/// Removes the messages that no receiver has a delivery of any more.
pub(super) async fn forget_undelivered_messages(
    tx: &mut Transaction<'static, Sqlite>,
) -> Result<()> {
    sqlx::query(
        "DELETE FROM webhook_messages WHERE NOT EXISTS (
           SELECT 1 FROM webhook_deliveries d WHERE d.message_id = webhook_messages.id)",
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Who asks for a call by hand is not kept waiting by the receiver's wish for a
/// pause.
async fn end_pause(tx: &mut Transaction<'static, Sqlite>, endpoint_id: &str) -> Result<()> {
    sqlx::query("UPDATE webhook_endpoints SET paused_until_millis = NULL WHERE id = $1")
        .bind(endpoint_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

impl SqliteStore {
    /// Queues an event in the transaction of the change that it reports, for
    /// every enabled receiver that wants it. Gives how many those are; for none,
    /// nothing is stored. An audit entry says what is intended to be sent.
    pub(super) async fn queue_event_in(
        &self,
        tx: &mut Transaction<'static, Sqlite>,
        event: &NewEvent,
        actor: &str,
    ) -> Result<u64> {
        let endpoints: Vec<EndpointRow> =
            sqlx::query_as("SELECT * FROM webhook_endpoints WHERE disabled_reason IS NULL")
                .fetch_all(&mut **tx)
                .await?;
        let wanting: Vec<_> = endpoints
            .into_iter()
            .filter(|endpoint| endpoint.events.is_empty() || endpoint.events.contains(&event.event))
            .collect();
        self.queue_for(tx, event, actor, &wanting).await
    }

    async fn queue_for(
        &self,
        tx: &mut Transaction<'static, Sqlite>,
        event: &NewEvent,
        actor: &str,
        endpoints: &[EndpointRow],
    ) -> Result<u64> {
        if endpoints.is_empty() {
            return Ok(0);
        }
        // The write lock that the transaction holds keeps the numbers apart.
        let seq: i64 = sqlx::query_scalar(
            "INSERT INTO webhook_messages (id, seq, event, object, body, queued_at_millis)
             SELECT $1, COALESCE(MAX(seq), 0) + 1, $2, $3, $4, $5 FROM webhook_messages
             RETURNING seq",
        )
        .bind(&event.id)
        .bind(&event.event)
        .bind(&event.object)
        .bind(&event.body)
        .bind(event.at_millis)
        .fetch_one(&mut **tx)
        .await?;
        for endpoint in endpoints {
            sqlx::query(
                "INSERT INTO webhook_deliveries (endpoint_id, message_id, object, seq, state,
                   tries, next_attempt_at_millis)
                 VALUES ($1, $2, $3, $4, 'waiting', 0, $5)",
            )
            .bind(&endpoint.id)
            .bind(&event.id)
            .bind(&event.object)
            .bind(seq)
            .bind(event.at_millis)
            .execute(&mut **tx)
            .await?;
        }
        let names: Vec<_> = endpoints
            .iter()
            .map(|endpoint| format!("“{}”", endpoint.name))
            .collect();
        let intent = NewAudit {
            at_millis: event.at_millis,
            actor: actor.to_owned(),
            action: "webhook.queue",
            object: Some(event.id.clone()),
            outcome: Outcome::Intended,
            detail: format!("To be sent: {}, to {}.", event.event, names.join(", ")),
            correlation_id: None,
        };
        self.audit_in(tx, intent).await?;
        Ok(names.len() as u64)
    }
}

#[async_trait]
impl Outbox for SqliteStore {
    async fn queue_event(&self, event: &NewEvent, actor: &str) -> Result<u64> {
        let mut tx = self.begin().await?;
        let queued = self.queue_event_in(&mut tx, event, actor).await?;
        tx.commit().await?;
        Ok(queued)
    }

    async fn queue_event_for(&self, id: &str, event: &NewEvent, actor: &str) -> Result<bool> {
        let mut tx = self.begin().await?;
        let endpoint: Option<EndpointRow> = sqlx::query_as(
            "SELECT * FROM webhook_endpoints WHERE id = $1 AND disabled_reason IS NULL",
        )
        .bind(id)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(endpoint) = endpoint else {
            return Ok(false);
        };
        self.queue_for(&mut tx, event, actor, &[endpoint]).await?;
        end_pause(&mut tx, id).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn next_deliveries(&self) -> Result<Vec<NextDelivery>> {
        let endpoints: Vec<EndpointRow> =
            sqlx::query_as("SELECT * FROM webhook_endpoints WHERE disabled_reason IS NULL")
                .fetch_all(&self.readers)
                .await?;
        let mut next = Vec::new();
        for endpoint in endpoints {
            let row = sqlx::query(
                "SELECT d.message_id, d.tries, d.next_attempt_at_millis,
                   m.event, m.body
                 FROM webhook_deliveries d JOIN webhook_messages m ON m.id = d.message_id
                 WHERE d.endpoint_id = $1 AND d.state = 'waiting' AND NOT EXISTS (
                   SELECT 1 FROM webhook_deliveries b
                   WHERE b.endpoint_id = d.endpoint_id AND b.object = d.object
                     AND b.state = 'waiting' AND b.seq < d.seq)
                 ORDER BY d.next_attempt_at_millis, d.seq LIMIT 1",
            )
            .bind(&endpoint.id)
            .fetch_optional(&self.readers)
            .await?;
            let Some(row) = row else { continue };
            let at: i64 = row.try_get("next_attempt_at_millis")?;
            let tries: i64 = row.try_get("tries")?;
            next.push(NextDelivery {
                message_id: row.try_get("message_id")?,
                event: row.try_get("event")?,
                body: row.try_get("body")?,
                tries: u32::try_from(tries).unwrap_or(u32::MAX),
                due_at_millis: at.max(endpoint.paused_until_millis.unwrap_or(at)),
                endpoint,
            });
        }
        Ok(next)
    }

    async fn finish_attempt(
        &self,
        endpoint_id: &str,
        message_id: &str,
        attempt: &NewAttempt,
        after: &AfterAttempt,
        audit: Vec<NewAudit>,
    ) -> Result<bool> {
        let ended_at = attempt.at_millis + i64::try_from(attempt.duration_millis).unwrap_or(0);
        let (state, next_at, pause_until) = match after {
            AfterAttempt::Delivered => (DeliveryState::Delivered, None, None),
            AfterAttempt::Again {
                at_millis,
                pause_until_millis,
            } => (
                DeliveryState::Waiting,
                Some(*at_millis),
                *pause_until_millis,
            ),
            AfterAttempt::GivenUp | AfterAttempt::Disabled(_) => {
                (DeliveryState::Failed, None, None)
            }
        };
        let ended = (state != DeliveryState::Waiting).then_some(ended_at);
        let mut tx = self.begin().await?;
        // What was given up meanwhile, since the receiver was disabled, does
        // not wait again; that the receiver took it counts whenever that was.
        let done = sqlx::query(
            "UPDATE webhook_deliveries SET tries = tries + 1,
               next_attempt_at_millis = COALESCE($4, next_attempt_at_millis),
               ended_at_millis = CASE WHEN state = 'waiting' OR $3 = 'delivered'
                 THEN $5 ELSE ended_at_millis END,
               state = CASE WHEN state = 'waiting' OR $3 = 'delivered' THEN $3 ELSE state END
             WHERE endpoint_id = $1 AND message_id = $2",
        )
        .bind(endpoint_id)
        .bind(message_id)
        .bind(state_name(state))
        .bind(next_at)
        .bind(ended)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO webhook_attempts (endpoint_id, message_id, number, at_millis,
               duration_millis, status, reason, body_preview)
             SELECT $1, $2, COALESCE(MAX(number), 0) + 1, $3, $4, $5, $6, $7
             FROM webhook_attempts WHERE endpoint_id = $1 AND message_id = $2",
        )
        .bind(endpoint_id)
        .bind(message_id)
        .bind(attempt.at_millis)
        .bind(to_sql(attempt.duration_millis))
        .bind(attempt.status.map(i64::from))
        .bind(&attempt.reason)
        .bind(&attempt.body_preview)
        .execute(&mut *tx)
        .await?;
        let failing_since = match after {
            AfterAttempt::Delivered => None,
            _ => Some(attempt.at_millis),
        };
        sqlx::query(
            "UPDATE webhook_endpoints SET paused_until_millis = $2, failing_since_millis =
               CASE WHEN $3 THEN NULL ELSE COALESCE(failing_since_millis, $4) END
             WHERE id = $1",
        )
        .bind(endpoint_id)
        .bind(pause_until)
        .bind(failing_since.is_none())
        .bind(failing_since)
        .execute(&mut *tx)
        .await?;
        if let AfterAttempt::Disabled(reason) = after {
            let disabled = Disabled {
                reason: *reason,
                at_millis: ended_at,
            };
            disable(&mut tx, endpoint_id, disabled).await?;
        }
        for entry in audit {
            self.audit_in(&mut tx, entry).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    async fn deliveries(
        &self,
        endpoint_id: &str,
        state: Option<DeliveryState>,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<DeliveryRow>> {
        let listed = format!(
            "{DELIVERIES} WHERE d.endpoint_id = $1 AND d.seq < $2
               AND ($3 IS NULL OR d.state = $3)
             ORDER BY d.seq DESC LIMIT $4"
        );
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(listed))
            .bind(endpoint_id)
            .bind(before.map_or(i64::MAX, to_sql))
            .bind(state.map(state_name))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?)
    }

    async fn delivery(
        &self,
        endpoint_id: &str,
        message_id: &str,
    ) -> Result<Option<(DeliveryRow, Vec<AttemptRow>)>> {
        let one = format!("{DELIVERIES} WHERE d.endpoint_id = $1 AND d.message_id = $2");
        let delivery: Option<DeliveryRow> = sqlx::query_as(sqlx::AssertSqlSafe(one))
            .bind(endpoint_id)
            .bind(message_id)
            .fetch_optional(&self.readers)
            .await?;
        let Some(delivery) = delivery else {
            return Ok(None);
        };
        let attempts = sqlx::query_as(
            "SELECT * FROM webhook_attempts WHERE endpoint_id = $1 AND message_id = $2
             ORDER BY number DESC",
        )
        .bind(endpoint_id)
        .bind(message_id)
        .fetch_all(&self.readers)
        .await?;
        Ok(Some((delivery, attempts)))
    }

    async fn replay_deliveries(
        &self,
        endpoint_id: &str,
        message_id: Option<&str>,
        at_millis: i64,
        audit: NewAudit,
    ) -> Result<u64> {
        let mut tx = self.begin().await?;
        let done = sqlx::query(
            "UPDATE webhook_deliveries SET state = 'waiting', tries = 0,
               next_attempt_at_millis = $3, ended_at_millis = NULL
             WHERE endpoint_id = $1
               AND (message_id = $2 OR ($2 IS NULL AND state = 'failed'))",
        )
        .bind(endpoint_id)
        .bind(message_id)
        .bind(at_millis)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(0);
        }
        end_pause(&mut tx, endpoint_id).await?;
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(done.rows_affected())
    }

    async fn forget_deliveries(&self, before_millis: i64) -> Result<u64> {
        let mut tx = self.begin().await?;
        let done = sqlx::query("DELETE FROM webhook_deliveries WHERE ended_at_millis < $1")
            .bind(before_millis)
            .execute(&mut *tx)
            .await?;
        if done.rows_affected() > 0 {
            forget_undelivered_messages(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(done.rows_affected())
    }
}
