//! How publishes come on: what they learn of the flow upstream is stored with
//! each step.

use api::{PublishState, Step};
use async_trait::async_trait;
use serde_json::Value;

use crate::{LinkRow, NewAudit, Result};

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
}
