use async_trait::async_trait;
use flow::data_action::DataAction;
use sqlx::{Sqlite, Transaction};

use super::{
    SqliteStore,
    data_actions::{read, write},
    from_sql, to_sql,
};
use crate::{ActionLink, ActionLinks, ActionUpstream, Result, StoreError};

#[derive(sqlx::FromRow)]
struct Row {
    upstream_id: String,
    version: i64,
    uploaded_revision: Option<i64>,
    uploaded_at_millis: Option<i64>,
    base_json: Option<String>,
}

impl TryFrom<Row> for ActionLink {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            upstream: ActionUpstream {
                id: Some(row.upstream_id),
                version: from_sql(row.version),
                uploaded_revision: row.uploaded_revision.map(from_sql),
                uploaded_at_millis: row.uploaded_at_millis,
            },
            base: row.base_json.as_deref().map(read).transpose()?,
        })
    }
}

const COLUMNS: &str =
    "SELECT upstream_id, version, uploaded_revision, uploaded_at_millis, base_json";

/// A data action that came with an id and has no link at all.
const UNLINKED: &str = "a.upstream_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM action_links l WHERE l.action_id = a.id)";

/// Puts down what a data action is in a connection, and shows it in lists;
/// `base` stays as it is without another. Without an id it is not there.
pub(super) async fn put_link(
    tx: &mut Transaction<'static, Sqlite>,
    action_id: &str,
    connection_id: &str,
    upstream: &ActionUpstream,
    base: Option<&DataAction>,
) -> Result<()> {
    let Some(upstream_id) = &upstream.id else {
        return remove(tx, action_id, connection_id).await;
    };
    // What is in the bin gives way.
    sqlx::query(
        "DELETE FROM action_links WHERE connection_id = $1 AND upstream_id = $2
           AND action_id IN (SELECT id FROM data_actions WHERE deleted_at_millis IS NOT NULL)",
    )
    .bind(connection_id)
    .bind(upstream_id)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "INSERT INTO action_links (action_id, connection_id, upstream_id, version,
           uploaded_revision, uploaded_at_millis, base_json)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (action_id, connection_id) DO UPDATE SET
           upstream_id = excluded.upstream_id, version = excluded.version,
           uploaded_revision = excluded.uploaded_revision,
           uploaded_at_millis = excluded.uploaded_at_millis,
           base_json = COALESCE(excluded.base_json, action_links.base_json)",
    )
    .bind(action_id)
    .bind(connection_id)
    .bind(upstream_id)
    .bind(to_sql(upstream.version))
    .bind(upstream.uploaded_revision.map(to_sql))
    .bind(upstream.uploaded_at_millis)
    .bind(base.map(write).transpose()?)
    .execute(&mut **tx)
    .await
    .map_err(|error| StoreError::taken(error, "link"))?;
    show(tx, action_id, upstream).await
}

async fn remove(
    tx: &mut Transaction<'static, Sqlite>,
    action_id: &str,
    connection_id: &str,
) -> Result<()> {
    sqlx::query("DELETE FROM action_links WHERE action_id = $1 AND connection_id = $2")
        .bind(action_id)
        .bind(connection_id)
        .execute(&mut **tx)
        .await?;
    // Lists show what it is elsewhere, where it is anything.
    let query = format!(
        "{COLUMNS} FROM action_links WHERE action_id = $1
         ORDER BY uploaded_at_millis DESC, connection_id LIMIT 1"
    );
    let other: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
        .bind(action_id)
        .fetch_optional(&mut **tx)
        .await?;
    let other = other.map(ActionLink::try_from).transpose()?;
    show(tx, action_id, &other.unwrap_or_default().upstream).await
}

async fn show(
    tx: &mut Transaction<'static, Sqlite>,
    action_id: &str,
    upstream: &ActionUpstream,
) -> Result<()> {
    sqlx::query(
        "UPDATE data_actions SET upstream_id = $2, upstream_version = $3,
           uploaded_revision = $4, uploaded_at_millis = $5 WHERE id = $1",
    )
    .bind(action_id)
    .bind(&upstream.id)
    .bind(to_sql(upstream.version))
    .bind(upstream.uploaded_revision.map(to_sql))
    .bind(upstream.uploaded_at_millis)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

impl SqliteStore {
    /// What is known of a data action that came with an id and has no link.
    async fn unlinked_action(&self, action_id: &str) -> Result<Option<Row>> {
        let query = format!(
            "SELECT a.upstream_id, a.upstream_version AS version, a.uploaded_revision,
               a.uploaded_at_millis, a.base_json
             FROM data_actions a WHERE a.id = $1 AND {UNLINKED}"
        );
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(action_id)
            .fetch_optional(&self.readers)
            .await?)
    }
}

#[async_trait]
impl ActionLinks for SqliteStore {
    async fn action_link(&self, action_id: &str, connection_id: &str) -> Result<ActionLink> {
        let query =
            format!("{COLUMNS} FROM action_links WHERE action_id = $1 AND connection_id = $2");
        let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(action_id)
            .bind(connection_id)
            .fetch_optional(&self.readers)
            .await?;
        let row = match row {
            Some(row) => Some(row),
            None => self.unlinked_action(action_id).await?,
        };
        row.map_or_else(|| Ok(ActionLink::default()), TryInto::try_into)
    }

    async fn action_links_of(&self, action_id: &str) -> Result<Vec<ActionLink>> {
        let query =
            format!("{COLUMNS} FROM action_links WHERE action_id = $1 ORDER BY connection_id");
        let mut rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(action_id)
            .fetch_all(&self.readers)
            .await?;
        if rows.is_empty() {
            rows.extend(self.unlinked_action(action_id).await?);
        }
        rows.into_iter().map(TryInto::try_into).collect()
    }

    async fn linked_actions(&self, connection_id: &str) -> Result<Vec<(String, String)>> {
        let query = format!(
            "SELECT l.upstream_id, l.action_id
             FROM action_links l JOIN data_actions a ON a.id = l.action_id
             WHERE l.connection_id = $1 AND a.deleted_at_millis IS NULL
             UNION ALL
             SELECT a.upstream_id, a.id FROM data_actions a
             WHERE a.deleted_at_millis IS NULL AND {UNLINKED}"
        );
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(connection_id)
            .fetch_all(&self.readers)
            .await?)
    }

    async fn action_ids(&self) -> Result<Vec<(String, String)>> {
        let query = format!(
            "SELECT l.upstream_id, l.action_id
             FROM action_links l JOIN data_actions a ON a.id = l.action_id
             WHERE a.deleted_at_millis IS NULL
             UNION ALL
             SELECT a.upstream_id, a.id FROM data_actions a
             WHERE a.deleted_at_millis IS NULL AND {UNLINKED}"
        );
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(query))
            .fetch_all(&self.readers)
            .await?)
    }
}
