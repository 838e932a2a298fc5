//! Ids on the wire.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Report, rules};
use crate::{
    Edge, EdgeId, Fix, Flow, FlowKind, Kind, Node, NodeId, Op, Place, direct::IMPLICIT_START,
    kind::wire::Dialect,
};

/// How many fixes are worked out: each looks at the whole flow.
const MAX_FIXES: usize = 100;

pub(super) fn ids(report: &mut Report<'_>) {
    nodes(report);
    edges(report);
}

fn nodes(report: &mut Report<'_>) {
    let (flow, drawn) = (report.flow, report.drawn);
    let is_module = flow.kind.dialect() == Some(Dialect::Module);
    let is_sent = |node: &Node| flow.kind == FlowKind::Lookup || node.kind != Kind::START;
    let is_reserved = |wire_id: &str| is_module && wire_id == IMPLICIT_START;
    let is_plain = |(id, node): (&NodeId, &Arc<Node>)| {
        let text = id.as_str();
        node.wire_id.is_none() && !text.is_empty() && !(is_reserved(text) && is_sent(node))
    };
    // Keys are unique: where they are the ids, nothing can be wrong.
    if flow.nodes.iter().all(is_plain) {
        return;
    }
    let mut first: FxHashMap<&str, &NodeId> = FxHashMap::default();
    first.reserve(flow.nodes.len());
    let mut fixes = 0..MAX_FIXES;
    for (id, node) in &flow.nodes {
        if !is_sent(node) {
            continue;
        }
        let wire_id = node.wire_id.as_deref().unwrap_or(id.as_str());
        if is_reserved(wire_id) {
            let message = format!(
                "{} has the id “{wire_id}”, which stands for where the flow begins. Give it its own.",
                report.name(id)
            );
            let fix = fixes
                .next()
                .map(|_| Fix::new("Give it its own id", with_new_id(drawn, id, node)));
            report.add_with(rules::NODE_ID_RESERVED, Place::node(id), message, fix);
        } else if wire_id.is_empty() {
            let message = format!(
                "{} has no id, and nodes without one are rejected. Give it one.",
                report.name(id)
            );
            let fix = fixes
                .next()
                .map(|_| Fix::new("Give it an id", with_new_id(drawn, id, node)));
            report.add_with(rules::NODE_ID_MISSING, Place::node(id), message, fix);
        } else if let Some(other) = first.get(wire_id) {
            let message = format!(
                "{} has the same id “{wire_id}” as {}. Give it its own.",
                report.name(id),
                report.name(other)
            );
            let fix = fixes
                .next()
                .map(|_| Fix::new("Give it its own id", with_new_id(drawn, id, node)));
            report.add_with(rules::NODE_ID_DUPLICATE, Place::node(id), message, fix);
        } else {
            first.insert(wire_id, id);
        }
    }
}

fn edges(report: &mut Report<'_>) {
    let (flow, drawn) = (report.flow, report.drawn);
    if flow.kind.dialect() == Some(Dialect::Shared) {
        // There edges have no ids.
        return;
    }
    let is_plain =
        |(id, edge): (&EdgeId, &Arc<Edge>)| edge.wire_id.is_none() && !id.as_str().is_empty();
    if flow.edges.iter().all(is_plain) {
        return;
    }
    let mut first: FxHashMap<&str, &EdgeId> = FxHashMap::default();
    first.reserve(flow.edges.len());
    let mut fixes = 0..MAX_FIXES;
    for (id, edge) in &flow.edges {
        let wire_id = edge.wire_id.as_deref().unwrap_or(id.as_str());
        let ends = || {
            format!(
                "from {} to {}",
                report.name(&edge.source),
                report.name(&edge.target)
            )
        };
        if wire_id.is_empty() {
            let message = format!("The connection {} has no id. Give it one.", ends());
            let fix = fixes
                .next()
                .map(|_| Fix::new("Give it an id", edge_with_new_id(drawn, id)));
            report.add_with(rules::EDGE_ID_MISSING, Place::edge(id, edge), message, fix);
        } else if first.contains_key(wire_id) {
            let message = format!(
                "The connection {} has the same id “{wire_id}” as another. Give it its own.",
                ends()
            );
            let fix = fixes
                .next()
                .map(|_| Fix::new("Give it its own id", edge_with_new_id(drawn, id)));
            report.add_with(
                rules::EDGE_ID_DUPLICATE,
                Place::edge(id, edge),
                message,
                fix,
            );
        } else {
            first.insert(wire_id, id);
        }
    }
}

/// The first of `base`, `base-2`, `base-3`, … that is not taken.
pub(super) fn untaken(base: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut name = base.to_owned();
    let mut number = 1_usize;
    while is_taken(&name) {
        number += 1;
        name = format!("{base}-{number}");
    }
    name
}

/// Edits that take a node out and put it back in its place, with its edges in
/// theirs and another id: ids are no field that an edit could set.
fn with_new_id(flow: &Flow, id: &NodeId, node: &Node) -> Vec<Op> {
    let is_taken = |wire: &str| {
        wire == IMPLICIT_START
            || flow
                .nodes
                .keys()
                .any(|other| other != id && flow.wire_id(other) == wire)
    };
    let mut renamed = node.clone();
    renamed.wire_id = Some(untaken(id.as_str(), is_taken)).filter(|wire| wire != id.as_str());
    let added = Op::AddNode {
        id: id.clone(),
        node: Arc::new(renamed),
        position: flow.position(id),
        index: flow.nodes.get_index_of(id),
    };
    let mut ops = vec![Op::RemoveNode { id: id.clone() }, added];
    for (index, (key, edge)) in flow.edges.iter().enumerate() {
        if edge.source == *id || edge.target == *id {
            ops.push(connected(key, Arc::clone(edge), index));
        }
    }
    ops
}

fn edge_with_new_id(flow: &Flow, id: &EdgeId) -> Vec<Op> {
    let Some((index, _, edge)) = flow.edges.get_full(id) else {
        return Vec::new();
    };
    let is_taken = |wire: &str| {
        let mut others = flow.edges.iter().filter(|(key, _)| *key != id);
        others.any(|(key, other)| other.wire_id.as_deref().unwrap_or(key.as_str()) == wire)
    };
    let mut renamed = Edge::clone(edge);
    renamed.wire_id = Some(untaken(id.as_str(), is_taken)).filter(|wire| wire != id.as_str());
    vec![
        Op::Disconnect { id: id.clone() },
        connected(id, Arc::new(renamed), index),
    ]
}

fn connected(id: &EdgeId, edge: Arc<Edge>, index: usize) -> Op {
    Op::Connect {
        id: Some(id.clone()),
        edge,
        index: Some(index),
    }
}
