//! Drawing the examples: one step below the other.

use std::sync::Arc;

use crate::{Edge, Flow, FlowKind, Kind, Node, NodeId, Note, NoteId, NoteSize, Point, Port, Tint};

/// How far from the origin the first step is, in canvas units.
const FIRST: f64 = 100.0;
/// How far steps are apart, in canvas units.
const STEP: f64 = 150.0;
/// How far beside a step a note is, in canvas units.
const BESIDE: f64 = 260.0;

/// A flow that has its Start.
pub(super) fn begun(kind: FlowKind, name: &str) -> Flow {
    let mut flow = Flow::new(kind, name);
    add(&mut flow, "start", Node::of(&Kind::START));
    flow
}

/// Adds a node below those that are there.
pub(super) fn add(flow: &mut Flow, id: &str, node: Node) {
    let id = NodeId::new(id);
    let at = Point::new(FIRST, FIRST + STEP * flow.nodes.len() as f64);
    flow.positions.insert(id.clone(), at);
    flow.nodes.insert(id, Arc::new(node));
}

/// Leads from a node to another one. The edge has no text.
pub(super) fn connect(flow: &mut Flow, source: &str, target: &str) {
    let edge = Edge::new(source.into(), Port::OUT, target.into());
    flow.edges.insert(edge.key(), Arc::new(edge));
}

/// A node as the palette makes it, with a name of its own.
pub(super) fn named(kind: &Kind, label: &str) -> Node {
    let mut node = Node::of(kind);
    node.label = label.to_owned();
    node
}

/// Puts a note beside the first node.
pub(super) fn note(flow: &mut Flow, id: &str, text: &str) {
    let note = Note {
        text: text.to_owned(),
        at: Point::new(FIRST + BESIDE, FIRST),
        size: NoteSize::new(300.0, 120.0),
        tint: Tint::default(),
    };
    flow.notes.insert(NoteId::new(id), Arc::new(note));
}
