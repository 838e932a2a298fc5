//! Giving a flow the keys of another, where the same steps came by two ways:
//! drawn here, and read from a document, which knows only ids on the wire and
//! the names of exits.

mod beside;
mod disabled;
mod unsent;

use std::{borrow::Cow, sync::Arc};

use rustc_hash::{FxHashMap, FxHashSet};

use self::unsent::{Unsent, arrange};
use crate::{Case, Edge, FieldKey, FieldValue, Flow, FlowKind, Node, NodeId, Port, bypass::Bypass};

const CASES: &str = "cases";
/// How the pointers begin under which unknown members of cases are kept, by
/// where the dialects have what is set on a node.
const KEPT_WITH_CASES: [&str; 3] = [
    "/configuration/cases/",
    "/settings/cases/",
    "/action/cases/",
];

/// The flow under the keys of another: a node under the key of the one with
/// its id on the wire, a case at the exit of the case with its name. What has
/// no id there is known by what it is: the Start of a module, the further
/// actions of a shared flow's node; these stand where the other has them, too.
/// Fields that the other has empty are empty here, as the wire leaves them out,
/// nodes that it has disabled are put back, and so are its notes and groups.
/// What the other does not have keeps its keys as far as they are free.
pub fn aligned(flow: &Flow, with: &Flow) -> Flow {
    let drawn = with;
    let sent = flow.as_sent();
    let has_disabled = matches!(sent, Cow::Owned(_));
    // A flow that has disabled nodes did not come over the wire.
    let left_out = (!has_disabled && flow.kind == with.kind).then(|| Bypass::of(with, None));
    let left_out = left_out.flatten();
    let with = left_out.as_ref().map_or(with, |bypass| &bypass.flow);
    let (unsent, others) = unsent_of(&sent, with);
    let keys = node_keys(flow, with, (&unsent, &others));
    let unsent = unsent.ids();
    let key = |id: &NodeId| keys.get(id).cloned().unwrap_or_else(|| id.clone());
    let mut aligned = Flow {
        nodes: Default::default(),
        edges: Default::default(),
        positions: flow
            .positions
            .iter()
            .map(|(id, at)| (key(id), *at))
            .collect(),
        ..flow.clone()
    };
    beside::keep(&mut aligned, drawn, key);
    let mut ports: FxHashMap<(&NodeId, Port), Port> = FxHashMap::default();
    for (id, node) in &flow.nodes {
        let new = key(id);
        let mut node = Arc::clone(node);
        if let Some(other) = with.nodes.get(&new) {
            let renamed = case_ports(node.cases(CASES), other.cases(CASES));
            if !renamed.is_empty() {
                rename_cases(Arc::make_mut(&mut node), &renamed);
                ports.extend(renamed.into_iter().map(|(from, to)| ((id, from), to)));
            }
            let blank = blank_fields(&node, other);
            if !blank.is_empty() {
                Arc::make_mut(&mut node).fields.extend(blank);
            }
        }
        if unsent.contains(id) {
            let other = with.nodes.get(&new);
            let wire_id = other.and_then(|other| other.wire_id.clone());
            if node.wire_id != wire_id {
                Arc::make_mut(&mut node).wire_id = wire_id;
            }
        } else if new != *id {
            let node = Arc::make_mut(&mut node);
            node.wire_id = sent_as(node.wire_id.take(), id.as_str(), new.as_str());
        }
        aligned.nodes.insert(new, node);
    }
    for (id, edge) in &flow.edges {
        let port = ports.get(&(&edge.source, edge.port.clone()));
        let mut moved = Edge {
            source: key(&edge.source),
            port: port.unwrap_or(&edge.port).clone(),
            target: key(&edge.target),
            ..Edge::clone(edge)
        };
        // Edges with equal ends have keys that do not derive from them alone.
        let is_derived = edge.key() == *id && !aligned.edges.contains_key(&moved.key());
        let new = if is_derived { moved.key() } else { id.clone() };
        // What is sent stays the same. Edges of shared flows go without ids.
        if flow.kind == FlowKind::Shared {
            let other = with.edges.get(&new);
            moved.wire_id = other.and_then(|other| other.wire_id.clone());
        } else if new != *id {
            moved.wire_id = sent_as(moved.wire_id.take(), id.as_str(), new.as_str());
        }
        aligned.edges.insert(new, Arc::new(moved));
    }
    if flow.kind == with.kind {
        arrange(&mut aligned, with);
    }
    if let Some(bypass) = &left_out {
        disabled::put_back(&mut aligned, drawn, bypass);
        arrange(&mut aligned, drawn);
    }
    beside::retain_existing(&mut aligned);
    aligned
}

/// What has no id on the wire in two flows; in none of them where they are of
/// different sorts.
fn unsent_of<'a>(flow: &'a Flow, with: &'a Flow) -> (Unsent<'a>, Unsent<'a>) {
    if flow.kind == with.kind {
        (Unsent::of(flow), Unsent::of(with))
    } else {
        (Unsent::default(), Unsent::default())
    }
}

/// The fields that another node has and that hold nothing, where this one has
/// none: the wire leaves those out.
fn blank_fields(node: &Node, other: &Node) -> Vec<(FieldKey, FieldValue)> {
    let is_blank = |value: &FieldValue| match value {
        FieldValue::Text(text) => text.is_empty(),
        FieldValue::Pairs(pairs) => pairs.is_empty(),
        FieldValue::Reference(reference) => reference.as_str().is_empty(),
        FieldValue::Json(value) => value.is_null(),
        FieldValue::Integer(_) | FieldValue::Cases(_) => false,
    };
    let blank = other
        .fields
        .iter()
        .filter(|(key, value)| is_blank(value) && !node.fields.contains_key(*key));
    blank
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// The id on the wire under a new key, so that the same is sent as under the
/// old one.
fn sent_as(wire_id: Option<String>, old: &str, new: &str) -> Option<String> {
    Some(wire_id.unwrap_or_else(|| old.to_owned())).filter(|wire_id| wire_id != new)
}

/// The keys that change, old to new.
fn node_keys(
    flow: &Flow,
    with: &Flow,
    (unsent, others): (&Unsent<'_>, &Unsent<'_>),
) -> FxHashMap<NodeId, NodeId> {
    let mut by_wire_id: FxHashMap<&str, Option<&NodeId>> = FxHashMap::default();
    let without_id = others.ids();
    for id in with.nodes.keys().filter(|id| !without_id.contains(id)) {
        // An id that stands twice says nothing.
        by_wire_id
            .entry(with.wire_id(id))
            .and_modify(|known| *known = None)
            .or_insert(Some(id));
    }
    let without_id = unsent.ids();
    let same = |id: &NodeId| by_wire_id.get(flow.wire_id(id)).copied().flatten();
    let sent = flow.nodes.keys().filter(|id| !without_id.contains(id));
    let sent = sent.filter_map(|id| Some((id, same(id)?)));
    let pairs = unsent.pairs(others, same).into_iter().chain(sent);
    let mut taken: FxHashSet<&NodeId> = flow.nodes.keys().collect();
    let mut keys = FxHashMap::default();
    for (id, same) in pairs {
        if taken.insert(same) {
            keys.insert(id.clone(), same.clone());
        }
    }
    keys
}

/// The exits that change, old to new: each case gets the exit of the case with
/// its name, and one that has no such gives way.
fn case_ports(cases: &[Case], others: &[Case]) -> Vec<(Port, Port)> {
    let by_name: FxHashMap<&str, &Port> = others
        .iter()
        .rev()
        .map(|other| (other.name(), &other.port))
        .collect();
    let mut taken: FxHashSet<Port> = FxHashSet::default();
    let found: Vec<_> = cases
        .iter()
        .map(|case| {
            by_name
                .get(case.name())
                .copied()
                .filter(|port| taken.insert((*port).clone()))
        })
        .collect();
    // A case that the other does not have stays apart from all that it has.
    taken.extend(others.iter().map(|other| other.port.clone()));
    let mut number = 0_usize;
    let mut renamed = Vec::new();
    for (case, found) in cases.iter().zip(found) {
        let port = found.cloned().unwrap_or_else(|| {
            let mut free = case.port.clone();
            while !taken.insert(free.clone()) {
                number += 1;
                free = Port::new(format!("case-{number}"));
            }
            free
        });
        if port != case.port {
            renamed.push((case.port.clone(), port));
        }
    }
    renamed
}

fn rename_cases(node: &mut Node, renamed: &[(Port, Port)]) {
    let renamed: FxHashMap<_, _> = renamed.iter().map(|(from, to)| (from, to)).collect();
    if let Some(FieldValue::Cases(cases)) = node.fields.get_mut(&FieldKey::of(CASES)) {
        for case in cases {
            if let Some(port) = renamed.get(&case.port) {
                case.port = Port::clone(port);
            }
        }
    }
    // What came with a case and is not understood is kept under its exit.
    let extra = std::mem::take(&mut node.extra);
    node.extra = extra
        .into_iter()
        .map(|(pointer, value)| {
            let moved = KEPT_WITH_CASES.iter().find_map(|prefix| {
                let (port, member) = pointer.strip_prefix(prefix)?.split_once('/')?;
                let port = renamed.get(&Port::new(port))?;
                Some(format!("{prefix}{port}/{member}"))
            });
            (moved.unwrap_or(pointer), value)
        })
        .collect();
}
