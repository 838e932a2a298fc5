//! What is opened over the canvas for something of the flow, and goes with it.

use flow::{FieldKey, Flow, NodeId, Point, Port};

use super::Desk;

/// What quick add was opened for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct QuickAdd {
    /// Where it opens and the node goes, in screen pixels of the canvas.
    pub(crate) at_in_screen: Point,
    /// What the new node is connected to.
    pub(crate) then: AddThen,
}

/// What happens with a node that quick add adds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AddThen {
    /// It stands alone.
    Alone,
    /// It is connected to this exit.
    After(NodeId, Port),
    /// It is connected to this exit and goes below it; the offer stands beside
    /// the node.
    Next(NodeId, Port),
    /// This edge goes on from it and no longer begins where it did.
    Before(flow::EdgeId),
    /// It goes between the ends of this edge.
    OnEdge(flow::EdgeId),
}

/// What a connection is picked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picking {
    /// The node that it leaves.
    pub(crate) node: NodeId,
    /// The exit by which it leaves; any of them when absent.
    pub(crate) exit: Option<Port>,
}

/// A field that somebody jumped to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldTarget {
    /// The node.
    pub(crate) node: NodeId,
    /// The field; none for the node as a whole.
    pub(crate) field: Option<FieldKey>,
    /// The row of a field that holds several, and which part of it.
    pub(crate) row: Option<(usize, RowPart)>,
}

/// What stands in a row of name and value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowPart {
    /// What comes first; the row as a whole.
    Name,
    /// What comes second.
    Value,
}

impl Desk {
    /// Closes what was opened for a node or an edge that is no longer there, so
    /// that it does not come back with it and take what is typed elsewhere.
    pub(super) fn close_what_is_gone(self, flow: &Flow) {
        let gone = |node: &NodeId| !flow.nodes.contains_key(node);
        if self
            .renaming
            .with_untracked(|node| node.as_ref().is_some_and(gone))
        {
            self.renaming.set(None);
        }
        let picking = |picking: &Option<Picking>| picking.as_ref().is_some_and(|p| gone(&p.node));
        if self.picking.with_untracked(picking) {
            self.picking.set(None);
        }
        let adding = |open: &Option<QuickAdd>| match open.as_ref().map(|open| &open.then) {
            Some(AddThen::After(node, _) | AddThen::Next(node, _)) => gone(node),
            Some(AddThen::Before(edge) | AddThen::OnEdge(edge)) => !flow.edges.contains_key(edge),
            Some(AddThen::Alone) | None => false,
        };
        if self.quick_add.with_untracked(adding) {
            self.quick_add.set(None);
            self.toasts
                .warning("What the new step was to be connected to is no longer there.");
        }
    }
}
