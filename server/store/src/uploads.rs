//! How uploads come on: what they learn of the data action upstream is stored
//! with each step.

use api::{PublishState, Step};
use async_trait::async_trait;
use flow::data_action::DataAction;
use serde_json::Value;

use crate::{ActionUpstream, NewAudit, Result};

/// How an upload ended.
#[derive(Clone, Debug, PartialEq)]
pub struct FinishedUpload {
    /// Its steps.
    pub steps: Vec<Step>,
    /// Its state as a whole.
    pub state: PublishState,
    /// What is known of the data action upstream now.
    pub upstream: Option<ActionUpstream>,
    /// What is there now, where it was uploaded.
    pub base: Option<DataAction>,
}

/// Uploads of data actions.
#[async_trait]
pub trait Uploads: Send + Sync {
    /// Stores how far an upload is, and what was learned of the data action
    /// upstream.
    async fn advance_upload(
        &self,
        id: &str,
        steps: &[Step],
        journal: &Value,
        upstream: &ActionUpstream,
    ) -> Result<()>;
    /// Stores how an upload ended.
    async fn finish_upload(
        &self,
        id: &str,
        finished: &FinishedUpload,
        audit: NewAudit,
    ) -> Result<()>;
}
