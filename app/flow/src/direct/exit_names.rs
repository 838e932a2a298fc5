//! What the exits are called by which edges leave.

use crate::Sort as _;
use std::borrow::Cow;

use crate::{Edge, Exit, Flow, Node};

/// The exits of each node that have a name, sorted by port; the nodes by their
/// place in document order. The name is what an edge says that leaves there
/// (spec, decision 9).
pub(super) struct ExitNames(Vec<Vec<Exit>>);

impl ExitNames {
    pub(super) fn of(flow: &Flow) -> Self {
        Self(flow.nodes.values().map(|node| named_exits(node)).collect())
    }

    /// The name of the exit by which an edge leaves; none at exits without a
    /// name and at those that are gone.
    pub(super) fn of_edge(&self, flow: &Flow, edge: &Edge) -> Option<&str> {
        let source = flow.nodes.get_index_of(&edge.source)?;
        let exits = self.0.get(source)?;
        // Of two exits with one port the last one names the edge.
        let behind = exits.partition_point(|exit| exit.port <= edge.port);
        let exit = exits.get(behind.checked_sub(1)?)?;
        (exit.port == edge.port).then_some(exit.label.as_str())
    }
}

fn named_exits(node: &Node) -> Vec<Exit> {
    let mut exits = node.exits();
    exits.retain(|exit| !exit.label.is_empty());
    exits.order_by(|a, b| a.port.cmp(&b.port));
    exits
}

/// What modules and shared flows call the exit without a name.
pub(super) const DEFAULT: &str = "default";

impl ExitNames {
    /// The name of the exit of an edge where every exit has one: the free text
    /// of an edge stands for an exit that is gone, and `default` for the only
    /// exit of a node.
    pub(super) fn of_typed_edge<'a>(&self, flow: &Flow, edge: &'a Edge) -> Cow<'a, str> {
        match self.of_edge(flow, edge) {
            Some(name) => name.to_owned().into(),
            None if edge.port == crate::Port::OUT || edge.label.is_empty() => DEFAULT.into(),
            None => edge.label.as_str().into(),
        }
    }
}
