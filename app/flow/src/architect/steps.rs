//! The steps of a flow as actions with other actions nested in them.

use serde_json::{Map, Value};

use super::{
    SOURCE, branch,
    lift::lower,
    list, rules,
    shape::{Found, Shape, name},
};
use crate::{FieldValue, MAX_JSON_DEPTH, Node, NodeId, Place};

/// How deep the body of an action is nested that is in no part: in its sort, in
/// the list, in what the flow holds, in the document.
const ACTION_DEPTH: usize = 5;
/// How deep the body of an action in a part is nested: in its sort, in the
/// list, in the part with its sort, in the list of parts, in what the flow
/// holds, in the document.
const ACTION_DEPTH_IN_PART: usize = 8;

/// The actions of a flow, each by the place of its step in document order, with
/// what is nested in them; none where that is too deep.
pub(super) fn written<'a>(found: &mut Found<'a>, shape: &Shape<'a>) -> Vec<Option<Value>> {
    let count = found.flow.nodes.len();
    let mut writer = Writer {
        found,
        shape,
        written: vec![None; count],
    };
    let order = writer.outside_in();
    // What would be nested too deep is not made at all.
    if writer.found.problems.is_empty() {
        for node in order.into_iter().rev() {
            writer.step(node);
        }
    }
    writer.written
}

/// Writes steps from the inside out.
struct Writer<'f, 'a> {
    found: &'f mut Found<'a>,
    shape: &'f Shape<'a>,
    /// The steps that are written, by their places in document order.
    written: Vec<Option<Value>>,
}

impl Writer<'_, '_> {
    /// The steps, each before those that are nested in it and those behind it.
    /// What is nested too deep is left out.
    fn outside_in(&mut self) -> Vec<usize> {
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (region, begins) in &self.shape.begins {
            let depth = match region {
                Some(_) => ACTION_DEPTH_IN_PART,
                None => ACTION_DEPTH,
            };
            open.extend(begins.iter().map(|node| (*node, depth)));
        }
        let mut order = Vec::new();
        while let Some((node, depth)) = open.pop() {
            if !self.is_within_depth(node, depth) {
                continue;
            }
            order.push(node);
            open.extend(self.shape.next[node].map(|next| (next, depth)));
            for (port, first) in &self.shape.branches[node] {
                // The list, the item, its body.
                let inner = depth + branch::path(port).len() + 3;
                open.push((*first, inner));
            }
        }
        order
    }

    fn is_within_depth(&mut self, index: usize, depth: usize) -> bool {
        let flow = self.found.flow;
        let Some((id, node)) = flow.nodes.get_index(index) else {
            return false;
        };
        let height = source(node).map_or(1, height);
        if depth + height <= MAX_JSON_DEPTH + 1 {
            return true;
        }
        let message = format!(
            "{} is nested more than {MAX_JSON_DEPTH} deep. Put it and what follows it into a task, and call that task here.",
            name(node)
        );
        self.found.add(rules::TOO_DEEP, Place::node(id), message);
        false
    }

    /// Writes a step with what is nested in it, which is written already.
    fn step(&mut self, index: usize) {
        let flow = self.found.flow;
        let Some((id, node)) = flow.nodes.get_index(index) else {
            return;
        };
        let mut body = match source(node) {
            Some(source) => source.clone(),
            None => Value::Object(Map::new()),
        };
        body = self.named(id, node, body);
        for (port, first) in &self.shape.branches[index] {
            let actions = taken(&mut self.written, self.shape, *first);
            if !branch::put(&mut body, port, actions) {
                let message = format!(
                    "The exit “{port}” of {} has no place in the step's source. Connect another exit, or make room in the source.",
                    name(node)
                );
                self.found
                    .add(rules::NO_PLACE, Place::port(id, port), message);
            }
        }
        let sort = node.kind.foreign_type().unwrap_or_default();
        self.written[index] = Some(list::item(sort, body));
    }

    fn named(&mut self, id: &NodeId, node: &Node, body: Value) -> Value {
        let text = [("name", node.label.as_str())];
        match body {
            Value::Object(members) => Value::Object(lower(members, text)),
            Value::Null if !node.label.is_empty() => Value::Object(lower(Map::new(), text)),
            other => {
                if !node.label.is_empty() {
                    let message = format!(
                        "{} has a source that holds no name. Clear the name, or write the source as an object.",
                        name(node)
                    );
                    let place = Place::field(id, SOURCE);
                    self.found.add(rules::NO_PLACE, place, message);
                }
                other
            }
        }
    }
}

/// The written steps of a list by its first step.
pub(super) fn taken(written: &mut [Option<Value>], shape: &Shape<'_>, first: usize) -> Vec<Value> {
    let mut list = Vec::new();
    let mut at = Some(first);
    while let Some(index) = at {
        list.extend(written.get_mut(index).and_then(Option::take));
        at = shape.next.get(index).copied().flatten();
    }
    list
}

fn source(node: &Node) -> Option<&Value> {
    match node.field(SOURCE) {
        Some(FieldValue::Json(source)) => Some(source),
        _ => None,
    }
}

/// How many objects and lists are nested in one another here, at most one more
/// than a document may nest. Goes no deeper than that.
fn height(value: &Value) -> usize {
    fn within(value: &Value, left: usize) -> usize {
        let inner = |value| within(value, left - 1);
        match value {
            _ if left == 0 => 0,
            Value::Object(members) => 1 + members.values().map(inner).max().unwrap_or(0),
            Value::Array(items) => 1 + items.iter().map(inner).max().unwrap_or(0),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
        }
    }
    within(value, MAX_JSON_DEPTH + 1)
}
