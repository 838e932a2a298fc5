//! Publishes: the intent before anything is sent, how far it came, how it ended.

use api::{PublishState, Step};
use async_trait::async_trait;
use serde_json::Value;

use crate::{LinkRow, NewAudit, Result};

/// A publish, as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishRow {
    /// The job's id.
    pub id: String,
    /// The flow.
    pub flow_id: String,
    /// The change of the flow that is published.
    pub seq: u64,
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
    /// How far it came upstream, in the publisher's own words: what a server
    /// that starts after a crash needs to find out how it ended; null once it
    /// has ended.
    pub journal: Value,
}

/// What became of beginning a publish.
#[derive(Clone, Debug, PartialEq)]
pub enum Begun {
    /// It is the one.
    New,
    /// The same click, or another while one is running: this one goes on.
    Joined(Box<PublishRow>),
}

/// How a publish ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// Its steps.
    pub steps: Vec<Step>,
    /// Its state as a whole.
    pub state: PublishState,
    /// What is known of the flow upstream now, where that changed.
    pub link: Option<LinkRow>,
    /// What both sides changed, where it ended with that: in the publisher's
    /// own words.
    pub conflict: Option<Value>,
}

/// Publishes of flows.
#[async_trait]
pub trait Publishes: Send + Sync {
    /// Stores the intent of a publish, unless the same click has one or one is
    /// running for the flow: then the click belongs to that one, for good.
    async fn begin_publish(
        &self,
        publish: &PublishRow,
        idempotency_key: &str,
        audit: NewAudit,
    ) -> Result<Begun>;
    /// Stores how far a publish is, and what was learned of the flow upstream.
    async fn advance_publish(
        &self,
        id: &str,
        steps: &[Step],
        journal: &Value,
        link: Option<&LinkRow>,
    ) -> Result<()>;
    /// Stores how a publish ended.
    async fn finish_publish(&self, id: &str, finished: &Finished, audit: NewAudit) -> Result<()>;
    /// What both sides changed, of a publish that ended with that.
    async fn publish_conflict(&self, id: &str) -> Result<Option<Value>>;
    /// One publish.
    async fn publish(&self, id: &str) -> Result<Option<PublishRow>>;
    /// The publishes of a flow, the latest first.
    async fn publishes_of(&self, flow_id: &str, limit: u32) -> Result<Vec<PublishRow>>;
    /// The latest publish of each flow that has one.
    async fn latest_publishes(&self) -> Result<Vec<PublishRow>>;
    /// The publishes that no outcome is known of.
    async fn running_publishes(&self) -> Result<Vec<PublishRow>>;
}
