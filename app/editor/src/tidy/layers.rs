//! Which layer each node is in.

use std::cmp::Reverse;

use super::{acyclic::Acyclic, adjacency::Adjacency, part::Part};

/// How many steps are on the longest way to each node and from it, the node
/// itself included.
pub(super) struct Reach {
    pub(super) before: Vec<usize>,
    pub(super) after: Vec<usize>,
}

impl Reach {
    pub(super) fn of(part: &Part, acyclic: &Acyclic) -> Self {
        let count = part.nodes.len();
        let leaving = Adjacency::new(count, &acyclic.edges, |edge| edge.source);
        let (mut before, mut after) = (vec![1; count], vec![1; count]);
        for node in &acyclic.order {
            for edge in leaving.of(*node) {
                let target = acyclic.edges[*edge].target;
                before[target] = before[target].max(before[*node] + 1);
            }
        }
        for node in acyclic.order.iter().rev() {
            for edge in leaving.of(*node) {
                let target = acyclic.edges[*edge].target;
                after[*node] = after[*node].max(after[target] + 1);
            }
        }
        Self { before, after }
    }
}

/// For each node its layer, from 0: one below the lowest that leads to it. What
/// comes in from the side, which no way from the Start leads to, stands right
/// above what it leads to.
pub(super) fn layers(part: &Part, acyclic: &Acyclic, reach: &Reach) -> Vec<usize> {
    let leaving = Adjacency::new(part.nodes.len(), &acyclic.edges, |edge| edge.source);
    let targets = |node: usize| {
        let edges = leaving.of(node).iter();
        edges.map(|edge| acyclic.edges[*edge].target)
    };
    let mut layers: Vec<usize> = reach.before.iter().map(|before| before - 1).collect();
    let mut is_settled = vec![false; part.nodes.len()];
    for start in main_starts(part, reach) {
        is_settled[start] = true;
    }
    for node in &acyclic.order {
        if is_settled[*node] {
            for target in targets(*node) {
                is_settled[target] = true;
            }
        }
    }
    // From below: as far down as what they lead to lets them.
    for node in acyclic.order.iter().rev() {
        if is_settled[*node] {
            continue;
        }
        let settled = targets(*node).filter(|target| is_settled[*target]);
        if let Some(highest) = settled.map(|target| layers[target]).min() {
            layers[*node] = layers[*node].max(highest.saturating_sub(1));
            is_settled[*node] = true;
        }
    }
    // From above: what only they lead to follows them.
    for node in &acyclic.order {
        for target in targets(*node) {
            layers[target] = layers[target].max(layers[*node] + 1);
        }
    }
    layers
}

/// Where the part begins: its Starts, else the node from which the longest way
/// leads, the first of equals.
fn main_starts(part: &Part, reach: &Reach) -> Vec<usize> {
    if !part.starts.is_empty() {
        return part.starts.clone();
    }
    let sources = (0..part.nodes.len()).filter(|node| reach.before[*node] == 1);
    let longest = sources.max_by_key(|node| (reach.after[*node], Reverse(*node)));
    longest.into_iter().collect()
}
