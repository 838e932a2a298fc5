//! Reading an answer as what the operation gives.

use serde::de::DeserializeOwned;

use crate::answer::nests_within;
use crate::call::Call;
use crate::failure::Failure;
use crate::verdict::{Success, unreadable};

/// The deepest nesting of an answer that is read.
const JSON_DEPTH: usize = 128;

/// The answer as a value of this type; a failure where it is none.
pub(crate) fn read<T: DeserializeOwned>(call: &Call, success: &Success) -> Result<T, Failure> {
    if !nests_within(JSON_DEPTH, &success.body) {
        return Err(unreadable(call.resend, success, "it nests too deeply"));
    }
    // A struct would take an array too, its members in order.
    let is_object = success.body.trim_ascii_start().starts_with(b"{");
    if !is_object && !success.body.trim_ascii().is_empty() {
        return Err(unreadable(call.resend, success, "it is no JSON object"));
    }
    serde_json::from_slice(&success.body).map_err(|error| {
        tracing::warn!(operation = call.operation, %error, "an answer could not be read");
        let reason = if error.is_data() {
            "a field is missing or of another type than expected"
        } else {
            "it is no JSON"
        };
        unreadable(call.resend, success, reason)
    })
}
