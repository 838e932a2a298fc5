//! Where the keyboard works on the flow: on the canvas or in the outline. What
//! a list, a field or a menu took the focus from gets it back.

use editor::OutlineKey;
use flow::NodeId;

use super::Desk;

/// Where the keyboard works on the flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Home {
    /// On the canvas.
    #[default]
    Canvas,
    /// In the outline.
    Outline,
}

/// The row of the outline that gets the focus.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RowWanted {
    /// The one that had it.
    Same,
    /// The one with this key.
    Key(OutlineKey),
}

impl Desk {
    /// Where the keyboard works on the flow.
    pub(crate) fn home(self) -> Home {
        self.home.try_get_value().unwrap_or_default()
    }

    /// From now on the keyboard works there.
    pub(crate) fn set_home(self, home: Home) {
        self.home.try_set_value(home);
    }

    /// Moves the focus to a node: its card, or its row in the outline.
    pub(crate) fn focus_node(self, node: NodeId) {
        match (self.home(), self.surface()) {
            (Home::Outline, _) => {
                let key = OutlineKey::Node(node);
                self.row_wanted.set(Some(RowWanted::Key(key)));
            }
            (Home::Canvas, Some(surface)) => surface.focus_node(self, node),
            (Home::Canvas, None) => {}
        }
    }

    /// Moves the focus back to where the keyboard worked on the flow.
    pub(crate) fn focus_home(self) {
        let focused = self.focused.try_get_untracked().flatten();
        let note = self.projection.beside.focused.try_get_untracked().flatten();
        match (self.home(), self.surface()) {
            (Home::Outline, _) => self.row_wanted.set(Some(RowWanted::Same)),
            (Home::Canvas, Some(surface)) => match (focused, note) {
                (Some(node), _) => surface.focus_node(self, node),
                (None, Some(note)) => surface.focus_note(self, note),
                (None, None) => surface.focus_canvas(self),
            },
            (Home::Canvas, None) => {}
        }
    }
}
