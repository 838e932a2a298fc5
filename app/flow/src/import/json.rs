//! JSON as `serde_json` reads it, and stricter: a name stands once in an
//! object, and no whole number loses digits.

use std::{cell::RefCell, fmt};

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value};

use super::{HARD_DEPTH, ImportError, place};
use crate::{MAX_JSON_DEPTH, pointer::token};

/// A document as a value.
pub(super) struct Json {
    pub(super) value: Value,
    /// The byte at which it goes deeper than foreign documents may.
    pub(super) too_deep_at: Option<usize>,
}

pub(super) fn parse(text: &str) -> Result<Json, ImportError> {
    let too_deep_at = scan(text).map_err(|(offset, message)| {
        let (_, path) = tree(text.get(..offset).unwrap_or_default());
        ImportError {
            path: pointer(&path),
            ..place::at_offset(text, message, offset)
        }
    })?;
    let (read, path) = tree(text);
    match read {
        Ok(value) => Ok(Json { value, too_deep_at }),
        Err(error) => {
            let lines = text
                .split_inclusive('\n')
                .take(error.line().saturating_sub(1));
            let line_start: usize = lines.map(str::len).sum();
            let offset = line_start + error.column().saturating_sub(1);
            let message = error.to_string();
            // Without the place, which is said in characters instead of bytes.
            let what = message.split(" at line ").next().unwrap_or_default();
            let message = format!("The document is not valid JSON: {what}.");
            Err(ImportError {
                path: pointer(&path),
                ..place::at_offset(text, message, offset)
            })
        }
    }
}

pub(super) fn too_deep(text: &str, offset: usize) -> ImportError {
    let message = format!("The document is nested more than {MAX_JSON_DEPTH} deep.");
    let (_, path) = tree(text.get(..offset).unwrap_or_default());
    ImportError {
        path: pointer(&path),
        ..place::at_offset(text, message, offset)
    }
}

/// Reads JSON that may nest as deeply as a flow with what it keeps from a
/// document, which is deeper than `serde_json` goes by itself.
pub fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    scan(text).map_err(|(_, message)| serde_json::Error::custom(message))?;
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.disable_recursion_limit();
    let value = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Looks at a text before anything is built from it. Gives the byte at which
/// it goes deeper than a foreign document may.
fn scan(text: &str) -> Result<Option<usize>, (usize, String)> {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut too_deep_at) = (0, 0_usize, None);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at += 1;
                while let Some(byte) = bytes.get(at).filter(|byte| **byte != b'"') {
                    at += if *byte == b'\\' { 2 } else { 1 };
                }
            }
            b'[' | b'{' => {
                depth += 1;
                if depth > MAX_JSON_DEPTH {
                    too_deep_at = too_deep_at.or(Some(at));
                }
                if depth > HARD_DEPTH {
                    let message =
                        format!("The document is nested more than {MAX_JSON_DEPTH} deep.");
                    return Err((too_deep_at.unwrap_or(at), message));
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'-' | b'0'..=b'9' => {
                let start = at;
                while bytes
                    .get(at + 1)
                    .is_some_and(|byte| byte.is_ascii_alphanumeric() || b".+-".contains(byte))
                {
                    at += 1;
                }
                let number = text.get(start..=at).unwrap_or_default();
                if is_too_long(number) {
                    let message = format!(
                        "The number {number} has more digits than can be kept. Write it as a text."
                    );
                    return Err((start, message));
                }
            }
            _ => {}
        }
        at += 1;
    }
    Ok(too_deep_at)
}

/// Whether it is a whole number that would be rounded.
fn is_too_long(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    digits.len() > 18
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && number.parse::<i64>().is_err()
        && number.parse::<u64>().is_err()
}

/// One step of the way to a value.
enum Step {
    Member(String),
    Item(usize),
}

fn pointer(path: &[Step]) -> String {
    let mut pointer = String::new();
    for step in path {
        pointer.push('/');
        match step {
            Step::Member(name) => pointer.push_str(&token(name)),
            Step::Item(index) => pointer.push_str(&index.to_string()),
        }
    }
    pointer
}

/// Reads a value; where that fails, the path is that of the place.
fn tree(text: &str) -> (Result<Value, serde_json::Error>, Vec<Step>) {
    let path = RefCell::new(Vec::new());
    let mut reader = serde_json::Deserializer::from_str(text);
    // The depth was looked at by `scan`.
    reader.disable_recursion_limit();
    let value = Tree { path: &path }.deserialize(&mut reader);
    let value = value.and_then(|value| reader.end().map(|()| value));
    (value, path.into_inner())
}

#[derive(Clone, Copy)]
struct Tree<'p> {
    path: &'p RefCell<Vec<Step>>,
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        loop {
            self.path.borrow_mut().push(Step::Item(items.len()));
            let Some(item) = access.next_element_seed(self)? else {
                break;
            };
            self.path.borrow_mut().pop();
            items.push(item);
        }
        self.path.borrow_mut().pop();
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            self.path.borrow_mut().push(Step::Member(name.clone()));
            if members.contains_key(&name) {
                let message = format!("“{name}” stands twice in an object");
                return Err(A::Error::custom(message));
            }
            let value = access.next_value_seed(self)?;
            self.path.borrow_mut().pop();
            members.insert(name, value);
        }
        Ok(Value::Object(members))
    }
}
