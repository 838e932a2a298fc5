//! A known node's `configuration`, by the table that it is written by.

use serde_json::Value;

use super::Object;
use crate::{
    Case, Extra, FieldKey, FieldValue, Node, Pair, Port,
    kind::wire::{Member, Shape},
};

/// Reads the members of an object into fields; what is unknown is kept under
/// its pointer. A value of an unexpected form becomes a field as it came.
pub(super) fn read(node: &mut Node, members: &'static [Member], mut object: Object, prefix: &str) {
    for member in members {
        match member {
            Member::Field { name, shape } => {
                let Some(value) = object.take(name) else {
                    continue;
                };
                let pointer = format!("{prefix}/{name}");
                if let Some(value) = field(*shape, value, &mut node.extra, &pointer) {
                    node.fields.insert(FieldKey::of(name), value);
                }
            }
            Member::Object { name, members } => {
                let pointer = format!("{prefix}/{name}");
                match object.take(name) {
                    None => {}
                    Some(Value::Object(inner)) => {
                        let inner = Object::new(inner, object.path_of(name));
                        read(node, members, inner, &pointer);
                    }
                    Some(other) => {
                        node.extra.insert(pointer, other);
                    }
                }
            }
        }
    }
    object.keep_rest(&mut node.extra, prefix);
}

/// A field's value; nothing where it is empty, as the wire leaves that out.
fn field(shape: Shape, value: Value, extra: &mut Extra, pointer: &str) -> Option<FieldValue> {
    Some(match (shape, value) {
        (Shape::Text, Value::String(text)) if text.is_empty() => return None,
        (Shape::Text, Value::String(text)) => FieldValue::Text(text),
        (Shape::Integer, value) => match value.as_i64() {
            Some(number) => FieldValue::Integer(number),
            None => FieldValue::Json(value),
        },
        (Shape::Map, Value::Object(members)) if members.is_empty() => return None,
        (Shape::Map, Value::Object(members)) => {
            let pairs = members
                .into_iter()
                .map(|(name, value)| Pair { name, value });
            FieldValue::Pairs(pairs.collect())
        }
        (Shape::Cases, Value::Array(items)) if items.iter().all(is_case) => {
            FieldValue::Cases(cases(items, extra, pointer))
        }
        (_, other) => FieldValue::Json(other),
    })
}

fn is_case(item: &Value) -> bool {
    let is_text = |name| item.get(name).is_some_and(Value::is_string);
    is_text("value") && (item.get("label").is_none() || is_text("label"))
}

/// The cases. What is unknown of one is kept under its exit rather than its
/// number, so that it stays with it when cases are moved.
fn cases(items: Vec<Value>, extra: &mut Extra, pointer: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        let Value::Object(members) = item else {
            continue;
        };
        let mut object = Object::new(members, "");
        let mut text = |name| match object.take(name) {
            Some(Value::String(text)) => text,
            _ => String::new(),
        };
        let case = Case {
            port: Port::new(format!("case-{}", index + 1)),
            value: text("value"),
            label: text("label"),
        };
        object.keep_rest(extra, &format!("{pointer}/{}", case.port));
        cases.push(case);
    }
    cases
}
