//! What is selected.

use flow::{EdgeId, Flow, NodeId};
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// A set that remembers in which order its members came.
pub type OrderedSet<T> = IndexSet<T, FxBuildHasher>;

/// The selected nodes and edges. Everything in it exists in the flow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    nodes: OrderedSet<NodeId>,
    edges: OrderedSet<EdgeId>,
}

/// How a selection combines with what is selected already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SelectMode {
    /// Instead of it.
    #[default]
    Replace,
    /// In addition to it.
    Add,
    /// What is selected is deselected, and the other way round.
    Toggle,
}

impl Selection {
    /// The selected nodes, in the order in which they were selected.
    pub fn nodes(&self) -> &OrderedSet<NodeId> {
        &self.nodes
    }

    /// The selected edges, in the order in which they were selected.
    pub fn edges(&self) -> &OrderedSet<EdgeId> {
        &self.edges
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.edges.is_empty()
    }

    /// The node, if exactly one node and nothing else is selected.
    pub fn only_node(&self) -> Option<&NodeId> {
        match (self.nodes.len(), self.edges.len()) {
            (1, 0) => self.nodes.first(),
            _ => None,
        }
    }

    /// A selection of these nodes.
    pub(crate) fn of_nodes(nodes: impl IntoIterator<Item = NodeId>) -> Self {
        Self {
            nodes: nodes.into_iter().collect(),
            edges: OrderedSet::default(),
        }
    }

    /// A selection of one edge.
    pub(crate) fn of_edge(edge: EdgeId) -> Self {
        Self {
            nodes: OrderedSet::default(),
            edges: [edge].into_iter().collect(),
        }
    }

    /// What is selected when `other` is selected in this mode.
    #[must_use]
    pub(crate) fn combined(&self, other: Self, mode: SelectMode) -> Self {
        if mode == SelectMode::Replace {
            return other;
        }
        let mut combined = self.clone();
        for node in other.nodes {
            if !combined.nodes.insert(node.clone()) && mode == SelectMode::Toggle {
                combined.nodes.shift_remove(&node);
            }
        }
        for edge in other.edges {
            if !combined.edges.insert(edge.clone()) && mode == SelectMode::Toggle {
                combined.edges.shift_remove(&edge);
            }
        }
        combined
    }

    /// Drops what the flow no longer holds; says whether something was dropped.
    pub(crate) fn retain_existing(&mut self, flow: &Flow) -> bool {
        let before = (self.nodes.len(), self.edges.len());
        self.nodes.retain(|id| flow.nodes.contains_key(id));
        self.edges.retain(|id| flow.edges.contains_key(id));
        before != (self.nodes.len(), self.edges.len())
    }
}
