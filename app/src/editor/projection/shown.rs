//! What panels and bar show of the editor, as values that signals hold.

use editor::{Editor, NotConnectable, Overlay, Rect, Verdict};
use flow::{EdgeId, Flow, FlowKind, Interface, NodeId, NoteId, Point, Variable};

/// What is selected.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Selected {
    /// Nodes, in the order in which they were selected.
    pub(crate) nodes: Vec<NodeId>,
    /// Edges, likewise.
    pub(crate) edges: Vec<EdgeId>,
    /// Notes, likewise.
    pub(crate) notes: Vec<NoteId>,
}

impl Selected {
    pub(crate) fn of(editor: &Editor) -> Self {
        Self {
            nodes: editor.selection().nodes().iter().cloned().collect(),
            edges: editor.selection().edges().iter().cloned().collect(),
            notes: editor.selection().notes().iter().cloned().collect(),
        }
    }
}

/// What can be undone and redone, by the steps' names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct History {
    /// What Undo takes back.
    pub(crate) undo: Option<String>,
    /// What Redo makes again.
    pub(crate) redo: Option<String>,
}

impl History {
    pub(crate) fn of(editor: &Editor) -> Self {
        Self {
            undo: editor.can_undo().map(str::to_owned),
            redo: editor.can_redo().map(str::to_owned),
        }
    }
}

/// The flow as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FlowShown {
    /// The sort.
    pub(crate) kind: FlowKind,
    /// The name.
    pub(crate) name: String,
    /// What it is for.
    pub(crate) description: String,
    /// The `type` on the wire, where it is another than the kind's own.
    pub(crate) wire_type: Option<String>,
    /// What it takes and gives back.
    pub(crate) interface: Interface,
    /// The declared variables.
    pub(crate) variables: Vec<Variable>,
    /// How many nodes it has.
    pub(crate) nodes: usize,
}

impl FlowShown {
    pub(crate) fn of(flow: &Flow) -> Self {
        Self {
            kind: flow.kind,
            name: flow.name.clone(),
            description: flow.description.clone(),
            wire_type: flow.wire_type.clone(),
            interface: flow.interface.clone(),
            variables: flow.variables.clone(),
            nodes: flow.nodes.len(),
        }
    }
}

/// What the tool shows beside cards and edges.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Tool {
    /// Nothing.
    #[default]
    Idle,
    /// The view follows the pointer.
    Panning,
    /// Nodes follow the pointer.
    Dragging,
    /// Copies of nodes follow the pointer.
    Copying,
    /// A rectangle selects, in screen pixels.
    Marquee(Rect),
    /// An edge is being drawn; its loose end is here, in screen pixels.
    Connecting {
        /// The loose end.
        at_in_screen: Point,
        /// Why the node there cannot be entered.
        refused: Option<NotConnectable>,
    },
    /// A line cuts edges.
    Cutting,
}

impl Tool {
    pub(crate) fn of(editor: &Editor) -> Self {
        let camera = editor.camera();
        match editor.overlay() {
            Overlay::Idle => Self::Idle,
            Overlay::Panning => Self::Panning,
            Overlay::Dragging { clones: true, .. } => Self::Copying,
            Overlay::Dragging { .. } | Overlay::Resizing { .. } => Self::Dragging,
            Overlay::Cutting { .. } => Self::Cutting,
            Overlay::Marquee(area) => Self::Marquee(Rect {
                min: camera.to_screen(area.min),
                max: camera.to_screen(area.max),
            }),
            Overlay::Connecting {
                to_in_canvas: end_in_canvas,
                verdict,
                ..
            }
            | Overlay::Rerouting {
                from_in_canvas: end_in_canvas,
                verdict,
                ..
            } => Self::Connecting {
                at_in_screen: camera.to_screen(end_in_canvas),
                refused: match verdict {
                    Verdict::Refused { reason, .. } => Some(*reason),
                    Verdict::Origin | Verdict::Free | Verdict::Snap(_) => None,
                },
            },
        }
    }

    /// The value of the canvas's `data-tool`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Panning => "panning",
            Self::Connecting { .. } => "connect",
            Self::Cutting => "cut",
            Self::Dragging => "drag",
            Self::Copying => "copy",
            Self::Idle | Self::Marquee(_) => "select",
        }
    }
}
