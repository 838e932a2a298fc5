//! Edits that connect what is not connected.

use std::sync::Arc;

use super::{ids::untaken, report::named};
use crate::{Edge, Fix, Flow, FlowKind, Kind, Node, NodeId, Op, Point, Port};

/// How far apart steps stand when one is added, in canvas units.
const STEP: f64 = 150.0;

/// The nodes at which a flow ends, found once.
#[derive(Debug, Default)]
pub(super) struct Ends(Vec<NodeId>);

impl Ends {
    pub(super) fn of(flow: &Flow) -> Self {
        let ends = flow.nodes.iter().filter(|(_, node)| node.kind == Kind::END);
        Self(ends.map(|(id, _)| id.clone()).collect())
    }

    /// Leads an exit to the End, or to a new one where there is none. Where
    /// there are several, only a person knows which.
    pub(super) fn fix(&self, flow: &Flow, source: &NodeId, port: &Port) -> Option<Fix> {
        let edge = |target: &NodeId| Op::Connect {
            id: None,
            edge: Arc::new(Edge::new(source.clone(), port.clone(), target.clone())),
            index: None,
        };
        match self.0.as_slice() {
            // There is none outside of lookup flows: nodes end by themselves.
            _ if flow.kind != FlowKind::Lookup => None,
            [] => {
                let id = new_id(flow, "end");
                let at = flow.position(source) + Point::new(0.0, STEP);
                let added = added(&id, &Kind::END, at, None);
                let connected = edge(&id);
                Some(Fix::new(
                    "Add an End and connect it",
                    vec![added, connected],
                ))
            }
            [end] => {
                let name = flow.nodes.get(end).map(|node| named(node));
                let label = format!("Connect to {}", name.unwrap_or_default());
                Some(Fix::new(label, vec![edge(end)]))
            }
            _ => None,
        }
    }
}

/// Adds a Start above everything and, where only one node can come first,
/// leads there. The flow says what is sent, the other what was drawn.
pub(super) fn start(flow: &Flow, drawn: &Flow) -> Fix {
    let top = flow
        .positions
        .values()
        .copied()
        .reduce(|a, b| if b.y < a.y { b } else { a });
    let at = top.map_or(Point::new(100.0, 100.0), |top| top - Point::new(0.0, STEP));
    let id = new_id(drawn, "start");
    let mut ops = vec![added(&id, &Kind::START, at, Some(0))];
    let entered: rustc_hash::FxHashSet<_> = flow.edges.values().map(|edge| &edge.target).collect();
    let mut first = flow.nodes.keys().filter(|id| !entered.contains(id));
    if let (Some(first), None) = (first.next(), first.next()) {
        ops.push(Op::Connect {
            id: None,
            edge: Arc::new(Edge::new(id, Port::OUT, first.clone())),
            index: None,
        });
    }
    Fix::new("Add a Start", ops)
}

fn added(id: &NodeId, kind: &Kind, position: Point, index: Option<usize>) -> Op {
    Op::AddNode {
        id: id.clone(),
        node: Arc::new(Node::of(kind)),
        position,
        index,
    }
}

/// A key that is neither a node's key nor its id on the wire.
fn new_id(flow: &Flow, base: &str) -> NodeId {
    let is_taken = |text: &str| {
        flow.nodes.contains_key(&NodeId::new(text))
            || flow.nodes.keys().any(|id| flow.wire_id(id) == text)
    };
    NodeId::new(untaken(base, is_taken))
}
