//! Edits that the server has not yet acknowledged.

use flow::Transaction;

/// An edit to send, under the id that names it for good.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// The id.
    pub id: String,
    /// The edit.
    pub transaction: Transaction,
}
