//! Enums as the names that they have in the API.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{Result, StoreError};

/// The name of a value.
pub(super) fn name<T: Serialize>(value: T) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => Ok(name),
        Ok(other) => Err(StoreError::unreadable("name", other)),
        Err(error) => Err(StoreError::unreadable("name", error)),
    }
}

/// The value of a name.
pub(super) fn named<T: DeserializeOwned>(what: &'static str, name: String) -> Result<T> {
    serde_json::from_value(Value::String(name)).map_err(|error| StoreError::unreadable(what, error))
}
