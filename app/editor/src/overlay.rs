//! What the current tool shows above the flow.

use flow::{EdgeId, NodeId, NoteId, Point, Port};
use rustc_hash::FxHashSet;

use crate::{connectable::NotConnectable, geometry::Rect, selection::OrderedSet};

/// What the current tool shows. Every node and note in it exists in the flow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Overlay<'a> {
    /// Nothing.
    Idle,
    /// The view follows the pointer.
    Panning,
    /// Nodes and notes follow the pointer.
    Dragging {
        /// The nodes.
        nodes: &'a OrderedSet<NodeId>,
        /// The notes.
        notes: &'a OrderedSet<NoteId>,
        /// How far they are from their places in the flow.
        by: Point,
        /// Lines that show what they are aligned with.
        guides: &'a [Guide],
        /// Whether copies are dragged and the nodes stay.
        clones: bool,
        /// The edge that letting go puts the node into.
        onto: Option<&'a EdgeId>,
    },
    /// A note is made larger or smaller.
    Resizing {
        /// The note.
        note: &'a NoteId,
        /// Where it would lie, in canvas units.
        rect: Rect,
    },
    /// A rectangle selects, in canvas units.
    Marquee(Rect),
    /// An edge is being drawn.
    Connecting {
        /// The node that it leaves.
        source: &'a NodeId,
        /// The exit.
        port: &'a Port,
        /// Where its loose end is: at the entry that it snapped to, else at
        /// the pointer.
        to_in_canvas: Point,
        /// What letting go would do.
        verdict: &'a Verdict,
        /// The nodes that it may enter.
        valid_targets: &'a FxHashSet<NodeId>,
        /// The edge that is led elsewhere; none where a new one is drawn.
        rerouted: Option<&'a EdgeId>,
    },
    /// The beginning of an edge is led elsewhere.
    Rerouting {
        /// The edge.
        edge: &'a EdgeId,
        /// The node that it enters.
        target: &'a NodeId,
        /// Where its loose beginning is: at the exit that it snapped to, else
        /// at the pointer.
        from_in_canvas: Point,
        /// The exit that it snapped to, of the node in the verdict.
        exit: Option<&'a Port>,
        /// What letting go would do.
        verdict: &'a Verdict,
        /// The nodes that it may leave.
        valid_sources: &'a FxHashSet<NodeId>,
    },
    /// A line cuts edges.
    Cutting {
        /// One end.
        from_in_canvas: Point,
        /// The other, at the pointer.
        to_in_canvas: Point,
        /// The edges that it crosses.
        crossed: &'a [EdgeId],
    },
}

/// What letting go of an edge would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// The pointer has not left where it began: nothing is drawn yet.
    Origin,
    /// There is nothing here: offers a node to add.
    #[default]
    Free,
    /// Connects with this node.
    Snap(NodeId),
    /// The pointer is on a node that the edge cannot enter.
    Refused {
        /// The node.
        node: NodeId,
        /// Why not.
        reason: NotConnectable,
    },
}

/// A line that shows an alignment, in canvas units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// One end.
    pub from: Point,
    /// The other.
    pub to: Point,
}
