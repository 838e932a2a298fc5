//! Adding copies of nodes, from the flow itself or from the clipboard.

use std::sync::Arc;

use flow::{Edge, Flow, Node, NodeId, Op, Point, Transaction};
use rustc_hash::FxHashMap;

use crate::{id_source::IdSource, scene::Scene, selection::OrderedSet};

/// Nodes to copy, with the edges among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Copied {
    pub(crate) nodes: Vec<(NodeId, Arc<Node>, Point)>,
    pub(crate) edges: Vec<Arc<Edge>>,
}

impl Copied {
    /// These nodes of a flow and the edges among them, in document order.
    pub(crate) fn of(flow: &Flow, scene: &Scene, nodes: &OrderedSet<NodeId>) -> Self {
        let mut copied: Vec<_> = nodes
            .iter()
            .filter_map(|id| flow.nodes.get_full(id))
            .collect();
        copied.sort_by_key(|(index, ..)| *index);
        let mut edges: Vec<_> = nodes
            .iter()
            .flat_map(|id| scene.graph().outgoing(id))
            .filter_map(|id| flow.edges.get_full(id))
            .filter(|(_, _, edge)| nodes.contains(&edge.target))
            .collect();
        edges.sort_by_key(|(index, ..)| *index);
        Self {
            nodes: copied
                .into_iter()
                .map(|(_, id, node)| (id.clone(), Arc::clone(node), flow.position(id)))
                .collect(),
            edges: edges
                .into_iter()
                .map(|(.., edge)| Arc::clone(edge))
                .collect(),
        }
    }
}

/// Adds the copies to a flow under new ids, each moved by `by`. An id on the
/// wire belongs to one node: copies get none. A part of another flow that is
/// not in this one is left behind. Gives the new nodes.
pub(crate) fn plan_copies(
    flow: &Flow,
    copied: &Copied,
    by: Point,
    label: String,
    ids: &mut IdSource,
) -> (Transaction, Vec<NodeId>) {
    let mut renamed = FxHashMap::default();
    let mut ops = Vec::with_capacity(copied.nodes.len() + copied.edges.len());
    let mut added = Vec::with_capacity(copied.nodes.len());
    for (id, node, position) in &copied.nodes {
        let copy = ids.next_node();
        renamed.insert(id, copy.clone());
        let region = node.region.clone();
        ops.push(Op::AddNode {
            id: copy.clone(),
            node: Arc::new(Node {
                wire_id: None,
                region: region.filter(|id| flow.regions.contains_key(id)),
                ..Node::clone(node)
            }),
            position: *position + by,
            index: None,
        });
        added.push(copy);
    }
    for edge in &copied.edges {
        if let (Some(source), Some(target)) = (renamed.get(&edge.source), renamed.get(&edge.target))
        {
            ops.push(Op::Connect {
                id: None,
                edge: Arc::new(Edge {
                    source: source.clone(),
                    target: target.clone(),
                    wire_id: None,
                    ..Edge::clone(edge)
                }),
                index: None,
            });
        }
    }
    (Transaction::new(label, ops), added)
}
