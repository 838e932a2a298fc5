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
    pub(crate) standing: Standing,
    /// Whether the acknowledged flow may contain it already, as the flow of a
    /// Welcome may: what takes it back now is then not what it changed.
    pub(crate) may_be_contained: bool,
}

/// How an edit that waits stands to what is shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Standing {
    /// It is applied; these edits take it back.
    Shown(Transaction),
    /// It does not apply to what others made of the flow. The server, which
    /// orders all edits, will say whether it took it.
    Hidden,
    /// The server's edits contain it already: it came back with what was
    /// missed while the connection was down, before its acknowledgement.
    Contained,
}
