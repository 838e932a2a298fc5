//! What an input, a command or a message led to.

use flow::{Changes, EdgeId, GroupId, NodeId, NoteId, Point, Port, Transaction};

use crate::{Hit, pending::Pending, tidy::TidyTask};

/// What to look at again, what to send and what to do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Update {
    /// What of the flow may look different.
    pub changes: Changes,
    /// Whether the view moved.
    pub camera: bool,
    /// Whether something else is selected.
    pub selection: bool,
    /// Whether what the tool shows changed, a drag's preview included.
    pub overlay: bool,
    /// Whether another node has the keyboard's place.
    pub focus: bool,
    /// Whether the pointer is over something else.
    pub hover: bool,
    /// Whether the input was used: if not, the browser may do what it does.
    pub consumed: bool,
    /// Edits to send, in this order.
    pub outbox: Vec<Pending>,
    /// What only the browser can do, in this order.
    pub effects: Vec<Effect>,
}

/// What only the browser can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Put a text on the clipboard.
    CopyText(String),
    /// Show a node's properties and move the focus there.
    OpenProperties(NodeId),
    /// Let a node be renamed in place.
    Rename(NodeId),
    /// Move the browser's focus to a node.
    FocusNode(NodeId),
    /// Let the words of a note be edited in place.
    EditNote(NoteId),
    /// Let a group be renamed in place.
    RenameGroup(GroupId),
    /// Move the browser's focus to a note.
    FocusNote(NoteId),
    /// Move the browser's focus to the canvas as a whole: what had it is gone.
    FocusCanvas,
    /// Offer kinds to add.
    QuickAdd {
        /// Where the offer opens and the node goes.
        at_in_screen: Point,
        /// The exit to connect, for [`crate::Place::After`].
        from: Option<(NodeId, Port)>,
    },
    /// Offer kinds that may follow at a free exit: beside the node, which goes
    /// below the exit. An edge may be drawn meanwhile.
    OfferNext {
        /// The node.
        node: NodeId,
        /// The exit.
        port: Port,
    },
    /// Offer kinds to put before the end of an edge, for
    /// [`crate::Place::Before`].
    QuickAddBefore {
        /// Where the offer opens and the node goes.
        at_in_screen: Point,
        /// The edge.
        edge: EdgeId,
    },
    /// Open what a node calls, or its properties where that cannot be opened.
    OpenCallee(NodeId),
    /// Show what can be done with what is here; it is selected.
    ContextMenu {
        /// Where.
        at_in_screen: Point,
        /// What is there.
        on: Option<Hit>,
    },
    /// Let an exit and a target be chosen: see [`crate::Editor::exits`] and
    /// [`crate::Editor::valid_targets`].
    PickConnection {
        /// The node that is left.
        node: NodeId,
        /// The exit; any of them when absent.
        exit: Option<Port>,
    },
    /// Do this in pieces, so that the page goes on meanwhile, and give what it
    /// led to back: see [`crate::Tidy`] and [`crate::Command::MoveTidied`].
    Tidy(TidyTask),
    /// Say this in the live region.
    Announce(String),
    /// Say how things stand, such as the zoom; only the newest matters.
    AnnounceState(String),
    /// An edit was not kept.
    Lost {
        /// The edit.
        transaction: Transaction,
        /// What happened and what to do.
        sentence: String,
    },
    /// What was asked for was not done; the sentence says why, and what to do.
    Refused(String),
    /// What was to be pasted was not; the sentence says why.
    PasteRefused(String),
    /// A part of what was copied was left out; the sentence says what and why.
    LeftOut(String),
    /// Messages of the server are missing: connect again and ask for the whole
    /// flow. Said once until it comes.
    Resync,
}
