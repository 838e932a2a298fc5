//! Jobs that change something in Genesys Cloud: the intent before anything is
//! sent, how far it came, how it ended.

use api::{PublishState, Step};
use async_trait::async_trait;
use serde_json::Value;

use crate::{NewAudit, Result};

/// What a job does, and to what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// Publishes a flow.
    Publish,
    /// Uploads a data action.
    Upload,
}

/// A job, as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct JobRow {
    /// What it does.
    pub kind: JobKind,
    /// The job's id.
    pub id: String,
    /// The flow or the data action.
    pub subject_id: String,
    /// What of it is sent: a flow's change, a data action's revision.
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
    /// How far it came upstream, in the job's own words: what a server that
    /// starts after a crash needs to find out how it ended; null once it has
    /// ended.
    pub journal: Value,
}

/// What became of beginning a job.
#[derive(Clone, Debug, PartialEq)]
pub enum Begun {
    /// It is the one.
    New,
    /// The same click, or another while one is running: this one goes on.
    Joined(Box<JobRow>),
}

/// Jobs of every kind. How far they come and how they end is stored together
/// with what they learn of what is upstream: [`crate::Publishes`] and
/// [`crate::Uploads`].
#[async_trait]
pub trait Jobs: Send + Sync {
    /// Stores the intent of a job, unless the same click has one, one is running
    /// for its subject, or one that sends the same has succeeded since this one
    /// was asked for: then the click belongs to that one, for good.
    async fn begin_job(
        &self,
        job: &JobRow,
        idempotency_key: &str,
        audit: NewAudit,
    ) -> Result<Begun>;
    /// One job.
    async fn job(&self, kind: JobKind, id: &str) -> Result<Option<JobRow>>;
    /// The jobs of a flow or a data action, the latest first.
    async fn jobs_of(&self, kind: JobKind, subject_id: &str, limit: u32) -> Result<Vec<JobRow>>;
    /// The latest job of each flow or data action that has one.
    async fn latest_jobs(&self, kind: JobKind) -> Result<Vec<JobRow>>;
    /// The jobs that no outcome is known of.
    async fn running_jobs(&self, kind: JobKind) -> Result<Vec<JobRow>>;
}
