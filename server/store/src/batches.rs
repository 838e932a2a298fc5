//! Batches: the same change made in many flows, flow by flow.

use api::{BatchChange, BatchItemState};
use async_trait::async_trait;

use crate::{AccountRow, NewAudit, Result};

/// A batch, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRow {
    /// Its id.
    pub id: String,
    /// What it does, in words.
    pub title: String,
    /// What is changed.
    pub change: BatchChange,
    /// Whether flows are published once they are changed.
    pub publishes: bool,
    /// The connection that was asked for.
    pub connection_id: Option<String>,
    /// The account of who began it.
    pub author_id: String,
    /// Their name.
    pub author: String,
    /// When it was begun.
    pub started_at_millis: i64,
    /// Whether it was asked to stop.
    pub is_cancelled: bool,
    /// Whether it runs.
    pub is_running: bool,
}

/// A flow of a batch, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchItemRow {
    /// The flow.
    pub flow_id: String,
    /// Its name when the batch began.
    pub flow_name: String,
    /// How often it was tried before.
    pub attempt: u64,
    /// The number of the change that the batch made in it.
    pub changed_seq: Option<u64>,
    /// How it stands.
    pub state: BatchItemState,
}

/// A batch with its flows, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBatch {
    /// The batch.
    pub row: BatchRow,
    /// Its flows.
    pub items: Vec<BatchItemRow>,
}

/// Batches.
#[async_trait]
pub trait Batches: Send + Sync {
    /// Stores the intent of a batch, unless the same click began one. Answers
    /// the id of the click's batch.
    async fn begin_batch(
        &self,
        batch: &StoredBatch,
        idempotency_key: &str,
        audit: NewAudit,
    ) -> Result<String>;
    /// One batch.
    async fn batch(&self, id: &str) -> Result<Option<StoredBatch>>;
    /// The latest batches, the latest first.
    async fn batches(&self, limit: u32) -> Result<Vec<StoredBatch>>;
    /// The ids of those that run, the oldest first.
    async fn running_batches(&self) -> Result<Vec<String>>;
    /// Stores how the flow at a place of a batch stands.
    async fn put_batch_item(&self, id: &str, place: usize, item: &BatchItemRow) -> Result<()>;
    /// Asks a batch to stop; `false` when it does not run.
    async fn cancel_batch(&self, id: &str, audit: NewAudit) -> Result<bool>;
    /// Stores that a batch has ended.
    async fn end_batch(&self, id: &str, audit: NewAudit) -> Result<()>;
    /// Lets a batch that has ended run again in the name of this account, with
    /// these items in the places of those that are there; `false` when it runs.
    async fn run_batch_again(
        &self,
        id: &str,
        account: &AccountRow,
        items: &[(usize, BatchItemRow)],
        audit: NewAudit,
    ) -> Result<bool>;
}
