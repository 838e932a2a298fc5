//! The edges that lead on, without those that come round again.

use super::{adjacency::Adjacency, drawing::Edge, part::Part};

/// A part without its cycles.
pub(super) struct Acyclic {
    /// The edges that lead on, in the part's order.
    pub(super) edges: Vec<Edge>,
    /// The nodes, sources before targets.
    pub(super) order: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Seen {
    No,
    /// On the way that is being walked.
    Open,
    Done,
}

/// Leaves out the edges that lead back on a walk into the depth: from the Starts,
/// then from what no edge enters, then from whatever is left, each in document
/// order, and by exit from left to right. Drawing an edge anew changes nothing.
pub(super) fn acyclic(part: &Part) -> Acyclic {
    let count = part.nodes.len();
    let leaving = Adjacency::new(count, &part.edges, |edge| edge.source);
    let mut is_entered = vec![false; count];
    for edge in &part.edges {
        is_entered[edge.target] = true;
    }
    let sources = (0..count).filter(|node| !is_entered[*node]);
    let roots = part.starts.iter().copied().chain(sources).chain(0..count);
    let mut seen = vec![Seen::No; count];
    let mut leads_back = vec![false; part.edges.len()];
    let mut finished = Vec::with_capacity(count);
    // Nodes that are open, each with how many of its edges were walked.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for root in roots {
        if seen[root] == Seen::No {
            seen[root] = Seen::Open;
            open.push((root, 0));
        }
        while let Some((node, walked)) = open.last_mut() {
            let Some(edge) = leaving.of(*node).get(*walked).copied() else {
                seen[*node] = Seen::Done;
                finished.push(*node);
                open.pop();
                continue;
            };
            *walked += 1;
            let target = part.edges[edge].target;
            match seen[target] {
                Seen::No => {
                    seen[target] = Seen::Open;
                    open.push((target, 0));
                }
                Seen::Open => leads_back[edge] = true,
                Seen::Done => {}
            }
        }
    }
    finished.reverse();
    let edges = part.edges.iter().zip(leads_back);
    let edges = edges.filter(|(_, leads_back)| !leads_back);
    Acyclic {
        edges: edges.map(|(edge, _)| *edge).collect(),
        order: finished,
    }
}
