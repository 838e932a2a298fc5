//! Patchbay's own file of a data action: the script in it can be read.

use serde::{Deserialize, Serialize};

use super::DataAction;
use crate::Stamp;

/// A data action as a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DataActionFile {
    /// Says what this is; always [`DataActionFile::FORMAT`].
    pub patchbay: String,
    /// The data action.
    pub data_action: DataAction,
    /// What is known of its life upstream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamp: Option<Stamp>,
}

impl DataActionFile {
    /// The name and version of the format.
    pub const FORMAT: &'static str = "data-action/1";

    /// A file of this data action.
    pub fn new(data_action: DataAction, stamp: Option<Stamp>) -> Self {
        Self {
            patchbay: Self::FORMAT.to_owned(),
            data_action,
            stamp,
        }
    }

    /// The file's text: JSON, two spaces per level, with a line break at its
    /// end. [`import`](super::import) reads it back.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        crate::pretty::pretty(self)
    }
}
