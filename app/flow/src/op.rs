//! How a flow changes: small primitive edits, applied together or not at all.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    Edge, EdgeId, Extra, FieldKey, FieldValue, Group, GroupId, Node, NodeId, Note, NoteId,
    NoteSize, Parameter, Point, Region, RegionId, Tint, Variable,
};

/// What a person did in one go: one step of undo, one line of history, one
/// message between browser and server.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Transaction {
    /// What was done, as history shows it: "Move 3 nodes".
    pub label: String,
    /// The edits, applied in this order, all or none.
    pub ops: Vec<Op>,
}

impl Transaction {
    /// A transaction of these edits.
    pub fn new(label: impl Into<String>, ops: Vec<Op>) -> Self {
        Self {
            label: label.into(),
            ops,
        }
    }
}

/// One primitive edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Op {
    /// Adds a node. Refused when the id is taken, or when the region that it is
    /// in is not there.
    AddNode {
        /// The key of the new node.
        id: NodeId,
        /// The node.
        node: Arc<Node>,
        /// Its top left corner.
        position: Point,
        /// Its place in document order; at the end when absent or beyond it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        index: Option<usize>,
    },
    /// Removes a node and every edge that touches it.
    RemoveNode {
        /// The node.
        id: NodeId,
    },
    /// Moves a node's top left corner.
    MoveNode {
        /// The node.
        id: NodeId,
        /// The new place.
        to: Point,
    },
    /// Renames a node.
    SetLabel {
        /// The node.
        id: NodeId,
        /// The new name.
        label: String,
    },
    /// Leaves a node out of what is sent, or sends it again.
    SetDisabled {
        /// The node.
        id: NodeId,
        /// Whether it is left out.
        disabled: bool,
    },
    /// Sets or clears a field of a node.
    SetField {
        /// The node.
        id: NodeId,
        /// The field.
        field: FieldKey,
        /// The new value; none clears the field.
        value: Option<FieldValue>,
    },
    /// Draws an edge. Drawing one that is there already changes nothing, so
    /// that two people who draw it at once both succeed.
    Connect {
        /// The key; absent for an edge that people draw, where it derives from
        /// the ends. Present where a file holds two edges with equal ends.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<EdgeId>,
        /// The edge.
        edge: Arc<Edge>,
        /// Its place in document order; at the end when absent or beyond it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        index: Option<usize>,
    },
    /// Removes an edge. Removing one that is gone already changes nothing.
    Disconnect {
        /// The edge.
        id: EdgeId,
    },
    /// Sets an edge's free text.
    SetEdgeLabel {
        /// The edge.
        id: EdgeId,
        /// The new text.
        label: String,
    },
    /// Adds a named part of the flow. Refused when the id is taken.
    AddRegion {
        /// The key of the new region.
        id: RegionId,
        /// The region.
        region: Arc<Region>,
        /// Its place in document order; at the end when absent or beyond it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        index: Option<usize>,
    },
    /// Removes a named part of the flow. Refused while nodes are in it.
    RemoveRegion {
        /// The region.
        id: RegionId,
    },
    /// Renames a part of the flow.
    SetRegionName {
        /// The region.
        id: RegionId,
        /// The new name.
        name: String,
    },
    /// Adds a note. Refused when the id is taken.
    AddNote {
        /// The key of the new note.
        id: NoteId,
        /// The note.
        note: Arc<Note>,
    },
    /// Removes a note.
    RemoveNote {
        /// The note.
        id: NoteId,
    },
    /// Writes something else on a note.
    SetNoteText {
        /// The note.
        id: NoteId,
        /// The new text.
        text: String,
    },
    /// Moves a note and gives it a size.
    PlaceNote {
        /// The note.
        id: NoteId,
        /// Its new top left corner.
        at: Point,
        /// Its new size.
        size: NoteSize,
    },
    /// Gives a note another colour.
    SetNoteTint {
        /// The note.
        id: NoteId,
        /// The new colour.
        tint: Tint,
    },
    /// Adds a group, as yet without nodes. Refused when the id is taken.
    AddGroup {
        /// The key of the new group.
        id: GroupId,
        /// The group.
        group: Arc<Group>,
    },
    /// Removes a group; its nodes stay. Removing one that is gone already, as
    /// groups are that the last node left, changes nothing.
    RemoveGroup {
        /// The group.
        id: GroupId,
    },
    /// Renames a group.
    SetGroupTitle {
        /// The group.
        id: GroupId,
        /// The new title.
        title: String,
    },
    /// Gives a group another colour.
    SetGroupTint {
        /// The group.
        id: GroupId,
        /// The new colour.
        tint: Tint,
    },
    /// Puts a node into a group, or takes it out of any. The group that its
    /// last node leaves is removed.
    SetNodeGroup {
        /// The node.
        id: NodeId,
        /// The group; none for a node in no group.
        group: Option<GroupId>,
    },
    /// Changes the flow itself.
    SetFlow(FlowSetting),
}

/// A setting of the flow as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FlowSetting {
    /// The name.
    Name(String),
    /// The description.
    Description(String),
    /// The declared variables.
    Variables(Vec<Variable>),
    /// The `type` on the wire; none for the one that the kind has by itself.
    WireType(Option<String>),
    /// What the flow takes from those who call it.
    Inputs(Vec<Parameter>),
    /// What the flow gives back to those who call it.
    Outputs(Vec<Parameter>),
    /// What came with the document and is not understood.
    #[serde(deserialize_with = "crate::json::members")]
    Members(Extra),
}

impl Op {
    /// Whether it changes only where things are drawn, not what the flow does.
    pub fn is_layout(&self) -> bool {
        matches!(
            self,
            Self::MoveNode { .. }
                | Self::AddNote { .. }
                | Self::RemoveNote { .. }
                | Self::SetNoteText { .. }
                | Self::PlaceNote { .. }
                | Self::SetNoteTint { .. }
                | Self::AddGroup { .. }
                | Self::RemoveGroup { .. }
                | Self::SetGroupTitle { .. }
                | Self::SetGroupTint { .. }
                | Self::SetNodeGroup { .. }
        )
    }
}
