//! Why a command cannot be given now, for lists that show all of them.

use super::{Editor, Rights};
use crate::{Command, Does};

const READ_ONLY: &str = "You can look at this flow but not change it.";
const SELECT_FIRST: &str = "Select a step first.";

impl Editor {
    /// Why something of the table would have no effect now; none where it has
    /// one. What only the page does the page knows.
    pub fn unavailable(&self, does: &Does) -> Option<&'static str> {
        let needs = Needs::of(does);
        let at_hand = !self.selection().is_empty() || self.focus().is_some();
        if needs.rights && self.rights() == Rights::Read {
            return Some(READ_ONLY);
        }
        if needs.selection && !at_hand {
            return Some(SELECT_FIRST);
        }
        if needs.nodes && self.flow().nodes.is_empty() {
            return Some("The flow is empty.");
        }
        match does {
            Does::Run(Command::Undo) if self.can_undo().is_none() => {
                Some("There is nothing to undo.")
            }
            Does::Run(Command::Redo) if self.can_redo().is_none() => {
                Some("There is nothing to redo.")
            }
            Does::AddNext if self.free_exit_of_selected().is_none() => {
                Some("Select one step that has a free exit first.")
            }
            Does::Paste => Some("Press the keys: only they bring the clipboard along."),
            _ => None,
        }
    }
}

/// What has to be there before something has an effect.
#[derive(Default)]
struct Needs {
    rights: bool,
    /// Something selected, or a focused node.
    selection: bool,
    nodes: bool,
}

impl Needs {
    fn of(does: &Does) -> Self {
        let (mut rights, mut selection, mut nodes) = (false, false, false);
        match does {
            Does::Run(command) => match command {
                Command::Delete
                | Command::DeleteAndHeal
                | Command::Duplicate
                | Command::Cut
                | Command::Group
                | Command::Ungroup
                | Command::ToggleDisabled
                | Command::Nudge { .. } => (rights, selection) = (true, true),
                Command::Copy | Command::FitSelection => selection = true,
                Command::Undo | Command::Redo | Command::AddNote { .. } => rights = true,
                Command::FitAll
                | Command::SelectAll
                | Command::FocusNext
                | Command::FocusPrevious
                | Command::FollowEdge(_) => nodes = true,
                _ => {}
            },
            Does::Rename | Does::PickConnection => (rights, selection) = (true, true),
            Does::TidyUp => (rights, nodes) = (true, true),
            Does::QuickAdd | Does::AddNext | Does::Paste => rights = true,
            Does::OpenProperties => selection = true,
            Does::Escape | Does::HoldView | Does::Page(_) => {}
        }
        Self {
            rights,
            selection,
            nodes,
        }
    }
}
