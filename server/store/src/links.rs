//! What a flow is in each organisation that it is connected to.

use async_trait::async_trait;

use crate::{NewAudit, Result, UpstreamRow};

/// What a flow is in the organisation behind one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRow {
    /// The connection.
    pub connection_id: String,
    /// What is known of it there. Without an id it is not there, and the link
    /// is none.
    pub upstream: UpstreamRow,
    /// The document on which both sides last agreed; none where only the id is
    /// known.
    pub base: Option<String>,
}

impl LinkRow {
    /// Nothing is known of it there.
    #[must_use]
    pub fn none(connection_id: impl Into<String>) -> Self {
        Self {
            connection_id: connection_id.into(),
            upstream: UpstreamRow::default(),
            base: None,
        }
    }
}

/// Links between flows here and upstream. A flow has one in each connection,
/// and what is upstream belongs to one flow here; flows in the bin have none.
#[async_trait]
pub trait Links: Send + Sync {
    /// What a flow is in a connection. A flow that came with an id, and was
    /// never connected to anything, is that in whichever connection is asked
    /// for first.
    async fn link(&self, flow_id: &str, connection_id: &str) -> Result<Option<LinkRow>>;
    /// What a flow is in each connection that it has a link in, in the order
    /// of their ids.
    async fn links_of(&self, flow_id: &str) -> Result<Vec<LinkRow>>;
    /// The flow here that is this one there.
    async fn linked_flow(&self, connection_id: &str, upstream_id: &str) -> Result<Option<String>>;
    /// What is upstream in a connection and belongs to a flow here: the ids
    /// there, each with the flow.
    async fn linked_flows(&self, connection_id: &str) -> Result<Vec<(String, String)>>;
    /// What flows here are upstream, in whichever connection: the ids there,
    /// each with the flow.
    async fn flow_ids(&self) -> Result<Vec<(String, String)>>;
    /// Links a flow, in place of the link that it has in that connection; a
    /// link without an id takes that one away.
    ///
    /// # Errors
    /// [`StoreError::Taken`](crate::StoreError::Taken) when another flow is
    /// linked to it.
    async fn put_link(&self, flow_id: &str, link: &LinkRow, audit: NewAudit) -> Result<()>;
}
