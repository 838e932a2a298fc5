//! Nodes and edges of a document on their way into a flow: what has an id on
//! the wire gets a key, and ends are looked up by those ids.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::{Fault, object::Object};
use crate::{Edge, EdgeId, Exit, Flow, Node, NodeId, Port};

/// A flow that is being read.
pub(super) struct Graph<'f> {
    pub(super) flow: &'f mut Flow,
    /// The first node of each id on the wire.
    by_wire_id: FxHashMap<String, NodeId>,
    /// The ids on the wire, which no node has as its key that has none there.
    taken: FxHashSet<String>,
    /// The number from which the next free key is looked for, by what stands
    /// before it.
    numbers: FxHashMap<String, usize>,
    /// The exits of the nodes that edges left so far.
    exits: FxHashMap<NodeId, Exits>,
}

/// What edges call the exits of a node.
enum Exits {
    /// They have no names.
    Unnamed,
    /// By their names.
    Named(FxHashMap<String, Port>),
    /// Those that its edges name: it is a foreign node.
    AsNamed(FxHashSet<Port>),
}

impl<'f> Graph<'f> {
    pub(super) fn of(flow: &'f mut Flow) -> Self {
        Self {
            flow,
            by_wire_id: FxHashMap::default(),
            taken: FxHashSet::default(),
            numbers: FxHashMap::default(),
            exits: FxHashMap::default(),
        }
    }

    /// Keeps ids of the document's nodes free, before any is added.
    pub(super) fn keep_free(&mut self, nodes: &[Value]) {
        let ids = nodes.iter().filter_map(|node| node.get("id")?.as_str());
        self.taken = ids.map(str::to_owned).collect();
    }

    /// Adds a node that came as the document's node of this number. Its key is
    /// its wire id where it can be: absent and repeated ids are kept as they
    /// came, for the checks to point at.
    pub(super) fn add(&mut self, wire_id: String, mut node: Node, index: usize) -> NodeId {
        let whole = NodeId::new(wire_id.as_str());
        let id = if wire_id.is_empty() {
            self.numbered("node", index + 1)
        } else if self.flow.nodes.contains_key(&whole) {
            self.numbered(&wire_id, index + 1)
        } else {
            whole
        };
        if wire_id != id.as_str() {
            node.wire_id = Some(wire_id.clone());
        }
        self.by_wire_id.entry(wire_id).or_insert_with(|| id.clone());
        self.flow.nodes.insert(id.clone(), Arc::new(node));
        id
    }

    /// Adds a node that has no id on the wire.
    pub(super) fn add_implicit(&mut self, key: &str, node: Node) -> NodeId {
        let whole = NodeId::new(key);
        let is_free = !self.flow.nodes.contains_key(&whole) && !self.taken.contains(key);
        let id = if is_free {
            whole
        } else {
            self.numbered(key, 2)
        };
        self.flow.nodes.insert(id.clone(), Arc::new(node));
        id
    }

    /// A free key that ends in this number or a higher one.
    fn numbered(&mut self, base: &str, from: usize) -> NodeId {
        let number = self.numbers.entry(base.to_owned()).or_default();
        *number = from.max(*number);
        loop {
            let key = format!("{base}-{number}");
            *number += 1;
            let is_taken = self.taken.contains(&key);
            let key = NodeId::new(key);
            if !is_taken && !self.flow.nodes.contains_key(&key) {
                return key;
            }
        }
    }

    /// Lets edges name a node by this, unless a node came with it as its id.
    pub(super) fn let_name(&mut self, wire_id: &str, id: NodeId) {
        self.by_wire_id.entry(wire_id.to_owned()).or_insert(id);
    }

    pub(super) fn node(&self, wire_id: &str) -> Option<&NodeId> {
        self.by_wire_id.get(wire_id)
    }

    /// The node that a member of an edge names. An edge to a node that is not
    /// there is an error: it could be neither drawn nor kept, as every edge of
    /// a flow has its ends.
    pub(super) fn end(&self, edge: &mut Object, name: &str) -> Result<NodeId, Fault> {
        let Some(wire_id) = edge.text(name)? else {
            let message = format!("The connection has no “{name}”. Say which node it connects.");
            return Err(Fault::new(message, edge.path()));
        };
        self.node(&wire_id).cloned().ok_or_else(|| {
            let message = format!(
                "The connection names the node “{wire_id}”, which is not there. Add the node or remove the connection."
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

    /// The exit that an edge's label names (spec, decision 9): the name of an
    /// exit, else the value of a case. Where exits have no names it is free
    /// text, which is what the edge keeps.
    pub(super) fn labelled_exit(&mut self, source: &NodeId, label: String) -> (Port, String) {
        match self.exits_of(source) {
            Exits::Named(ports) => named(ports, label),
            Exits::Unnamed | Exits::AsNamed(_) => (Port::OUT, label),
        }
    }

    /// The exit of a node by its name on the wire, where every edge names one,
    /// and what the edge keeps as its text: the name of an exit that is gone.
    /// A foreign node has the exits that its edges name.
    pub(super) fn typed_exit(&mut self, source: &NodeId, name: String) -> (Port, String) {
        const DEFAULT: &str = "default";
        let name = if name.is_empty() {
            DEFAULT.to_owned()
        } else {
            name
        };
        let is_default = name == DEFAULT;
        match self.exits_of(source) {
            Exits::Named(ports) => named(ports, name),
            Exits::Unnamed if is_default => (Port::OUT, String::new()),
            Exits::Unnamed => (unknown(&name), name),
            Exits::AsNamed(seen) => {
                let port = if is_default {
                    Port::OUT
                } else {
                    foreign(&name)
                };
                if seen.insert(port.clone())
                    && let Some(node) = self.flow.nodes.get_mut(source)
                {
                    Arc::make_mut(node).exits.push(Exit {
                        port: port.clone(),
                        label: if is_default { String::new() } else { name },
                    });
                }
                (port, String::new())
            }
        }
    }

    fn exits_of(&mut self, source: &NodeId) -> &mut Exits {
        let node = self.flow.nodes.get(source);
        let exits = self.exits.entry(source.clone());
        exits.or_insert_with(|| node.map_or(Exits::Unnamed, |node| Exits::of(node)))
    }
}

impl Exits {
    fn of(node: &Node) -> Self {
        if node.kind.spec().is_none() {
            return Self::AsNamed(FxHashSet::default());
        }
        let exits = node.exits();
        if exits.iter().all(|exit| exit.label.is_empty()) {
            return Self::Unnamed;
        }
        // What is put in later counts more, and of equal names the first.
        let mut ports = FxHashMap::default();
        for case in node.cases("cases").iter().rev() {
            ports.insert(case.value.clone(), case.port.clone());
        }
        for exit in exits.into_iter().rev() {
            ports.insert(exit.label, exit.port);
        }
        // `default` is reserved, so it comes before a case of that name.
        let default = Port::DEFAULT;
        if ports.values().any(|port| *port == default) {
            ports.insert(default.as_str().to_owned(), default);
        }
        Self::Named(ports)
    }
}

fn named(ports: &FxHashMap<String, Port>, name: String) -> (Port, String) {
    match ports.get(&name) {
        Some(port) => (port.clone(), String::new()),
        None => (unknown(&name), name),
    }
}

/// An exit that the node has not, which no case can be.
fn unknown(name: &str) -> Port {
    Port::new(format!("unknown:{name}"))
}

/// The exit of a foreign node that edges name so. It is not the one without a
/// name, whatever it is called.
fn foreign(name: &str) -> Port {
    const PREFIX: &str = "named:";
    if name == Port::OUT.as_str() || name.starts_with(PREFIX) {
        Port::new(format!("{PREFIX}{name}"))
    } else {
        Port::new(name)
    }
}
