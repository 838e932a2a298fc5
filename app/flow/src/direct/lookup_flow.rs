//! The document of a lookup flow, members in the spec's order.

use super::{
    edge_ends::EdgeEnds,
    exit_names::ExitNames,
    step,
    tree::{Branch, Tree},
};
use crate::{Edge, EdgeId, Flow, Node, NodeId, Origin, Stamp, kind::wire::Dialect};

/// What `type` says when the document did not come with another one.
pub(crate) const TYPE: &str = "INBOUND";

pub(super) fn document<'a>(flow: &'a Flow, stamp: &'a Stamp) -> Tree<'a> {
    let nodes = flow.nodes.iter().map(|(id, node)| {
        Branch::new(id.as_str(), node_object(flow, id, node)).from(Origin::Node(id.clone()))
    });
    let of_edges = (ExitNames::of(flow), EdgeEnds::of(flow));
    let edges = flow.edges.iter().map(move |(id, edge)| {
        let object = edge_object(flow, &of_edges, id, edge);
        Branch::new(id.as_str(), object).from(Origin::Edge(id.clone()))
    });
    let graph = vec![
        Branch::new("nodes", Tree::Each(Box::new(nodes))),
        Branch::new("edges", Tree::Each(Box::new(edges))),
    ];
    let members = [
        // An update names what it updates, before all else (spec, decision 5).
        stamp
            .upstream_id
            .as_deref()
            .and_then(|id| Branch::text("id", id)),
        Branch::text("type", flow.type_on_wire(TYPE)),
        Branch::text("name", &flow.name),
        Branch::text("description", &flow.description),
        Some(Branch::new("nodes", Tree::Object(graph))),
        Some(Branch::new("metadata", metadata(stamp))),
    ];
    let mut document = Tree::object(members);
    document.keep_all(&flow.extra);
    document
}

fn metadata(stamp: &Stamp) -> Tree<'_> {
    let version = Branch::new("version", Tree::Number(stamp.version.into()));
    let modified = Branch::text("lastModified", &stamp.last_modified);
    Tree::object([Some(version), modified])
}

fn node_object<'a>(flow: &'a Flow, id: &'a NodeId, node: &'a Node) -> Tree<'a> {
    let at = flow.position(id);
    let position = Tree::Object(vec![
        Branch::new("x", Tree::coordinate(at.x)),
        Branch::new("y", Tree::coordinate(at.y)),
    ]);
    let members = [
        Branch::text("id", node.wire_id.as_deref().unwrap_or(id.as_str())),
        Branch::text("type", step::type_name(node, Dialect::Lookup)),
        Branch::text("label", &node.label),
        Some(Branch::new(
            "metadata",
            Tree::Object(vec![Branch::new("position", position)]),
        )),
        Some(Branch::new(
            "configuration",
            step::settings(id, node, Dialect::Lookup),
        )),
    ];
    let mut object = Tree::object(members);
    object.keep_all(&node.extra);
    object
}

fn edge_object<'a>(
    flow: &'a Flow,
    (names, ends): &(ExitNames, EdgeEnds<'a>),
    id: &'a EdgeId,
    edge: &'a Edge,
) -> Tree<'a> {
    let end = |name, end| Some(Branch::new(name, Tree::Text(ends.id(end).into())));
    let label = match names.of_edge(flow, edge) {
        Some(name) => Tree::Text(name.to_owned().into()),
        None => Tree::Text(edge.label.as_str().into()),
    };
    let members = [
        Branch::text("id", edge.wire_id.as_deref().unwrap_or(id.as_str())),
        // An edge without an end could not be read back, so that an end is
        // written though its node has no id.
        end("fromNodeId", &edge.source),
        end("toNodeId", &edge.target),
        Some(Branch::new("label", label)).filter(|label| !label.is_empty_text()),
    ];
    let mut object = Tree::object(members);
    object.keep_all(&edge.extra);
    object
}
