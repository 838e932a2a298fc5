use async_trait::async_trait;
use sqlx::{Sqlite, Transaction};

use super::{SqliteStore, flows::put_upstream, from_sql, to_sql};
use crate::{LinkRow, Links, NewAudit, Result, StoreError, UpstreamRow};

#[derive(sqlx::FromRow)]
struct Row {
    connection_id: String,
    upstream_id: String,
    version: i64,
    published_version: Option<i64>,
    published_at_millis: Option<i64>,
    published_seq: Option<i64>,
    base_text: Option<String>,
}

impl From<Row> for LinkRow {
    fn from(row: Row) -> Self {
        Self {
            connection_id: row.connection_id,
            upstream: UpstreamRow {
                id: Some(row.upstream_id),
                version: from_sql(row.version),
                published_version: row.published_version.map(from_sql),
                published_at_millis: row.published_at_millis,
                published_seq: row.published_seq.map(from_sql),
            },
            base: row.base_text,
        }
    }
}

/// Stores a link, and what is known of the flow upstream with it, in the
/// transaction of what taught it.
pub(super) async fn put_link(
    tx: &mut Transaction<'static, Sqlite>,
    flow_id: &str,
    link: &LinkRow,
) -> Result<()> {
    let Some(upstream_id) = &link.upstream.id else {
        sqlx::query("DELETE FROM flow_links WHERE flow_id = $1 AND connection_id = $2")
            .bind(flow_id)
            .bind(&link.connection_id)
            .execute(&mut **tx)
            .await?;
        // Lists show what it is elsewhere, where it is anything.
        let query = format!(
            "{COLUMNS} FROM flow_links WHERE flow_id = $1
             ORDER BY published_at_millis DESC, connection_id LIMIT 1"
        );
        let other = sqlx::query_as::<_, Row>(sqlx::AssertSqlSafe(query))
            .bind(flow_id)
            .fetch_optional(&mut **tx)
            .await?;
        let shown = other.map_or_else(UpstreamRow::default, |row| LinkRow::from(row).upstream);
        return put_upstream(tx, flow_id, &shown).await;
    };
    put_upstream(tx, flow_id, &link.upstream).await?;
    // What is in the bin gives way.
    sqlx::query(
        "DELETE FROM flow_links WHERE connection_id = $1 AND upstream_id = $2
           AND flow_id IN (SELECT id FROM flows WHERE deleted_at_millis IS NOT NULL)",
    )
    .bind(&link.connection_id)
    .bind(upstream_id)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "INSERT INTO flow_links (flow_id, connection_id, upstream_id, version,
           published_version, published_at_millis, published_seq, base_text)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (flow_id, connection_id) DO UPDATE SET
           upstream_id = excluded.upstream_id, version = excluded.version,
           published_version = excluded.published_version,
           published_at_millis = excluded.published_at_millis,
           published_seq = excluded.published_seq, base_text = excluded.base_text",
    )
    .bind(flow_id)
    .bind(&link.connection_id)
    .bind(upstream_id)
    .bind(to_sql(link.upstream.version))
    .bind(link.upstream.published_version.map(to_sql))
    .bind(link.upstream.published_at_millis)
    .bind(link.upstream.published_seq.map(to_sql))
    .bind(&link.base)
    .execute(&mut **tx)
    .await
    .map_err(|error| StoreError::taken(error, "link"))?;
    Ok(())
}

const COLUMNS: &str = "SELECT connection_id, upstream_id, version, published_version,
    published_at_millis, published_seq, base_text";

/// A flow that came with an id and has no link at all.
const UNLINKED: &str = "f.upstream_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM flow_links l WHERE l.flow_id = f.id)";

#[async_trait]
impl Links for SqliteStore {
    async fn link(&self, flow_id: &str, connection_id: &str) -> Result<Option<LinkRow>> {
        let query = format!("{COLUMNS} FROM flow_links WHERE flow_id = $1 AND connection_id = $2");
        let row = sqlx::query_as::<_, Row>(sqlx::AssertSqlSafe(query))
            .bind(flow_id)
            .bind(connection_id)
            .fetch_optional(&self.readers)
            .await?;
        if row.is_some() {
            return Ok(row.map(Into::into));
        }
        let query = format!(
            "SELECT $2 AS connection_id, f.upstream_id, f.upstream_version AS version,
               f.published_version, f.published_at_millis, f.published_seq,
               NULL AS base_text
             FROM flows f WHERE f.id = $1 AND {UNLINKED}"
        );
        let row = sqlx::query_as::<_, Row>(sqlx::AssertSqlSafe(query))
            .bind(flow_id)
            .bind(connection_id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.map(Into::into))
    }

    async fn links_of(&self, flow_id: &str) -> Result<Vec<LinkRow>> {
        let query = format!("{COLUMNS} FROM flow_links WHERE flow_id = $1 ORDER BY connection_id");
        let rows = sqlx::query_as::<_, Row>(sqlx::AssertSqlSafe(query))
            .bind(flow_id)
            .fetch_all(&self.readers)
            .await?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    async fn linked_flow(&self, connection_id: &str, upstream_id: &str) -> Result<Option<String>> {
        let linked = self.linked_flows(connection_id).await?;
        let found = linked.into_iter().find(|(id, _)| id == upstream_id);
        Ok(found.map(|(_, flow)| flow))
    }

    async fn linked_flows(&self, connection_id: &str) -> Result<Vec<(String, String)>> {
        let query = format!(
            "SELECT l.upstream_id, l.flow_id FROM flow_links l JOIN flows f ON f.id = l.flow_id
             WHERE l.connection_id = $1 AND f.deleted_at_millis IS NULL
             UNION ALL
             SELECT f.upstream_id, f.id FROM flows f
             WHERE f.deleted_at_millis IS NULL AND {UNLINKED}"
        );
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(connection_id)
            .fetch_all(&self.readers)
            .await?)
    }

    async fn flow_ids(&self) -> Result<Vec<(String, String)>> {
        let query = format!(
            "SELECT l.upstream_id, l.flow_id FROM flow_links l JOIN flows f ON f.id = l.flow_id
             WHERE f.deleted_at_millis IS NULL
             UNION ALL
             SELECT f.upstream_id, f.id FROM flows f
             WHERE f.deleted_at_millis IS NULL AND {UNLINKED}"
        );
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(query))
            .fetch_all(&self.readers)
            .await?)
    }

    async fn put_link(&self, flow_id: &str, link: &LinkRow, audit: NewAudit) -> Result<()> {
        let mut tx = self.begin().await?;
        put_link(&mut tx, flow_id, link).await?;
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }
}
