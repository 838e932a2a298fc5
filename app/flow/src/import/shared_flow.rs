//! The direct profile's shared flows and the flows that run them.

use serde_json::{Map, Value, json};

use super::{
    Fault, fields, graph::Graph, layout, object::Object, parameters, stamp, step, within_limits,
};
use crate::{
    Edge, FieldKey, FieldValue, Flow, FlowFile, FlowKind, Kind, MAX_EDGES, Node, NodeId, Port,
    direct::{self, IMPLICIT_START, IN_ACTION},
    kind::wire::{Dialect, kind_of},
};

pub(super) fn read(members: Map<String, Value>) -> Result<FlowFile, Fault> {
    let mut document = Object::new(members, "");
    let stamp = stamp::versioned(&mut document)?;
    let mut flow = Flow::new(FlowKind::Shared, document.text("name")?.unwrap_or_default());
    let kind = document.text("type")?.filter(|kind| !kind.is_empty());
    flow.wire_type = kind.filter(|kind| kind != direct::SHARED_FLOW_TYPE);
    flow.description = document.text("description")?.unwrap_or_default();
    flow.interface.inputs = parameters::read(&mut document, "inputs")?;
    flow.interface.outputs = parameters::read(&mut document, "outputs")?;
    let nodes = document.list("nodes")?;
    within_limits((nodes.len(), "/nodes"), (0, "/nodes"))?;
    let mut graph = Graph::of(&mut flow);
    let next = read_nodes(&mut graph, nodes)?;
    connect(&mut graph, next)?;
    let written = flow.type_on_wire(direct::SHARED_FLOW_TYPE).to_owned();
    for (name, itself) in [
        ("trigger", json!({ "type": written })),
        ("conditionset", json!({ "conditions": [] })),
        ("end", json!({})),
    ] {
        // What is written without it anyway need not be kept.
        if let Some(value) = document.take(name).filter(|value| *value != itself) {
            flow.extra.insert(format!("/{name}"), value);
        }
    }
    document.keep_rest(&mut flow.extra, "");
    layout::place_the_unplaced(&mut flow);
    Ok(FlowFile::new(flow, stamp))
}

/// What follows a node: the last of its actions, the ways out, and where they
/// stand.
type Next = (NodeId, Vec<Value>, String);

fn read_nodes(graph: &mut Graph<'_>, nodes: Vec<Value>) -> Result<Vec<Next>, Fault> {
    // The start is implicit, and the first node comes first.
    graph.keep_free(&nodes);
    let start = graph.add_implicit(IMPLICIT_START, Node::of(&Kind::START));
    let mut next = Vec::new();
    for (index, value) in nodes.into_iter().enumerate() {
        let mut object = Object::of(value, format!("/nodes/{index}"))?;
        let path = object.path_of("next");
        let wire_id = object.text("id")?.unwrap_or_default();
        let label = object.text("label")?.unwrap_or_default();
        let actions = object.list("actions")?;
        let ways = object.list("next")?;
        let mut actions = actions.into_iter().enumerate().map(|(number, value)| {
            let object = Object::of(value, format!("/nodes/{index}/actions/{number}"))?;
            action(object)
        });
        let mut first = match actions.next() {
            Some(node) => node?,
            None => Node::of(&Kind::foreign("")),
        };
        first.label = label;
        object.keep_rest(&mut first.extra, "");
        let head = graph.add(wire_id, first, index);
        if index == 0 {
            let edge = Edge::new(start.clone(), Port::OUT, head.clone());
            graph.connect(edge, None, 0);
        }
        let further = format!("{head}-action");
        let mut last = head;
        for node in actions {
            let mut node = node?;
            node.joins = true;
            let id = graph.add_implicit(&further, node);
            graph.connect(Edge::new(last, Port::OUT, id.clone()), None, 0);
            last = id;
        }
        next.push((last, ways, path));
    }
    // An edge back to where the flow begins is kept for the checks to point at.
    graph.let_name(IMPLICIT_START, start);
    let counts = (graph.flow.nodes.len(), "/nodes");
    within_limits(counts, (0, "/nodes"))?;
    Ok(next)
}

/// An action: its type, and what is set on it side by side.
fn action(mut object: Object) -> Result<Node, Fault> {
    let type_name = step::type_name(&mut object, "The action has no “type”. Say what it does.")?;
    let spec = kind_of(&type_name, Dialect::Shared);
    let kind = spec.map_or_else(|| Kind::foreign(&type_name), |spec| spec.kind.clone());
    let mut node = Node {
        label: direct::default_label(&kind).to_owned(),
        fields: Default::default(),
        ..Node::of(&kind)
    };
    match spec.and_then(|spec| spec.wire(Dialect::Shared)) {
        Some(wire) => fields::read(
            &mut node,
            wire.members,
            object,
            IN_ACTION.trim_end_matches('/'),
        ),
        None => {
            let kept = object.rest();
            if !kept.is_empty() {
                let key = FieldKey::of("configuration");
                node.fields.insert(key, FieldValue::Json(kept.into()));
            }
        }
    }
    Ok(node)
}

fn connect(graph: &mut Graph<'_>, next: Vec<Next>) -> Result<(), Fault> {
    for (source, ways, path) in next {
        for (index, value) in ways.into_iter().enumerate() {
            let mut object = Object::of(value, format!("{path}/{index}"))?;
            let target = graph.end(&mut object, "nodeId")?;
            let name = object.text("on")?.unwrap_or_default();
            let (port, label) = graph.typed_exit(&source, name);
            let mut edge = Edge::new(source.clone(), port, target);
            edge.label = label;
            object.keep_rest(&mut edge.extra, "");
            graph.connect(edge, None, index);
        }
        if graph.flow.edges.len() > MAX_EDGES {
            within_limits((0, "/nodes"), (graph.flow.edges.len(), "/nodes"))?;
        }
    }
    Ok(())
}
