//! Parts of a flow that have a name of their own, as the public platform's
//! flows have: menus, tasks, states.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::Extra;

/// A named part of a flow. Nodes say which one they are in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Region {
    /// What sort of part it is.
    pub kind: RegionKind,
    /// The name that a person reads.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The id on the wire; without one it is the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wire_id: Option<String>,
    /// What came with it and is not understood.
    #[serde(
        default,
        skip_serializing_if = "Extra::is_empty",
        deserialize_with = "crate::json::members"
    )]
    pub extra: Extra,
}

/// The sorts of regions.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RegionKind {
    /// Choices that a caller makes by keys or by voice.
    Menu,
    /// A sequence of steps that others can call.
    Task,
    /// A sequence of steps that a flow is in until it changes to another.
    State,
    /// A sort that Patchbay does not know, by the list of the document that it
    /// is in and its name on the wire: `tasks/loopTask`.
    Foreign(SmolStr),
}
