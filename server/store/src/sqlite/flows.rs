use async_trait::async_trait;
use flow::{Flow, FlowKind};
use sqlx::{Sqlite, Transaction};

use super::{
    SqliteStore,
    flow_log::{Change, latest_snapshot, readable},
    from_sql,
    links::put_link,
    to_sql,
};
use crate::{
    Append, ChangeRow, FlowRow, Flows, LoadedFlow, NewAudit, NewFlowRow, Quarantine, Result,
    StoreError, UpstreamRow,
};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    kind: String,
    nodes: i64,
    head_seq: i64,
    created_by: String,
    changed_by: String,
    changed_at_millis: i64,
    last_modified_millis: i64,
    logic_seq: i64,
    upstream_id: Option<String>,
    upstream_version: i64,
    published_version: Option<i64>,
    published_at_millis: Option<i64>,
    published_seq: Option<i64>,
}

impl From<Row> for FlowRow {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            name: row.name,
            // A database that a later version wrote is not opened at all, so
            // that every kind in it is one of these.
            kind: FlowKind::from_name(&row.kind).unwrap_or_default(),
            nodes: from_sql(row.nodes),
            head_seq: from_sql(row.head_seq),
            created_by: row.created_by,
            changed_by: row.changed_by,
            changed_at_millis: row.changed_at_millis,
            last_modified_millis: row.last_modified_millis,
            logic_seq: from_sql(row.logic_seq),
            upstream: UpstreamRow {
                id: row.upstream_id,
                version: from_sql(row.upstream_version),
                published_version: row.published_version.map(from_sql),
                published_at_millis: row.published_at_millis,
                published_seq: row.published_seq.map(from_sql),
            },
        }
    }
}

fn json<T: serde::Serialize>(what: &'static str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::unreadable(what, error))
}

/// Stores what is known of a flow upstream, in the transaction of what taught it.
pub(super) async fn put_upstream(
    tx: &mut Transaction<'static, Sqlite>,
    flow_id: &str,
    upstream: &UpstreamRow,
) -> Result<()> {
    sqlx::query(
        "UPDATE flows SET upstream_id = $2, upstream_version = $3, published_version = $4,
           published_at_millis = $5, published_seq = $6 WHERE id = $1",
    )
    .bind(flow_id)
    .bind(&upstream.id)
    .bind(to_sql(upstream.version))
    .bind(upstream.published_version.map(to_sql))
    .bind(upstream.published_at_millis)
    .bind(upstream.published_seq.map(to_sql))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn put_snapshot(
    tx: &mut Transaction<'static, Sqlite>,
    flow_id: &str,
    seq: u64,
    text: String,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO flow_snapshots (flow_id, seq, flow_json) VALUES ($1, $2, $3)
         ON CONFLICT (flow_id, seq) DO UPDATE SET flow_json = excluded.flow_json",
    )
    .bind(flow_id)
    .bind(to_sql(seq))
    .bind(text)
    .execute(&mut **tx)
    .await?;
    sqlx::query("DELETE FROM flow_snapshots WHERE flow_id = $1 AND seq > 0 AND seq < $2")
        .bind(flow_id)
        .bind(to_sql(seq))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

#[async_trait]
impl Flows for SqliteStore {
    async fn create_flow(&self, new: NewFlowRow<'_>, audit: NewAudit) -> Result<()> {
        let snapshot = json("flow", new.flow)?;
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO flows (id, name, nodes, head_seq, created_by, changed_by,
               changed_at_millis, last_modified_millis, logic_seq, upstream_id, upstream_version,
               published_version, published_at_millis, published_seq, kind)
             VALUES ($1, $2, $3, 0, $4, $5, $6, $7, 0, $8, $9, $10, $11, $12, $13)",
        )
        .bind(new.id)
        .bind(&new.flow.name)
        .bind(to_sql(new.flow.nodes.len() as u64))
        .bind(new.created_by)
        .bind(new.author)
        .bind(new.at_millis)
        .bind(new.last_modified_millis)
        .bind(&new.upstream.id)
        .bind(to_sql(new.upstream.version))
        .bind(new.upstream.published_version.map(to_sql))
        .bind(new.upstream.published_at_millis)
        .bind(new.upstream.published_seq.map(to_sql))
        .bind(new.flow.kind.as_str())
        .execute(&mut *tx)
        .await
        .map_err(|error| StoreError::taken(error, "flow"))?;
        sqlx::query("INSERT INTO flow_snapshots (flow_id, seq, flow_json) VALUES ($1, 0, $2)")
            .bind(new.id)
            .bind(snapshot)
            .execute(&mut *tx)
            .await?;
        if let Some(link) = &new.link {
            put_link(&mut tx, new.id, link).await?;
        }
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }

    async fn flows(&self) -> Result<Vec<FlowRow>> {
        Ok(sqlx::query_as::<_, Row>(
            "SELECT * FROM flows WHERE deleted_at_millis IS NULL
             ORDER BY changed_at_millis DESC, id",
        )
        .fetch_all(&self.readers)
        .await?
        .into_iter()
        .map(Into::into)
        .collect())
    }

    async fn flow(&self, id: &str) -> Result<Option<FlowRow>> {
        Ok(sqlx::query_as::<_, Row>(
            "SELECT * FROM flows WHERE id = $1 AND deleted_at_millis IS NULL",
        )
        .bind(id)
        .fetch_optional(&self.readers)
        .await?
        .map(Into::into))
    }

    async fn load_flow(&self, id: &str) -> Result<Option<LoadedFlow>> {
        // One read transaction, so that head, snapshot and changes agree.
        let mut tx = self.readers.begin().await?;
        let row = sqlx::query_as::<_, Row>(
            "SELECT * FROM flows WHERE id = $1 AND deleted_at_millis IS NULL",
        )
        .bind(id)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let mut damage = Vec::new();
        let (snapshot, snapshot_seq) = latest_snapshot(&mut tx, id, &mut damage).await?;
        let rows = sqlx::query(
            "SELECT seq, tx_id, author, at_millis, transaction_json FROM flow_changes
             WHERE flow_id = $1 AND seq > $2 ORDER BY seq",
        )
        .bind(id)
        .bind(to_sql(snapshot_seq))
        .fetch_all(&mut *tx)
        .await?;
        let row = FlowRow::from(row);
        let changes = readable(&rows, snapshot_seq, row.head_seq, &mut damage);
        Ok(Some(LoadedFlow {
            row,
            snapshot,
            snapshot_seq,
            changes,
            damage,
        }))
    }

    async fn changes_since(&self, id: &str, seq: u64, limit: u32) -> Result<Vec<ChangeRow>> {
        sqlx::query_as::<_, Change>(
            "SELECT seq, tx_id, author, at_millis, transaction_json FROM flow_changes
             WHERE flow_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        )
        .bind(id)
        .bind(to_sql(seq))
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?
        .into_iter()
        .map(TryInto::try_into)
        .collect()
    }

    async fn seq_of_change(&self, id: &str, tx_id: &str) -> Result<Option<u64>> {
        let seq: Option<i64> =
            sqlx::query_scalar("SELECT seq FROM flow_changes WHERE flow_id = $1 AND tx_id = $2")
                .bind(id)
                .bind(tx_id)
                .fetch_optional(&self.readers)
                .await?;
        Ok(seq.map(from_sql))
    }

    async fn append_changes(&self, append: Append<'_>) -> Result<()> {
        let Some(last) = append.changes.last() else {
            return Ok(());
        };
        let texts = append
            .changes
            .iter()
            .map(|change| json("change", &change.transaction))
            .collect::<Result<Vec<_>>>()?;
        let mut tx = self.begin().await?;
        let moved = sqlx::query(
            "UPDATE flows SET head_seq = $3, name = $4, nodes = $5, changed_by = $6,
               changed_at_millis = $7, last_modified_millis = $8, logic_seq = $9
             WHERE id = $1 AND head_seq = $2 AND deleted_at_millis IS NULL",
        )
        .bind(append.flow_id)
        .bind(to_sql(append.expected_head))
        .bind(to_sql(append.expected_head + append.changes.len() as u64))
        .bind(append.name)
        .bind(to_sql(append.nodes as u64))
        .bind(&last.author)
        .bind(last.at_millis)
        .bind(append.last_modified_millis)
        .bind(to_sql(append.logic_seq))
        .execute(&mut *tx)
        .await?;
        if moved.rows_affected() == 0 {
            return Err(StoreError::HeadMoved);
        }
        let numbered = (append.expected_head + 1..).zip(append.changes.iter().zip(texts));
        for (seq, (change, text)) in numbered {
            sqlx::query(
                "INSERT INTO flow_changes (flow_id, seq, tx_id, author, at_millis, transaction_json)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(append.flow_id)
            .bind(to_sql(seq))
            .bind(&change.tx_id)
            .bind(&change.author)
            .bind(change.at_millis)
            .bind(text)
            .execute(&mut *tx)
            .await
            .map_err(|error| StoreError::taken(error, "change"))?;
        }
        Ok(tx.commit().await?)
    }

    async fn quarantine_changes(&self, quarantine: Quarantine<'_>, audit: NewAudit) -> Result<u64> {
        let text = json("flow", quarantine.flow)?;
        let head = quarantine.expected_head + 1;
        let mut tx = self.begin().await?;
        let moved = sqlx::query(
            "UPDATE flows SET head_seq = $3, name = $4, nodes = $5, last_modified_millis = $6,
               logic_seq = $3
             WHERE id = $1 AND head_seq = $2 AND deleted_at_millis IS NULL",
        )
        .bind(quarantine.flow_id)
        .bind(to_sql(quarantine.expected_head))
        .bind(to_sql(head))
        .bind(&quarantine.flow.name)
        .bind(to_sql(quarantine.flow.nodes.len() as u64))
        .bind(quarantine.at_millis)
        .execute(&mut *tx)
        .await?;
        if moved.rows_affected() == 0 {
            return Err(StoreError::HeadMoved);
        }
        sqlx::query(
            "INSERT INTO flow_changes_quarantine (flow_id, seq, tx_id, author, at_millis,
               transaction_json, quarantined_at_millis)
             SELECT flow_id, seq, tx_id, author, at_millis, transaction_json, $3
             FROM flow_changes WHERE flow_id = $1 AND seq > $2",
        )
        .bind(quarantine.flow_id)
        .bind(to_sql(quarantine.last_good_seq))
        .bind(quarantine.at_millis)
        .execute(&mut *tx)
        .await?;
        sqlx::query("DELETE FROM flow_changes WHERE flow_id = $1 AND seq > $2")
            .bind(quarantine.flow_id)
            .bind(to_sql(quarantine.last_good_seq))
            .execute(&mut *tx)
            .await?;
        put_snapshot(&mut tx, quarantine.flow_id, head, text).await?;
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(head)
    }

    async fn save_snapshot(&self, id: &str, seq: u64, flow: &Flow) -> Result<()> {
        let text = json("flow", flow)?;
        let mut tx = self.begin().await?;
        put_snapshot(&mut tx, id, seq, text).await?;
        Ok(tx.commit().await?)
    }

    async fn delete_flow(&self, id: &str, at_millis: i64, audit: NewAudit) -> Result<bool> {
        let mut tx = self.begin().await?;
        let gone = sqlx::query(
            "UPDATE flows SET deleted_at_millis = $2 WHERE id = $1 AND deleted_at_millis IS NULL",
        )
        .bind(id)
        .bind(at_millis)
        .execute(&mut *tx)
        .await?;
        if gone.rows_affected() == 0 {
            return Ok(false);
        }
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(true)
    }
}
