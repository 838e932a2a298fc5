//! What a module, a shared flow or a data action takes and gives back.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{DataType, Extra};

/// A declared input or output (spec, "Shared flow" and "Data action").
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameter {
    /// The name, as mappings use it. Case matters.
    pub name: String,
    /// The type of its values.
    pub datatype: ParameterType,
    /// Whether a caller has to map it. Only inputs of data actions say so on
    /// the wire; there it is kept though false (spec, decision 1).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What came with it and is not understood.
    #[serde(
        default,
        skip_serializing_if = "Extra::is_empty",
        deserialize_with = "crate::json::members"
    )]
    pub extra: Extra,
}

/// The type of a parameter: one of the profile's, or what a document from
/// elsewhere says instead, kept as it came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ParameterType {
    /// One of the profile's types.
    Known(DataType),
    /// Something else.
    #[serde(deserialize_with = "crate::json::value")]
    Foreign(Value),
}

impl Default for ParameterType {
    fn default() -> Self {
        Self::Known(DataType::default())
    }
}

impl ParameterType {
    /// Whether the document said nothing of it.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Foreign(Value::Null))
    }

    /// The type, where it is one of the profile's.
    pub fn known(&self) -> Option<DataType> {
        match self {
            Self::Known(datatype) => Some(*datatype),
            Self::Foreign(_) => None,
        }
    }
}

impl Parameter {
    /// A parameter without a description.
    pub fn new(name: impl Into<String>, datatype: DataType) -> Self {
        Self {
            name: name.into(),
            datatype: ParameterType::Known(datatype),
            ..Self::default()
        }
    }
}

impl DataType {
    /// Every type, in the order in which menus show them.
    pub const ALL: [Self; 7] = [
        Self::String,
        Self::Integer,
        Self::Number,
        Self::Boolean,
        Self::Datetime,
        Self::Object,
        Self::Array,
    ];

    /// The name on the wire, which people read too.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Datetime => "datetime",
            Self::Object => "object",
            Self::Array => "array",
        }
    }

    /// The type of a name on the wire.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|datatype| datatype.as_str() == name)
    }
}

/// What a callee takes and gives back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Interface {
    /// What it takes.
    #[serde(default)]
    pub inputs: Vec<Parameter>,
    /// What it gives back.
    #[serde(default)]
    pub outputs: Vec<Parameter>,
}

impl Interface {
    /// Whether nothing goes in or comes out.
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty() && self.outputs.is_empty()
    }
}
