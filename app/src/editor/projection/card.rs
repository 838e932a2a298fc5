//! What a node's card shows.

use std::sync::Arc;

use dom::ArcRwSignal;
use editor::{Editor, Orientation, Overlay, Verdict};
use flow::{Exit, Node, NodeId, Point, Port};

/// The signals of one card. Counted, since the card outlives its row's owner.
#[derive(Clone)]
pub(crate) struct Card {
    /// What it says.
    pub(crate) content: ArcRwSignal<CardContent>,
    /// Where its top left corner is in the flow, in canvas units.
    pub(crate) position: ArcRwSignal<Point>,
    /// How far it is dragged from there.
    pub(crate) shift: ArcRwSignal<Point>,
    /// How it is dealt with.
    pub(crate) state: ArcRwSignal<CardState>,
}

impl Card {
    pub(super) fn new(
        content: CardContent,
        (position, shift): (Point, Point),
        state: CardState,
    ) -> Self {
        Self {
            content: ArcRwSignal::new(content),
            position: ArcRwSignal::new(position),
            shift: ArcRwSignal::new(shift),
            state: ArcRwSignal::new(state),
        }
    }
}

/// What a card says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CardContent {
    /// The node.
    pub(crate) node: Arc<Node>,
    /// Its exits, in drawing order.
    pub(crate) exits: Vec<ExitShown>,
    /// The way that the flow leads: where the ports are follows from it.
    pub(crate) orientation: Orientation,
    /// Whether an edge enters it.
    pub(crate) entered: bool,
    /// Whether the flow ends after it, since no edge leaves it.
    pub(crate) ends: bool,
}

/// An exit on a card.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ExitShown {
    /// The exit.
    pub(crate) exit: Exit,
    /// Whether an edge leaves by it.
    pub(crate) connected: bool,
}

/// How a card is dealt with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct CardState {
    /// Whether it is selected.
    pub(crate) selected: bool,
    /// Whether the keyboard acts on it.
    pub(crate) focused: bool,
    /// Whether it follows the pointer.
    pub(crate) dragged: bool,
    /// What it is to the edge that is being drawn.
    pub(crate) connect: Option<Connect>,
}

/// What a node is to the edge that is being drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Connect {
    /// The edge leaves it by this exit.
    Source(Port),
    /// The edge may enter it.
    Valid,
    /// Letting go connects it.
    Snapped,
    /// The pointer is on it and the edge may not enter.
    Refused,
    /// The edge may not enter it.
    Invalid,
}

/// What the person deals with, looked up once for all cards.
pub(super) struct Deals<'a> {
    editor: &'a Editor,
    overlay: Overlay<'a>,
}

impl<'a> Deals<'a> {
    pub(super) fn of(editor: &'a Editor) -> Self {
        Self {
            editor,
            overlay: editor.overlay(),
        }
    }

    pub(super) fn state(&self, id: &NodeId) -> CardState {
        let dragged = match self.overlay {
            Overlay::Dragging { nodes, clones, .. } => !clones && nodes.contains(id),
            _ => false,
        };
        CardState {
            selected: self.editor.selection().nodes().contains(id),
            focused: self.editor.focus() == Some(id),
            dragged,
            connect: self.connect(id),
        }
    }

    fn connect(&self, id: &NodeId) -> Option<Connect> {
        let (source, port, verdict, valid_targets) = match self.overlay {
            Overlay::Connecting {
                source,
                port,
                verdict,
                valid_targets,
                ..
            } => (source, port, verdict, valid_targets),
            Overlay::Rerouting {
                target,
                exit,
                verdict,
                valid_sources,
                ..
            } => {
                return match (verdict, exit) {
                    (Verdict::Snap(node), Some(exit)) if node == id => {
                        Some(Connect::Source(exit.clone()))
                    }
                    (Verdict::Refused { node, .. }, _) if node == id => Some(Connect::Refused),
                    _ if id == target || valid_sources.contains(id) => None,
                    _ => Some(Connect::Invalid),
                };
            }
            _ => return None,
        };
        Some(match verdict {
            _ if id == source => Connect::Source(port.clone()),
            Verdict::Snap(node) if node == id => Connect::Snapped,
            Verdict::Refused { node, .. } if node == id => Connect::Refused,
            _ if valid_targets.contains(id) => Connect::Valid,
            _ => Connect::Invalid,
        })
    }
}
