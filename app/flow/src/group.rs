//! Groups: a frame with a name around nodes that belong together for the eye.
//! A part of the layout, unlike regions, which are parts of the flow itself.

use serde::{Deserialize, Serialize};

use crate::{Flow, GroupId, NodeId, Tint};

/// A group. Which nodes are in it stands in [`Flow::grouped`], so that a node
/// is in one at most; its frame follows from where they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// What a person reads on the frame.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The colour of the frame.
    #[serde(default)]
    pub tint: Tint,
}

impl Flow {
    /// The nodes of a group, by their keys. Walks over all nodes in groups.
    pub fn members<'a>(&'a self, id: &'a GroupId) -> impl Iterator<Item = &'a NodeId> {
        let all = self.grouped.iter();
        all.filter(move |(_, group)| *group == id)
            .map(|(node, _)| node)
    }
}
