//! Webhooks: who outside is told of what happens here. Their keys arrive here
//! sealed.

use api::DisabledReason;
use async_trait::async_trait;

use crate::{NewAudit, Result};

/// A receiver, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where events are sent.
    pub url: String,
    /// The names of the events that it gets; none means all.
    pub events: Vec<String>,
    /// Why and since when it gets none.
    pub disabled: Option<Disabled>,
    /// What signs.
    pub keys: EndpointKeys,
    /// The first failed attempt after the last that went through.
    pub failing_since_millis: Option<i64>,
    /// The receiver asked for no calls before.
    pub paused_until_millis: Option<i64>,
    /// Who added it.
    pub created_by: String,
    /// When it was added.
    pub created_at_millis: i64,
}

/// That a receiver gets nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disabled {
    /// Why.
    pub reason: DisabledReason,
    /// Since when.
    pub at_millis: i64,
}

/// The sealed signing keys of a receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointKeys {
    /// The key.
    pub sealed: String,
    /// When it was made.
    pub set_at_millis: i64,
    /// The key before, while it still signs too.
    pub previous: Option<PreviousKey>,
}

/// A key that is being replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviousKey {
    /// The key.
    pub sealed: String,
    /// Until when it signs.
    pub until_millis: i64,
}

/// A receiver with how much there is for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointSummary {
    /// The receiver.
    pub endpoint: EndpointRow,
    /// Deliveries that wait.
    pub waiting: u64,
    /// Deliveries that were given up.
    pub failed: u64,
}

/// Receivers of webhooks.
#[async_trait]
pub trait Webhooks: Send + Sync {
    /// All receivers, by name.
    async fn endpoints(&self) -> Result<Vec<EndpointSummary>>;
    /// One receiver.
    async fn endpoint(&self, id: &str) -> Result<Option<EndpointSummary>>;
    /// Adds a receiver.
    ///
    /// # Errors
    /// [`StoreError::Taken`](crate::StoreError::Taken) when another has the name.
    async fn add_endpoint(&self, endpoint: &EndpointRow, audit: NewAudit) -> Result<()>;
    /// Changes name, address and events of a receiver; `false` when there is none.
    ///
    /// # Errors
    /// [`StoreError::Taken`](crate::StoreError::Taken) when another has the name.
    async fn change_endpoint(
        &self,
        id: &str,
        name: &str,
        url: &str,
        events: &[String],
        audit: NewAudit,
    ) -> Result<bool>;
    /// Replaces the keys of a receiver; `false` when there is none.
    async fn set_endpoint_keys(
        &self,
        id: &str,
        keys: &EndpointKeys,
        audit: NewAudit,
    ) -> Result<bool>;
    /// Enables a receiver, or disables it: then what waits for it is given up,
    /// to be replayed by hand. `false` when there is none.
    async fn switch_endpoint(
        &self,
        id: &str,
        disabled: Option<Disabled>,
        audit: NewAudit,
    ) -> Result<bool>;
    /// Removes a receiver with all that there was for it; `false` when there is none.
    async fn delete_endpoint(&self, id: &str, audit: NewAudit) -> Result<bool>;
}
