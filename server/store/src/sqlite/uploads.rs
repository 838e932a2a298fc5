use api::Step;
use async_trait::async_trait;
use serde_json::Value;

use super::{
    SqliteStore,
    data_actions::put_upstream,
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
        let action_id = advance(&mut tx, (Upload, id), steps, journal).await?;
        put_upstream(&mut tx, &action_id, upstream, None).await?;
        Ok(tx.commit().await?)
    }

    async fn finish_upload(
        &self,
        id: &str,
        finished: &FinishedUpload,
        audit: NewAudit,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        let action_id = finish(&mut tx, (Upload, id), &finished.steps, &finished.state).await?;
        if let Some(upstream) = &finished.upstream {
            put_upstream(&mut tx, &action_id, upstream, finished.base.as_ref()).await?;
        }
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }
}
