//! The lists of actions in the source of an action, and the exits that stand
//! for them.

use serde_json::{Map, Value};

use super::list;
use crate::{Port, pointer};

/// The member that holds a list of actions.
const ACTIONS: &str = "actions";

/// A list of actions that was taken out of a source.
pub(super) struct Branch {
    pub(super) port: Port,
    /// What a person reads at the exit.
    pub(super) label: String,
    /// The sorts of the actions with their bodies.
    pub(super) actions: Vec<(String, Value)>,
}

/// Takes every list of actions out of a source, in document order; empty ones
/// are left behind. As deep as the source, which is no deeper than a document.
pub(super) fn take(source: &mut Value) -> Vec<Branch> {
    let mut found = Vec::new();
    take_below(source, &mut Vec::new(), &mut found);
    found
}

fn take_below(value: &mut Value, path: &mut Vec<String>, found: &mut Vec<Branch>) {
    match value {
        Value::Object(members) => {
            if members.get(ACTIONS).is_some_and(list::is_list) {
                let branch = Branch {
                    port: port(path),
                    label: label(path, members),
                    actions: members.get_mut(ACTIONS).map(list::take).unwrap_or_default(),
                };
                found.push(branch);
            }
            for (name, value) in members {
                path.push(name.clone());
                take_below(value, path, found);
                path.pop();
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter_mut().enumerate() {
                path.push(index.to_string());
                take_below(value, path, found);
                path.pop();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What the object that holds the list is called: by its name, by the value
/// that it stands for, as a case does, else by the member that it is.
fn label(path: &[String], holder: &Map<String, Value>) -> String {
    if path.is_empty() {
        return ACTIONS.to_owned();
    }
    let value = |form| holder.get("value").and_then(|value| value.get(form));
    let said = holder.get("name").or(value("lit")).or(value("exp"));
    match said {
        Some(Value::String(text)) if !text.is_empty() => return text.clone(),
        Some(value @ (Value::Bool(_) | Value::Number(_))) => return value.to_string(),
        _ => {}
    }
    let is_name = |token: &&String| token.parse::<usize>().is_err();
    let name = path.iter().rev().find(is_name);
    name.map_or_else(|| ACTIONS.to_owned(), Clone::clone)
}

/// The exit that stands for the list in the object at this path: the path as a
/// JSON pointer without its first slash, `outputs/success`. That slash stands
/// only where a path would else read as something else; `actions` is the list
/// in the source itself.
fn port(path: &[String]) -> Port {
    let tokens: Vec<_> = path.iter().map(|name| pointer::token(name)).collect();
    let plain = tokens.join("/");
    let first = path.first().map(String::as_str);
    if first.is_none() {
        Port::new(ACTIONS)
    } else if matches!(first, Some("" | ACTIONS)) || plain == Port::OUT.as_str() {
        Port::new(format!("/{plain}"))
    } else {
        Port::new(plain)
    }
}

/// The path to the object that holds the list that an exit stands for.
pub(super) fn path(port: &Port) -> Vec<String> {
    let text = port.as_str();
    if text == ACTIONS {
        return Vec::new();
    }
    let tokens = text.strip_prefix('/').unwrap_or(text).split('/');
    tokens
        .map(|token| pointer::name(token).into_owned())
        .collect()
}

/// Puts a list of actions into a source where an exit stands for it. Members
/// that are missing on the way are made. Returns whether there was room: where
/// something else stands, or an element is missing, there is none.
#[must_use]
pub(super) fn put(source: &mut Value, port: &Port, actions: Vec<Value>) -> bool {
    let mut value = source;
    for name in path(port) {
        let next = match value {
            Value::Object(members) => Some(
                members
                    .entry(name)
                    .or_insert_with(|| Value::Object(Map::new())),
            ),
            Value::Array(items) => name.parse::<usize>().ok().and_then(|at| items.get_mut(at)),
            _ => None,
        };
        let Some(next) = next else {
            return false;
        };
        value = next;
    }
    let Value::Object(members) = value else {
        return false;
    };
    let list = members
        .entry(ACTIONS)
        .or_insert_with(|| Value::Array(Vec::new()));
    let has_room = list.as_array().is_some_and(Vec::is_empty);
    if has_room {
        *list = Value::Array(actions);
    }
    has_room
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn name() -> impl Strategy<Value = String> {
        let names = [
            "", "out", "actions", "outputs", "a/b", "~", "~1", "0", "true",
        ];
        prop::sample::select(names.to_vec()).prop_map(str::to_owned)
    }

    proptest! {
        #[test]
        fn an_exit_says_where_its_list_is(path in vec(name(), 0..4)) {
            let port = port(&path);
            prop_assert_ne!(&port, &Port::OUT);
            prop_assert_eq!(super::path(&port), path);
        }
    }
}
