//! Adding a node.

use std::sync::Arc;

use flow::{Edge, EdgeId, Flow, Kind, Node, NodeId, Op, Point, Port, Transaction};

use super::connect::connect_ops;
use crate::{
    geometry::{self, GRID, NODE_SIZE, Orientation, snap_to_grid},
    scene::Scene,
};

/// Space beyond an exit in which its edge can be seen, where the flow leads down.
const GAP_BELOW: f64 = 80.0;
/// The same where it leads to the right, and the exit's name can be read.
const GAP_BESIDE: f64 = 160.0;
/// Between a card and one beside it.
const BESIDE: f64 = 2.0 * GRID;
/// Places that are tried before cards may lie on each other.
const PLACES_TRIED: u32 = 50;

/// Adds a node whose card has its middle here, or beside the cards that are
/// here already.
pub(crate) fn plan_add(scene: &Scene, id: NodeId, kind: &Kind, middle: Point) -> Transaction {
    let node = Node::of(kind);
    let half = Point::new(NODE_SIZE.width / 2.0, NODE_SIZE.height / 2.0);
    let label = format!("Add {}", node.label);
    let position = room_near(scene, snap_to_grid(middle - half), beside(scene));
    Transaction::new(label, vec![add_op(id, node, position)])
}

/// Where edges enter a node that goes where an exit leads.
pub(crate) fn entry_after(flow: &Flow, scene: &Scene, source: &NodeId, port: &Port) -> Point {
    let exit = scene.exit_anchor(source, port, flow.position(source));
    exit + match scene.orientation() {
        Orientation::TopDown => Point::new(0.0, GAP_BELOW),
        Orientation::LeftRight => Point::new(GAP_BESIDE, 0.0),
    }
}

/// From a card to the place beside it, across the flow.
fn beside(scene: &Scene) -> Point {
    match scene.orientation() {
        Orientation::TopDown => Point::new(NODE_SIZE.width + BESIDE, 0.0),
        Orientation::LeftRight => Point::new(0.0, NODE_SIZE.height + BESIDE),
    }
}

/// Adds a node and leads an exit to it. A node that nothing can enter is added
/// unconnected.
pub(crate) fn plan_add_after(
    flow: &Flow,
    scene: &Scene,
    id: NodeId,
    kind: &Kind,
    (source, port): (&NodeId, &Port),
    entry: Option<Point>,
) -> Transaction {
    let node = Node::of(kind);
    let label = format!("Add {}", node.label);
    let anchor = geometry::entry_anchor(Point::default(), scene.orientation());
    let entry = entry.unwrap_or_else(|| entry_after(flow, scene, source, port));
    let position = room_near(scene, snap_to_grid(entry - anchor), beside(scene));
    let connects = node.has_entry() && flow.nodes.contains_key(source);
    let mut ops = vec![add_op(id.clone(), node, position)];
    if connects {
        ops.extend(connect_ops(flow, scene, source, port, &id));
    }
    Transaction::new(label, ops)
}

/// Adds a node, with its first exit here, from which an edge goes on that
/// began elsewhere. None if the edge is gone or the node cannot be left.
pub(crate) fn plan_add_before(
    flow: &Flow,
    scene: &Scene,
    id: NodeId,
    kind: &Kind,
    (edge, exit_at): (&EdgeId, Point),
) -> Option<Transaction> {
    let node = Node::of(kind);
    let old = flow.edges.get(edge)?;
    let exits = node.exits();
    let port = exits.first()?.port.clone();
    let anchor = geometry::exit_anchor(Point::default(), 0, exits.len(), scene.orientation());
    let position = room_near(scene, snap_to_grid(exit_at - anchor), beside(scene));
    let label = format!("Add {}", node.label);
    let moved = Edge {
        source: id.clone(),
        port,
        ..Edge::clone(old)
    };
    let ops = vec![
        add_op(id, node, position),
        Op::Disconnect { id: edge.clone() },
        Op::Connect {
            id: None,
            edge: Arc::new(moved),
            index: None,
        },
    ];
    Some(Transaction::new(label, ops))
}

/// The first position, going on by `step`, at which a card covers no other.
pub(crate) fn room_near(scene: &Scene, mut position: Point, step: Point) -> Point {
    for _ in 0..PLACES_TRIED {
        // Cards side by side do not cover each other.
        if !scene.is_occupied(&geometry::node_rect(position).grown(-1.0)) {
            break;
        }
        position = position + step;
    }
    position
}

pub(super) fn add_op(id: NodeId, node: Node, position: Point) -> Op {
    Op::AddNode {
        id,
        node: Arc::new(node),
        position,
        index: None,
    }
}
