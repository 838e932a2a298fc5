//! Taking a JSON object apart, member by member, until only what is unknown
//! is left.

use serde_json::{Map, Value};

use super::Fault;
use crate::{Extra, pointer::token};

/// An object with its place in the document. A member that is `null` counts as
/// absent, as the wire leaves those out (spec, decision 1).
pub(super) struct Object {
    members: Map<String, Value>,
    path: String,
    /// What is left of parts that were taken apart already, by its pointer.
    pub(super) kept: Extra,
}

impl Object {
    pub(super) fn new(members: Map<String, Value>, path: impl Into<String>) -> Self {
        Self {
            members,
            path: path.into(),
            kept: Extra::new(),
        }
    }

    /// The value at a path as an object.
    pub(super) fn of(value: Value, path: String) -> Result<Self, Fault> {
        match value {
            Value::Object(members) => Ok(Self::new(members, path)),
            _ => Err(Fault::new("An object belongs here.", path)),
        }
    }

    pub(super) fn path_of(&self, name: &str) -> String {
        format!("{}/{}", self.path, token(name))
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.members
            .shift_remove(name)
            .filter(|value| !value.is_null())
    }

    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Fault> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Fault::new(
                format!("“{name}” must be a text."),
                self.path_of(name),
            )),
        }
    }

    pub(super) fn boolean(&mut self, name: &str) -> Result<Option<bool>, Fault> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Bool(value)) => Ok(Some(value)),
            Some(_) => Err(Fault::new(
                format!("“{name}” must be true or false."),
                self.path_of(name),
            )),
        }
    }

    pub(super) fn whole_number(&mut self, name: &str) -> Result<Option<u64>, Fault> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let number = value.as_u64().map(Some);
        number.ok_or_else(|| {
            let message = format!("“{name}” must be a whole number from 0 on.");
            Fault::new(message, self.path_of(name))
        })
    }

    pub(super) fn number(&mut self, name: &str) -> Result<Option<f64>, Fault> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Number(number)) => Ok(number.as_f64()),
            Some(_) => Err(Fault::new(
                format!("“{name}” must be a number."),
                self.path_of(name),
            )),
        }
    }

    pub(super) fn list(&mut self, name: &str) -> Result<Vec<Value>, Fault> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items),
            Some(_) => Err(Fault::new(
                format!("“{name}” must be a list."),
                self.path_of(name),
            )),
        }
    }

    /// The object in a member; an empty one when it is absent.
    pub(super) fn object(&mut self, name: &str) -> Result<Self, Fault> {
        let path = self.path_of(name);
        match self.take(name) {
            None => Ok(Self::new(Map::new(), path)),
            Some(value) => Self::of(value, path),
        }
    }

    /// What was not taken.
    pub(super) fn rest(self) -> Map<String, Value> {
        self.members
    }

    /// Keeps what was not taken, under a pointer that begins so.
    pub(super) fn keep_rest(self, extra: &mut Extra, prefix: &str) {
        for (name, value) in self.members {
            extra.insert(format!("{prefix}/{}", token(&name)), value);
        }
    }
}
