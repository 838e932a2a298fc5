//! The document of a lookup flow, members in the spec's order.

use serde_json::Value;

use super::tree::{Branch, Tree};
use crate::{
    Case, Edge, EdgeId, Exit, FieldKey, FieldValue, Flow, Node, NodeId, Origin, Stamp,
    kind::wire::{Member, Shape},
};

/// What `type` says when the document did not come with another one.
pub(crate) const TYPE: &str = "INBOUND";

pub(super) fn document<'a>(flow: &'a Flow, stamp: &'a Stamp) -> Tree<'a> {
    let nodes = flow.nodes.iter().map(|(id, node)| {
        Branch::new(id.as_str(), node_object(flow, id, node)).from(Origin::Node(id.clone()))
    });
    let names: ExitNames = flow.nodes.values().map(|node| named_exits(node)).collect();
    let edges = flow.edges.iter().map(move |(id, edge)| {
        Branch::new(id.as_str(), edge_object(flow, &names, id, edge)).from(Origin::Edge(id.clone()))
    });
    let graph = vec![
        Branch::new("nodes", Tree::Each(Box::new(nodes))),
        Branch::new("edges", Tree::Each(Box::new(edges))),
    ];
    let kind = flow.extra.get("/type").and_then(Value::as_str);
    let members = [
        // An update names what it updates, before all else (spec, decision 5).
        stamp
            .upstream_id
            .as_deref()
            .and_then(|id| Branch::text("id", id)),
        Branch::text("type", kind.unwrap_or(TYPE)),
        Branch::text("name", &flow.name),
        Branch::text("description", &flow.description),
        Some(Branch::new("nodes", Tree::Object(graph))),
        Some(Branch::new("metadata", metadata(stamp))),
    ];
    let mut document = Tree::Object(members.into_iter().flatten().collect());
    for (pointer, value) in &flow.extra {
        document.keep(pointer, value);
    }
    document
}

fn metadata(stamp: &Stamp) -> Tree<'_> {
    let version = Branch::new("version", Tree::Number(stamp.version.into()));
    let modified = Branch::text("lastModified", &stamp.last_modified);
    Tree::Object([Some(version), modified].into_iter().flatten().collect())
}

fn node_object<'a>(flow: &'a Flow, id: &'a NodeId, node: &'a Node) -> Tree<'a> {
    let spec = node.kind.spec();
    let type_name = match spec {
        Some(spec) => spec.direct.type_name,
        None => node.kind.foreign_type().unwrap_or(node.kind.as_str()),
    };
    let configuration = match (spec, node.field("configuration")) {
        (Some(spec), _) => Tree::Object(written(spec.direct.configuration, id, node)),
        (None, Some(FieldValue::Json(kept))) => Tree::Kept(kept),
        (None, _) => Tree::Object(Vec::new()),
    };
    let at = flow.position(id);
    let position = Tree::Object(vec![
        Branch::new("x", Tree::coordinate(at.x)),
        Branch::new("y", Tree::coordinate(at.y)),
    ]);
    let members = [
        Branch::text("id", node.wire_id.as_deref().unwrap_or(id.as_str())),
        Branch::text("type", type_name),
        Branch::text("label", &node.label),
        Some(Branch::new(
            "metadata",
            Tree::Object(vec![Branch::new("position", position)]),
        )),
        Some(Branch::new("configuration", configuration)),
    ];
    let mut object = Tree::Object(members.into_iter().flatten().collect());
    for (pointer, value) in &node.extra {
        object.keep(pointer, value);
    }
    object
}

fn written<'a>(members: &'static [Member], id: &NodeId, node: &'a Node) -> Vec<Branch<'a>> {
    let branches = members.iter().filter_map(|member| match member {
        Member::Field { name, shape } => {
            let value = field_value(*shape, node.field(name)?)?;
            let origin = Origin::Field(id.clone(), FieldKey::of(name));
            Some(Branch::new(*name, value).from(origin))
        }
        Member::Object { name, members } => {
            let object = Tree::Object(written(members, id, node));
            (!object.is_empty_object()).then(|| Branch::new(*name, object))
        }
    });
    branches.collect()
}

/// A field on the wire; nothing where it is empty and not one of those that
/// are kept though empty (spec, decision 1).
fn field_value(shape: Shape, value: &FieldValue) -> Option<Tree<'_>> {
    match value {
        FieldValue::Text(text) if text.is_empty() => None,
        FieldValue::Text(text) => Some(Tree::Text(text.as_str().into())),
        FieldValue::Integer(number) => Some(Tree::Number((*number).into())),
        FieldValue::Pairs(pairs) if pairs.is_empty() => None,
        FieldValue::Pairs(pairs) => {
            let branches = pairs
                .iter()
                .map(|pair| Branch::new(pair.name.as_str(), Tree::Kept(&pair.value)));
            Some(Tree::Object(branches.collect()))
        }
        FieldValue::Cases(cases) if cases.is_empty() && shape != Shape::Cases => None,
        FieldValue::Cases(cases) => Some(Tree::Array(cases.iter().map(case).collect())),
        FieldValue::Json(Value::Null) => None,
        FieldValue::Json(kept) => Some(Tree::Kept(kept)),
    }
}

fn case(case: &Case) -> Branch<'_> {
    let members = [
        Some(Branch::new("value", Tree::Text(case.value.as_str().into()))),
        Branch::text("label", &case.label),
    ];
    Branch::new(
        case.port.as_str(),
        Tree::Object(members.into_iter().flatten().collect()),
    )
}

fn edge_object<'a>(flow: &'a Flow, names: &ExitNames, id: &'a EdgeId, edge: &'a Edge) -> Tree<'a> {
    let source = flow.nodes.get_index_of(&edge.source);
    let exits = source.and_then(|index| names.get(index));
    // Of two exits with one port the last one names the edge.
    let exit = exits.and_then(|exits| {
        let behind = exits.partition_point(|exit| exit.port <= edge.port);
        exits.get(behind.checked_sub(1)?)
    });
    let label = match exit.filter(|exit| exit.port == edge.port) {
        Some(exit) => Tree::Text(exit.label.clone().into()),
        None => Tree::Text(edge.label.as_str().into()),
    };
    let members = [
        Branch::text("id", edge.wire_id.as_deref().unwrap_or(id.as_str())),
        Branch::text("fromNodeId", flow.wire_id(&edge.source)),
        Branch::text("toNodeId", flow.wire_id(&edge.target)),
        Some(Branch::new("label", label)).filter(|label| !label.is_empty_text()),
    ];
    let mut object = Tree::Object(members.into_iter().flatten().collect());
    for (pointer, value) in &edge.extra {
        object.keep(pointer, value);
    }
    object
}

/// The exits of each node that have a name, sorted by port; the nodes by their
/// place in document order. The name is what the label of an edge says that leaves there (spec,
/// decision 9); at exits without a name, and at those that are gone, the label
/// is a free text.
type ExitNames = Vec<Vec<Exit>>;

fn named_exits(node: &Node) -> Vec<Exit> {
    let mut exits = node.exits();
    exits.retain(|exit| !exit.label.is_empty());
    exits.sort_by(|a, b| a.port.cmp(&b.port));
    exits
}
