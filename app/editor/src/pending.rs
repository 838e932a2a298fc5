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

/// An edit that waits for the server, with its part in what is shown.
#[derive(Clone, Debug)]
pub(crate) struct Unacknowledged {
    pub(crate) pending: Pending,
    /// The edits that take it back from what is shown. None while it does not
    /// apply to what others made of the flow: the server, which orders all
    /// edits, will say whether it took it.
    pub(crate) taken_back_by: Option<Transaction>,
    /// Whether the acknowledged flow may contain it already, as the flow of a
    /// Welcome may: what takes it back now is then not what it changed.
    pub(crate) may_be_contained: bool,
}
