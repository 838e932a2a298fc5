//! The values that expressions work on.

mod json;
mod number;

use std::{fmt, sync::Arc};

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::Type;

pub(super) use self::json::read_json;
pub use self::number::Number;

/// What a variable holds and an expression gives. Copies share what they hold,
/// so that a copy is cheap whatever its size.
///
/// Two values are equal when they are of one sort and look the same; the order
/// of an object's members does not matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, whole or not.
    Number(Number),
    /// A text.
    Text(SmolStr),
    /// Values in order.
    List(Arc<Vec<Value>>),
    /// Values by name, in the order of the document that they came from.
    Object(Arc<Members>),
}

/// The members of an object. Their names come from elsewhere, so they are kept
/// by a hash that withstands names made to collide.
pub type Members = IndexMap<SmolStr, Value>;

impl Value {
    /// A list.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Arc::new(items))
    }

    /// An object.
    pub fn object<N: Into<SmolStr>>(members: impl IntoIterator<Item = (N, Self)>) -> Self {
        let members = members.into_iter();
        Self::Object(Arc::new(
            members.map(|(name, value)| (name.into(), value)).collect(),
        ))
    }

    /// What counts as true to `and`, `or`, `not`, `if` and a condition:
    /// everything but null, false, 0 and the empty text.
    pub fn is_truthy(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Boolean(value) => *value,
            Self::Number(number) => number.get() != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::List(_) | Self::Object(_) => true,
        }
    }

    /// The value as JSON, on one line.
    pub fn json(&self) -> impl fmt::Display + '_ {
        json::AsJson(self)
    }

    /// Its sort. Lists and objects are JSON.
    pub fn sort(&self) -> Type {
        match self {
            Self::Null => Type::Null,
            Self::Boolean(_) => Type::Boolean,
            Self::Number(_) => Type::Number,
            Self::Text(_) => Type::Text,
            Self::List(_) | Self::Object(_) => Type::Json,
        }
    }

    /// Its sort with its article, as a sentence names it.
    pub fn title(&self) -> &'static str {
        match self {
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
            other => other.sort().title(),
        }
    }
}

impl fmt::Display for Value {
    /// The value as it stands in a text: of null nothing, of a list or an
    /// object its JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
            Self::List(_) | Self::Object(_) => write!(f, "{}", self.json()),
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Number(i64::from(value).into())
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<SmolStr> for Value {
    fn from(text: SmolStr) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}
