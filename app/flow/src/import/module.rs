//! The direct profile's modules and the call flows that link them.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Fault, graph::Graph, layout, object::Object, stamp, step, within_limits};
use crate::{
    Edge, Flow, FlowFile, FlowKind, Kind, Node, direct::IMPLICIT_START, interface_line,
    kind::wire::Dialect,
};

pub(super) fn read(members: Map<String, Value>) -> Result<FlowFile, Fault> {
    let mut document = Object::new(members, "");
    let stamp = stamp::versioned(&mut document)?;
    // A document with a definition and no name is a call flow (spec, decision
    // 14).
    let name = document.text("name")?.filter(|name| !name.is_empty());
    let mut flow = match name {
        Some(name) => {
            let mut flow = Flow::new(FlowKind::Module, name);
            let description = document.text("description")?.unwrap_or_default();
            (flow.description, flow.interface) = interface_line::taken_out(description);
            flow
        }
        None => {
            let id = stamp
                .as_ref()
                .and_then(|stamp| stamp.upstream_id.as_deref());
            // The name is Patchbay's own: nothing of it is sent.
            let name = id.map_or("Call flow".to_owned(), |id| format!("Call flow {id}"));
            Flow::new(FlowKind::Call, name)
        }
    };
    let mut definition = document.object("definition")?;
    let (nodes, edges) = (definition.list("nodes")?, definition.list("edges")?);
    within_limits(
        (nodes.len(), "/definition/nodes"),
        (edges.len(), "/definition/edges"),
    )?;
    let mut graph = Graph::of(&mut flow);
    graph.add(IMPLICIT_START.to_owned(), Node::of(&Kind::START), 0);
    for (index, value) in nodes.into_iter().enumerate() {
        let object = Object::of(value, format!("/definition/nodes/{index}"))?;
        read_node(&mut graph, object, index)?;
    }
    // The implicit Start is a node here too.
    within_limits(
        (graph.flow.nodes.len(), "/definition/nodes"),
        (edges.len(), "/definition/edges"),
    )?;
    for (index, value) in edges.into_iter().enumerate() {
        let object = Object::of(value, format!("/definition/edges/{index}"))?;
        read_edge(&mut graph, object, index)?;
    }
    entry(&graph, &mut definition)?.keep_rest(&mut flow.extra, "/definition/entry");
    definition.keep_rest(&mut flow.extra, "/definition");
    document.keep_rest(&mut flow.extra, "");
    layout::place_the_unplaced(&mut flow);
    Ok(FlowFile::new(flow, stamp))
}

fn read_node(graph: &mut Graph<'_>, mut object: Object, index: usize) -> Result<(), Fault> {
    let wire_id = object.text("id")?.unwrap_or_default();
    if wire_id == IMPLICIT_START {
        let message = "The id “start” stands for where the flow begins, and no node can have it. Give the node another id.";
        return Err(Fault::new(message, object.path_of("id")));
    }
    let mut node = step::node(&mut object, "name", Dialect::Module)?;
    step::settings(&mut node, &mut object, "settings", Dialect::Module)?;
    object.keep_rest(&mut node.extra, "");
    graph.add(wire_id, node, index);
    Ok(())
}

fn read_edge(graph: &mut Graph<'_>, mut object: Object, index: usize) -> Result<(), Fault> {
    let wire_id = object.text("id")?.unwrap_or_default();
    let source = graph.end(&mut object, "source")?;
    let target = graph.end(&mut object, "target")?;
    let name = object.text("type")?.unwrap_or_default();
    let (port, label) = graph.typed_exit(&source, name);
    let mut edge = Edge::new(source, port, target);
    edge.label = label;
    object.keep_rest(&mut edge.extra, "");
    graph.connect(edge, Some(wire_id), index);
    Ok(())
}

/// Checks that the entry is where the first edge from `start` leads (spec,
/// decision 15), and gives what else is in it.
fn entry(graph: &Graph<'_>, definition: &mut Object) -> Result<Object, Fault> {
    let mut entry = definition.object("entry")?;
    let Some(named) = entry.text("nodeId")? else {
        return Ok(entry);
    };
    let is_start = |edge: &&Arc<Edge>| graph.node(IMPLICIT_START) == Some(&edge.source);
    let first = graph.flow.edges.values().find(is_start);
    let target = first.map(|edge| graph.flow.wire_id(&edge.target));
    if target == Some(named.as_str()) {
        return Ok(entry);
    }
    let message = match target {
        Some(target) => format!(
            "The entry is “{named}”, and the connection from “start” leads to “{target}”. Let both name the same node."
        ),
        None => format!(
            "The entry is “{named}”, and no connection from “start” leads there. Add the connection or remove the entry."
        ),
    };
    Err(Fault::new(message, entry.path_of("nodeId")))
}
