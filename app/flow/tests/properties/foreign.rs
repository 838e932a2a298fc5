//! Documents from elsewhere: whatever is done to a document, it is either read
//! and written back with all that is in it, or refused with its place.

use flow::{FlowKind, Stamp, direct, import};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Map, Value, json};

use crate::{arbitrary::json_value, draw::stamp, well_formed::any_flow};

/// What is done to a document, at a place that is found by counting.
#[derive(Clone, Debug)]
enum Deed {
    /// Puts a value in the place of another.
    Replace(usize, Value),
    /// Adds a member to an object.
    Add(usize, String, Value),
    /// Removes a member of an object or an element of a list.
    Remove(usize, usize),
    /// Doubles an element of a list.
    Double(usize, usize),
    /// Has two elements of a list or two values of an object change places.
    Swap(usize, usize, usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    let names = select(vec![
        "unknown", "type", "value", "name", "label", "on", "actions", "a/b~c", "", "start", "id",
        "settings", "action", "next", "joins",
    ]);
    let at = || 0..1_000_usize;
    let values = || {
        prop_oneof![
            4 => json_value(),
            1 => select(vec![json!("start"), json!("n0"), json!("default"), json!("out"), json!({}), json!([])]),
        ]
    };
    prop_oneof![
        3 => (at(), values()).prop_map(|(at, value)| Deed::Replace(at, value)),
        3 => (at(), names, values()).prop_map(|(at, name, value)| Deed::Add(at, name.to_owned(), value)),
        2 => (at(), at()).prop_map(|(at, which)| Deed::Remove(at, which)),
        1 => (at(), at()).prop_map(|(at, which)| Deed::Double(at, which)),
        1 => (at(), at(), at()).prop_map(|(at, one, other)| Deed::Swap(at, one, other)),
    ]
}

/// All values of a document that a deed can be done to, by their pointers.
fn places(value: &Value, is_meant: fn(&Value) -> bool) -> Vec<String> {
    let mut places = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((pointer, value)) = open.pop() {
        if is_meant(value) {
            places.push(pointer.clone());
        }
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    let token = name.replace('~', "~0").replace('/', "~1");
                    open.push((format!("{pointer}/{token}"), value));
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    open.push((format!("{pointer}/{index}"), value));
                }
            }
            _ => {}
        }
    }
    places
}

fn done(document: &mut Value, deed: Deed) {
    let number = match &deed {
        Deed::Replace(number, _)
        | Deed::Add(number, ..)
        | Deed::Remove(number, _)
        | Deed::Double(number, _)
        | Deed::Swap(number, ..) => *number,
    };
    let is_meant: fn(&Value) -> bool = match deed {
        Deed::Replace(..) => |_| true,
        Deed::Add(..) => Value::is_object,
        Deed::Remove(..) | Deed::Swap(..) => |value| value.is_object() || value.is_array(),
        Deed::Double(..) => Value::is_array,
    };
    let places = places(document, is_meant);
    let Some(place) = number.checked_rem(places.len()) else {
        return;
    };
    let at = document
        .pointer_mut(&places[place])
        .expect("a place that is there");
    match (deed, at) {
        (Deed::Replace(_, value), at) => *at = value,
        (Deed::Add(_, name, value), Value::Object(members)) => {
            members.entry(name).or_insert(value);
        }
        (Deed::Remove(_, which), Value::Object(members)) if !members.is_empty() => {
            let name = members.keys().nth(which % members.len()).cloned();
            members.shift_remove(&name.expect("a member"));
        }
        (Deed::Remove(_, which), Value::Array(items)) if !items.is_empty() => {
            items.remove(which % items.len());
        }
        (Deed::Double(_, which), Value::Array(items)) if !items.is_empty() => {
            items.push(items[which % items.len()].clone());
        }
        (Deed::Swap(_, one, other), Value::Array(items)) if !items.is_empty() => {
            let count = items.len();
            items.swap(one % count, other % count);
        }
        (Deed::Swap(_, one, other), Value::Object(members)) if !members.is_empty() => {
            let count = members.len();
            let names: Vec<String> = members.keys().cloned().collect();
            let (one, other) = (&names[one % count], &names[other % count]);
            let value = members[one].clone();
            let swapped = std::mem::replace(&mut members[other], value);
            members[one] = swapped;
        }
        _ => {}
    }
}

/// A value without what counts as absent: members that are null or empty
/// (spec, decision 1).
fn normal(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| (name.clone(), normal(value)));
            members
                .filter(|(_, value)| !is_empty(value))
                .collect::<Map<_, _>>()
                .into()
        }
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Number(number) => number.as_f64().map_or(value.clone(), Value::from),
        other => other.clone(),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether a member is written where a document has none: what the form always
/// says.
fn is_added(kind: FlowKind, pointer: &str) -> bool {
    let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
    match (kind, tokens.as_slice()) {
        (FlowKind::Lookup, ["type"] | ["metadata"] | ["metadata", "version"]) => true,
        (FlowKind::Lookup, ["nodes", "nodes", _, "metadata", ..]) => true,
        (FlowKind::Call | FlowKind::Module, ["definition", "entry" | "edges" | "nodes", ..]) => {
            matches!(
                tokens.as_slice(),
                [_, "entry"] | [_, "entry", "nodeId"] | [_, "edges", _, "type"]
            )
        }
        (FlowKind::Shared, ["type" | "trigger" | "conditionset"]) => true,
        (FlowKind::Shared, ["nodes", _, "next", _, "on"]) => true,
        _ => false,
    }
}

/// Fails where something of a document is not in what is written of it, or
/// something is that was not.
fn assert_kept(
    kind: FlowKind,
    came: &Value,
    written: &Value,
    at: &str,
) -> Result<(), TestCaseError> {
    match (came, written) {
        (Value::Object(came), Value::Object(written)) => {
            for (name, value) in came {
                let at = format!("{at}/{name}");
                let Some(written) = written.get(name) else {
                    return Err(TestCaseError::fail(format!("{at} is gone")));
                };
                assert_kept(kind, value, written, &at)?;
            }
            for name in written.keys().filter(|name| !came.contains_key(*name)) {
                let at = format!("{at}/{name}");
                prop_assert!(is_added(kind, &at), "{at} was added");
            }
        }
        (Value::Array(came), Value::Array(written)) => {
            prop_assert_eq!(came.len(), written.len(), "{}", at);
            for (index, (came, written)) in came.iter().zip(written).enumerate() {
                assert_kept(kind, came, written, &format!("{at}/{index}"))?;
            }
        }
        _ => prop_assert_eq!(came, written, "{}", at),
    }
    Ok(())
}

/// A document whose edges name cases by their labels, where some name them by
/// their values: either is read, and the label is written (spec, decision 9).
fn with_labels(kind: FlowKind, document: &mut Value) {
    let is_case = |value: &Value| value.get("value").is_some() && value.get("label").is_some();
    let cases = places(document, is_case);
    let labels: Vec<(Value, Value)> = cases
        .iter()
        .filter_map(|place| document.pointer(place))
        .map(|case| (case["value"].clone(), case["label"].clone()))
        .collect();
    let (list, name) = match kind {
        FlowKind::Lookup => ("/nodes/edges", "label"),
        FlowKind::Call | FlowKind::Module => ("/definition/edges", "type"),
        FlowKind::Shared | FlowKind::Architect => ("/nodes", "on"),
    };
    let edges = document
        .pointer(list)
        .map(|list| places(list, Value::is_object));
    for place in edges.unwrap_or_default() {
        let edge = document.pointer_mut(&format!("{list}{place}/{name}"));
        if let Some(said) = edge
            && let Some((_, label)) = labels
                .iter()
                .find(|(value, label)| value == said && label.is_string())
        {
            *said = label.clone();
        }
    }
}

/// What the stamp holds is written from there.
fn without_stamp(kind: FlowKind, mut document: Value) -> Value {
    if let Value::Object(members) = &mut document {
        for name in ["id", "version", "publishedVersion"] {
            members.shift_remove(name);
        }
        if kind == FlowKind::Lookup
            && let Some(Value::Object(metadata)) = members.get_mut("metadata")
        {
            metadata.shift_remove("version");
        }
    }
    document
}

/// Reads a document, and fails unless all of it is written back or its place
/// is said.
fn assert_read(document: &Value) -> Result<(), TestCaseError> {
    let text = serde_json::to_string_pretty(document).expect("a value prints");
    let file = match import(&text) {
        Ok(file) => file,
        Err(error) => {
            let value = document.pointer(&error.path);
            prop_assert!(value.is_some(), "nothing is at {:?}: {error}", error.path);
            let lines = text.split_inclusive('\n').take(error.line - 1);
            let start: usize = lines.map(str::len).sum();
            let column = text[start..].char_indices().nth(error.column - 1);
            let (offset, _) = column.expect("a character is there");
            let mut there =
                serde_json::Deserializer::from_str(&text[start + offset..]).into_iter::<Value>();
            let there = there.next().expect("a value").expect("JSON");
            prop_assert_eq!(Some(&there), value, "{}", error);
            return Ok(());
        }
    };
    let stamp: Stamp = file.stamp.clone().unwrap_or_else(|| Stamp {
        last_modified: String::new(),
        ..stamp()
    });
    let Ok(artifact) = direct::generate(&file.flow, &stamp) else {
        return Err(TestCaseError::fail("what was read can be written"));
    };
    let kind = file.flow.kind;
    let written: Value = serde_json::from_str(&artifact.text).expect("JSON");
    let [came, back] = [document.clone(), written].map(|mut document| {
        with_labels(kind, &mut document);
        normal(&without_stamp(kind, document))
    });
    assert_kept(kind, &came, &back, "")?;
    let again = import(&artifact.text)
        .map_err(|error| TestCaseError::fail(format!("{error}: {}", artifact.text)))?;
    let again = direct::generate(&again.flow, &stamp).expect("it still can");
    prop_assert_eq!(again.text, artifact.text);
    Ok(())
}

fn document() -> impl Strategy<Value = Value> {
    any_flow().prop_map(|flow| {
        let text = direct::generate(&flow, &stamp())
            .expect("a well-formed flow can be written")
            .text;
        serde_json::from_str(&text).expect("JSON")
    })
}

proptest! {
    #[test]
    fn a_document_that_was_tampered_with_is_kept_or_refused(document in document(), deeds in vec(deed(), 1..5)) {
        let mut document = document;
        for deed in deeds {
            done(&mut document, deed);
        }
        assert_read(&document)?;
    }
}
