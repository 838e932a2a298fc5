//! Ids for what this browser makes.

use flow::{GroupId, NodeId, NoteId};

/// Names new nodes, notes, groups and transactions. The prefix is random and comes from
/// outside, one for each time that a flow is opened: so names never clash with
/// those of other browsers, or of the same one before it was reloaded.
#[derive(Clone, Debug)]
pub struct IdSource {
    prefix: String,
    nodes: u64,
    notes: u64,
    groups: u64,
    transactions: u64,
}

impl IdSource {
    /// A source of ids with this prefix: `k3f9` gives nodes `n-k3f9-1` and
    /// transactions `k3f9-1`.
    pub fn new(prefix: impl Into<String>) -> Self {
        Self {
            prefix: prefix.into(),
            nodes: 0,
            notes: 0,
            groups: 0,
            transactions: 0,
        }
    }

    pub(crate) fn next_node(&mut self) -> NodeId {
        self.nodes += 1;
        NodeId::new(format!("n-{}-{}", self.prefix, self.nodes))
    }

    pub(crate) fn next_note(&mut self) -> NoteId {
        self.notes += 1;
        NoteId::new(format!("s-{}-{}", self.prefix, self.notes))
    }

    pub(crate) fn next_group(&mut self) -> GroupId {
        self.groups += 1;
        GroupId::new(format!("g-{}-{}", self.prefix, self.groups))
    }

    pub(crate) fn next_transaction(&mut self) -> String {
        self.transactions += 1;
        format!("{}-{}", self.prefix, self.transactions)
    }
}
