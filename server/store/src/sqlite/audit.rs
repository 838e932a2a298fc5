use api::Outcome;
use async_trait::async_trait;
use futures_util::TryStreamExt;
use sqlx::{Sqlite, Transaction};

use super::{SqliteStore, from_sql, to_sql};
use crate::{
    Audit, AuditFilter, AuditRow, AuditVerdict, NewAudit, Result, StoreError, audit::Chained,
};

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    at_millis: i64,
    actor: String,
    action: String,
    object: Option<String>,
    outcome: String,
    detail: String,
    correlation_id: Option<String>,
    chain: String,
}

impl Row {
    fn chained(&self) -> Chained<'_> {
        Chained {
            seq: self.seq,
            at_millis: self.at_millis,
            actor: &self.actor,
            action: &self.action,
            object: self.object.as_deref(),
            outcome: &self.outcome,
            detail: &self.detail,
            correlation_id: self.correlation_id.as_deref(),
        }
    }
}

const OUTCOMES: [(Outcome, &str); 3] = [
    (Outcome::Intended, "intended"),
    (Outcome::Done, "done"),
    (Outcome::Failed, "failed"),
];

impl TryFrom<Row> for AuditRow {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self> {
        let outcome = OUTCOMES
            .iter()
            .find(|(_, name)| *name == row.outcome)
            .map(|(outcome, _)| *outcome)
            .ok_or_else(|| StoreError::unreadable("outcome", &row.outcome))?;
        Ok(Self {
            seq: from_sql(row.seq),
            at_millis: row.at_millis,
            actor: row.actor,
            action: row.action,
            object: row.object,
            outcome,
            detail: row.detail,
            correlation_id: row.correlation_id,
        })
    }
}

/// What is not asked for is an empty text, which no column holds.
const WANTED: &str = "SELECT * FROM audit
    WHERE seq < $1 AND at_millis >= $3 AND at_millis < $4
      AND ($5 = '' OR actor = $5)
      AND ($6 = '' OR action = $6 OR action LIKE $7 ESCAPE '!')
      AND ($8 = '' OR object = $8)
      AND ($9 = '' OR outcome = $9)
      AND ($10 = ''
           OR LOWER(actor || ' ' || action || ' ' || detail) LIKE LOWER($10) ESCAPE '!')
    ORDER BY seq DESC LIMIT $2";

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '!' | '%' | '_') {
            escaped.push('!');
        }
        escaped.push(character);
    }
    escaped
}

fn like_beginning(text: &str) -> String {
    format!("{}%", escaped(text))
}

fn like_containing(text: &str) -> String {
    format!("%{}%", escaped(text))
}

fn name_of(outcome: Outcome) -> &'static str {
    OUTCOMES
        .iter()
        .find(|(known, _)| *known == outcome)
        .map_or("failed", |(_, name)| name)
}

impl SqliteStore {
    /// Writes an audit entry in the transaction of what it reports. The write
    /// lock that the transaction holds makes the numbers gap-free.
    pub(super) async fn audit_in(
        &self,
        tx: &mut Transaction<'static, Sqlite>,
        entry: NewAudit,
    ) -> Result<()> {
        let last: Option<(i64, String)> =
            sqlx::query_as("SELECT seq, chain FROM audit ORDER BY seq DESC LIMIT 1")
                .fetch_optional(&mut **tx)
                .await?;
        let (last_seq, previous) = last.unwrap_or_default();
        let mut row = Row {
            seq: last_seq + 1,
            at_millis: entry.at_millis,
            actor: entry.actor,
            action: entry.action.to_owned(),
            object: entry.object,
            outcome: name_of(entry.outcome).to_owned(),
            detail: entry.detail,
            correlation_id: entry.correlation_id,
            chain: String::new(),
        };
        row.chain = self.audit_key.link(&previous, &row.chained())?;
        sqlx::query(
            "INSERT INTO audit (seq, at_millis, actor, action, object, outcome, detail,
               correlation_id, chain)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(row.seq)
        .bind(row.at_millis)
        .bind(&row.actor)
        .bind(&row.action)
        .bind(&row.object)
        .bind(&row.outcome)
        .bind(&row.detail)
        .bind(&row.correlation_id)
        .bind(&row.chain)
        .execute(&mut **tx)
        .await?;
        Ok(())
    }
}

#[async_trait]
impl Audit for SqliteStore {
    async fn append_audit(&self, entry: NewAudit) -> Result<()> {
        let mut tx = self.begin().await?;
        self.audit_in(&mut tx, entry).await?;
        Ok(tx.commit().await?)
    }

    async fn audit(
        &self,
        wanted: &AuditFilter,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<AuditRow>> {
        let subject = wanted.action.as_deref().map(|action| format!("{action}."));
        sqlx::query_as::<_, Row>(WANTED)
            .bind(before.map_or(i64::MAX, to_sql))
            .bind(i64::from(limit))
            .bind(wanted.from_millis.unwrap_or(i64::MIN))
            .bind(wanted.until_millis.unwrap_or(i64::MAX))
            .bind(wanted.actor.as_deref().unwrap_or_default())
            .bind(wanted.action.as_deref().unwrap_or_default())
            .bind(subject.as_deref().map(like_beginning).unwrap_or_default())
            .bind(wanted.object.as_deref().unwrap_or_default())
            .bind(wanted.outcome.map(name_of).unwrap_or_default())
            .bind(
                wanted
                    .text
                    .as_deref()
                    .map(like_containing)
                    .unwrap_or_default(),
            )
            .fetch_all(&self.readers)
            .await?
            .into_iter()
            .map(TryInto::try_into)
            .collect()
    }

    async fn verify_audit(&self) -> Result<AuditVerdict> {
        let mut rows =
            sqlx::query_as::<_, Row>("SELECT * FROM audit ORDER BY seq").fetch(&self.readers);
        let mut previous = String::new();
        let mut entries = 0;
        while let Some(row) = rows.try_next().await? {
            let link = self.audit_key.link(&previous, &row.chained())?;
            if row.seq != entries + 1 || row.chain != link {
                return Ok(AuditVerdict::BrokenAt {
                    seq: from_sql(row.seq),
                });
            }
            previous = link;
            entries = row.seq;
        }
        Ok(AuditVerdict::Intact {
            entries: from_sql(entries),
        })
    }
}
