//! The documents of modules and of the call flows that link them, members in
//! the spec's order.

use super::{
    edge_ends::EdgeEnds,
    exit_names::ExitNames,
    step,
    tree::{Branch, Tree},
};
use crate::{
    Edge, EdgeId, Flow, FlowKind, Kind, Node, NodeId, Origin, Stamp, interface_line,
    kind::wire::Dialect,
};

/// How the pointers begin under which unknown members of the entry are kept.
const IN_ENTRY: &str = "/definition/entry/";

pub(super) fn document<'a>(flow: &'a Flow, stamp: &'a Stamp) -> Tree<'a> {
    let upstream_id = stamp.upstream_id.as_deref();
    // Names and descriptions of call flows are not sent (spec, "Flow module").
    let is_module = flow.kind == FlowKind::Module;
    let name = is_module.then(|| Branch::text("name", &flow.name));
    let description =
        is_module.then(|| interface_line::with_interface(&flow.description, &flow.interface));
    let description = description.filter(|description| !description.is_empty());
    let version = Branch::new("version", Tree::Number(stamp.version.into()));
    let members = [
        upstream_id.and_then(|id| Branch::text("id", id)),
        name.flatten(),
        description.map(|description| Branch::new("description", Tree::Text(description))),
        // Only an update says which version it is made from (spec, decision 5).
        upstream_id.map(|_| version),
        Some(Branch::new("definition", definition(flow))),
    ];
    let mut document = Tree::object(members);
    document.keep_all(&flow.extra);
    document
}

/// The graph. The Start is implicit: edges leave `start`, and `entry` says
/// where they lead (spec, decision 15).
fn definition(flow: &Flow) -> Tree<'_> {
    let sent = |(_, node): &(&NodeId, &std::sync::Arc<Node>)| node.kind != Kind::START;
    let nodes = flow.nodes.iter().filter(sent).map(|(id, node)| {
        Branch::new(id.as_str(), node_object(id, node)).from(Origin::Node(id.clone()))
    });
    let of_edges = (ExitNames::of(flow), EdgeEnds::of(flow));
    let edges = flow.edges.iter().map(move |(id, edge)| {
        let object = edge_object(flow, &of_edges, id, edge);
        Branch::new(id.as_str(), object).from(Origin::Edge(id.clone()))
    });
    let is_start = |edge: &Edge| {
        let source = flow.nodes.get(&edge.source);
        source.is_some_and(|node| node.kind == Kind::START)
    };
    let entry = flow.edges.iter().find(|(_, edge)| is_start(edge));
    let entry = entry.map(|(id, edge)| {
        let target = Tree::Text(EdgeEnds::of(flow).id(&edge.target).into());
        let entry = Tree::Object(vec![Branch::new("nodeId", target)]);
        Branch::new("entry", entry).from(Origin::Edge(id.clone()))
    });
    // What is kept of an entry that leads nowhere stands in its place too.
    let is_kept = || {
        flow.extra
            .keys()
            .any(|pointer| pointer.starts_with(IN_ENTRY))
    };
    let entry = entry.or_else(|| is_kept().then(|| Branch::new("entry", Tree::Object(Vec::new()))));
    let members = [
        Some(Branch::new("nodes", Tree::Each(Box::new(nodes)))),
        Some(Branch::new("edges", Tree::Each(Box::new(edges)))),
        entry,
    ];
    Tree::object(members)
}

fn node_object<'a>(id: &'a NodeId, node: &'a Node) -> Tree<'a> {
    let members = [
        Branch::text("id", node.wire_id.as_deref().unwrap_or(id.as_str())),
        Branch::text("name", &node.label),
        Branch::text("type", step::type_name(node, Dialect::Module)),
        Some(Branch::new(
            "settings",
            step::settings(id, node, Dialect::Module),
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
    let members = [
        Branch::text("id", edge.wire_id.as_deref().unwrap_or(id.as_str())),
        // An edge without an end could not be read back, so that an end is
        // written though its node has no id.
        end("source", &edge.source),
        end("target", &edge.target),
        Some(Branch::new(
            "type",
            Tree::Text(names.of_typed_edge(flow, edge)),
        )),
    ];
    let mut object = Tree::object(members);
    object.keep_all(&edge.extra);
    object
}
