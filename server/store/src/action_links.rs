//! What a data action is in each organisation that it is connected to.

use async_trait::async_trait;
use flow::data_action::DataAction;

use crate::{ActionUpstream, Result};

/// What a data action is in the organisation behind one connection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActionLink {
    /// What is known of it there; without an id it is not there.
    pub upstream: ActionUpstream,
    /// The document on which both sides last agreed; none where only the id is
    /// known.
    pub base: Option<DataAction>,
}

/// Links between data actions here and upstream. One has a link in each
/// connection, and what is upstream belongs to one data action here; those in
/// the bin give way. Uploads, openings and merges write them.
#[async_trait]
pub trait ActionLinks: Send + Sync {
    /// What a data action is in a connection; nothing is known where it is not
    /// there. One that came with an id, and was never connected to anything, is
    /// that in whichever connection is asked for first.
    async fn action_link(&self, action_id: &str, connection_id: &str) -> Result<ActionLink>;
    /// What a data action is in each connection that it has a link in, in the
    /// order of their ids. One that came with an id, and was never connected to
    /// anything, is that.
    async fn action_links_of(&self, action_id: &str) -> Result<Vec<ActionLink>>;
    /// What is upstream in a connection and belongs to a data action here: the
    /// ids there, each with the data action.
    async fn linked_actions(&self, connection_id: &str) -> Result<Vec<(String, String)>>;
    /// What data actions here are upstream, in whichever connection: the ids
    /// there, each with the data action.
    async fn action_ids(&self) -> Result<Vec<(String, String)>>;
}
