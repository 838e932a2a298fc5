//! Values from JSON and as JSON.

use std::{fmt, io};

use serde::{
    Deserialize, Serialize, Serializer,
    de::{Deserializer, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value as Json;
use smol_str::SmolStr;

use super::{Members, Number, Value};

/// Reads a JSON text of at most 128 levels. Of members with one name the last
/// one counts. An error says what is wrong and at which line and column.
pub(in crate::expression) fn read_json(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(text)
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::new(value).ok_or_else(|| E::custom("number out of range"))?;
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Value::list(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut members = Members::new();
        while let Some((name, value)) = access.next_entry::<SmolStr, Value>()? {
            members.insert(name, value);
        }
        Ok(Value::Object(members.into()))
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items.iter()),
            Self::Object(members) => serializer.collect_map(members.iter()),
        }
    }
}

/// A value that is written as JSON on one line.
pub(super) struct AsJson<'v>(pub(super) &'v Value);

impl fmt::Display for AsJson<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        serde_json::to_writer(Utf8(f), self.0).map_err(|_| fmt::Error)
    }
}

/// Takes bytes, of which whole characters come at a time, as text.
struct Utf8<'f, 'o>(&'f mut fmt::Formatter<'o>);

impl io::Write for Utf8<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(bytes).map_err(io::Error::other)?;
        self.0.write_str(text).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl From<&Json> for Value {
    /// The value of what was read as JSON elsewhere; it is as deep as that.
    fn from(json: &Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Boolean(*value),
            Json::Number(number) => Self::Number(number.into()),
            Json::String(text) => Self::Text(text.into()),
            Json::Array(items) => Self::list(items.iter().map(Self::from).collect()),
            Json::Object(members) => {
                let members = members.iter();
                Self::object(members.map(|(name, value)| (name.as_str(), Self::from(value))))
            }
        }
    }
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Boolean(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number((*number).into()),
            Value::Text(text) => Self::String(text.to_string()),
            Value::List(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(
                members
                    .iter()
                    .map(|(name, value)| (name.to_string(), Self::from(value)))
                    .collect(),
            ),
        }
    }
}
