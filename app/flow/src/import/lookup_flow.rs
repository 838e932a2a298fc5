//! The direct profile's lookup flow: what the generator writes, and what came
//! from elsewhere in that form.

mod configuration;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

use super::{Fault, layout, object::Object, within_limits};
use crate::{
    Edge, EdgeId, Extra, FieldKey, FieldValue, Flow, FlowFile, FlowKind, Kind, Node, NodeId, Point,
    Port, Stamp, catalogue, direct,
};

pub(super) fn read(members: Map<String, Value>) -> Result<FlowFile, Fault> {
    let mut document = Object::new(members, "");
    let mut flow = Flow::new(FlowKind::Lookup, document.text("name")?.unwrap_or_default());
    flow.description = document.text("description")?.unwrap_or_default();
    if let Some(kind) = document.text("type")?
        && kind != direct::LOOKUP_FLOW_TYPE
    {
        flow.extra.insert("/type".to_owned(), kind.into());
    }
    let stamp = stamp(&mut document, &mut flow.extra)?;
    let mut graph = document.object("nodes")?;
    let (nodes, edges) = (graph.list("nodes")?, graph.list("edges")?);
    within_limits((nodes.len(), "/nodes/nodes"), (edges.len(), "/nodes/edges"))?;
    let by_wire_id = read_nodes(&mut flow, nodes)?;
    for (index, value) in edges.into_iter().enumerate() {
        let object = Object::of(value, format!("/nodes/edges/{index}"))?;
        read_edge(&mut flow, &by_wire_id, object, index)?;
    }
    graph.keep_rest(&mut flow.extra, "/nodes");
    document.keep_rest(&mut flow.extra, "");
    layout::place_the_unplaced(&mut flow);
    Ok(FlowFile::new(flow, stamp))
}

/// What the document says of its life upstream. An answer of the platform's
/// has the version last read at the top, and `publishedVersion`, which is
/// never sent (spec, decision 5).
fn stamp(document: &mut Object, extra: &mut Extra) -> Result<Option<Stamp>, Fault> {
    let upstream_id = document.text("id")?.filter(|id| !id.is_empty());
    let read_version = document.whole_number("version")?;
    document.take("publishedVersion");
    let mut metadata = document.object("metadata")?;
    let version = read_version.or(metadata.whole_number("version")?);
    let last_modified = metadata.text("lastModified")?;
    metadata.keep_rest(extra, "/metadata");
    if upstream_id.is_none() && version.is_none() && last_modified.is_none() {
        return Ok(None);
    }
    Ok(Some(Stamp {
        upstream_id,
        version: version.unwrap_or(1),
        last_modified: last_modified.unwrap_or_default(),
    }))
}

/// Reads the nodes; gives the first node of each wire id.
fn read_nodes(flow: &mut Flow, nodes: Vec<Value>) -> Result<FxHashMap<String, NodeId>, Fault> {
    let mut by_wire_id = FxHashMap::default();
    for (index, value) in nodes.into_iter().enumerate() {
        let mut object = Object::of(value, format!("/nodes/nodes/{index}"))?;
        let wire_id = object.text("id")?.unwrap_or_default();
        let id = node_key(flow, &wire_id, index);
        let position = position(&mut object)?;
        let mut node = read_node(object)?;
        if wire_id != id.as_str() {
            node.wire_id = Some(wire_id.clone());
        }
        by_wire_id.entry(wire_id).or_insert_with(|| id.clone());
        if let Some(position) = position {
            flow.positions.insert(id.clone(), position);
        }
        flow.nodes.insert(id, Arc::new(node));
    }
    Ok(by_wire_id)
}

/// A node's key is its wire id where it can be: absent and repeated ids are
/// kept as they came, for the checks to point at.
fn node_key(flow: &Flow, wire_id: &str, index: usize) -> NodeId {
    let mut key = if wire_id.is_empty() {
        NodeId::new(format!("node-{}", index + 1))
    } else {
        NodeId::new(wire_id)
    };
    let mut number = index + 1;
    while flow.nodes.contains_key(&key) {
        key = NodeId::new(format!("{wire_id}-{number}"));
        number += 1;
    }
    key
}

/// Takes the position out of a node's `metadata`; what else is there stays.
fn position(node: &mut Object) -> Result<Option<Point>, Fault> {
    let mut metadata = node.object("metadata")?;
    let mut position = metadata.object("position")?;
    let at = match (position.number("x")?, position.number("y")?) {
        (None, None) => None,
        (x, y) => Some(Point::new(x.unwrap_or_default(), y.unwrap_or_default())),
    };
    position.keep_rest(&mut node.kept, "/metadata/position");
    metadata.keep_rest(&mut node.kept, "/metadata");
    Ok(at)
}

fn read_node(mut object: Object) -> Result<Node, Fault> {
    let Some(type_name) = object.text("type")? else {
        let message = "The node has no “type”. Say which sort of step it is.";
        return Err(Fault::new(message, object.path()));
    };
    let spec = catalogue()
        .iter()
        .find(|spec| spec.direct.type_name == type_name);
    let mut node = Node {
        kind: spec.map_or_else(|| Kind::foreign(&type_name), |spec| spec.kind.clone()),
        label: object.text("label")?.unwrap_or_default(),
        fields: Default::default(),
        wire_id: None,
        extra: std::mem::take(&mut object.kept),
    };
    match spec {
        Some(spec) => {
            let configuration = object.object("configuration")?;
            let members = spec.direct.configuration;
            configuration::read(&mut node, members, configuration, "/configuration");
        }
        None => {
            // Kept in one piece: nothing is known of what is in it. An empty
            // one is what is written where there is none.
            let configuration = object.take("configuration");
            if let Some(configuration) = configuration.filter(|kept| *kept != json!({})) {
                let key = FieldKey::of("configuration");
                node.fields.insert(key, FieldValue::Json(configuration));
            }
        }
    }
    object.keep_rest(&mut node.extra, "");
    Ok(node)
}

fn read_edge(
    flow: &mut Flow,
    nodes: &FxHashMap<String, NodeId>,
    mut object: Object,
    index: usize,
) -> Result<(), Fault> {
    let wire_id = object.text("id")?.unwrap_or_default();
    let source = end(&mut object, nodes, "fromNodeId")?;
    let target = end(&mut object, nodes, "toNodeId")?;
    let label = object.text("label")?.unwrap_or_default();
    let (port, label) = match flow.nodes.get(&source) {
        Some(node) => exit(node, label),
        None => (Port::OUT, label),
    };
    let mut edge = Edge::new(source, port, target);
    edge.label = label;
    object.keep_rest(&mut edge.extra, "");
    let mut key = edge.key();
    let mut number = index + 1;
    while flow.edges.contains_key(&key) {
        key = EdgeId::new(format!("{}#{number}", edge.key()));
        number += 1;
    }
    if wire_id != key.as_str() {
        edge.wire_id = Some(wire_id);
    }
    flow.edges.insert(key, Arc::new(edge));
    Ok(())
}

/// The node at an end. An edge to a node that is not there is an error: it
/// could be neither drawn nor kept, as every edge of a flow has its ends.
fn end(edge: &mut Object, nodes: &FxHashMap<String, NodeId>, name: &str) -> Result<NodeId, Fault> {
    let Some(wire_id) = edge.text(name)? else {
        let message = format!("The edge has no “{name}”. Say which node it connects.");
        return Err(Fault::new(message, edge.path()));
    };
    nodes.get(&wire_id).cloned().ok_or_else(|| {
        let message = format!(
            "The edge names the node “{wire_id}”, which is not there. Add the node or remove the edge."
        );
        Fault::new(message, edge.path_of(name))
    })
}

/// The exit that an edge's label names (spec, decision 9): the name of an
/// exit, else the value of a case. Where exits have no names it is free text.
fn exit(node: &Node, label: String) -> (Port, String) {
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
