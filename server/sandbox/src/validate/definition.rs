//! The definition of a module, or of a call flow that links modules: steps,
//! edges from an implicit `start`, and the entry (spec, "Flow module" and
//! decision 15).

use super::field::Field;
use super::graph::{self, Words};
use super::{Problem, settings};

/// The edge keys and branch words of this dialect.
const WORDS: Words = Words {
    from: "source",
    to: "target",
    branch: "type",
    settings: "settings",
    condition: "condition",
    split: "split",
};
/// The id that edges leave and that no node has.
const START: &str = "start";

pub(super) fn check(root: &Field<'_>, problems: &mut Vec<Problem>) {
    let Some(definition) = root
        .required("definition", problems)
        .filter(|definition| definition.is_object(problems))
    else {
        return;
    };
    let nodes = definition
        .required("nodes", problems)
        .and_then(|nodes| nodes.items(problems));
    let edges = definition
        .required("edges", problems)
        .and_then(|edges| edges.items(problems));
    let (Some(nodes), Some(edges)) = (nodes, edges) else {
        return;
    };
    for node in &nodes {
        check_node(node, problems);
    }
    for edge in &edges {
        check_edge(edge, problems);
    }
    graph::check_wiring(&WORDS, Some(START), &nodes, &edges, problems);
    check_entry(&definition, &nodes, &edges, problems);
}

fn check_node(node: &Field<'_>, problems: &mut Vec<Problem>) {
    if !node.is_object(problems) {
        return;
    }
    if let Some(id) = node.required("id", problems)
        && id.text(problems) == Some(START)
    {
        id.refuse("id.reserved", "start is implicit and is not sent", problems);
    }
    if let Some(name) = node.optional("name")
        && !name.value().is_string()
    {
        name.refuse("type.wrong", "a text is expected", problems);
    }
    let kind = node.required("type", problems);
    let settings = node
        .required("settings", problems)
        .filter(|settings| settings.is_object(problems));
    let Some((field, kind)) =
        kind.and_then(|field| field.text(problems).map(|kind| (field.clone(), kind)))
    else {
        return;
    };
    let is_known = match settings {
        Some(settings) => settings::check(kind, &settings, problems),
        None => settings::is_known(kind),
    };
    if !is_known {
        let message = format!("there is no node type {kind}");
        field.refuse("node.type.unknown", message, problems);
    }
}

fn check_edge(edge: &Field<'_>, problems: &mut Vec<Problem>) {
    if !edge.is_object(problems) {
        return;
    }
    for key in ["id", "source", "target", "type"] {
        if let Some(field) = edge.required(key, problems) {
            field.text(problems);
        }
    }
}

/// There is one way in, and the entry names where it leads; an empty
/// definition has neither.
fn check_entry(
    definition: &Field<'_>,
    nodes: &[Field<'_>],
    edges: &[Field<'_>],
    problems: &mut Vec<Problem>,
) {
    let mut starts = edges
        .iter()
        .filter(|edge| graph::text_of(edge, "source") == Some(START));
    let first = starts.next();
    for further in starts {
        further.refuse("start.duplicate", "only one edge leaves start", problems);
    }
    let entry = definition
        .optional("entry")
        .filter(|entry| entry.is_object(problems))
        .and_then(|entry| entry.required("nodeId", problems));
    let target = first.and_then(|edge| graph::text_of(edge, "target"));
    match (target, entry) {
        (Some(target), Some(entry)) if entry.value().as_str() != Some(target) => entry.refuse(
            "entry.differs",
            format!("the edge from start leads to {target}"),
            problems,
        ),
        (Some(_), Some(_)) => {}
        (None, Some(entry)) => {
            entry.refuse("entry.unknown", "no edge leaves start", problems);
        }
        (Some(_), None) => {
            let _ = definition.required("entry", problems);
        }
        (None, None) if nodes.is_empty() => {}
        (None, None) => {
            definition.refuse("start.missing", "an edge must leave start", problems);
        }
    }
}
