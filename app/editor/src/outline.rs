//! The flow as a tree of rows, read from top to bottom: the second way to see
//! and edit it, which needs neither a pointer nor a drawing.
//!
//! Steps that follow each other stand at one level, however many there are.
//! Where a step has several exits, they stand below it, and what only one of
//! them leads to stands below that exit. What several ways lead to follows
//! after the step where these ways part, and each of them says that it goes on
//! there. So every node and every edge has one row, and a flow reads like the
//! text of a program. Where things lie on the canvas plays no part.

mod branches;
mod dominance;
mod walk;

use flow::{EdgeId, Flow, NodeId, Port};

use crate::{
    graph::Graph,
    outline::branches::{Branches, Vertex},
};
pub use walk::{Folded, OutlineStep};

/// The rows of a flow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    rows: Vec<OutlineRow>,
}

/// A row and its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineRow {
    /// What it shows.
    pub entry: OutlineEntry,
    /// How deep it is, from 1.
    pub level: usize,
    /// Its place among those beside it, from 1.
    pub position: usize,
    /// How many stand beside it, itself included.
    pub of: usize,
    /// The row that it stands below.
    pub parent: Option<usize>,
    /// The first row behind everything that stands below it.
    pub end: usize,
}

/// What a row shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutlineEntry {
    /// A node.
    Node {
        /// The node.
        id: NodeId,
        /// The edge from the row before, where no row of an exit shows it.
        by: Option<EdgeId>,
    },
    /// A way out of a node.
    Exit {
        /// The node.
        node: NodeId,
        /// The port of the exit.
        port: Port,
        /// Which edge of this exit; more than one only in flows from elsewhere.
        nth: usize,
        /// Where it leads.
        leads: Leads,
    },
    /// What no way from the Start leads to stands below this.
    NotReached,
}

/// Where a way out of a node leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// Nowhere yet.
    Nowhere,
    /// The flow ends there, and nothing is missing.
    Ends,
    /// To the node below it, one level deeper.
    Inside(EdgeId),
    /// To the node that follows after the exits.
    Below(EdgeId),
    /// To a node that stands elsewhere.
    Elsewhere(EdgeId),
}

/// Tells a row from others, whatever else changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OutlineKey {
    /// The row of a node.
    Node(NodeId),
    /// The row of an exit's edge.
    Exit(NodeId, Port, usize),
    /// The row above what is not reached.
    NotReached,
}

impl OutlineEntry {
    /// What tells it from others.
    pub fn key(&self) -> OutlineKey {
        match self {
            Self::Node { id, .. } => OutlineKey::Node(id.clone()),
            Self::Exit {
                node, port, nth, ..
            } => OutlineKey::Exit(node.clone(), port.clone(), *nth),
            Self::NotReached => OutlineKey::NotReached,
        }
    }

    /// The edge that this row stands for.
    pub fn edge(&self) -> Option<&EdgeId> {
        match self {
            Self::Node { by, .. } => by.as_ref(),
            Self::Exit { leads, .. } => leads.edge(),
            Self::NotReached => None,
        }
    }

    /// The node whose row it is or whose exit.
    pub fn node(&self) -> Option<&NodeId> {
        match self {
            Self::Node { id, .. } => Some(id),
            Self::Exit { node, .. } => Some(node),
            Self::NotReached => None,
        }
    }
}

impl Leads {
    /// The edge, where there is one.
    pub fn edge(&self) -> Option<&EdgeId> {
        match self {
            Self::Inside(edge) | Self::Below(edge) | Self::Elsewhere(edge) => Some(edge),
            Self::Nowhere | Self::Ends => None,
        }
    }
}

impl OutlineRow {
    /// Whether something stands below it.
    pub fn has_children(&self, at: usize) -> bool {
        self.end > at + 1
    }
}

impl Outline {
    /// The outline of a flow. Takes time in proportion to the flow's size.
    pub(crate) fn of(flow: &Flow, graph: &Graph) -> Self {
        let branches = Branches::of(flow, graph);
        let tree = dominance::tree(&branches);
        let mut rows = Vec::with_capacity(branches.len());
        // What is still to be written, the next last.
        let mut open = Vec::new();
        for top in tree.children(Vertex::TOP).iter().rev() {
            open.push((*top, 1));
        }
        while let Some((vertex, level)) = open.pop() {
            let entry = branches.entry(vertex, &tree);
            rows.push(row(entry, level));
            if branches.is_exit(vertex) {
                if tree.goes_below(vertex) {
                    continue;
                }
                push(&mut open, tree.children(vertex), level + 1);
            } else if vertex == Vertex::NOT_REACHED {
                push(&mut open, tree.children(vertex), level + 1);
            } else {
                let exits = branches.exits(vertex);
                // What follows comes after the exits and all below them.
                if let Some(below) = exits.clone().find(|exit| tree.goes_below(*exit)) {
                    push(&mut open, tree.children(below), level);
                }
                open.extend(
                    tree.children(vertex)
                        .iter()
                        .rev()
                        .filter(|child| !branches.is_exit(**child))
                        .map(|child| (*child, level)),
                );
                open.extend(exits.rev().map(|exit| (exit, level + 1)));
                if let Some(entry) = branches.only_way(vertex, &tree) {
                    rows.push(row(entry, level));
                }
            }
        }
        let mut outline = Self { rows };
        outline.number();
        outline
    }

    /// The rows, from top to bottom.
    pub fn rows(&self) -> &[OutlineRow] {
        &self.rows
    }

    /// The row with this key.
    pub fn find(&self, key: &OutlineKey) -> Option<usize> {
        self.rows.iter().position(|row| match (&row.entry, key) {
            (OutlineEntry::Node { id, .. }, OutlineKey::Node(wanted)) => id == wanted,
            (
                OutlineEntry::Exit {
                    node, port, nth, ..
                },
                OutlineKey::Exit(of, by, which),
            ) => node == of && port == by && nth == which,
            (OutlineEntry::NotReached, OutlineKey::NotReached) => true,
            _ => false,
        })
    }

    /// Fills in what follows from the levels.
    fn number(&mut self) {
        // The rows above the current one, and how many stand directly below
        // each; the first is above all.
        let mut above: Vec<(Option<usize>, usize)> = vec![(None, 0)];
        let mut counts = vec![0; self.rows.len() + 1];
        let rows = self.rows.len();
        for at in 0..rows {
            let level = self.rows[at].level;
            while above.len() > level {
                self.close(above.pop(), at, &mut counts);
            }
            let (parent, count) = match above.last_mut() {
                Some((parent, count)) => {
                    *count += 1;
                    (*parent, *count)
                }
                None => (None, 1),
            };
            self.rows[at].parent = parent;
            self.rows[at].position = count;
            above.push((Some(at), 0));
        }
        while let Some(last) = above.pop() {
            self.close(Some(last), rows, &mut counts);
        }
        for row in &mut self.rows {
            row.of = counts[row.parent.map_or(0, |parent| parent + 1)];
        }
    }

    fn close(&mut self, closed: Option<(Option<usize>, usize)>, end: usize, counts: &mut [usize]) {
        let Some((row, count)) = closed else {
            return;
        };
        counts[row.map_or(0, |row| row + 1)] = count;
        if let Some(row) = row {
            self.rows[row].end = end;
        }
    }
}

fn row(entry: OutlineEntry, level: usize) -> OutlineRow {
    OutlineRow {
        entry,
        level,
        position: 0,
        of: 0,
        parent: None,
        end: 0,
    }
}

fn push(open: &mut Vec<(Vertex, usize)>, vertices: &[Vertex], level: usize) {
    open.extend(vertices.iter().rev().map(|vertex| (*vertex, level)));
}
