//! What keys do: one table of shortcuts, from which the keys themselves, the
//! list that `?` shows and the settings are made.

mod chord;
mod keymap;
mod table;

pub use chord::Chord;
pub use keymap::Keymap;
pub use table::{GESTURES, SHORTCUTS};

use crate::Command;

/// A row of the table.
#[derive(Debug)]
pub struct Shortcut {
    /// Names the command for good: what was changed is remembered by it.
    pub id: &'static str,
    /// What it does, in words.
    pub name: &'static str,
    /// Where it stands in lists.
    pub group: Group,
    /// The chords that do it unless a person chose another.
    pub chords: &'static [&'static str],
    /// What it does.
    pub does: Does,
    /// What other products call it, one word after the other.
    pub also: &'static str,
    /// Whether other keys can be chosen: not where widgets of this sort have
    /// had theirs from old, or where the browser gives the keys a meaning.
    pub is_fixed: bool,
}

/// Something that is done with the pointer, for the list.
#[derive(Debug)]
pub struct Gesture {
    /// What it does, in words.
    pub name: &'static str,
    /// Where it stands in lists.
    pub group: Group,
    /// What is held and done, as a chord is spelt: `Alt+Drag`.
    pub keys: &'static str,
}

/// Where a shortcut stands in lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each says itself.
pub enum Group {
    View,
    Select,
    Build,
    Edit,
    Find,
    Help,
}

impl Does {
    /// Whether the browser answers these keys with an event of its own, which
    /// brings the clipboard along. Taking the keys would keep it from coming.
    pub fn comes_with_clipboard(&self) -> bool {
        matches!(self, Self::Paste | Self::Run(Command::Copy | Command::Cut))
    }
}

impl Group {
    /// All of them, in the order of lists.
    pub const ALL: [Self; 6] = [
        Self::View,
        Self::Select,
        Self::Build,
        Self::Edit,
        Self::Find,
        Self::Help,
    ];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::View => "View",
            Self::Select => "Select",
            Self::Build => "Build",
            Self::Edit => "Edit",
            Self::Find => "Find",
            Self::Help => "Help",
        }
    }
}

/// What a shortcut does.
#[derive(Clone, Debug, PartialEq)]
pub enum Does {
    /// A command, while the canvas has the focus.
    Run(Command),
    /// Gives up what is going on, else selects nothing.
    Escape,
    /// Shows the properties of the node at hand.
    OpenProperties,
    /// Renames the node at hand.
    Rename,
    /// Offers kinds to add.
    QuickAdd,
    /// Offers what may follow the selected node.
    AddNext,
    /// Lets an exit of the node at hand and a target be chosen.
    PickConnection,
    /// Tidies the way that was chosen last.
    TidyUp,
    /// Holds the view, to drag it; by itself it selects.
    HoldView,
    /// Comes as an event of the browser's own, which brings the text along.
    Paste,
    /// What only the page does, wherever the focus is in it.
    Page(PageDeed),
}

/// What only the page does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageDeed {
    /// Says whether everything is saved.
    SayWhetherSaved,
    /// To the next problem.
    NextProblem,
    /// To the previous problem.
    PreviousProblem,
    /// Shows the list of shortcuts.
    ShowShortcuts,
    /// Opens the search over all flows, on every page.
    FindInAllFlows,
    /// Opens the list of all commands, on every page.
    ShowCommands,
    /// Offers the drawing as a picture.
    Export,
    /// Opens the search in the flow.
    Find,
    /// To the next node that the search found.
    FindNext,
    /// To the previous one.
    FindPrevious,
}
