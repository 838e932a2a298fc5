//! The direct profile's lookup flow: what the generator writes, and what came
//! from elsewhere in that form.

use serde_json::{Map, Value};

use super::{Fault, graph::Graph, layout, object::Object, step, within_limits};
use crate::{
    Edge, Extra, Flow, FlowFile, FlowKind, Node, Point, Stamp, direct, kind::wire::Dialect,
};

pub(super) fn read(members: Map<String, Value>) -> Result<FlowFile, Fault> {
    let mut document = Object::new(members, "");
    let mut flow = Flow::new(FlowKind::Lookup, document.text("name")?.unwrap_or_default());
    flow.description = document.text("description")?.unwrap_or_default();
    let kind = document.text("type")?.filter(|kind| !kind.is_empty());
    flow.wire_type = kind.filter(|kind| kind != direct::LOOKUP_FLOW_TYPE);
    let stamp = stamp(&mut document, &mut flow.extra)?;
    let mut content = document.object("nodes")?;
    let (nodes, edges) = (content.list("nodes")?, content.list("edges")?);
    within_limits((nodes.len(), "/nodes/nodes"), (edges.len(), "/nodes/edges"))?;
    let mut graph = Graph::of(&mut flow);
    for (index, value) in nodes.into_iter().enumerate() {
        let mut object = Object::of(value, format!("/nodes/nodes/{index}"))?;
        let wire_id = object.text("id")?.unwrap_or_default();
        let position = position(&mut object)?;
        let id = graph.add(wire_id, read_node(object)?, index);
        if let Some(position) = position {
            graph.flow.positions.insert(id, position);
        }
    }
    for (index, value) in edges.into_iter().enumerate() {
        let object = Object::of(value, format!("/nodes/edges/{index}"))?;
        read_edge(&mut graph, object, index)?;
    }
    content.keep_rest(&mut flow.extra, "/nodes");
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
    let mut node = step::node(&mut object, "label", Dialect::Lookup)?;
    step::settings(&mut node, &mut object, "configuration", Dialect::Lookup)?;
    object.keep_rest(&mut node.extra, "");
    Ok(node)
}

fn read_edge(graph: &mut Graph<'_>, mut object: Object, index: usize) -> Result<(), Fault> {
    let wire_id = object.text("id")?.unwrap_or_default();
    let source = graph.end(&mut object, "fromNodeId")?;
    let target = graph.end(&mut object, "toNodeId")?;
    let label = object.text("label")?.unwrap_or_default();
    let (port, label) = graph.labelled_exit(&source, label);
    let mut edge = Edge::new(source, port, target);
    edge.label = label;
    object.keep_rest(&mut edge.extra, "");
    graph.connect(edge, Some(wire_id), index);
    Ok(())
}
