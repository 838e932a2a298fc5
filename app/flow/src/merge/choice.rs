//! Sides that somebody has chosen.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::Part;

/// One of the two sides of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// What is here.
    Ours,
    /// What is there.
    Theirs,
}

/// The side that counts for a part that both changed.
pub type Choices = HashMap<Part, Side>;
