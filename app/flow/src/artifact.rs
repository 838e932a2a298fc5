//! What goes over the wire for a flow, and which of its lines came from where.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{FieldKey, NodeId};

/// The parts of a sent document that the flow itself does not hold: what the
/// server knows about its life upstream (spec, decisions 4 and 5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stamp {
    /// The id upstream; none before it was created there. With one, the
    /// document is an update and carries `id` first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upstream_id: Option<String>,
    /// The version last read upstream, else 1.
    pub version: u64,
    /// When the logic last changed: UTC seconds with `Z`, as RFC 3339.
    pub last_modified: String,
}

/// A generated document: the bytes that are sent and where they came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// The text, byte for byte as it is sent.
    pub text: String,
    /// Which lines came from where, in the order of their first lines; an
    /// inner range follows the range that it is inside of.
    pub source_map: Vec<Mark>,
}

/// Lines of an artifact that came from one place of the flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The lines, from 0, the end excluded.
    pub lines: Range<usize>,
    /// What they came from.
    pub origin: Origin,
}

/// Where lines came from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A node as a whole.
    Node(NodeId),
    /// A field of a node.
    Field(NodeId, FieldKey),
    /// An edge.
    Edge(crate::EdgeId),
    /// A member of a document that has no nodes.
    Member(FieldKey),
}

impl Artifact {
    /// The lines of a node as a whole.
    pub fn lines_of_node(&self, id: &NodeId) -> Option<Range<usize>> {
        self.source_map
            .iter()
            .find(|mark| matches!(&mark.origin, Origin::Node(node) if node == id))
            .map(|m| m.lines.clone())
    }
}
