//! What the server says about the document.

use flow::{Flow, Transaction};

/// A message of the server, in the order in which it was sent.
#[derive(Clone, Debug, PartialEq)]
pub enum FromServer {
    /// The flow as it stands. What is pending stays so; send it again.
    Welcome {
        /// The number of the last edit that it contains.
        seq: u64,
        /// The flow.
        flow: Box<Flow>,
    },
    /// An own edit is on disk: the server says so, or sends it back among the
    /// edits that were missed while the connection was down.
    Acknowledged {
        /// The edit's id.
        id: String,
        /// Its place in the order of edits.
        seq: u64,
    },
    /// An own edit was not taken.
    Refused {
        /// The edit's id.
        id: String,
        /// Why, for a person.
        reason: String,
    },
    /// An edit of somebody else.
    Applied {
        /// Its place in the order of edits.
        seq: u64,
        /// The edit.
        transaction: Transaction,
        /// Who made it.
        author: String,
    },
}
