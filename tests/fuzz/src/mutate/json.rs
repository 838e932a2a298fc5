//! Changing a JSON document by its structure.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{Vocabulary, repetitions, tokens};

/// The deepest that a value is nested at once: past every limit.
const DEEPEST: usize = 200;

/// The document with some changes, or another document with them where it is
/// none; nothing where there is no other.
pub(super) fn changed(
    text: &str,
    changes: usize,
    max_size: usize,
    vocabulary: &Vocabulary,
    rng: &mut Rng,
) -> Option<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut document = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(_) => vocabulary.document(rng)?.clone(),
    };
    let mut room = max_size.saturating_sub(text.len());
    for _ in 0..changes {
        let other = other(&document, vocabulary, rng);
        let number = rng.usize(..count(&document));
        change(
            nth_mut(&mut document, number)?,
            other,
            room,
            vocabulary,
            rng,
        );
        // What was added may take the same room again.
        room /= 2;
    }
    let printed = if rng.bool() {
        serde_json::to_string(&document)
    } else {
        serde_json::to_string_pretty(&document)
    };
    Some(respelled(printed.ok()?, rng))
}

/// A value from somewhere in the document or in another one.
fn other(document: &Value, vocabulary: &Vocabulary, rng: &mut Rng) -> Value {
    let from = vocabulary.document(rng).filter(|_| rng.bool());
    let from = from.unwrap_or(document);
    let number = rng.usize(..count(from));
    nth(from, number).cloned().unwrap_or_default()
}

/// How many values there are in a value, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// A value in a value, by its number in the order of the text.
fn nth(value: &Value, number: usize) -> Option<&Value> {
    let mut open = vec![value];
    for _ in 0..number {
        match open.pop()? {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(members) => open.extend(members.values().rev()),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    open.pop()
}

/// The same value, to be changed.
fn nth_mut(value: &mut Value, number: usize) -> Option<&mut Value> {
    fn find<'v>(value: &'v mut Value, number: &mut usize) -> Option<&'v mut Value> {
        let Some(rest) = number.checked_sub(1) else {
            return Some(value);
        };
        *number = rest;
        match value {
            Value::Array(items) => items.iter_mut().find_map(|item| find(item, number)),
            Value::Object(members) => members.values_mut().find_map(|value| find(value, number)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        }
    }
    let mut number = number;
    find(value, &mut number)
}

fn change(value: &mut Value, other: Value, room: usize, vocabulary: &Vocabulary, rng: &mut Rng) {
    match rng.u8(..16) {
        0 if rng.bool() => *value = scalar(vocabulary, rng),
        1 => *value = other,
        2 if rng.bool() => nest(value, vocabulary, rng),
        _ => match value {
            Value::Array(items) => change_items(items, other, room, rng),
            Value::Object(members) => change_members(members, other, room, vocabulary, rng),
            Value::String(text) => *text = changed_text(text, room, vocabulary, rng),
            Value::Number(_) => *value = number(rng),
            Value::Bool(is) => *is = !*is,
            Value::Null => *value = other,
        },
    }
}

fn change_items(items: &mut Vec<Value>, other: Value, room: usize, rng: &mut Rng) {
    let at = rng.usize(..=items.len());
    let chosen = rng.choice(items.iter()).cloned();
    match (rng.u8(..6), chosen) {
        (0, Some(_)) => {
            items.remove(at.min(items.len() - 1));
        }
        (1, Some(item)) => items.insert(at, item),
        (2 | 3, Some(item)) => {
            let times = repetitions(room, item.to_string().len() + 1, rng);
            // As often under the same id as under ids of their own.
            let is_numbered = rng.bool();
            for number in 0..times {
                let mut copy = item.clone();
                if is_numbered && let Some(Value::String(id)) = copy.get_mut("id") {
                    *id = format!("{id}-{number}");
                }
                items.push(copy);
            }
        }
        (4, Some(_)) => rng.shuffle(items),
        _ => items.insert(at, other),
    }
}

fn change_members(
    members: &mut Map<String, Value>,
    other: Value,
    room: usize,
    vocabulary: &Vocabulary,
    rng: &mut Rng,
) {
    let chosen = rng.choice(members.keys()).cloned();
    match (rng.u8(..6), chosen) {
        (0, Some(name)) => {
            members.shift_remove(&name);
        }
        (1, Some(name)) => {
            let value = members.shift_remove(&name).unwrap_or_default();
            members.insert(vocabulary.name(rng).to_owned(), value);
        }
        (2, Some(name)) => {
            if let Some(value) = members.get_mut(&name) {
                *value = scalar(vocabulary, rng);
            }
        }
        (3, _) => {
            let value = if rng.bool() {
                other
            } else {
                scalar(vocabulary, rng)
            };
            let stem = vocabulary.name(rng);
            let each = value.to_string().len() + stem.len() + 8;
            for number in 0..repetitions(room, each, rng) {
                members.insert(format!("{stem}{number}"), value.clone());
            }
        }
        (4, Some(name)) => {
            // To the end, as members of others come in any order.
            if let Some(value) = members.shift_remove(&name) {
                members.insert(name, value);
            }
        }
        _ => {
            members.insert(vocabulary.name(rng).to_owned(), other);
        }
    }
}

fn changed_text(text: &str, room: usize, vocabulary: &Vocabulary, rng: &mut Rng) -> String {
    let at = text.floor_char_boundary(rng.usize(..=text.len()));
    let (before, behind) = text.split_at(at);
    match rng.u8(..6) {
        0 | 1 => vocabulary.text(rng).to_owned(),
        2 => format!("{before}{}{behind}", vocabulary.word(rng)),
        3 => before.to_owned(),
        4 => format!("{before}{{{{{}}}}}{behind}", vocabulary.word(rng)),
        _ => {
            let piece = vocabulary.word(rng);
            let times = repetitions(room, piece.len(), rng);
            format!("{before}{}{behind}", piece.repeat(times))
        }
    }
}

fn nest(value: &mut Value, vocabulary: &Vocabulary, rng: &mut Rng) {
    let deepest = if rng.bool() { 2 } else { DEEPEST };
    let name = vocabulary.name(rng).to_owned();
    for _ in 0..rng.usize(1..=deepest) {
        let inner = value.take();
        *value = if rng.bool() {
            json!([inner])
        } else {
            Value::Object(Map::from_iter([(name.clone(), inner)]))
        };
    }
}

fn scalar(vocabulary: &Vocabulary, rng: &mut Rng) -> Value {
    match rng.u8(..8) {
        0 => Value::Null,
        1 => rng.bool().into(),
        2 => number(rng),
        3 => json!([]),
        4 => json!({}),
        _ => vocabulary.text(rng).into(),
    }
}

fn number(rng: &mut Rng) -> Value {
    const ODD: [f64; 8] = [
        0.0,
        -0.0,
        -1.0,
        0.1,
        1e308,
        -1e308,
        5e-324,
        9_007_199_254_740_993.0,
    ];
    match rng.u8(..6) {
        0 => rng.choice(ODD).into(),
        1 => rng.i64(..).into(),
        2 => rng.u64(..).into(),
        3 => (rng.f64() * 2_000.0 - 1_000.0).into(),
        4 => i64::from(rng.i8(..)).into(),
        _ => rng.choice([i64::MIN, i64::MAX, 60_000, 60_001]).into(),
    }
}

/// Says the same in another spelling, or something that a document cannot say
/// while it is one.
fn respelled(text: String, rng: &mut Rng) -> String {
    match rng.u8(..64) {
        0 => format!("\u{feff}{text}"),
        1 => text.replace('\n', "\r\n"),
        2 => text.replacen('a', "\\u0061", rng.usize(1..4)),
        3 => {
            let cut = text.floor_char_boundary(rng.usize(..=text.len()));
            text.get(..cut).unwrap_or_default().to_owned()
        }
        4 => text.replacen(": 1", &format!(": {}", tokens::number(rng)), 2),
        // The same name twice.
        5 => text.replacen('{', "{\"id\":\"a\",", rng.usize(1..6)),
        _ => text,
    }
}
