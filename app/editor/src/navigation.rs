//! Moving among nodes by keyboard.

use flow::Sort as _;
use flow::{Flow, FlowKind, Kind, NodeId};

use crate::{Direction, scene::Scene};

/// The next node in reading order, or the previous one; from nowhere the first
/// or the last. None past the end.
pub(crate) fn neighbour_in_reading_order(
    flow: &Flow,
    scene: &Scene,
    focus: Option<&NodeId>,
    forward: bool,
) -> Option<NodeId> {
    let order = scene.reading_order(flow);
    let place = match (focus.and_then(|id| scene.place_of(flow, id)), forward) {
        (Some(place), true) => place.checked_add(1),
        (Some(place), false) => place.checked_sub(1),
        (None, true) => Some(0),
        (None, false) => order.len().checked_sub(1),
    };
    order.get(place?).cloned()
}

/// The node in a direction along the graph.
///
/// Left and right follow the edges, up and down go to siblings, as in other
/// flow editors. Our flows are drawn from top to bottom, and most of their
/// nodes have no sibling: there up and down follow the edges too, so that the
/// key that points to what is seen next is not dead.
pub(crate) fn neighbour_along_edges(
    flow: &Flow,
    scene: &Scene,
    from: &NodeId,
    direction: Direction,
) -> Option<NodeId> {
    match direction {
        Direction::Incoming => sources(flow, scene, from).into_iter().next(),
        Direction::Outgoing => targets(flow, scene, from).into_iter().next(),
        Direction::NextSibling | Direction::PreviousSibling => {
            let forward = direction == Direction::NextSibling;
            let siblings = siblings(flow, scene, from);
            if siblings.len() > 1 {
                return beside(&siblings, from, forward).cloned();
            }
            let along = if forward { targets } else { sources };
            along(flow, scene, from).into_iter().next()
        }
    }
}

/// The nodes that an exit of this one leads to, in the exits' order.
fn targets(flow: &Flow, scene: &Scene, id: &NodeId) -> Vec<NodeId> {
    let graph = scene.graph();
    let mut found = Vec::new();
    for exit in graph.exits(id) {
        for edge in graph.edges_by(flow, id, &exit.port) {
            if let Some((_, target)) = graph.ends(edge)
                && !found.contains(target)
            {
                found.push(target.clone());
            }
        }
    }
    found
}

/// The nodes that lead to this one, in reading order.
fn sources(flow: &Flow, scene: &Scene, id: &NodeId) -> Vec<NodeId> {
    let graph = scene.graph();
    let mut found: Vec<NodeId> = graph
        .incoming(id)
        .iter()
        .filter_map(|edge| graph.ends(edge))
        .map(|(source, _)| source.clone())
        .collect();
    found.order_by_key(|source| scene.place_of(flow, source));
    found.dedup();
    found
}

/// The nodes that the same node leads to, this one among them. Nodes that
/// nothing leads to are each other's siblings.
fn siblings(flow: &Flow, scene: &Scene, id: &NodeId) -> Vec<NodeId> {
    match sources(flow, scene, id).first() {
        Some(parent) => targets(flow, scene, parent),
        None => scene
            .reading_order(flow)
            .iter()
            .filter(|other| scene.graph().incoming(other).is_empty())
            .cloned()
            .collect(),
    }
}

fn beside<'a>(siblings: &'a [NodeId], id: &NodeId, forward: bool) -> Option<&'a NodeId> {
    let place = siblings.iter().position(|other| other == id)?;
    let place = if forward {
        place.checked_add(1)
    } else {
        place.checked_sub(1)
    };
    siblings.get(place?)
}

/// Whether the flow ends after a node because none of its exits is connected.
pub(crate) fn ends_after(flow: &Flow, scene: &Scene, id: &NodeId) -> bool {
    let node = flow.nodes.get(id);
    node.is_some_and(|node| may_end(flow, &node.kind))
        && !scene.graph().exits(id).is_empty()
        && scene.graph().outgoing(id).is_empty()
}

/// Whether a flow may end after a node of this kind. In lookup flows every path
/// goes on to an End, and a Start always leads on.
pub(crate) fn may_end(flow: &Flow, kind: &Kind) -> bool {
    flow.kind != FlowKind::Lookup && *kind != Kind::START
}
