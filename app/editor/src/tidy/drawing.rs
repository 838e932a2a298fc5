//! What of a flow decides how it is tidied, taken down so that the flow may
//! change meanwhile.

use std::cmp::Ordering;

use flow::{Exit, Flow, Kind, NodeId, Point, Port};

use crate::{scene::Scene, selection::OrderedSet};

/// Nodes to tidy, with the edges between them and what lies around them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Drawing {
    /// The nodes, by their ids: what is drawn alike is tidied alike, whatever
    /// the order of the document.
    pub(super) nodes: Vec<Placed>,
    /// The edges between them: of one source together, by exit from left to
    /// right. None leads back to its source.
    pub(super) edges: Vec<Edge>,
    /// Where the cards are that stay.
    pub(super) others: Vec<Point>,
    /// How many named parts the flow has.
    pub(super) regions: usize,
}

/// A node to tidy.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    pub(super) id: NodeId,
    pub(super) at: Point,
    /// Whether the flow begins here, or what is tidied of it.
    pub(super) is_start: bool,
    /// The number of the flow's region that it is in; past the last for none.
    pub(super) region: usize,
}

/// An edge, by the numbers of its ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edge {
    pub(super) source: usize,
    pub(super) target: usize,
    /// Where along its side of the source it leaves, between 0 and 1.
    pub(super) exit: f64,
}

impl Drawing {
    /// These nodes of a flow, or all.
    pub(crate) fn of(flow: &Flow, scene: &Scene, only: Option<&OrderedSet<NodeId>>) -> Self {
        let is_asked = |id: &NodeId| only.is_none_or(|only| only.contains(id));
        let all = flow.nodes.iter().enumerate();
        let (mut asked, others): (Vec<_>, Vec<_>) = all.partition(|(_, (id, _))| is_asked(id));
        asked.sort_unstable_by_key(|(_, (id, _))| *id);
        // The number here of each node by its place in the flow.
        let mut number_of = vec![None; flow.nodes.len()];
        let mut nodes = Vec::with_capacity(asked.len());
        for (index, (id, node)) in asked {
            number_of[index] = Some(nodes.len());
            let region = node.region.as_ref();
            let region = region.and_then(|id| flow.regions.get_index_of(id));
            nodes.push(Placed {
                id: id.clone(),
                at: flow.position(id),
                is_start: node.kind == Kind::START,
                region: region.unwrap_or(flow.regions.len()),
            });
        }
        let number = |id| number_of.get(flow.nodes.get_index_of(id)?).copied()?;
        let mut edges = Vec::new();
        for edge in flow.edges.values() {
            let Some(target) = number(&edge.target) else {
                continue;
            };
            let Some(source) = number(&edge.source) else {
                // What is led to from outside is where this begins.
                nodes[target].is_start = true;
                continue;
            };
            if source != target {
                edges.push(Edge {
                    source,
                    target,
                    exit: share_of_exit(scene.graph().exits(&edge.source), &edge.port),
                });
            }
        }
        edges.sort_unstable_by(Edge::by_source);
        let mut others: Vec<Point> = others
            .into_iter()
            .map(|(_, (id, _))| flow.position(id))
            .collect();
        others.sort_unstable_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        Self {
            nodes,
            edges,
            others,
            regions: flow.regions.len(),
        }
    }
}

impl Edge {
    /// Of one source together, by exit from left to right.
    fn by_source(&self, other: &Self) -> Ordering {
        let source = self.source.cmp(&other.source);
        let exit = source.then(self.exit.total_cmp(&other.exit));
        exit.then(self.target.cmp(&other.target))
    }
}

/// Where along its side a node has an exit.
fn share_of_exit(exits: &[Exit], port: &Port) -> f64 {
    match exits.iter().position(|exit| exit.port == *port) {
        Some(place) => (place as f64 + 0.5) / exits.len() as f64,
        // What the node no longer has is drawn in the middle.
        None => 0.5,
    }
}
