//! The connected parts of what is set out, each by numbers of its own: nothing
//! after this needs a key or a hash.

use super::drawing::{Drawing, Edge};

/// Nodes that edges connect with each other; or, without any edge, those of a
/// named part of the flow that are connected with nothing.
pub(super) struct Part {
    /// Each node's number in the drawing, in the drawing's order.
    pub(super) nodes: Vec<usize>,
    /// Which of the nodes are Starts.
    pub(super) starts: Vec<usize>,
    /// The edges by the numbers of their ends in `nodes`: of one source
    /// together, by exit from left to right. None leads back to its source.
    pub(super) edges: Vec<Edge>,
    /// The number of the flow's region that it is in; past the last for none.
    pub(super) region: usize,
}

/// The parts as they lie from left to right, those of a region together, what
/// is connected with nothing last. `across` is where each node is.
pub(super) fn parts(drawing: &Drawing, across: impl Fn(usize) -> f64) -> Vec<Part> {
    let Drawing { nodes, edges, .. } = drawing;
    let groups = groups(nodes.len(), edges);
    let mut is_connected = vec![false; nodes.len()];
    for edge in edges {
        is_connected[edge.source] = true;
        is_connected[edge.target] = true;
    }
    let mut parts: Vec<Part> = Vec::new();
    // The part of each group, and of each region's loose nodes, once it is met.
    let mut part_of_group = vec![None; nodes.len()];
    let mut part_of_loose = vec![None; drawing.regions + 1];
    let mut places = Vec::with_capacity(nodes.len());
    for (number, node) in nodes.iter().enumerate() {
        let region = node.region;
        let slot = if is_connected[number] {
            &mut part_of_group[groups[number]]
        } else {
            &mut part_of_loose[region]
        };
        let part = *slot.get_or_insert_with(|| {
            parts.push(Part {
                nodes: Vec::new(),
                starts: Vec::new(),
                edges: Vec::new(),
                region,
            });
            parts.len() - 1
        });
        let place = parts[part].nodes.len();
        places.push((part, place));
        parts[part].nodes.push(number);
        if node.is_start {
            parts[part].starts.push(place);
        }
    }
    for edge in edges {
        let (part, source) = places[edge.source];
        let (_, target) = places[edge.target];
        parts[part].edges.push(Edge {
            source,
            target,
            exit: edge.exit,
        });
    }
    let middle = |part: &Part| {
        let sum: f64 = part.nodes.iter().map(|node| across(*node)).sum();
        sum / part.nodes.len().max(1) as f64
    };
    let mut placed: Vec<(f64, Part)> = parts.into_iter().map(|p| (middle(&p), p)).collect();
    placed.sort_by(|(at, a), (other_at, b)| {
        let kind = |part: &Part| (part.region, part.edges.is_empty());
        kind(a).cmp(&kind(b)).then(at.total_cmp(other_at))
    });
    placed.into_iter().map(|(_, part)| part).collect()
}

/// For each node one that stands for all that it is connected with.
fn groups(nodes: usize, edges: &[Edge]) -> Vec<usize> {
    let mut leader: Vec<usize> = (0..nodes).collect();
    for edge in edges {
        let source = lead(&mut leader, edge.source);
        let target = lead(&mut leader, edge.target);
        leader[source.max(target)] = source.min(target);
    }
    (0..nodes).map(|node| lead(&mut leader, node)).collect()
}

/// The one that leads a node; what is passed on the way there is led nearer.
fn lead(leader: &mut [usize], mut node: usize) -> usize {
    while leader[node] != node {
        leader[node] = leader[leader[node]];
        node = leader[node];
    }
    node
}
