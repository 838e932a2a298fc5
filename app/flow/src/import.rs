//! Reading a document from elsewhere.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::FlowFile;

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

/// Reads a document in any format that Patchbay knows. Nothing is half
/// imported: it is all there, or there is an error.
pub fn import(_text: &str) -> Result<FlowFile, ImportError> {
    Err(ImportError {
        message: String::new(),
        line: 1,
        column: 1,
        path: String::new(),
    })
}
