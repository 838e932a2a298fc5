//! Lists of one-member objects, in which Architect writes whatever has a sort
//! and a body: actions, choices, tasks.

use serde_json::{Map, Value};

/// Whether it is a list of objects that have one member each.
pub(super) fn is_list(value: &Value) -> bool {
    let is_item = |item: &Value| item.as_object().is_some_and(|members| members.len() == 1);
    value
        .as_array()
        .is_some_and(|items| items.iter().all(is_item))
}

/// Whether it is a list of such objects whose one member is an object.
pub(super) fn is_list_of_objects(value: &Value) -> bool {
    let mut items = value.as_array().into_iter().flatten();
    is_list(value)
        && items.all(|item| {
            let mut members = item.as_object().into_iter().flatten();
            members.all(|(_, body)| body.is_object())
        })
}

/// The items' sorts and bodies; an empty list is left behind.
pub(super) fn take(list: &mut Value) -> Vec<(String, Value)> {
    let Value::Array(items) = list else {
        return Vec::new();
    };
    let items = std::mem::take(items).into_iter();
    let members = items.filter_map(|item| match item {
        Value::Object(members) => members.into_iter().next(),
        _ => None,
    });
    members.collect()
}

/// An item of a list.
pub(super) fn item(sort: impl Into<String>, body: Value) -> Value {
    Value::Object(Map::from_iter([(sort.into(), body)]))
}
