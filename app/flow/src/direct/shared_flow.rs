//! The document of a shared flow, members in the spec's order.

use rustc_hash::FxHashSet;

use super::{
    exit_names::ExitNames,
    step,
    tree::{Branch, Tree},
};
use crate::{
    Edge, EdgeId, Flow, Kind, Node, NodeId, Origin, Parameter, ParameterType, Port, Stamp,
    kind::wire::Dialect,
};

/// What `type` says by itself.
pub(crate) const TYPE: &str = "email";

/// Members that a foreign document may fill, as they are without one.
const TRIGGER: &str = "/trigger";
const CONDITIONSET: &str = "/conditionset";
const END: &str = "/end";

pub(super) fn document<'a>(flow: &'a Flow, stamp: &'a Stamp) -> Tree<'a> {
    let upstream_id = stamp.upstream_id.as_deref();
    let kind = flow.wire_type.as_deref().unwrap_or(TYPE);
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
    let mut document = Tree::Object(members.into_iter().flatten().collect());
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
        let mut object = Tree::Object(members.into_iter().flatten().collect());
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
    let names = ExitNames::of(flow);
    let objects = chains.into_iter().filter_map(move |chain| {
        let head = *chain.first()?;
        let object = node_object(flow, &outgoing, &names, &chain)?;
        Some(Branch::new(head.as_str(), object).from(Origin::Node(head.clone())))
    });
    Tree::Each(Box::new(objects))
}

/// The edges that leave each node, by its place in document order.
struct Outgoing<'a>(Vec<Vec<(&'a EdgeId, &'a Edge)>>);

impl<'a> Outgoing<'a> {
    fn of(flow: &'a Flow) -> Self {
        let mut outgoing = vec![Vec::new(); flow.nodes.len()];
        for (id, edge) in &flow.edges {
            let source = flow.nodes.get_index_of(&edge.source);
            if let Some(edges) = source.and_then(|index| outgoing.get_mut(index)) {
                edges.push((id, &**edge));
            }
        }
        Self(outgoing)
    }

    fn from(&self, flow: &Flow, id: &NodeId) -> &[(&'a EdgeId, &'a Edge)] {
        let index = flow.nodes.get_index_of(id);
        index
            .and_then(|index| self.0.get(index))
            .map_or(&[], Vec::as_slice)
    }
}

/// The nodes in groups that go over the wire as one node with several actions.
fn chains<'a>(flow: &'a Flow, outgoing: &Outgoing<'a>) -> Vec<Vec<&'a NodeId>> {
    let mut entered = vec![0_usize; flow.nodes.len()];
    for edge in flow.edges.values() {
        let target = flow.nodes.get_index_of(&edge.target);
        if let Some(count) = target.and_then(|index| entered.get_mut(index)) {
            *count += 1;
        }
    }
    // The node that goes over the wire as the next action of another one.
    let joined = |id: &NodeId, node: &Node| -> Option<&'a NodeId> {
        let is_single = node.exits().len() == 1;
        let [(_, edge)] = outgoing.from(flow, id) else {
            return None;
        };
        let index = flow.nodes.get_index_of(&edge.target)?;
        let (target, next) = flow.nodes.get_index(index)?;
        let is_plain = edge.port == Port::OUT && edge.extra.is_empty() && edge.label.is_empty();
        // What only a node of its own can say keeps it one.
        let is_bare = next.label == default_label(&next.kind)
            && next
                .extra
                .keys()
                .all(|pointer| pointer.starts_with(IN_ACTION));
        let is_entered_once = entered.get(index) == Some(&1);
        let can_follow = is_single && is_plain && node.kind != Kind::START;
        (next.joins && is_bare && is_entered_once && can_follow).then_some(target)
    };
    let mut follows: FxHashSet<&NodeId> = FxHashSet::default();
    for (id, node) in &flow.nodes {
        follows.extend(joined(id, node));
    }
    let mut taken: FxHashSet<&NodeId> = FxHashSet::default();
    let mut chains = Vec::new();
    // Nodes that follow each other round and round begin somewhere too: the
    // second walk takes what the first has left.
    for is_first_walk in [true, false] {
        for (id, node) in &flow.nodes {
            if node.kind == Kind::START || (is_first_walk && follows.contains(id)) {
                continue;
            }
            let mut chain = Vec::new();
            let mut next = Some(id);
            while let Some(id) = next.filter(|id| taken.insert(*id)) {
                chain.push(id);
                next = flow.nodes.get(id).and_then(|node| joined(id, node));
            }
            if !chain.is_empty() {
                chains.push(chain);
            }
        }
    }
    let starts = flow.edges.values().filter(|edge| {
        let source = flow.nodes.get(&edge.source);
        source.is_some_and(|node| node.kind == Kind::START)
    });
    let entry = starts.map(|edge| &edge.target).next();
    if let Some(at) = chains
        .iter()
        .position(|chain| chain.first().copied() == entry)
    {
        let first = chains.remove(at);
        chains.insert(0, first);
    }
    chains
}

fn node_object<'a>(
    flow: &'a Flow,
    outgoing: &Outgoing<'a>,
    names: &ExitNames,
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
        let on = Tree::Text(names.of_typed_edge(flow, edge).into());
        let target = Tree::Text(flow.wire_id(&edge.target).into());
        let mut object = Tree::Object(vec![Branch::new("on", on), Branch::new("nodeId", target)]);
        object.keep_all(&edge.extra);
        Branch::new(id.as_str(), object).from(Origin::Edge((*id).clone()))
    });
    let next: Vec<_> = next.collect();
    let members = [
        Branch::text("id", flow.wire_id(head)),
        Branch::text("label", &node.label),
        Some(Branch::new("actions", Tree::Array(actions.collect()))),
        (!next.is_empty()).then(|| Branch::new("next", Tree::Array(next))),
    ];
    let mut object = Tree::Object(members.into_iter().flatten().collect());
    for (pointer, value) in &node.extra {
        if !pointer.starts_with(IN_ACTION) {
            object.keep(pointer, value);
        }
    }
    Some(object)
}

/// The label of a further action, which has none on the wire.
pub(crate) fn default_label(kind: &Kind) -> &str {
    match kind.spec() {
        Some(spec) => spec.title,
        None => kind.foreign_type().unwrap_or(kind.as_str()),
    }
}

/// How the pointers begin under which unknown members of an action are kept;
/// those of the node itself go without.
pub(crate) const IN_ACTION: &str = "/action/";

/// An action: its type and what is set on it, side by side. None for a node
/// without an action, as foreign documents may have it.
fn action<'a>(id: &NodeId, node: &'a Node) -> Option<Tree<'a>> {
    let type_name = step::type_name(node, Dialect::Shared);
    if type_name.is_empty() {
        return None;
    }
    let mut branches: Vec<_> = Branch::text("type", type_name).into_iter().collect();
    match step::settings(id, node, Dialect::Shared) {
        Tree::Object(members) => branches.extend(members),
        // What a foreign action holds besides its type.
        Tree::Kept(serde_json::Value::Object(members)) => {
            let kept = members.iter();
            branches
                .extend(kept.map(|(name, value)| Branch::new(name.as_str(), Tree::Kept(value))));
        }
        other => branches.push(Branch::new("settings", other)),
    }
    let mut object = Tree::Object(branches);
    for (pointer, value) in &node.extra {
        if let Some(rest) = pointer.strip_prefix(IN_ACTION) {
            object.keep_at(rest, value);
        }
    }
    Some(object)
}
