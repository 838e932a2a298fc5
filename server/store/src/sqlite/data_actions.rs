use async_trait::async_trait;
use flow::Interface;

use super::{SqliteStore, action_links::put_link, from_sql, to_sql};
use crate::{
    ActionUpstream, DataActionRow, DataActionSave, DataActions, LoadedDataAction, NewAudit,
    NewDataActionRow, Rebased, Result, Saved, StoreError, UpstreamAction,
};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    interface_json: String,
    revision: i64,
    created_by: String,
    changed_by: String,
    changed_at_millis: i64,
    upstream_id: Option<String>,
    upstream_version: i64,
    uploaded_revision: Option<i64>,
    uploaded_at_millis: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct WholeRow {
    #[sqlx(flatten)]
    row: Row,
    action_json: String,
}

#[derive(sqlx::FromRow)]
struct UpstreamRow {
    id: String,
    name: String,
    version: i64,
    interface_json: String,
}

impl TryFrom<Row> for DataActionRow {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            name: row.name,
            interface: read(&row.interface_json)?,
            revision: from_sql(row.revision),
            created_by: row.created_by,
            changed_by: row.changed_by,
            changed_at_millis: row.changed_at_millis,
            upstream: ActionUpstream {
                id: row.upstream_id,
                version: from_sql(row.upstream_version),
                uploaded_revision: row.uploaded_revision.map(from_sql),
                uploaded_at_millis: row.uploaded_at_millis,
            },
        })
    }
}

pub(super) fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| StoreError::unreadable("data action", error))
}

pub(super) fn write<T: serde::Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::unreadable("data action", error))
}

#[async_trait]
impl DataActions for SqliteStore {
    async fn create_data_action(&self, new: NewDataActionRow<'_>, audit: NewAudit) -> Result<()> {
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO data_actions (id, name, action_json, interface_json, revision,
               created_by, changed_by, changed_at_millis, upstream_id, upstream_version,
               uploaded_revision, uploaded_at_millis)
             VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(new.id)
        .bind(&new.action.name)
        .bind(write(new.action)?)
        .bind(write::<Interface>(new.action.interface())?)
        .bind(new.created_by)
        .bind(new.author)
        .bind(new.at_millis)
        .bind(&new.upstream.id)
        .bind(to_sql(new.upstream.version))
        .bind(new.upstream.uploaded_revision.map(to_sql))
        .bind(new.upstream.uploaded_at_millis)
        .execute(&mut *tx)
        .await
        .map_err(|error| StoreError::taken(error, "data action"))?;
        if let Some((connection_id, base)) = new.read {
            put_link(&mut tx, new.id, connection_id, &new.upstream, Some(base)).await?;
        }
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }

    async fn data_actions(&self) -> Result<Vec<DataActionRow>> {
        // The scripts stay where they are.
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, name, interface_json, revision, created_by, changed_by,
               changed_at_millis, upstream_id, upstream_version, uploaded_revision,
               uploaded_at_millis
             FROM data_actions WHERE deleted_at_millis IS NULL
             ORDER BY changed_at_millis DESC, id",
        )
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    async fn data_action(&self, id: &str) -> Result<Option<LoadedDataAction>> {
        let found: Option<WholeRow> = sqlx::query_as(
            "SELECT * FROM data_actions WHERE id = $1 AND deleted_at_millis IS NULL",
        )
        .bind(id)
        .fetch_optional(&self.readers)
        .await?;
        let loaded = |whole: WholeRow| {
            Ok(LoadedDataAction {
                row: whole.row.try_into()?,
                action: read(&whole.action_json)?,
            })
        };
        found.map(loaded).transpose()
    }

    async fn save_data_action(&self, save: DataActionSave<'_>, audit: NewAudit) -> Result<Saved> {
        let mut tx = self.begin().await?;
        let revision: Option<i64> = sqlx::query_scalar(
            "UPDATE data_actions SET name = $3, action_json = $4, interface_json = $5,
               revision = revision + 1, changed_by = $6, changed_at_millis = $7
             WHERE id = $1 AND revision = $2 AND deleted_at_millis IS NULL
             RETURNING revision",
        )
        .bind(save.id)
        .bind(to_sql(save.base_revision))
        .bind(&save.action.name)
        .bind(write(save.action)?)
        .bind(write::<Interface>(save.action.interface())?)
        .bind(save.author)
        .bind(save.at_millis)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(revision) = revision else {
            let there: Option<i64> = sqlx::query_scalar(
                "SELECT revision FROM data_actions WHERE id = $1 AND deleted_at_millis IS NULL",
            )
            .bind(save.id)
            .fetch_optional(&mut *tx)
            .await?;
            return Ok(there.map_or(Saved::Gone, |_| Saved::Moved));
        };
        if let Some(Rebased {
            connection_id,
            upstream,
            base,
        }) = &save.rebased
        {
            put_link(&mut tx, save.id, connection_id, upstream, Some(base)).await?;
        }
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(Saved::Stored(from_sql(revision)))
    }

    async fn delete_data_action(&self, id: &str, at_millis: i64, audit: NewAudit) -> Result<bool> {
        let mut tx = self.begin().await?;
        let gone = sqlx::query(
            "UPDATE data_actions SET deleted_at_millis = $2
             WHERE id = $1 AND deleted_at_millis IS NULL",
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

    async fn keep_upstream_actions(
        &self,
        connection_id: &str,
        actions: &[UpstreamAction],
        audit: NewAudit,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        sqlx::query("DELETE FROM upstream_data_actions WHERE connection_id = $1")
            .bind(connection_id)
            .execute(&mut *tx)
            .await?;
        for action in actions {
            sqlx::query(
                "INSERT INTO upstream_data_actions (connection_id, id, name, version,
                   interface_json) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (connection_id, id) DO NOTHING",
            )
            .bind(connection_id)
            .bind(&action.id)
            .bind(&action.name)
            .bind(to_sql(action.version))
            .bind(write(&action.interface)?)
            .execute(&mut *tx)
            .await?;
        }
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }

    async fn upstream_actions(&self) -> Result<Vec<UpstreamAction>> {
        let rows: Vec<UpstreamRow> = sqlx::query_as(
            "SELECT id, name, version, interface_json FROM upstream_data_actions
             ORDER BY name, id",
        )
        .fetch_all(&self.readers)
        .await?;
        let action = |row: UpstreamRow| {
            Ok(UpstreamAction {
                interface: read(&row.interface_json)?,
                id: row.id,
                name: row.name,
                version: from_sql(row.version),
            })
        };
        rows.into_iter().map(action).collect()
    }
}
