//! What a person can ask for, whichever way they ask: menu, button, panel or
//! shortcut.

use flow::{
    EdgeId, FieldKey, FieldValue, Fix, FlowSetting, GroupId, Kind, NodeId, NoteId, Point, Port,
    Tint,
};

use crate::{
    geometry::{Orientation, Rect},
    selection::SelectMode,
    shortcuts::Keymap,
    tidy::Tidied,
};

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
    /// Removes the selected nodes, edges and notes.
    Delete,
    /// Removes the selected nodes and joins what led to them with what came
    /// after them.
    DeleteAndHeal,
    /// Leaves the selected nodes out of what is sent; where all are left out
    /// already, sends them again.
    ToggleDisabled,
    /// Adds a note, selects it and lets it be written.
    AddNote {
        /// Where its middle goes; at the pointer or in the middle of the view
        /// when absent.
        at_in_canvas: Option<Point>,
    },
    /// Writes something else on a note.
    SetNoteText {
        /// The note.
        note: NoteId,
        /// The text.
        text: String,
        /// The height that shows all of it, in canvas units, where that is
        /// known: a note that is lower grows.
        needs_height: Option<f64>,
    },
    /// Moves a note and gives it the nearest size that it may have.
    PlaceNote {
        /// The note.
        note: NoteId,
        /// Where it lies, in canvas units.
        rect: Rect,
    },
    /// Gives the selected notes another colour.
    TintNotes(Tint),
    /// Moves the keyboard's place to a note.
    FocusNote(NoteId),
    /// Selects a note.
    SelectNote(NoteId),
    /// Puts the selected nodes into a new group and lets it be named.
    Group,
    /// Dissolves the groups of the selected nodes; those of which only a part
    /// is selected lose that part.
    Ungroup,
    /// Selects the nodes of a group.
    SelectGroup(GroupId),
    /// Renames a group.
    SetGroupTitle {
        /// The group.
        group: GroupId,
        /// The new title.
        title: String,
    },
    /// Gives a group another colour.
    SetGroupTint {
        /// The group.
        group: GroupId,
        /// The colour.
        tint: Tint,
    },
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
        /// Where its middle goes; when absent to the pointer, and where that
        /// is not on the canvas the editor chooses.
        at_in_canvas: Option<Point>,
        /// Whether what led to the nodes where they were copied leads to the
        /// new ones. Other edges that leave by the same exits go.
        keeps_incoming: bool,
    },
    /// Selects all nodes and notes.
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
    /// Moves the selected nodes and notes, in canvas units.
    Nudge {
        /// How far.
        by: Point,
    },
    /// Tidies the selected nodes if there are several, else all: asks for
    /// [`crate::Effect::Tidy`].
    TidyUp(Orientation),
    /// Moves nodes to where tidying has them; begins anew if what was tidied
    /// changed meanwhile. Nothing happens when it was given up.
    MoveTidied(Box<Tidied>),
    /// Gives up what is being tidied. Nothing moves.
    GiveUpTidying,
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
    /// Leads an edge elsewhere, with all that is on it. Another edge that
    /// leaves by the same exit goes.
    Reroute {
        /// The edge.
        edge: EdgeId,
        /// The node that it leaves from now on.
        source: NodeId,
        /// The exit.
        port: Port,
        /// The node that it enters from now on.
        target: NodeId,
    },
    /// Removes an edge.
    Disconnect(EdgeId),
    /// Removes edges that a line crossed.
    CutEdges(Vec<EdgeId>),
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
    /// To a node, as the arrows go: the selection goes along. The browser's
    /// focus, which is not on the canvas, stays where it is.
    WalkTo(NodeId),
    /// Along the graph from the focused node.
    FollowEdge(Direction),
    /// Selects also all nodes that lead to the node at hand.
    SelectUpstream,
    /// Selects also all nodes that the node at hand leads to.
    SelectDownstream,
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
    /// Before the end of an edge, which then begins here.
    Before {
        /// The edge.
        edge: EdgeId,
        /// Where its first exit goes.
        at_in_canvas: Point,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// The wheel zooms and Mod+wheel pans, rather than the other way round.
    pub wheel_zooms: bool,
    /// Keys that write a sign, such as N and C, act (WCAG 2.1.4 wants a
    /// switch).
    pub single_letter_keys: bool,
    /// Which keys do what.
    pub keymap: Keymap,
    /// Which way a flow leads that the shortcut tidies.
    pub orientation: Orientation,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            wheel_zooms: false,
            single_letter_keys: true,
            keymap: Keymap::default(),
            orientation: Orientation::default(),
        }
    }
}
