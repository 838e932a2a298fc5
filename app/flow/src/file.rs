//! Patchbay's own file of a flow: everything that the product knows of it.

use serde::{Deserialize, Serialize};

use crate::{Flow, Stamp};

/// A flow as a file: what `patchbay import` writes, and every command reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlowFile {
    /// Says what this is; always [`FlowFile::FORMAT`].
    pub patchbay: String,
    /// The flow.
    pub flow: Flow,
    /// What is known of its life upstream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamp: Option<Stamp>,
}

impl FlowFile {
    /// The name and version of the format.
    pub const FORMAT: &'static str = "flow/1";

    /// A file of this flow.
    pub fn new(flow: Flow, stamp: Option<Stamp>) -> Self {
        Self {
            patchbay: Self::FORMAT.to_owned(),
            flow,
            stamp,
        }
    }

    /// The file's text: JSON, two spaces per level, with a line break at its
    /// end. [`import`](crate::import) reads it back.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        crate::pretty::pretty(self)
    }
}
