use api::Step;
use async_trait::async_trait;
use serde_json::Value;

use super::{
    SqliteStore,
    jobs::{advance, finish, read, write},
    links::put_link,
};
use crate::{Finished, JobKind::Publish, LinkRow, NewAudit, Publishes, Result};

#[async_trait]
impl Publishes for SqliteStore {
    async fn advance_publish(
        &self,
        id: &str,
        steps: &[Step],
        journal: &Value,
        link: Option<&LinkRow>,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        let (flow_id, _) = advance(&mut tx, (Publish, id), steps, journal).await?;
        if let Some(link) = link {
            put_link(&mut tx, &flow_id, link).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn finish_publish(&self, id: &str, finished: &Finished, audit: NewAudit) -> Result<()> {
        let mut tx = self.begin().await?;
        let (steps, state) = (&finished.steps, &finished.state);
        let ended = finish(&mut tx, (Publish, id), steps, state, audit.at_millis);
        let (flow_id, _) = ended.await?;
        if let Some(conflict) = &finished.conflict {
            sqlx::query("UPDATE publishes SET conflict_json = $2 WHERE id = $1")
                .bind(id)
                .bind(write(Publish, conflict)?)
                .execute(&mut *tx)
                .await?;
        }
        if let Some(link) = &finished.link {
            put_link(&mut tx, &flow_id, link).await?;
        }
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }

    async fn publish_conflict(&self, id: &str) -> Result<Option<Value>> {
        let text: Option<Option<String>> =
            sqlx::query_scalar("SELECT conflict_json FROM publishes WHERE id = $1")
                .bind(id)
                .fetch_optional(&self.readers)
                .await?;
        text.flatten().map(|text| read(Publish, &text)).transpose()
    }
}
