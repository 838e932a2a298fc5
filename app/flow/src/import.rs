//! Reading a document from elsewhere.

mod contact;
mod data_action;
mod fields;
mod fit;
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
mod sort;
mod stamp;
mod step;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use self::sort::Sort;
use crate::{Document, FlowFile, MAX_DOCUMENT_BYTES, MAX_EDGES, MAX_JSON_DEPTH, MAX_NODES};

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

/// Reads a flow in any format that Patchbay knows. Nothing is half imported:
/// it is all there, or there is an error.
pub fn import(text: &str) -> Result<FlowFile, ImportError> {
    read(text, flow)
}

/// Reads whatever Patchbay knows.
pub(crate) fn import_document(text: &str) -> Result<Document, ImportError> {
    read(text, |sort, value| match sort {
        Sort::DataAction | Sort::OwnDataAction => {
            let file = data_action::file(sort, value)?;
            Ok(Document::DataAction(Box::new(file)))
        }
        Sort::Contact | Sort::OwnContact => {
            let file = contact::file(sort, value)?;
            Ok(Document::Contact(Box::new(file)))
        }
        Sort::OwnFlow | Sort::LookupFlow | Sort::Module | Sort::SharedFlow => {
            Ok(Document::Flow(Box::new(flow(sort, value)?)))
        }
    })
}

fn flow(sort: Sort, value: Value) -> Result<FlowFile, Fault> {
    let members = |value| match value {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    let file = match sort {
        Sort::OwnFlow => own_file::read(value),
        Sort::LookupFlow => lookup_flow::read(members(value)),
        Sort::Module => module::read(members(value)),
        Sort::SharedFlow => shared_flow::read(members(value)),
        other => Err(other.instead_of("a flow")),
    }?;
    fit::fit(&file.flow, sort)?;
    Ok(file)
}

/// Reads a document once it was told what it is.
fn read<T>(
    text: &str,
    read: impl FnOnce(Sort, Value) -> Result<T, Fault>,
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
    Sort::of(&json.value)
        .and_then(|sort| read(sort, json.value))
        .map_err(|fault| place::at_pointer(text, fault))
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
