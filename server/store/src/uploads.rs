//! Uploads of data actions: the intent before anything is sent, how far it
//! came, how it ended.

use api::{PublishState, Step};
use async_trait::async_trait;
use flow::data_action::DataAction;
use serde_json::Value;

use crate::{ActionUpstream, NewAudit, Result};

/// An upload, as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct UploadRow {
    /// The job's id.
    pub id: String,
    /// The data action.
    pub action_id: String,
    /// The revision that is uploaded.
    pub revision: u64,
    /// The connection's id.
    pub connection_id: String,
    /// The connection's name.
    pub connection_name: String,
    /// Who asked for it.
    pub author: String,
    /// When it was asked for.
    pub started_at_millis: i64,
    /// Its steps.
    pub steps: Vec<Step>,
    /// Its state as a whole.
    pub state: PublishState,
    /// How far it came upstream, in the job's own words; null once it has
    /// ended.
    pub journal: Value,
}

/// What became of beginning an upload.
#[derive(Clone, Debug, PartialEq)]
pub enum BegunUpload {
    /// It is the one.
    New,
    /// The same click, or another while one is running: this one goes on.
    Joined(Box<UploadRow>),
}

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
    /// Stores the intent of an upload, unless the same click has one or one is
    /// running for the data action: then the click belongs to that one, for
    /// good.
    async fn begin_upload(
        &self,
        upload: &UploadRow,
        idempotency_key: &str,
        audit: NewAudit,
    ) -> Result<BegunUpload>;
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
    /// One upload.
    async fn upload(&self, id: &str) -> Result<Option<UploadRow>>;
    /// The uploads of a data action, the latest first.
    async fn uploads_of(&self, action_id: &str, limit: u32) -> Result<Vec<UploadRow>>;
    /// The latest upload of each data action that has one.
    async fn latest_uploads(&self) -> Result<Vec<UploadRow>>;
    /// The uploads that no outcome is known of.
    async fn running_uploads(&self) -> Result<Vec<UploadRow>>;
}
