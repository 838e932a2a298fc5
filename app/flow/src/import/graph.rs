//! Nodes and edges of a document on their way into a flow: what has an id on
//! the wire gets a key, and ends are looked up by those ids.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Fault, object::Object};
use crate::{Edge, EdgeId, Exit, Flow, Node, NodeId, Port};

/// A flow that is being read.
pub(super) struct Graph<'f> {
    pub(super) flow: &'f mut Flow,
    /// The first node of each id on the wire.
    by_wire_id: FxHashMap<String, NodeId>,
}

impl<'f> Graph<'f> {
    pub(super) fn of(flow: &'f mut Flow) -> Self {
        Self {
            flow,
            by_wire_id: FxHashMap::default(),
        }
    }

    /// Adds a node that came as the document's node of this number.
    pub(super) fn add(&mut self, wire_id: String, mut node: Node, index: usize) -> NodeId {
        let id = self.free_key(&wire_id, index);
        if wire_id != id.as_str() {
            node.wire_id = Some(wire_id.clone());
        }
        self.by_wire_id.entry(wire_id).or_insert_with(|| id.clone());
        self.flow.nodes.insert(id.clone(), Arc::new(node));
        id
    }

    /// A node's key is its wire id where it can be: absent and repeated ids
    /// are kept as they came, for the checks to point at.
    pub(super) fn free_key(&self, wire_id: &str, index: usize) -> NodeId {
        let base = if wire_id.is_empty() { "node" } else { wire_id };
        let mut number = index + 1;
        let mut key = if wire_id.is_empty() {
            NodeId::new(format!("{base}-{number}"))
        } else {
            NodeId::new(wire_id)
        };
        while self.flow.nodes.contains_key(&key) {
            key = NodeId::new(format!("{base}-{number}"));
            number += 1;
        }
        key
    }

    pub(super) fn node(&self, wire_id: &str) -> Option<&NodeId> {
        self.by_wire_id.get(wire_id)
    }

    /// The node that a member of an edge names. An edge to a node that is not
    /// there is an error: it could be neither drawn nor kept, as every edge of
    /// a flow has its ends.
    pub(super) fn end(&self, edge: &mut Object, name: &str) -> Result<NodeId, Fault> {
        let Some(wire_id) = edge.text(name)? else {
            let message = format!("The edge has no “{name}”. Say which node it connects.");
            return Err(Fault::new(message, edge.path()));
        };
        self.node(&wire_id).cloned().ok_or_else(|| {
            let message = format!(
                "The edge names the node “{wire_id}”, which is not there. Add the node or remove the edge."
            );
            Fault::new(message, edge.path_of(name))
        })
    }

    /// Adds an edge under the key that derives from its ends, numbered where
    /// another has it. An edge without an id on the wire has none to keep.
    pub(super) fn connect(&mut self, mut edge: Edge, wire_id: Option<String>, index: usize) {
        let mut key = edge.key();
        let mut number = index + 1;
        while self.flow.edges.contains_key(&key) {
            key = EdgeId::new(format!("{}#{number}", edge.key()));
            number += 1;
        }
        edge.wire_id = wire_id.filter(|wire_id| *wire_id != key.as_str());
        self.flow.edges.insert(key, Arc::new(edge));
    }

    /// The exit of a node by its name on the wire, where every edge names one,
    /// and what the edge keeps as its text: the name of an exit that is gone.
    /// A foreign node has the exits that its edges name.
    pub(super) fn typed_exit(&mut self, source: &NodeId, name: String) -> (Port, String) {
        const DEFAULT: &str = "default";
        let Some(node) = self.flow.nodes.get_mut(source) else {
            return (Port::OUT, name);
        };
        if node.kind.spec().is_none() {
            let is_default = name.is_empty() || name == DEFAULT;
            let port = if is_default {
                Port::OUT
            } else {
                Port::new(name.as_str())
            };
            let label = if is_default { String::new() } else { name };
            if node.exits.iter().all(|exit| exit.port != port) {
                let exit = Exit {
                    port: port.clone(),
                    label,
                };
                Arc::make_mut(node).exits.push(exit);
            }
            return (port, String::new());
        }
        let is_single = node.exits().iter().all(|exit| exit.label.is_empty());
        match (is_single, name.as_str()) {
            (true, "" | DEFAULT) => (Port::OUT, String::new()),
            (true, _) => (Port::new(format!("unknown:{name}")), name),
            (false, _) => exit(node, name),
        }
    }
}

/// The exit that an edge's label names (spec, decision 9): the name of an
/// exit, else the value of a case. Where exits have no names it is free text.
pub(super) fn exit(node: &Node, label: String) -> (Port, String) {
    let exits = node.exits();
    if exits.iter().all(|exit| exit.label.is_empty()) {
        return (Port::OUT, label);
    }
    // `default` is reserved, so it comes before a case of that name.
    let is_default = |port: &Port| *port == Port::DEFAULT && label == Port::DEFAULT.as_str();
    let by_name = exits
        .iter()
        .find(|exit| is_default(&exit.port))
        .or_else(|| exits.iter().find(|exit| exit.label == label));
    if let Some(exit) = by_name {
        return (exit.port.clone(), String::new());
    }
    let by_value = node.cases("cases").iter().find(|case| case.value == label);
    match by_value {
        Some(case) => (case.port.clone(), String::new()),
        // Kept as an exit that the node has not, which no case can be.
        None => (Port::new(format!("unknown:{label}")), label),
    }
}
