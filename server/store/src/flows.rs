//! Flows: a log of changes, with snapshots to start reading from.

use async_trait::async_trait;
use flow::{Flow, FlowKind, Transaction};

use crate::{LinkRow, NewAudit, Result};

/// What is known of a flow without reading its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowRow {
    /// The flow's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What sort of flow it is.
    pub kind: FlowKind,
    /// How many nodes it has.
    pub nodes: u64,
    /// The number of its last change; 0 when it was never changed.
    pub head_seq: u64,
    /// The id of the account that made it.
    pub created_by: String,
    /// The name of who changed it last.
    pub changed_by: String,
    /// When it was last changed.
    pub changed_at_millis: i64,
    /// When its logic last changed.
    pub last_modified_millis: i64,
    /// The change with which its logic last changed.
    pub logic_seq: u64,
    /// What is known of it upstream.
    pub upstream: UpstreamRow,
}

/// What is known of a flow upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpstreamRow {
    /// The id there; none before it was created.
    pub id: Option<String>,
    /// The version last read there, else 1.
    pub version: u64,
    /// The version that is live.
    pub published_version: Option<u64>,
    /// When it was made live.
    pub published_at_millis: Option<i64>,
    /// The change of the flow that is live.
    pub published_seq: Option<u64>,
}

impl Default for UpstreamRow {
    fn default() -> Self {
        Self {
            id: None,
            version: 1,
            published_version: None,
            published_at_millis: None,
            published_seq: None,
        }
    }
}

/// A flow to be made.
#[derive(Clone, Debug)]
pub struct NewFlowRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it starts with.
    pub flow: &'a Flow,
    /// The id of the account that makes it.
    pub created_by: &'a str,
    /// The name of who makes it.
    pub author: &'a str,
    /// When.
    pub at_millis: i64,
    /// When its logic last changed: now, or what an imported document says.
    pub last_modified_millis: i64,
    /// What is known of it upstream.
    pub upstream: UpstreamRow,
    /// What it is in a connection, where it was opened from one.
    pub link: Option<LinkRow>,
}

/// A change of a flow, as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRow {
    /// Its number.
    pub seq: u64,
    /// What names it for good.
    pub tx_id: String,
    /// The name of who made it.
    pub author: String,
    /// When.
    pub at_millis: i64,
    /// The edits.
    pub transaction: Transaction,
}

/// A change to be stored.
#[derive(Clone, Debug)]
pub struct NewChange {
    /// What names it for good.
    pub tx_id: String,
    /// The name of who made it.
    pub author: String,
    /// When.
    pub at_millis: i64,
    /// The edits.
    pub transaction: Transaction,
}

/// Changes to be stored together, in this order, and what the flow looks like
/// after them.
#[derive(Clone, Debug)]
pub struct Append<'a> {
    /// The flow.
    pub flow_id: &'a str,
    /// The number of the change that they follow.
    pub expected_head: u64,
    /// The changes.
    pub changes: &'a [NewChange],
    /// The flow's name after them.
    pub name: &'a str,
    /// How many nodes it has after them.
    pub nodes: usize,
    /// When its logic last changed.
    pub last_modified_millis: i64,
    /// The change with which its logic last changed.
    pub logic_seq: u64,
}

/// A flow as it is read: a snapshot and the changes after it.
#[derive(Clone, Debug)]
pub struct LoadedFlow {
    /// What is known of it.
    pub row: FlowRow,
    /// The flow at the snapshot.
    pub snapshot: Flow,
    /// The number of the last change that the snapshot contains.
    pub snapshot_seq: u64,
    /// The changes since, without gaps, up to the first that cannot be read.
    pub changes: Vec<ChangeRow>,
    /// What of it could not be read.
    pub damage: Vec<Damage>,
}

/// A part of a flow that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The snapshot at this change. An older one and the changes since took
    /// its place, so nothing is lost.
    Snapshot {
        /// The number of the last change that it contains.
        seq: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// The change of this number: the flow cannot be followed beyond the one
    /// before.
    Change {
        /// Its number.
        seq: u64,
        /// What is wrong with it.
        reason: String,
    },
}

/// Changes to be set aside because the first of them cannot be read, and the
/// flow to go on with.
#[derive(Clone, Debug)]
pub struct Quarantine<'a> {
    /// The flow.
    pub flow_id: &'a str,
    /// The number of its last change.
    pub expected_head: u64,
    /// The number of the last change that can be read.
    pub last_good_seq: u64,
    /// The flow as it was after that change.
    pub flow: &'a Flow,
    /// When.
    pub at_millis: i64,
}

/// Flows. Those in the bin are as if they were not there.
#[async_trait]
pub trait Flows: Send + Sync {
    /// Makes a flow.
    async fn create_flow(&self, flow: NewFlowRow<'_>, audit: NewAudit) -> Result<()>;
    /// What is known of all flows, the one last changed first.
    async fn flows(&self) -> Result<Vec<FlowRow>>;
    /// What is known of a flow.
    async fn flow(&self, id: &str) -> Result<Option<FlowRow>>;
    /// Reads a flow.
    async fn load_flow(&self, id: &str) -> Result<Option<LoadedFlow>>;
    /// The changes after `seq`, at most `limit` of them.
    async fn changes_since(&self, id: &str, seq: u64, limit: u32) -> Result<Vec<ChangeRow>>;
    /// The number of the change that this names.
    async fn seq_of_change(&self, id: &str, tx_id: &str) -> Result<Option<u64>>;
    /// Stores changes and moves the flow's head, all or nothing; when this
    /// returns they are on the disk.
    ///
    /// # Errors
    /// [`StoreError::HeadMoved`](crate::StoreError::HeadMoved) when the flow is
    /// not at `expected_head` or is gone,
    /// [`StoreError::Taken`](crate::StoreError::Taken) when a change is stored
    /// already.
    async fn append_changes(&self, append: Append<'_>) -> Result<()>;
    /// Sets aside every change after the last good one, and goes on from
    /// there: with a snapshot under a number that no change had, so that whoever
    /// has seen the changes that are gone gets the whole flow. Answers that
    /// number, which is the flow's head now.
    ///
    /// # Errors
    /// [`StoreError::HeadMoved`](crate::StoreError::HeadMoved) when the flow is
    /// not at `expected_head` or is gone.
    async fn quarantine_changes(&self, quarantine: Quarantine<'_>, audit: NewAudit) -> Result<u64>;
    /// Stores what a flow looks like after a change, in place of a snapshot
    /// that is there. Older snapshots go, save the first one.
    async fn save_snapshot(&self, id: &str, seq: u64, flow: &Flow) -> Result<()>;
    /// Puts a flow into the bin; `false` when there is none.
    async fn delete_flow(&self, id: &str, at_millis: i64, audit: NewAudit) -> Result<bool>;
}
