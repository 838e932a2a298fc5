//! From a flow to its document.

use serde_json::{Map, Value};

use super::{
    SOURCE, containers,
    lift::{lower, members},
    list,
    read::too_deep,
    rules,
    shape::{Found, Shape, name, shape},
    steps::{self, taken},
};
use crate::{
    FieldValue, Flow, FlowKind, MAX_JSON_DEPTH, Node, NodeId, Place, Problem, Region, RegionId,
    bypass::Bypass,
    check::{DISABLED_BRANCHES, KIND_UNKNOWN, in_document_order},
};

/// Writes a flow of the public platform as the tree that its YAML stands for,
/// without what is disabled.
///
/// # Errors
/// What cannot be nested, or has no place in the document: each with its place
/// and what to do about it.
pub fn write(flow: &Flow) -> Result<Value, Vec<Problem>> {
    let drawn = flow;
    let bypass = Bypass::of(drawn, None);
    let flow = bypass.as_ref().map_or(drawn, |bypass| &bypass.flow);
    let mut found = Found {
        flow,
        problems: Vec::new(),
    };
    for (id, why) in bypass.iter().flat_map(|bypass| &bypass.kept) {
        let name = drawn.nodes.get(id).map(|node| name(node));
        let message = why.sentence(&name.unwrap_or_default());
        found.add(DISABLED_BRANCHES, Place::node(id), message);
    }
    let Some(wire_type) = flow_type(&mut found) else {
        return Err(found.problems);
    };
    let shape = shape(&mut found);
    for (id, node) in &flow.nodes {
        holds_what_has_a_place(&mut found, id, node);
    }
    if found.problems.is_empty() {
        let written = steps::written(&mut found, &shape);
        let body = body(&mut found, &shape, written);
        if found.problems.is_empty() {
            let document = list::item(wire_type, Value::Object(body));
            let Some(path) = too_deep(&document, MAX_JSON_DEPTH) else {
                return Ok(document);
            };
            let message = format!(
                "The document would be nested more than {MAX_JSON_DEPTH} deep at {path}. Simplify what is kept there."
            );
            found.add(rules::TOO_DEEP, Place::default(), message);
        }
    }
    Err(in_document_order(drawn, found.problems))
}

fn flow_type<'a>(found: &mut Found<'a>) -> Option<&'a str> {
    let flow = found.flow;
    if flow.kind != FlowKind::Architect {
        let message =
            "This flow is not one of the public platform. Write it for the direct profile.";
        found.add(KIND_UNKNOWN, Place::default(), message);
        return None;
    }
    if flow.wire_type.is_none() {
        let message = "The flow has no type. Say what it is, such as “inboundCall” or “workflow”.";
        found.add(rules::TYPE_MISSING, Place::default(), message);
    }
    if !flow.interface.is_empty() {
        let message = "The flow declares inputs or outputs by themselves. Flows of the public platform declare them as variables: remove them here.";
        found.add(rules::NO_PLACE, Place::default(), message);
    }
    flow.wire_type.as_deref()
}

/// Everything that a step holds is in its source, or is its name.
fn holds_what_has_a_place(found: &mut Found<'_>, id: &NodeId, node: &Node) {
    let name = name(node);
    if let Some(spec) = node.kind.spec() {
        let message = format!(
            "{name} is of the sort “{}”, which the public platform's flows do not have. Replace it.",
            spec.title
        );
        found.add(KIND_UNKNOWN, Place::node(id), message);
        return;
    }
    for (key, value) in &node.fields {
        if key.as_str() != SOURCE || !matches!(value, FieldValue::Json(_)) {
            let message = format!(
                "{name} holds “{key}” apart from its source, where it has no place. Clear it, or write it into the source as JSON."
            );
            let place = Place {
                field: Some(key.clone()),
                ..Place::node(id)
            };
            found.add(rules::NO_PLACE, place, message);
        }
    }
    if let Some((member, _)) = node.extra.first() {
        let message = format!(
            "{name} keeps {member} of a document of another form, which has no place here. Draw the step anew."
        );
        found.add(rules::NO_PLACE, Place::node(id), message);
    }
}

/// What the flow holds, with the steps in their lists.
fn body(
    found: &mut Found<'_>,
    shape: &Shape<'_>,
    mut written: Vec<Option<Value>>,
) -> Map<String, Value> {
    let flow = found.flow;
    let mut body = match members(&flow.extra) {
        Ok(members) => members,
        Err(path) => {
            misplaced(found, path);
            return Map::new();
        }
    };
    let mut steps = |region: Option<&RegionId>| {
        let begins = shape.begins.get(&region).into_iter().flatten();
        let lists = begins.map(|first| taken(&mut written, shape, *first));
        lists.flatten().collect::<Vec<_>>()
    };
    let mut lists: Vec<(&str, Vec<Value>)> = Vec::new();
    for (id, region) in &flow.regions {
        let steps = steps(Some(id));
        let Some((container, sort)) = containers::place(&region.kind) else {
            let message = format!(
                "The part “{}” is of a sort that says no place in the document. Remove it, or draw it as a task.",
                region.name
            );
            found.add(rules::NO_PLACE, Place::default(), message);
            continue;
        };
        let item = list::item(sort, part(found, id, region, steps));
        match lists.iter_mut().find(|(member, _)| *member == container) {
            Some((_, items)) => items.push(item),
            None => lists.push((container, vec![item])),
        }
    }
    let outside = steps(None);
    if !outside.is_empty() {
        lists.push((containers::START, outside));
    }
    for (member, items) in lists {
        if !fill(&mut body, member, items) {
            let message = format!(
                "The document holds something else in “{member}”, where parts or steps of the flow belong."
            );
            found.add(rules::NO_PLACE, Place::default(), message);
        }
    }
    let texts = [
        ("name", flow.name.as_str()),
        ("description", flow.description.as_str()),
    ];
    lower(body, texts)
}

fn part(found: &mut Found<'_>, id: &RegionId, region: &Region, steps: Vec<Value>) -> Value {
    let mut body = match members(&region.extra) {
        Ok(members) => members,
        Err(path) => {
            misplaced(found, path);
            return Value::Null;
        }
    };
    let member = containers::steps(&region.kind);
    if !steps.is_empty() && !fill(&mut body, member, steps) {
        let message = format!(
            "The part “{}” holds something else in “{member}”, where its steps belong.",
            region.name
        );
        found.add(rules::NO_PLACE, Place::default(), message);
    }
    let reference = region.wire_id.as_deref().unwrap_or(id.as_str());
    let texts = [("name", region.name.as_str()), ("refId", reference)];
    Value::Object(lower(body, texts))
}

/// Puts items into an empty list, which is made where it is missing. Returns
/// whether there was room.
#[must_use]
fn fill(members: &mut Map<String, Value>, name: &str, items: Vec<Value>) -> bool {
    let list = members
        .entry(name)
        .or_insert_with(|| Value::Array(Vec::new()));
    let has_room = list.as_array().is_some_and(Vec::is_empty);
    if has_room {
        *list = Value::Array(items);
    }
    has_room
}

fn misplaced(found: &mut Found<'_>, path: &str) {
    let message = format!(
        "The flow keeps {path} of a document of another form, which has no place here. Draw the flow anew."
    );
    found.add(rules::NO_PLACE, Place::default(), message);
}
