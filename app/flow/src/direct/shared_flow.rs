//! The document of a shared flow, members in the spec's order.

use super::{
    chains::{IN_ACTION, Outgoing, chains, has_action},
    edge_ends::EdgeEnds,
    exit_names::ExitNames,
    step,
    tree::{Branch, Tree},
};
use crate::{Flow, Node, NodeId, Origin, Parameter, ParameterType, Stamp, kind::wire::Dialect};

/// What `type` says by itself.
pub(crate) const TYPE: &str = "email";

/// Members that a foreign document may fill, as they are without one.
const TRIGGER: &str = "/trigger";
const CONDITIONSET: &str = "/conditionset";
const END: &str = "/end";

pub(super) fn document<'a>(flow: &'a Flow, stamp: &'a Stamp) -> Tree<'a> {
    let upstream_id = stamp.upstream_id.as_deref();
    let kind = flow.type_on_wire(TYPE);
    let version = Branch::new("version", Tree::Number(stamp.version.into()));
    let kept = |pointer: &str, otherwise: Tree<'a>| {
        let kept = flow.extra.get(pointer);
        let value = kept.map_or(otherwise, Tree::Kept);
        Some(Branch::new(
            pointer.trim_start_matches('/').to_owned(),
            value,
        ))
    };
    let conditions = Branch::new("conditions", Tree::Array(Vec::new()));
    let members = [
        upstream_id.and_then(|id| Branch::text("id", id)),
        upstream_id.map(|_| version),
        Branch::text("name", &flow.name),
        Branch::text("type", kind),
        Branch::text("description", &flow.description),
        Some(Branch::new("inputs", parameters(&flow.interface.inputs))),
        Some(Branch::new("outputs", parameters(&flow.interface.outputs))),
        Some(Branch::new("nodes", nodes(flow))),
        kept(
            TRIGGER,
            Tree::Object(Branch::text("type", kind).into_iter().collect()),
        ),
        kept(CONDITIONSET, Tree::Object(vec![conditions])),
        kept(END, Tree::Object(Vec::new())),
    ];
    let mut document = Tree::object(members);
    document.keep_all(&flow.extra);
    document
}

fn parameters(parameters: &[Parameter]) -> Tree<'_> {
    let objects = parameters.iter().map(|parameter| {
        let datatype = match &parameter.datatype {
            ParameterType::Known(datatype) => Tree::Text(datatype.as_str().into()),
            ParameterType::Foreign(value) => Tree::Kept(value),
        };
        let members = [
            Branch::text("name", &parameter.name),
            Branch::text("description", &parameter.description),
            (!parameter.datatype.is_absent()).then(|| Branch::new("datatype", datatype)),
        ];
        let mut object = Tree::object(members);
        object.keep_all(&parameter.extra);
        Branch::new(parameter.name.as_str(), object)
    });
    Tree::Array(objects.collect())
}

/// The nodes, the one that Start leads to first: the document has no other
/// word for where it begins.
fn nodes(flow: &Flow) -> Tree<'_> {
    let outgoing = Outgoing::of(flow);
    let chains = chains(flow, &outgoing);
    let of_edges = (ExitNames::of(flow), EdgeEnds::of(flow));
    let objects = chains.into_iter().filter_map(move |chain| {
        let head = *chain.first()?;
        let object = node_object(flow, &outgoing, &of_edges, &chain)?;
        Some(Branch::new(head.as_str(), object).from(Origin::Node(head.clone())))
    });
    Tree::Each(Box::new(objects))
}

fn node_object<'a>(
    flow: &'a Flow,
    outgoing: &Outgoing<'a>,
    (names, ends): &(ExitNames, EdgeEnds<'a>),
    chain: &[&'a NodeId],
) -> Option<Tree<'a>> {
    let (head, last) = (*chain.first()?, *chain.last()?);
    let node = flow.nodes.get(head)?;
    let actions = chain.iter().filter_map(|id| {
        let node = flow.nodes.get(*id)?;
        let action = action(id, node)?;
        let branch = Branch::new(id.as_str(), action);
        let is_head = *id == head;
        Some(if is_head {
            branch
        } else {
            branch.from(Origin::Node((*id).clone()))
        })
    });
    let next = outgoing.from(flow, last).iter().map(|(id, edge)| {
        let on = Tree::Text(names.of_typed_edge(flow, edge));
        let target = Tree::Text(ends.id(&edge.target).into());
        let mut object = Tree::Object(vec![Branch::new("on", on), Branch::new("nodeId", target)]);
        object.keep_all(&edge.extra);
        Branch::new(id.as_str(), object).from(Origin::Edge((*id).clone()))
    });
    let (actions, next): (Vec<_>, Vec<_>) = (actions.collect(), next.collect());
    let members = [
        Branch::text("id", flow.wire_id(head)),
        Branch::text("label", &node.label),
        (!actions.is_empty()).then(|| Branch::new("actions", Tree::Array(actions))),
        (!next.is_empty()).then(|| Branch::new("next", Tree::Array(next))),
    ];
    let mut object = Tree::object(members);
    let kept = node.extra.iter();
    object.keep(kept.filter_map(|(pointer, value)| {
        let of_node = (!pointer.starts_with(IN_ACTION)).then_some(pointer);
        Some((of_node?.strip_prefix('/')?, value))
    }));
    Some(object)
}

/// An action: its type and what is set on it, side by side. None for a node
/// without an action, as foreign documents may have it.
fn action<'a>(id: &NodeId, node: &'a Node) -> Option<Tree<'a>> {
    const TYPE: &str = "type";
    if !has_action(node) {
        return None;
    }
    let mut branches: Vec<_> = Branch::text(TYPE, step::type_name(node, Dialect::Shared))
        .into_iter()
        .collect();
    match step::settings(id, node, Dialect::Shared) {
        Tree::Object(members) => branches.extend(members),
        // What a foreign action holds besides its type.
        Tree::Kept(serde_json::Value::Object(members)) => {
            let kept = members.iter().filter(|(name, _)| *name != TYPE);
            branches
                .extend(kept.map(|(name, value)| Branch::new(name.as_str(), Tree::Kept(value))));
        }
        other => branches.push(Branch::new("settings", other)),
    }
    let mut object = Tree::Object(branches);
    let kept = node.extra.iter();
    object
        .keep(kept.filter_map(|(pointer, value)| Some((pointer.strip_prefix(IN_ACTION)?, value))));
    Some(object)
}
