use api::{ContactOrder, ContactStage, InteractionState};
use async_trait::async_trait;
use sqlx::{Sqlite, Transaction};

use super::{
    SqliteStore, from_sql,
    names::{name, named},
};
use crate::{
    ContactPlace, ContactRow, Contacts, InteractionRow, NewAudit, NewEvent, Result, StoreError,
};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    connection_id: String,
    connection_name: String,
    stage: String,
    sealed_record: String,
    registered_by: String,
    registered_at_millis: i64,
    checked_at_millis: Option<i64>,
    creation_latency_millis: Option<i64>,
}

impl TryFrom<Row> for ContactRow {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            stage: named("contact", row.stage)?,
            id: row.id,
            connection_id: row.connection_id,
            connection_name: row.connection_name,
            sealed_record: row.sealed_record,
            registered_by: row.registered_by,
            registered_at_millis: row.registered_at_millis,
            checked_at_millis: row.checked_at_millis,
            creation_latency_millis: row.creation_latency_millis,
        })
    }
}

#[derive(sqlx::FromRow)]
struct Started {
    id: String,
    contact_id: String,
    channel: String,
    state: String,
    conversation_id: Option<String>,
    latency_millis: Option<i64>,
    notice_json: String,
    sealed_words: Option<String>,
    started_by: String,
    started_at_millis: i64,
}

impl TryFrom<Started> for InteractionRow {
    type Error = StoreError;
    fn try_from(row: Started) -> Result<Self> {
        let notice = serde_json::from_str(&row.notice_json);
        Ok(Self {
            channel: named("interaction", row.channel)?,
            state: named("interaction", row.state)?,
            notice: notice.map_err(unreadable)?,
            sealed_words: row.sealed_words,
            id: row.id,
            contact_id: row.contact_id,
            conversation_id: row.conversation_id,
            latency_millis: row.latency_millis,
            started_by: row.started_by,
            started_at_millis: row.started_at_millis,
        })
    }
}

/// Ids that are looked for at once.
const AMONG: usize = 500;

fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::unreadable("interaction", error)
}

/// Adds or replaces a contact in the transaction of what made it so.
pub(super) async fn put_contact(
    tx: &mut Transaction<'static, Sqlite>,
    contact: &ContactRow,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO contacts (id, connection_id, connection_name, stage, sealed_record,
           registered_by, registered_at_millis, checked_at_millis, creation_latency_millis)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET connection_name = excluded.connection_name,
           stage = excluded.stage, sealed_record = excluded.sealed_record,
           checked_at_millis = excluded.checked_at_millis,
           creation_latency_millis =
             COALESCE(excluded.creation_latency_millis, contacts.creation_latency_millis)",
    )
    .bind(&contact.id)
    .bind(&contact.connection_id)
    .bind(&contact.connection_name)
    .bind(name(contact.stage)?)
    .bind(&contact.sealed_record)
    .bind(&contact.registered_by)
    .bind(contact.registered_at_millis)
    .bind(contact.checked_at_millis)
    .bind(contact.creation_latency_millis)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether a contact is still as it was read: with this record, or, where none
/// was read that is registered, with none still. Asked under the write lock.
pub(super) async fn is_as_read(
    tx: &mut Transaction<'static, Sqlite>,
    id: &str,
    sealed_before: Option<&str>,
) -> Result<bool> {
    let held: Option<(String, String)> =
        sqlx::query_as("SELECT stage, sealed_record FROM contacts WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut **tx)
            .await?;
    Ok(match (held, sealed_before) {
        (Some((_, sealed)), Some(before)) => sealed == before,
        (Some((stage, _)), None) => stage == name(ContactStage::NotRegistered)?,
        (None, before) => before.is_none(),
    })
}

fn rows<R, T: TryFrom<R, Error = StoreError>>(rows: Vec<R>) -> Result<Vec<T>> {
    rows.into_iter().map(TryInto::try_into).collect()
}

impl SqliteStore {
    async fn store_contact(
        &self,
        contact: &ContactRow,
        sealed_before: Option<&str>,
        audit: NewAudit,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        if !is_as_read(&mut tx, &contact.id, sealed_before).await? {
            return Ok(false);
        }
        put_contact(&mut tx, contact).await?;
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(true)
    }
}

#[async_trait]
impl Contacts for SqliteStore {
    async fn add_contact(&self, contact: &ContactRow, audit: NewAudit) -> Result<bool> {
        self.store_contact(contact, None, audit).await
    }

    async fn replace_contact(
        &self,
        contact: &ContactRow,
        sealed_before: &str,
        audit: NewAudit,
    ) -> Result<bool> {
        self.store_contact(contact, Some(sealed_before), audit)
            .await
    }

    async fn contact(&self, id: &str) -> Result<Option<ContactRow>> {
        sqlx::query_as::<_, Row>("SELECT * FROM contacts WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?
            .map(TryInto::try_into)
            .transpose()
    }

    async fn contacts_among(&self, ids: &[String]) -> Result<Vec<ContactRow>> {
        let mut found = Vec::new();
        for ids in ids.chunks(AMONG) {
            let places: Vec<_> = (1..=ids.len()).map(|place| format!("${place}")).collect();
            let statement = format!("SELECT * FROM contacts WHERE id IN ({})", places.join(", "));
            let mut query = sqlx::query_as::<_, Row>(sqlx::AssertSqlSafe(statement));
            for id in ids {
                query = query.bind(id);
            }
            found.extend(query.fetch_all(&self.readers).await?);
        }
        rows(found)
    }

    async fn contacts(
        &self,
        stage: Option<ContactStage>,
        order: ContactOrder,
        after: Option<&ContactPlace>,
        limit: u32,
    ) -> Result<Vec<ContactRow>> {
        let stage = stage.map(name).transpose()?;
        let (statement, first) = match order {
            ContactOrder::Newest => (
                "SELECT * FROM contacts WHERE (stage = $1 OR $1 IS NULL)
                   AND (registered_at_millis < $2 OR (registered_at_millis = $2 AND id < $3))
                 ORDER BY registered_at_millis DESC, id DESC LIMIT $4",
                i64::MAX,
            ),
            ContactOrder::Oldest => (
                "SELECT * FROM contacts WHERE (stage = $1 OR $1 IS NULL)
                   AND (registered_at_millis > $2 OR (registered_at_millis = $2 AND id > $3))
                 ORDER BY registered_at_millis, id LIMIT $4",
                i64::MIN,
            ),
            ContactOrder::LastChecked => (
                "SELECT * FROM contacts WHERE (stage = $1 OR $1 IS NULL)
                   AND (COALESCE(checked_at_millis, 0) < $2
                     OR (COALESCE(checked_at_millis, 0) = $2 AND id < $3))
                 ORDER BY COALESCE(checked_at_millis, 0) DESC, id DESC LIMIT $4",
                i64::MAX,
            ),
            ContactOrder::LongestUnchecked => (
                "SELECT * FROM contacts WHERE (stage = $1 OR $1 IS NULL)
                   AND (COALESCE(checked_at_millis, 0) > $2
                     OR (COALESCE(checked_at_millis, 0) = $2 AND id > $3))
                 ORDER BY COALESCE(checked_at_millis, 0), id LIMIT $4",
                i64::MIN,
            ),
        };
        let (at, id) = after.map_or((first, ""), |place| (place.at_millis, place.id.as_str()));
        let found = sqlx::query_as::<_, Row>(statement)
            .bind(stage)
            .bind(at)
            .bind(id)
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        rows(found)
    }

    async fn contact_count(&self, stage: Option<ContactStage>) -> Result<u64> {
        let count: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM contacts WHERE stage = $1 OR $1 IS NULL")
                .bind(stage.map(name).transpose()?)
                .fetch_one(&self.readers)
                .await?;
        Ok(from_sql(count))
    }

    async fn queue_checks(&self, ids: &[String], audit: NewAudit) -> Result<Vec<(String, u64)>> {
        let mut tx = self.begin().await?;
        let mut queued = std::collections::BTreeMap::<String, u64>::new();
        for id in ids {
            let connection: Option<String> = sqlx::query_scalar(
                "UPDATE contacts SET stage = $2 WHERE id = $1 AND stage NOT IN ($2, $3, $4)
                 RETURNING connection_id",
            )
            .bind(id)
            .bind(name(ContactStage::Validating)?)
            .bind(name(ContactStage::Registering)?)
            .bind(name(ContactStage::NotRegistered)?)
            .fetch_optional(&mut *tx)
            .await?;
            if let Some(connection) = connection {
                *queued.entry(connection).or_default() += 1;
            }
        }
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(queued.into_iter().collect())
    }

    async fn connections_validating(&self) -> Result<Vec<String>> {
        let found =
            sqlx::query_scalar("SELECT DISTINCT connection_id FROM contacts WHERE stage = $1")
                .bind(name(ContactStage::Validating)?)
                .fetch_all(&self.readers)
                .await?;
        Ok(found)
    }

    async fn validating_contacts(&self, connection: &str, limit: u32) -> Result<Vec<ContactRow>> {
        let found = sqlx::query_as::<_, Row>(
            "SELECT * FROM contacts WHERE stage = $1 AND connection_id = $2
             ORDER BY registered_at_millis, id LIMIT $3",
        )
        .bind(name(ContactStage::Validating)?)
        .bind(connection)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows(found)
    }

    async fn stop_checks(&self, connection: &str, audit: NewAudit) -> Result<()> {
        let mut tx = self.begin().await?;
        sqlx::query("UPDATE contacts SET stage = $3 WHERE connection_id = $1 AND stage = $2")
            .bind(connection)
            .bind(name(ContactStage::Validating)?)
            .bind(name(ContactStage::New)?)
            .execute(&mut *tx)
            .await?;
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }

    async fn registering_contacts(&self) -> Result<Vec<ContactRow>> {
        let found = sqlx::query_as::<_, Row>("SELECT * FROM contacts WHERE stage = $1 ORDER BY id")
            .bind(name(ContactStage::Registering)?)
            .fetch_all(&self.readers)
            .await?;
        rows(found)
    }

    async fn begin_interaction(
        &self,
        interaction: &InteractionRow,
        click_key: &str,
        audit: NewAudit,
    ) -> Result<Option<InteractionRow>> {
        let mut tx = self.begin().await?;
        let clicked = sqlx::query_as::<_, Started>(
            "SELECT * FROM interactions WHERE contact_id = $1 AND click_key = $2",
        )
        .bind(&interaction.contact_id)
        .bind(click_key)
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(row) = clicked {
            return Ok(Some(row.try_into()?));
        }
        sqlx::query(
            "INSERT INTO interactions (id, contact_id, click_key, channel, state,
               conversation_id, latency_millis, notice_json, started_by, started_at_millis)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(&interaction.id)
        .bind(&interaction.contact_id)
        .bind(click_key)
        .bind(name(interaction.channel)?)
        .bind(name(interaction.state)?)
        .bind(&interaction.conversation_id)
        .bind(interaction.latency_millis)
        .bind(serde_json::to_string(&interaction.notice).map_err(unreadable)?)
        .bind(&interaction.started_by)
        .bind(interaction.started_at_millis)
        .execute(&mut *tx)
        .await?;
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(None)
    }

    async fn finish_interaction(
        &self,
        interaction: &InteractionRow,
        event: Option<&NewEvent>,
        audit: NewAudit,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        sqlx::query(
            "UPDATE interactions SET state = $2, conversation_id = $3, latency_millis = $4,
               notice_json = $5, sealed_words = $6 WHERE id = $1",
        )
        .bind(&interaction.id)
        .bind(name(interaction.state)?)
        .bind(&interaction.conversation_id)
        .bind(interaction.latency_millis)
        .bind(serde_json::to_string(&interaction.notice).map_err(unreadable)?)
        .bind(&interaction.sealed_words)
        .execute(&mut *tx)
        .await?;
        self.audit_in(&mut tx, audit).await?;
        if let Some(event) = event {
            self.queue_event_in(&mut tx, event, &interaction.started_by)
                .await?;
        }
        Ok(tx.commit().await?)
    }

    async fn interactions_of(&self, contact_id: &str, limit: u32) -> Result<Vec<InteractionRow>> {
        let found = sqlx::query_as::<_, Started>(
            "SELECT * FROM interactions WHERE contact_id = $1
             ORDER BY started_at_millis DESC, id DESC LIMIT $2",
        )
        .bind(contact_id)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows(found)
    }

    async fn starting_interactions(&self) -> Result<Vec<InteractionRow>> {
        let found =
            sqlx::query_as::<_, Started>("SELECT * FROM interactions WHERE state = $1 ORDER BY id")
                .bind(name(InteractionState::Starting)?)
                .fetch_all(&self.readers)
                .await?;
        rows(found)
    }
}
