//! What a person can ask for, whichever way they ask: menu, button, panel or
//! shortcut.

use flow::{EdgeId, FieldKey, FieldValue, Fix, FlowSetting, Kind, NodeId, Point, Port};

use crate::selection::SelectMode;

/// A command.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Adds a node of a kind, selects and focuses it.
    AddNode {
        /// The kind.
        kind: Kind,
        /// Where.
        at: Place,
    },
    /// Removes the selected nodes and edges.
    Delete,
    /// Removes the selected nodes and joins what led to them with what came
    /// after them.
    DeleteAndHeal,
    /// Copies the selected nodes beside themselves.
    Duplicate,
    /// Puts the selected nodes on the clipboard.
    Copy,
    /// Puts the selected nodes on the clipboard and removes them.
    Cut,
    /// Adds what a clipboard's text holds.
    Paste {
        /// The text.
        text: String,
        /// Where its middle goes; chosen by the editor when absent.
        at_in_canvas: Option<Point>,
    },
    /// Selects all nodes.
    SelectAll,
    /// Selects nodes.
    Select {
        /// The nodes; what does not exist is left out.
        nodes: Vec<NodeId>,
        /// How this combines with what is selected.
        mode: SelectMode,
    },
    /// Selects one edge.
    SelectEdge(EdgeId),
    /// Selects nothing.
    Clear,
    /// Takes back the last own edit that can be taken back.
    Undo,
    /// Makes the edit again that was last taken back.
    Redo,
    /// Moves the selected nodes, in canvas units.
    Nudge {
        /// How far.
        by: Point,
    },
    /// One step closer.
    ZoomIn,
    /// One step away.
    ZoomOut,
    /// To this zoom, around the middle of the viewport.
    ZoomTo(f64),
    /// Brings the whole flow into view.
    FitAll,
    /// Brings the selection into view.
    FitSelection,
    /// Selects a node and brings it into view if it is outside.
    Reveal(NodeId),
    /// Puts this point of the canvas in the middle of the viewport.
    CentreOn(Point),
    /// Moves the view's content by this many screen pixels.
    PanBy(Point),
    /// Renames a node.
    SetLabel {
        /// The node.
        node: NodeId,
        /// The new name.
        label: String,
    },
    /// Sets or clears a field of a node.
    SetField {
        /// The node.
        node: NodeId,
        /// The field.
        field: FieldKey,
        /// The value; none clears the field.
        value: Option<FieldValue>,
    },
    /// What is typed next in the same field is a step of its own.
    EndTyping,
    /// Changes the flow itself.
    SetFlow(FlowSetting),
    /// Moves an unconnected node and puts it between the ends of an edge.
    Insert {
        /// The node.
        node: NodeId,
        /// How far it moves, in canvas units.
        by: Point,
        /// The edge.
        edge: EdgeId,
    },
    /// Draws an edge. Another edge that leaves by the same exit goes.
    Connect {
        /// The node that it leaves.
        source: NodeId,
        /// The exit.
        port: Port,
        /// The node that it enters.
        target: NodeId,
    },
    /// Removes an edge.
    Disconnect(EdgeId),
    /// Sets an edge's free text.
    SetEdgeLabel {
        /// The edge.
        edge: EdgeId,
        /// The text.
        label: String,
    },
    /// Does what a problem offers.
    ApplyFix(Fix),
    /// Moves the keyboard's place to a node, or nowhere.
    SetFocus(Option<NodeId>),
    /// To the next node in reading order. Not consumed past the last.
    FocusNext,
    /// To the previous node in reading order. Not consumed before the first.
    FocusPrevious,
    /// Keeps the focused node selected, or selects it too, or no longer.
    ToggleFocused,
    /// To a node by keyboard: the selection goes along as with the arrows.
    WalkTo(NodeId),
    /// Along the graph from the focused node.
    FollowEdge(Direction),
    /// Sets how wheel and keys behave.
    SetPreferences(Preferences),
}

/// Where a new node goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// In the middle of the viewport, beside what is there.
    Centre,
    /// With its middle here, on the grid, or beside what is here.
    InCanvas(Point),
    /// Connected to an exit.
    After {
        /// The node before it.
        node: NodeId,
        /// The exit of that node.
        port: Port,
        /// Where its top middle goes, or beside what is there; below the exit
        /// when absent.
        at_in_canvas: Option<Point>,
    },
    /// Between the ends of an edge.
    OnEdge {
        /// The edge.
        edge: EdgeId,
        /// Where its middle goes, on the grid; on the edge when absent.
        at_in_canvas: Option<Point>,
    },
}

/// A way along the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the node that an edge comes from.
    Incoming,
    /// To the node that the first connected exit leads to.
    Outgoing,
    /// To the previous node that is reached from the same node.
    PreviousSibling,
    /// To the next node that is reached from the same node.
    NextSibling,
}

/// How wheel and keys behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// The wheel zooms and Mod+wheel pans, rather than the other way round.
    pub wheel_zooms: bool,
    /// Keys without Mod such as N and C act (WCAG 2.1.4 wants a switch).
    pub single_letter_keys: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            wheel_zooms: false,
            single_letter_keys: true,
        }
    }
}
