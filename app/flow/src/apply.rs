//! Applying a transaction: everything or nothing, with its inverse.

pub(crate) mod bounds;
mod groups;
mod notes;
mod regions;
mod runs;
mod set;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{EdgeId, Flow, GroupId, MAX_OPS, NodeId, NoteId, Op, RegionId, Transaction};

/// What a transaction did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Applied {
    /// The edits that restore the flow exactly, order included.
    pub inverse: Vec<Op>,
    /// What may look different now.
    pub changes: Changes,
}

/// What to look at again after edits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Nodes that came, went, or hold something else.
    pub nodes: FxHashSet<NodeId>,
    /// Nodes that moved.
    pub moved: FxHashSet<NodeId>,
    /// Edges that came, went, or hold something else.
    pub edges: FxHashSet<EdgeId>,
    /// Regions that came, went, or have another name.
    pub regions: FxHashSet<RegionId>,
    /// Notes that came, went, or are another one.
    pub notes: FxHashSet<NoteId>,
    /// Groups that came, went, are called otherwise, or have other nodes.
    pub groups: FxHashSet<GroupId>,
    /// Whether a setting of the flow changed.
    pub settings: bool,
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.moved.is_empty()
            && self.notes.is_empty()
            && self.groups.is_empty()
            && !self.touches_logic()
    }

    /// Whether something other than the layout changed.
    pub fn touches_logic(&self) -> bool {
        !self.nodes.is_empty()
            || !self.edges.is_empty()
            || !self.regions.is_empty()
            || self.settings
    }

    /// Adds what another transaction changed.
    pub fn extend(&mut self, other: Changes) {
        // A flow that is opened has changed in all of it.
        if self.is_empty() {
            *self = other;
            return;
        }
        self.nodes.extend(other.nodes);
        self.moved.extend(other.moved);
        self.edges.extend(other.edges);
        self.regions.extend(other.regions);
        self.notes.extend(other.notes);
        self.groups.extend(other.groups);
        self.settings |= other.settings;
    }
}

/// Why a transaction was refused. The flow is as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Refused {
    /// A node with this id is there already.
    #[error("there is already a node “{id}”")]
    NodeExists {
        /// The id.
        id: NodeId,
    },
    /// The node is not, or no longer, there.
    #[error("the node “{id}” is no longer there")]
    NodeMissing {
        /// The id.
        id: NodeId,
    },
    /// The edge is not, or no longer, there.
    #[error("the connection “{id}” is no longer there")]
    EdgeMissing {
        /// The id.
        id: EdgeId,
    },
    /// A region with this id is there already.
    #[error("there is already a part “{id}”")]
    RegionExists {
        /// The id.
        id: RegionId,
    },
    /// The region is not, or no longer, there.
    #[error("the part “{id}” is no longer there")]
    RegionMissing {
        /// The id.
        id: RegionId,
    },
    /// Nodes are in the region, which would be in none without it.
    #[error("there are nodes in the part “{id}”; remove them first")]
    RegionInUse {
        /// The id.
        id: RegionId,
    },
    /// A note with this id is there already.
    #[error("there is already a note “{id}”")]
    NoteExists {
        /// The id.
        id: NoteId,
    },
    /// The note is not, or no longer, there.
    #[error("the note is no longer there")]
    NoteMissing {
        /// The id.
        id: NoteId,
    },
    /// A place or a size that no note on the canvas can have.
    #[error("the place or the size of a note is none on the canvas")]
    NoteOffCanvas {
        /// The note.
        id: NoteId,
    },
    /// A group with this id is there already.
    #[error("there is already a group “{id}”")]
    GroupExists {
        /// The id.
        id: GroupId,
    },
    /// The group is not, or no longer, there.
    #[error("the group is no longer there")]
    GroupMissing {
        /// The id.
        id: GroupId,
    },
    /// A position that is no place on the canvas.
    #[error("the position of node “{id}” is no place on the canvas")]
    OffCanvas {
        /// The node.
        id: NodeId,
    },
    /// The flow would exceed a limit.
    #[error("a flow holds at most {limit} {what}")]
    TooMany {
        /// What there would be too many of.
        what: String,
        /// How many there may be.
        limit: usize,
    },
    /// A text over the limit.
    #[error("{what} holds at most {limit} bytes")]
    TooLong {
        /// What would hold too much: "a text", "a step".
        what: String,
        /// How many bytes there may be.
        limit: usize,
    },
    /// More work in one go than a person causes.
    #[error("this is too much in one go; do it in parts")]
    TooMuchAtOnce,
}

/// How many entries the runs of one transaction may walk over. A run of like
/// edits walks once, whatever its length; only edits that alternate between
/// sorts come near this, and no editor makes thousands of these.
const MAX_WALKED: usize = 5_000_000;

/// Applies a transaction to a flow: all of it, or nothing and the reason.
pub fn apply(flow: &mut Flow, transaction: &Transaction) -> Result<Applied, Refused> {
    bounds::transaction(transaction)?;
    let mut applied = Applied::default();
    let mut walked = 0;
    for run in transaction.ops.chunk_by(runs::belong_together) {
        let is_within_bounds = run.iter().try_for_each(bounds::op);
        let done = is_within_bounds.and_then(|()| runs::apply(flow, run, &mut applied));
        let done = done.and_then(|entries| {
            walked += entries;
            if walked > MAX_WALKED {
                Err(Refused::TooMuchAtOnce)
            } else {
                Ok(())
            }
        });
        if let Err(refused) = done {
            undo(flow, applied.inverse);
            return Err(refused);
        }
    }
    // Collected as the edits were made; undone from the last to the first.
    applied.inverse.reverse();
    Ok(applied)
}

/// Takes back what the first edits of a refused transaction did. What was there
/// before comes back whatever it holds.
fn undo(flow: &mut Flow, mut inverse: Vec<Op>) {
    inverse.reverse();
    let mut ignored = Applied::default();
    for run in inverse.chunk_by(runs::belong_together) {
        let undone = runs::apply(flow, run, &mut ignored);
        debug_assert!(
            undone.is_ok(),
            "an inverse always applies to the flow that it was made from"
        );
    }
}
