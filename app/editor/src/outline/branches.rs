//! The flow as the outline sees it: nodes, and the exits of those that have
//! several, numbered.

use flow::Sort as _;
use std::ops::Range;

use flow::{EdgeId, Flow, Kind, NodeId, Port};
use rustc_hash::FxHashMap;

use super::{Leads, OutlineEntry, dominance::Tree};
use crate::{graph::Graph, navigation::may_end};

/// A node, an exit, or one of the two places above them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Vertex(pub(super) usize);

impl Vertex {
    /// Above everything.
    pub(super) const TOP: Self = Self(0);
    /// Above what no way from the Start leads to.
    pub(super) const NOT_REACHED: Self = Self(1);
    const FIRST_NODE: usize = 2;
}

/// A way out of a node.
struct Way<'a> {
    port: Port,
    nth: usize,
    edge: Option<(&'a EdgeId, Vertex)>,
}

/// Nodes and ways, numbered in document order.
pub(super) struct Branches<'a> {
    nodes: Vec<&'a NodeId>,
    ways: Vec<Way<'a>>,
    /// The ways of each node.
    ways_of: Vec<Range<usize>>,
    /// The node of each way.
    node_of: Vec<usize>,
    /// Whether the flow ends after a node, since no edge leaves it.
    ends: Vec<bool>,
    entered: Vec<bool>,
    starts: Vec<Vertex>,
}

impl<'a> Branches<'a> {
    pub(super) fn of(flow: &'a Flow, graph: &'a Graph) -> Self {
        let count = flow.nodes.len();
        let mut branches = Self {
            nodes: flow.nodes.keys().collect(),
            ways: Vec::with_capacity(flow.edges.len()),
            ways_of: Vec::with_capacity(count),
            node_of: Vec::with_capacity(flow.edges.len()),
            ends: Vec::with_capacity(count),
            entered: vec![false; count],
            starts: Vec::new(),
        };
        let indices: FxHashMap<&NodeId, usize> = flow.nodes.keys().zip(0..).collect();
        for (index, (id, node)) in flow.nodes.iter().enumerate() {
            if node.kind == Kind::START {
                branches.starts.push(node_vertex(index));
            }
            let before = branches.ways.len();
            let mut leaving: Vec<_> = graph
                .outgoing(id)
                .iter()
                .filter_map(|id| Some((id, &**flow.edges.get(id)?)))
                .collect();
            leaving.order_by_key(|(id, _)| *id);
            let exits = graph.exits(id);
            // Edges by exits that the node no longer has come last.
            let gone: Vec<&Port> = leaving
                .iter()
                .map(|(_, edge)| &edge.port)
                .filter(|port| exits.iter().all(|exit| exit.port != **port))
                .fold(Vec::new(), |mut ports, port| {
                    if !ports.contains(&port) {
                        ports.push(port);
                    }
                    ports
                });
            for port in exits.iter().map(|exit| &exit.port).chain(gone) {
                let by_it = leaving.iter().filter(|(_, edge)| edge.port == *port);
                let mut nth = 0;
                for (edge_id, edge) in by_it {
                    let Some(target) = indices.get(&edge.target) else {
                        continue;
                    };
                    if let Some(entered) = branches.entered.get_mut(*target) {
                        *entered = true;
                    }
                    branches.ways.push(Way {
                        port: port.clone(),
                        nth,
                        edge: Some((edge_id, node_vertex(*target))),
                    });
                    nth += 1;
                }
                if nth == 0 {
                    branches.ways.push(Way {
                        port: port.clone(),
                        nth,
                        edge: None,
                    });
                }
            }
            let after = branches.ways.len();
            branches.ways_of.push(before..after);
            branches.node_of.resize(after, index);
            branches
                .ends
                .push(leaving.is_empty() && may_end(flow, &node.kind));
        }
        branches
    }

    /// How many vertices there are.
    pub(super) fn len(&self) -> usize {
        Vertex::FIRST_NODE + self.nodes.len() + self.ways.len()
    }

    /// Where reading begins: at the Starts, else at what nothing leads to.
    pub(super) fn beginnings(&self) -> Vec<Vertex> {
        if self.starts.is_empty() {
            self.not_entered()
        } else {
            self.in_order(self.starts.clone())
        }
    }

    /// The nodes that nothing leads to.
    pub(super) fn not_entered(&self) -> Vec<Vertex> {
        let nodes = (0..self.nodes.len()).map(node_vertex).zip(&self.entered);
        let nodes = nodes.filter(|(_, entered)| !**entered);
        self.in_order(nodes.map(|(node, _)| node).collect())
    }

    /// The nodes for which this is false.
    pub(super) fn nodes_but(&self, met: &[bool]) -> Vec<Vertex> {
        let nodes = (0..self.nodes.len()).map(node_vertex);
        self.in_order(nodes.filter(|node| !met[node.0]).collect())
    }

    /// By their ids, what was made earlier first: document order may change
    /// without a change to any node.
    fn in_order(&self, mut nodes: Vec<Vertex>) -> Vec<Vertex> {
        nodes.order_by_key(|node| {
            let id = self.nodes.get(node.0 - Vertex::FIRST_NODE);
            id.map(|id| (id.as_str().len(), *id))
        });
        nodes
    }

    pub(super) fn is_node(&self, vertex: Vertex) -> bool {
        vertex.0 >= Vertex::FIRST_NODE && !self.is_exit(vertex)
    }

    pub(super) fn is_exit(&self, vertex: Vertex) -> bool {
        vertex.0 >= Vertex::FIRST_NODE + self.nodes.len()
    }

    /// The exits of a node that has several.
    pub(super) fn exits(
        &self,
        vertex: Vertex,
    ) -> impl DoubleEndedIterator<Item = Vertex> + Clone + use<> {
        let ways = self.ways_of(vertex).filter(|ways| ways.len() > 1);
        let before = Vertex::FIRST_NODE + self.nodes.len();
        ways.unwrap_or(0..0).map(move |way| Vertex(before + way))
    }

    /// Where a node of one way, or an exit, leads.
    pub(super) fn target(&self, vertex: Vertex) -> Option<Vertex> {
        let (_, target) = self.way(vertex)?.edge?;
        Some(target)
    }

    fn way(&self, vertex: Vertex) -> Option<&Way<'a>> {
        self.ways.get(self.way_index(vertex)?)
    }

    fn way_index(&self, vertex: Vertex) -> Option<usize> {
        if self.is_exit(vertex) {
            vertex.0.checked_sub(Vertex::FIRST_NODE + self.nodes.len())
        } else {
            let ways = self.ways_of(vertex)?;
            (ways.len() == 1).then_some(ways.start)
        }
    }

    fn ways_of(&self, vertex: Vertex) -> Option<Range<usize>> {
        let node = vertex.0.checked_sub(Vertex::FIRST_NODE)?;
        self.ways_of.get(node).cloned()
    }

    /// The row of a vertex.
    pub(super) fn entry(&self, vertex: Vertex, tree: &Tree) -> OutlineEntry {
        if self.is_exit(vertex)
            && let Some(entry) = self
                .way_index(vertex)
                .and_then(|way| self.exit_entry(vertex, way, tree))
        {
            return entry;
        }
        let node = vertex.0.checked_sub(Vertex::FIRST_NODE);
        match node.and_then(|node| self.nodes.get(node)) {
            Some(id) => OutlineEntry::Node {
                id: (*id).clone(),
                by: self.edge_from_before(vertex, tree),
            },
            None => OutlineEntry::NotReached,
        }
    }

    /// The row of the only way out of a node, unless what it leads to follows.
    pub(super) fn only_way(&self, vertex: Vertex, tree: &Tree) -> Option<OutlineEntry> {
        let way = self.way_index(vertex)?;
        match self.exit_entry(vertex, way, tree)? {
            OutlineEntry::Exit {
                leads: Leads::Inside(_) | Leads::Below(_),
                ..
            } => None,
            entry => Some(entry),
        }
    }

    fn exit_entry(&self, vertex: Vertex, way: usize, tree: &Tree) -> Option<OutlineEntry> {
        let node = *self.node_of.get(way)?;
        let Way { port, nth, edge } = self.ways.get(way)?;
        let leads = match edge {
            Some((edge, target)) if tree.parent(*target) == vertex => {
                if tree.goes_below(vertex) {
                    Leads::Below((*edge).clone())
                } else {
                    Leads::Inside((*edge).clone())
                }
            }
            Some((edge, _)) => Leads::Elsewhere((*edge).clone()),
            None if self.ends.get(node) == Some(&true) => Leads::Ends,
            None => Leads::Nowhere,
        };
        Some(OutlineEntry::Exit {
            node: (*self.nodes.get(node)?).clone(),
            port: port.clone(),
            nth: *nth,
            leads,
        })
    }

    /// The edge by which a node follows the one before it.
    fn edge_from_before(&self, vertex: Vertex, tree: &Tree) -> Option<EdgeId> {
        let before = tree.parent(vertex);
        if !self.is_node(before) {
            return None;
        }
        let (edge, target) = self.way(before)?.edge?;
        (target == vertex).then(|| edge.clone())
    }
}

fn node_vertex(index: usize) -> Vertex {
    Vertex(Vertex::FIRST_NODE + index)
}
