//! Shared flows and the flows that call them: steps with actions, and where
//! each goes next (spec, "Shared flow").

use std::collections::{HashMap, HashSet};

use super::field::Field;
use super::graph::{self, Joined};
use super::{Problem, settings};

const DATA_TYPES: [&str; 7] = [
    "string", "integer", "number", "boolean", "datetime", "object", "array",
];

pub(super) fn check(root: &Field<'_>, problems: &mut Vec<Problem>) {
    for list in ["inputs", "outputs"] {
        if let Some(items) = root
            .required(list, problems)
            .and_then(|list| list.items(problems))
        {
            check_parameters(&items, problems);
        }
    }
    if let Some(trigger) = root.required("trigger", problems)
        && trigger.is_object(problems)
        && let Some(kind) = trigger.required("type", problems)
    {
        kind.text(problems);
    }
    if let Some(set) = root.required("conditionset", problems)
        && set.is_object(problems)
        && let Some(conditions) = set.required("conditions", problems)
    {
        conditions.items(problems);
    }
    if let Some(end) = root.required("end", problems) {
        end.is_object(problems);
    }
    if let Some(nodes) = root
        .required("nodes", problems)
        .and_then(|nodes| nodes.items(problems))
    {
        check_nodes(&nodes, problems);
    }
}

fn check_parameters(items: &[Field<'_>], problems: &mut Vec<Problem>) {
    let mut names = HashSet::new();
    for item in items {
        if !item.is_object(problems) {
            continue;
        }
        if let Some(name) = item.required("name", problems)
            && let Some(text) = name.text(problems)
            && !names.insert(text)
        {
            let message = format!("the name {text} is there twice");
            name.refuse("name.duplicate", message, problems);
        }
        if let Some(datatype) = item.required("datatype", problems)
            && let Some(text) = datatype.text(problems)
            && !DATA_TYPES.contains(&text)
        {
            let message = format!("{text} is no data type");
            datatype.refuse("datatype.unknown", message, problems);
        }
    }
}

fn check_nodes(nodes: &[Field<'_>], problems: &mut Vec<Problem>) {
    graph::unique_ids(nodes, problems);
    let by_id: HashMap<&str, &Field<'_>> = nodes
        .iter()
        .filter_map(|node| Some((graph::text_of(node, "id")?, node)))
        .collect();
    let mut ways = Vec::new();
    for node in nodes {
        if !node.is_object(problems) {
            continue;
        }
        let id = node.required("id", problems);
        let id = id.and_then(|id| id.text(problems));
        check_actions(node, problems);
        for way in check_ways(node, problems) {
            let target = way
                .required("nodeId", problems)
                .and_then(|field| field.text(problems).map(|text| (field.clone(), text)));
            let Some((field, target)) = target else {
                continue;
            };
            match by_id.get_key_value(target) {
                Some((known, _)) => ways.extend(id.map(|id| (way, id, *known))),
                None => {
                    let message = format!("there is no node {target}");
                    field.refuse("edge.end.unknown", message, problems);
                }
            }
        }
    }
    let joined: Vec<Joined<'_, '_>> = ways
        .iter()
        .map(|(way, from, to)| (way, *from, *to))
        .collect();
    if let Some(way) = graph::edge_that_closes_a_cycle(&joined) {
        let message = "this leads back to where the flow has been";
        way.refuse("graph.cycle", message, problems);
    }
}

fn check_actions(node: &Field<'_>, problems: &mut Vec<Problem>) {
    let actions = node
        .optional("actions")
        .and_then(|actions| actions.items(problems));
    for action in actions.unwrap_or_default() {
        if !action.is_object(problems) {
            continue;
        }
        if let Some(kind) = action.required("type", problems)
            && let Some(text) = kind.text(problems)
            && !settings::check(text, &action, problems)
        {
            let message = format!("there is no action type {text}");
            kind.refuse("action.type.unknown", message, problems);
        }
    }
}

/// Where a node goes next, each exit once.
fn check_ways<'a>(node: &Field<'a>, problems: &mut Vec<Problem>) -> Vec<Field<'a>> {
    let ways = node.optional("next").and_then(|next| next.items(problems));
    let mut ways = ways.unwrap_or_default();
    let mut exits = HashSet::new();
    ways.retain(|way| way.is_object(problems));
    for way in &ways {
        if let Some(on) = way.required("on", problems)
            && let Some(text) = on.text(problems)
            && !exits.insert(text)
        {
            let message = format!("the exit {text} leads somewhere already");
            on.refuse("edge.branch.duplicate", message, problems);
        }
    }
    ways
}
