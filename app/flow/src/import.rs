//! Reading a document from elsewhere.

mod contact;
mod data_action;
mod fields;
mod graph;
mod json;
pub(crate) mod layout;
mod lookup_flow;
mod module;
mod object;
mod own_file;
mod parameters;
mod place;
mod shared_flow;
mod stamp;
mod step;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::{FlowFile, MAX_DOCUMENT_BYTES, MAX_EDGES, MAX_JSON_DEPTH, MAX_NODES};

pub(crate) use self::contact::import as import_contact;
pub(crate) use self::data_action::import as import_data_action;
pub use self::json::read_json;

/// Why a document could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{message} (line {line}, column {column}{})", if path.is_empty() { String::new() } else { format!(", at {path}") })]
pub struct ImportError {
    /// What is wrong and what to do.
    pub message: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The JSON pointer of the value; empty for the document as a whole.
    pub path: String,
}

/// What is wrong with a value of the document, by its JSON pointer. The line
/// is looked up when the fault is reported, so that reading keeps no places.
#[derive(Debug)]
struct Fault {
    message: String,
    path: String,
}

impl Fault {
    fn new(message: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            path: path.into(),
        }
    }
}

/// Reads a document in any format that Patchbay knows. Nothing is half
/// imported: it is all there, or there is an error.
pub fn import(text: &str) -> Result<FlowFile, ImportError> {
    read(text, own_file::read, foreign)
}

/// Reads a document of one of two forms: Patchbay's own file, or that of
/// others.
fn read<T>(
    text: &str,
    own: fn(Value) -> Result<T, Fault>,
    foreign: fn(Value) -> Result<T, Fault>,
) -> Result<T, ImportError> {
    // Editors on Windows put one before a file; it is no part of it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_DOCUMENT_BYTES {
        let message = format!(
            "The document has {} bytes, and at most {MAX_DOCUMENT_BYTES} can be read.",
            text.len()
        );
        return Err(place::at_offset(text, message, 0));
    }
    if text.trim().is_empty() {
        let message = "The document is empty. Choose another file.";
        return Err(place::at_offset(text, message.to_owned(), 0));
    }
    let json = json::parse(text)?;
    let is_own = json.value.get("patchbay").is_some();
    if let (Some(offset), false) = (json.too_deep_at, is_own) {
        return Err(json::too_deep(text, offset));
    }
    let read = if is_own {
        own(json.value)
    } else {
        foreign(json.value)
    };
    read.map_err(|fault| place::at_pointer(text, fault))
}

/// Tells the formats of others apart by what only they have.
fn foreign(document: Value) -> Result<FlowFile, Fault> {
    let Value::Object(members) = document else {
        return Err(Fault::new(
            "A flow is a JSON object, and this is not one.",
            "",
        ));
    };
    if members.get("nodes").is_some_and(Value::is_object) {
        return lookup_flow::read(members);
    }
    if members.contains_key("definition") {
        return module::read(members);
    }
    if members.get("nodes").is_some_and(Value::is_array) {
        return shared_flow::read(members);
    }
    let message = "This is no flow that Patchbay knows. It reads its own files, lookup flows and shared flows with “nodes”, and modules and call flows with a “definition”.";
    Err(Fault::new(message, ""))
}

/// Whether a flow has as many nodes and edges as can be dealt with.
fn within_limits(nodes: (usize, &str), edges: (usize, &str)) -> Result<(), Fault> {
    for ((count, path), what, limit) in [(nodes, "nodes", MAX_NODES), (edges, "edges", MAX_EDGES)] {
        if count > limit {
            let message = format!(
                "The flow has {count} {what}, and at most {limit} are possible. Spread it over several flows."
            );
            return Err(Fault::new(message, path));
        }
    }
    Ok(())
}

/// How much deeper Patchbay's own file nests what came from a document.
const OWN_NESTING: usize = 8;

/// The nesting that no document exceeds.
const HARD_DEPTH: usize = MAX_JSON_DEPTH + OWN_NESTING;
