//! A flow's graph by numbers: nodes and edges by their place in document
//! order, so that walking it costs no hashing, and so that it outlives edits
//! that leave it as it is. Nothing here recurses, as a chain of nodes may be as
//! long as a flow may be.

use crate::Sort as _;
use crate::{Edge, EdgeId, Flow, Kind, NodeId};

/// An edge between two nodes that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// The edge's place in document order.
    pub(crate) edge: usize,
    pub(crate) source: usize,
    pub(crate) target: usize,
}

impl Link {
    /// The edge itself, in the flow that the graph was made from.
    pub(crate) fn edge_in(self, flow: &Flow) -> Option<(&EdgeId, &Edge)> {
        let (id, edge) = flow.edges.get_index(self.edge)?;
        Some((id, edge))
    }
}

/// The graph of a flow.
#[derive(Default)]
pub(crate) struct Graph {
    pub(crate) links: Vec<Link>,
    outgoing: Adjacency,
    incoming: Adjacency,
    /// Where it begins: the Starts, in document order.
    pub(crate) starts: Vec<usize>,
    /// The nodes that a path from a Start leads to, sources before targets but
    /// for the edges that close a cycle.
    pub(crate) order: Vec<usize>,
    /// Each node's place in `order`; none for a node that is not in it.
    pub(crate) rank: Vec<Option<usize>>,
}

/// For each node the numbers of its links, in document order.
#[derive(Default)]
struct Adjacency {
    from: Vec<usize>,
    links: Vec<usize>,
}

impl Adjacency {
    fn new(nodes: usize, links: &[Link], end: impl Fn(&Link) -> usize) -> Self {
        let mut from = vec![0; nodes + 1];
        for link in links {
            if let Some(count) = from.get_mut(end(link) + 1) {
                *count += 1;
            }
        }
        let mut total = 0;
        for count in &mut from {
            total += *count;
            *count = total;
        }
        let mut next = from.clone();
        let mut sorted = vec![0; links.len()];
        for (number, link) in links.iter().enumerate() {
            if let Some(at) = next.get_mut(end(link)) {
                if let Some(slot) = sorted.get_mut(*at) {
                    *slot = number;
                }
                *at += 1;
            }
        }
        Self {
            from,
            links: sorted,
        }
    }

    fn of(&self, node: usize) -> &[usize] {
        let range = self.from.get(node).zip(self.from.get(node + 1));
        range
            .and_then(|(from, to)| self.links.get(*from..*to))
            .unwrap_or_default()
    }
}

impl Graph {
    /// The graph of a flow that begins at its Starts.
    pub(crate) fn new(flow: &Flow) -> Self {
        let nodes = flow.nodes.values().enumerate();
        let starts = nodes.filter(|(_, node)| node.kind == Kind::START);
        Self::starting_at(flow, starts.map(|(index, _)| index).collect())
    }

    /// The graph of a flow of the public platform, which has no Starts: each
    /// of its parts begins at a node that no edge enters.
    pub(crate) fn of_parts(flow: &Flow) -> Self {
        let mut is_entered = vec![false; flow.nodes.len()];
        for edge in flow.edges.values() {
            let target = flow.nodes.get_index_of(&edge.target);
            if let Some(entered) = target.and_then(|index| is_entered.get_mut(index)) {
                *entered = true;
            }
        }
        let nodes = is_entered.into_iter().enumerate();
        let starts = nodes.filter(|(_, is_entered)| !is_entered);
        Self::starting_at(flow, starts.map(|(index, _)| index).collect())
    }

    fn starting_at(flow: &Flow, starts: Vec<usize>) -> Self {
        let links: Vec<_> = flow
            .edges
            .values()
            .enumerate()
            .filter_map(|(index, edge)| {
                Some(Link {
                    edge: index,
                    source: flow.nodes.get_index_of(&edge.source)?,
                    target: flow.nodes.get_index_of(&edge.target)?,
                })
            })
            .collect();
        let count = flow.nodes.len();
        let mut graph = Self {
            outgoing: Adjacency::new(count, &links, |link| link.source),
            incoming: Adjacency::new(count, &links, |link| link.target),
            links,
            starts,
            order: Vec::new(),
            rank: vec![None; count],
        };
        graph.rank_nodes();
        graph
    }

    /// The links that leave a node, in document order.
    pub(crate) fn leaving(&self, node: usize) -> impl Iterator<Item = &Link> {
        let numbers = self.outgoing.of(node).iter();
        numbers.filter_map(|number| self.links.get(*number))
    }

    /// The links that enter a node, in document order.
    pub(crate) fn entering(&self, node: usize) -> impl Iterator<Item = &Link> {
        let numbers = self.incoming.of(node).iter();
        numbers.filter_map(|number| self.links.get(*number))
    }

    /// The links that enter a node on ways from a Start that do not come round
    /// again.
    pub(crate) fn entering_forward(&self, node: usize) -> impl Iterator<Item = &Link> {
        let rank = self.rank_of(node);
        self.entering(node)
            .filter(move |link| self.rank_of(link.source).is_some_and(|s| Some(s) < rank))
    }

    /// The nodes that a path from a Start reaches and that no edge leaves,
    /// Starts aside.
    pub(crate) fn ends(&self) -> impl Iterator<Item = usize> {
        let reached = self.order.iter().copied();
        reached.filter(|node| {
            self.outgoing.of(*node).is_empty() && self.starts.binary_search(node).is_err()
        })
    }

    pub(crate) fn rank_of(&self, node: usize) -> Option<usize> {
        self.rank.get(node).copied().flatten()
    }

    /// Orders what the Starts reach by a depth-first walk, last finished first.
    fn rank_nodes(&mut self) {
        let mut seen = vec![false; self.rank.len()];
        let mut finished = Vec::new();
        for start in &self.starts {
            // Nodes that are open, each with how many of its links were walked.
            let mut open = Vec::new();
            if !std::mem::replace(&mut seen[*start], true) {
                open.push((*start, 0));
            }
            while let Some((node, walked)) = open.last_mut() {
                let links = self.outgoing.of(*node);
                // Backwards, so that the order comes out in document order.
                let Some(number) = links.iter().rev().nth(*walked) else {
                    finished.push(*node);
                    open.pop();
                    continue;
                };
                *walked += 1;
                let target = self.links[*number].target;
                if !std::mem::replace(&mut seen[target], true) {
                    open.push((target, 0));
                }
            }
        }
        finished.reverse();
        for (rank, node) in finished.iter().enumerate() {
            self.rank[*node] = Some(rank);
        }
        self.order = finished;
    }

    /// Whether every edge leads from a rank to a higher one, so that there is
    /// no cycle.
    fn only_leads_forward(&self) -> bool {
        self.links.iter().all(|link| {
            let ranks = self.rank_of(link.source).zip(self.rank_of(link.target));
            ranks.is_some_and(|(source, target)| source < target)
        })
    }

    /// The groups of nodes that reach each other, each in document order
    /// (Tarjan). A node alone is a group only when it has an edge to itself.
    pub(crate) fn knots(&self) -> Vec<Vec<usize>> {
        if self.only_leads_forward() {
            return Vec::new();
        }
        const UNSEEN: usize = usize::MAX;
        let count = self.rank.len();
        let mut index = vec![UNSEEN; count];
        let mut low = vec![0; count];
        let mut is_held = vec![false; count];
        let (mut held, mut knots, mut next) = (Vec::new(), Vec::new(), 0);
        for root in 0..count {
            if index[root] != UNSEEN {
                continue;
            }
            let mut open = vec![(root, 0)];
            while let Some((node, walked)) = open.last_mut() {
                let node = *node;
                if *walked == 0 {
                    index[node] = next;
                    low[node] = next;
                    next += 1;
                    held.push(node);
                    is_held[node] = true;
                }
                if let Some(number) = self.outgoing.of(node).get(*walked) {
                    *walked += 1;
                    let target = self.links[*number].target;
                    if index[target] == UNSEEN {
                        open.push((target, 0));
                    } else if is_held[target] {
                        low[node] = low[node].min(index[target]);
                    }
                    // A node whose links were all walked must not look new.
                    continue;
                }
                open.pop();
                if let Some((parent, _)) = open.last() {
                    low[*parent] = low[*parent].min(low[node]);
                }
                if low[node] != index[node] {
                    continue;
                }
                let from = held.iter().rposition(|held| *held == node).unwrap_or(0);
                let mut knot = held.split_off(from);
                for member in &knot {
                    is_held[*member] = false;
                }
                if knot.len() > 1 || self.leaving(node).any(|link| link.target == node) {
                    knot.order();
                    knots.push(knot);
                }
            }
        }
        knots.order();
        knots
    }

    /// A shortest way from a node back to itself within a knot, as links.
    pub(crate) fn cycle(&self, knot: &[usize], from: usize) -> Vec<Link> {
        let mut came_by: rustc_hash::FxHashMap<usize, Link> = Default::default();
        let mut queue = std::collections::VecDeque::from([from]);
        'search: while let Some(node) = queue.pop_front() {
            for link in self.leaving(node) {
                let is_inside = knot.binary_search(&link.target).is_ok();
                if is_inside && !came_by.contains_key(&link.target) {
                    came_by.insert(link.target, *link);
                    if link.target == from {
                        break 'search;
                    }
                    queue.push_back(link.target);
                }
            }
        }
        let mut cycle = Vec::new();
        let mut node = from;
        while let Some(link) = came_by.get(&node) {
            cycle.push(*link);
            node = link.source;
            if node == from {
                break;
            }
        }
        cycle.reverse();
        cycle
    }
}

/// The key of a node by its place in document order.
pub(crate) fn id_at(flow: &Flow, index: usize) -> Option<&NodeId> {
    flow.nodes.get_index(index).map(|(id, _)| id)
}
