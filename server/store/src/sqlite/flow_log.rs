//! Reading a flow's log as far as it can be read: one damaged row must not keep
//! the flow closed.

use flow::Flow;
use sqlx::{FromRow, Row as _, Sqlite, Transaction, sqlite::SqliteRow};

use super::from_sql;
use crate::{ChangeRow, Damage, Result, StoreError};

#[derive(FromRow)]
pub(super) struct Change {
    seq: i64,
    tx_id: String,
    author: String,
    at_millis: i64,
    transaction_json: String,
}

impl TryFrom<Change> for ChangeRow {
    type Error = StoreError;
    fn try_from(row: Change) -> Result<Self> {
        Ok(Self {
            transaction: serde_json::from_str(&row.transaction_json)
                .map_err(|error| StoreError::unreadable("change", error))?,
            seq: from_sql(row.seq),
            tx_id: row.tx_id,
            author: row.author,
            at_millis: row.at_millis,
        })
    }
}

/// The latest snapshot that can be read.
pub(super) async fn latest_snapshot(
    tx: &mut Transaction<'static, Sqlite>,
    flow_id: &str,
    damage: &mut Vec<Damage>,
) -> Result<(Flow, u64)> {
    let rows = sqlx::query(
        "SELECT seq, flow_json FROM flow_snapshots WHERE flow_id = $1 ORDER BY seq DESC",
    )
    .bind(flow_id)
    .fetch_all(&mut **tx)
    .await?;
    for row in rows {
        let seq = from_sql(row.try_get("seq")?);
        let read = row
            .try_get::<String, _>("flow_json")
            .map_err(|error| error.to_string())
            .and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()));
        match read {
            Ok(flow) => return Ok((flow, seq)),
            Err(reason) => damage.push(Damage::Snapshot { seq, reason }),
        }
    }
    Err(StoreError::unreadable("flow", "no snapshot can be read"))
}

/// The changes after `from` up to the first that is missing or unreadable.
pub(super) fn readable(
    rows: &[SqliteRow],
    from: u64,
    head: u64,
    damage: &mut Vec<Damage>,
) -> Vec<ChangeRow> {
    let mut changes = Vec::with_capacity(rows.len());
    let mut rows = rows.iter();
    for seq in from + 1..=head {
        let read = rows
            .next()
            .ok_or_else(|| "it is missing".to_owned())
            .and_then(|row| Change::from_row(row).map_err(|error| error.to_string()))
            .and_then(|row| ChangeRow::try_from(row).map_err(|error| error.to_string()));
        match read {
            Ok(change) if change.seq == seq => changes.push(change),
            Ok(_) => {
                let reason = "it is missing".to_owned();
                damage.push(Damage::Change { seq, reason });
                break;
            }
            Err(reason) => {
                damage.push(Damage::Change { seq, reason });
                break;
            }
        }
    }
    changes
}
