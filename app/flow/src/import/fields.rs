//! What is set on a known node, by the table that it is written by.

use serde_json::Value;

use super::object::Object;
use crate::{
    Case, EntityRef, Extra, FieldKey, FieldValue, Node, Pair, Port,
    kind::wire::{Member, Shape},
    pointer::token,
};

/// Reads the members of an object into fields; what is unknown is kept under
/// its pointer. A value of an unexpected form becomes a field as it came.
pub(super) fn read(node: &mut Node, members: &'static [Member], mut object: Object, prefix: &str) {
    for member in members {
        match member {
            Member::Field {
                name,
                field: key,
                shape,
            } => {
                let Some(value) = object.take(name) else {
                    continue;
                };
                let pointer = format!("{prefix}/{name}");
                if let Some(value) = field(*shape, value, &mut node.extra, &pointer) {
                    node.fields.insert(FieldKey::of(key), value);
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
        (Shape::List { .. }, Value::Array(items)) if items.is_empty() => return None,
        (Shape::List { name }, Value::Array(items)) if are_rows(&items, name) => {
            FieldValue::Pairs(rows(items, name, extra, pointer))
        }
        (Shape::Id, Value::String(id)) if id.is_empty() => return None,
        (Shape::Id, Value::String(id)) => FieldValue::Reference(EntityRef::Id(id)),
        (Shape::Cases, Value::Array(items)) if items.iter().all(is_case) => {
            FieldValue::Cases(cases(items, extra, pointer))
        }
        (_, other) => FieldValue::Json(other),
    })
}

fn is_case(item: &Value) -> bool {
    let is_text = |name| item.get(name).is_some_and(Value::is_string);
    let is_absent = |name| item.get(name).is_none_or(Value::is_null);
    is_text("value") && (is_absent("label") || is_text("label"))
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

/// Whether each item is an object with a name. What is unknown of one is kept
/// under its name, so that names which stand twice leave no room for that.
fn are_rows(items: &[Value], name: &str) -> bool {
    let mut seen = rustc_hash::FxHashSet::default();
    let (mut is_unique, mut has_more) = (true, false);
    let all_named = items.iter().all(|item| {
        let text = item.get(name).and_then(Value::as_str);
        is_unique &= text.is_none_or(|text| seen.insert(text));
        let members = item.as_object();
        has_more |= members.is_some_and(|members| {
            members
                .keys()
                .any(|member| member != name && member != "value")
        });
        text.is_some()
    });
    all_named && (is_unique || !has_more)
}

fn rows(items: Vec<Value>, name: &str, extra: &mut Extra, pointer: &str) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for item in items {
        let Value::Object(members) = item else {
            continue;
        };
        let mut object = Object::new(members, "");
        let name = match object.take(name) {
            Some(Value::String(name)) => name,
            _ => String::new(),
        };
        let value = object.take("value").unwrap_or_default();
        object.keep_rest(extra, &format!("{pointer}/{}", token(&name)));
        pairs.push(Pair { name, value });
    }
    pairs
}
