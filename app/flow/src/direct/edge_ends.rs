//! The ids by which edges name the nodes that they connect.

use super::IMPLICIT_START;
use crate::{Flow, FlowKind, Kind, Node, NodeId};

/// The ids of nodes as edges name them.
pub(super) struct EdgeEnds<'a> {
    flow: &'a Flow,
    /// The nodes that are named otherwise than by their keys, looked for once.
    named_otherwise: Few<'a>,
}

/// Nodes that are mostly none or one, so that edges need not look up their
/// ends to know whether they are among them.
enum Few<'a> {
    None,
    One(&'a NodeId),
    Many,
}

impl<'a> EdgeEnds<'a> {
    pub(super) fn of(flow: &'a Flow) -> Self {
        let nodes = flow.nodes.iter();
        let mut others = nodes.filter(|(_, node)| is_implicit(flow, node) || has_other_id(node));
        let named_otherwise = match (others.next(), others.next()) {
            (None, _) => Few::None,
            (Some((id, _)), None) => Few::One(id),
            (Some(_), Some(_)) => Few::Many,
        };
        Self {
            flow,
            named_otherwise,
        }
    }

    /// The id by which edges name a node.
    pub(super) fn id(&self, id: &'a NodeId) -> &'a str {
        let is_key = match self.named_otherwise {
            Few::None => true,
            Few::One(other) => other != id,
            Few::Many => false,
        };
        if is_key {
            return id.as_str();
        }
        match self.flow.nodes.get(id) {
            Some(node) if is_implicit(self.flow, node) => IMPLICIT_START,
            _ => self.flow.wire_id(id),
        }
    }
}

/// Whether a node is not sent, and `start` stands for it.
fn is_implicit(flow: &Flow, node: &Node) -> bool {
    flow.kind != FlowKind::Lookup && node.kind == Kind::START
}

fn has_other_id(node: &Node) -> bool {
    node.wire_id.is_some()
}
