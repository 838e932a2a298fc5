//! Putting a node between the ends of an edge.

use std::sync::Arc;

use flow::{Edge, EdgeId, Flow, Kind, Node, NodeId, Op, Point, Port, Transaction};

use super::{add::add_op, moves::rounded, name_of, room::make_room};
use crate::{
    geometry::{NODE_SIZE, snap_to_grid},
    scene::Scene,
};

/// Adds a node between the ends of an edge, with its card's middle here, or on
/// the middle of the edge; what follows makes room for it. None if the edge is gone or nothing leads through a
/// node of this kind.
pub(crate) fn plan_add_on_edge(
    flow: &Flow,
    scene: &Scene,
    id: NodeId,
    kind: &Kind,
    (edge, middle): (&EdgeId, Option<Point>),
) -> Option<Transaction> {
    let node = Node::of(kind);
    let exit = way_through(&node)?;
    let middle = middle.or_else(|| {
        let edge = flow.edges.get(edge)?;
        let curve = scene.curve(edge, |node| flow.position(node));
        Some(curve.label_point())
    })?;
    let half = Point::new(NODE_SIZE.width / 2.0, NODE_SIZE.height / 2.0);
    let label = format!("Insert {}", node.label);
    let ends = ends(flow, edge)?;
    let wanted = snap_to_grid(middle - half);
    let (at, moves) = make_room(flow, scene, (&id, wanted), ends);
    let mut ops = vec![add_op(id.clone(), node, at)];
    ops.extend(moves);
    ops.extend(reroute(flow, edge, &id, exit)?);
    Some(Transaction::new(label, ops))
}

/// Moves a node and puts it between the ends of an edge; what follows makes room
/// for it. None if either is gone, or the node cannot be inserted.
pub(crate) fn plan_insert(
    flow: &Flow,
    scene: &Scene,
    (node, by): (&NodeId, Point),
    edge: &EdgeId,
) -> Option<Transaction> {
    if !is_insertable(flow, scene, node) {
        return None;
    }
    let exit = way_through(flow.nodes.get(node)?)?;
    let wanted = rounded(flow.position(node) + by);
    let (at, moves) = make_room(flow, scene, (node, wanted), ends(flow, edge)?);
    let mut ops = vec![Op::MoveNode {
        id: node.clone(),
        to: at,
    }];
    ops.extend(moves);
    ops.extend(reroute(flow, edge, node, exit)?);
    let label = format!("Insert {}", name_of(flow, node));
    Some(Transaction::new(label, ops))
}

/// Whether a node can go between the ends of an edge: one that is connected
/// already would be torn out of its place.
pub(crate) fn is_insertable(flow: &Flow, scene: &Scene, id: &NodeId) -> bool {
    scene.graph().edges_at(id).next().is_none()
        && flow
            .nodes
            .get(id)
            .is_some_and(|node| way_through(node).is_some())
}

/// The first exit of a node that can be entered and left.
pub(crate) fn way_through(node: &Node) -> Option<Port> {
    if !node.has_entry() {
        return None;
    }
    node.exits().into_iter().next().map(|exit| exit.port)
}

/// The node that an edge leaves and the one that it enters.
fn ends<'a>(flow: &'a Flow, edge: &EdgeId) -> Option<(&'a NodeId, &'a NodeId)> {
    let edge = flow.edges.get(edge)?;
    Some((&edge.source, &edge.target))
}

/// The edge goes; one leads to the node, and one from its exit on.
fn reroute(flow: &Flow, id: &EdgeId, node: &NodeId, exit: Port) -> Option<[Op; 3]> {
    let edge = flow.edges.get(id)?;
    let connect = |edge: Edge| Op::Connect {
        id: None,
        edge: Arc::new(edge),
        index: None,
    };
    let before = Edge::new(edge.source.clone(), edge.port.clone(), node.clone());
    let after = Edge::new(node.clone(), exit, edge.target.clone());
    Some([
        Op::Disconnect { id: id.clone() },
        connect(before),
        connect(after),
    ])
}
