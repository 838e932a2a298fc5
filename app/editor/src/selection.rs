//! What is selected.

use flow::{EdgeId, Flow, NodeId, NoteId};
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// A set that remembers in which order its members came.
pub type OrderedSet<T> = IndexSet<T, FxBuildHasher>;

/// The selected nodes, edges and notes. Everything in it exists in the flow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    nodes: OrderedSet<NodeId>,
    edges: OrderedSet<EdgeId>,
    notes: OrderedSet<NoteId>,
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

    /// The selected notes, in the order in which they were selected.
    pub fn notes(&self) -> &OrderedSet<NoteId> {
        &self.notes
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.edges.is_empty() && self.notes.is_empty()
    }

    /// Whether edges are selected and nothing else.
    pub(crate) fn has_only_edges(&self) -> bool {
        !self.edges.is_empty() && self.nodes.is_empty() && self.notes.is_empty()
    }

    /// The node, if exactly one node and nothing else is selected.
    pub fn only_node(&self) -> Option<&NodeId> {
        match (self.nodes.len(), self.edges.len(), self.notes.len()) {
            (1, 0, 0) => self.nodes.first(),
            _ => None,
        }
    }

    /// The note, if exactly one note and nothing else is selected.
    pub fn only_note(&self) -> Option<&NoteId> {
        match (self.nodes.len(), self.edges.len(), self.notes.len()) {
            (0, 0, 1) => self.notes.first(),
            _ => None,
        }
    }

    /// The edge, if exactly one edge and nothing else is selected.
    pub fn only_edge(&self) -> Option<&EdgeId> {
        match (self.nodes.len(), self.edges.len(), self.notes.len()) {
            (0, 1, 0) => self.edges.first(),
            _ => None,
        }
    }

    /// A selection of these nodes.
    pub(crate) fn of_nodes(nodes: impl IntoIterator<Item = NodeId>) -> Self {
        Self {
            nodes: nodes.into_iter().collect(),
            ..Self::default()
        }
    }

    /// A selection of one edge.
    pub(crate) fn of_edge(edge: EdgeId) -> Self {
        Self {
            edges: [edge].into_iter().collect(),
            ..Self::default()
        }
    }

    /// A selection of these notes.
    pub(crate) fn of_notes(notes: impl IntoIterator<Item = NoteId>) -> Self {
        Self {
            notes: notes.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The same with these notes, too.
    #[must_use]
    pub(crate) fn with_notes(mut self, notes: impl IntoIterator<Item = NoteId>) -> Self {
        self.notes.extend(notes);
        self
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
        for note in other.notes {
            if !combined.notes.insert(note.clone()) && mode == SelectMode::Toggle {
                combined.notes.shift_remove(&note);
            }
        }
        combined
    }

    /// Drops what the flow no longer holds; says whether something was dropped.
    pub(crate) fn retain_existing(&mut self, flow: &Flow) -> bool {
        let count = |of: &Self| (of.nodes.len(), of.edges.len(), of.notes.len());
        let before = count(self);
        self.nodes.retain(|id| flow.nodes.contains_key(id));
        self.edges.retain(|id| flow.edges.contains_key(id));
        self.notes.retain(|id| flow.notes.contains_key(id));
        before != count(self)
    }
}
