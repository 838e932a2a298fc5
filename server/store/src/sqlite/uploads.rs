use api::Step;
use async_trait::async_trait;
use serde_json::Value;

use super::{
    SqliteStore,
    action_links::put_link,
    jobs::{advance, finish},
};
use crate::{ActionUpstream, FinishedUpload, JobKind::Upload, NewAudit, Result, Uploads};

#[async_trait]
impl Uploads for SqliteStore {
    async fn advance_upload(
        &self,
        id: &str,
        steps: &[Step],
        journal: &Value,
        upstream: &ActionUpstream,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        let (action_id, connection_id) = advance(&mut tx, (Upload, id), steps, journal).await?;
        if upstream.id.is_some() {
            put_link(&mut tx, &action_id, &connection_id, upstream, None).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn finish_upload(
        &self,
        id: &str,
        finished: &FinishedUpload,
        audit: NewAudit,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        let (steps, state) = (&finished.steps, &finished.state);
        let ended = finish(&mut tx, (Upload, id), steps, state, audit.at_millis);
        let (action_id, connection_id) = ended.await?;
        if let Some(upstream) = &finished.upstream {
            let base = finished.base.as_ref();
            put_link(&mut tx, &action_id, &connection_id, upstream, base).await?;
        }
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }
}
