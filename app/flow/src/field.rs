//! The values that a node's fields hold.

use std::{borrow::Borrow, fmt};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use smol_str::SmolStr;

use crate::{EntityRef, Port};

/// The name of a field of a node, as its kind's catalogue entry states it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldKey(SmolStr);

impl FieldKey {
    /// A key known when the program was written.
    pub const fn of(key: &'static str) -> Self {
        Self(SmolStr::new_static(key))
    }

    /// A key from outside.
    pub fn new(key: impl Into<SmolStr>) -> Self {
        Self(key.into())
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for FieldKey {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for FieldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl fmt::Display for FieldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for FieldKey {
    fn from(key: &str) -> Self {
        Self::new(key)
    }
}

/// What a field holds. Concurrent edits of one field: the last one wins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FieldValue {
    /// A text, often a template.
    Text(String),
    /// A whole number, with its unit in the field's name.
    Integer(i64),
    /// Names with values, in the order in which they were written: headers,
    /// variables, mappings.
    Pairs(Vec<Pair>),
    /// The cases of a split.
    Cases(Vec<Case>),
    /// Something outside of the flow that it uses.
    Reference(EntityRef),
    /// A value of a shape that the catalogue does not expect here: kept as it
    /// came, shown as JSON, written back.
    #[serde(deserialize_with = "crate::json::value")]
    Json(Value),
}

impl FieldValue {
    /// A text value.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// A name with a value. Values are texts in what people draw; a document from
/// elsewhere may hold any JSON, and keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The name: a header's, a variable's, an input's.
    pub name: String,
    /// The value.
    #[serde(deserialize_with = "crate::json::value")]
    pub value: Value,
}

impl Pair {
    /// A name with a text.
    pub fn text(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: Value::String(value.into()),
        }
    }
}

/// One case of a split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The exit that this case leads to; stays when value and label change, so
    /// that the edge which leaves here stays connected.
    pub port: Port,
    /// The value that is compared with what the split looks at.
    pub value: String,
    /// The name that a person gave it; empty when the value says enough.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
}

impl Case {
    /// What an edge of this case is called on the wire (spec, decision 9): the
    /// label, else the value.
    pub fn name(&self) -> &str {
        if self.label.is_empty() {
            &self.value
        } else {
            &self.label
        }
    }
}
