//! Keys, and the node that the keyboard is at.

use flow::NodeId;

use super::{Editor, announce, announce_state};
use crate::{
    Direction, Effect, Key, Modifiers, SelectMode, Selection, Update,
    navigation::{neighbour_along_edges, neighbour_in_reading_order},
    selection::OrderedSet,
    shortcuts::{Shortcut, shortcut},
    words,
};

/// The space bar: held it turns dragging into panning, struck it selects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SpaceBar {
    #[default]
    Up,
    Down,
    /// The view was dragged meanwhile.
    Panned,
}

impl Editor {
    pub(super) fn key_down(&mut self, key: &Key, modifiers: Modifiers, update: &mut Update) {
        let Some(shortcut) = shortcut(key, modifiers, self.preferences) else {
            return;
        };
        update.consumed = true;
        let spares_gestures = match &shortcut {
            Shortcut::Run(command) => command.spares_gestures(),
            Shortcut::Escape | Shortcut::HoldView => true,
            _ => false,
        };
        if !spares_gestures && !self.tool.is_idle() {
            // Under a held button the flow does not change; between the two
            // clicks of a connection another command gives the first up.
            if self.tool.holds_pointer() {
                return;
            }
            self.cancel_tool(update);
        }
        match shortcut {
            Shortcut::Run(command) => update.consumed = self.execute(command, 0.0, update),
            Shortcut::Escape => update.consumed = self.escape(update),
            Shortcut::OpenProperties => self.at_node_at_hand(update, Effect::OpenProperties),
            Shortcut::Rename => self.edit_node_at_hand(update, Effect::Rename),
            Shortcut::PickConnection => self.edit_node_at_hand(update, Effect::PickConnection),
            Shortcut::QuickAdd => self.quick_add(update),
            Shortcut::HoldView => {
                if self.space_bar == SpaceBar::Up {
                    self.space_bar = SpaceBar::Down;
                }
            }
        }
    }

    pub(super) fn key_up(&mut self, key: &Key, update: &mut Update) {
        if *key == Key::Space {
            update.consumed = true;
            let before = std::mem::take(&mut self.space_bar);
            if let (SpaceBar::Down, Some(focus)) = (before, self.focus.clone()) {
                self.select_by_space(focus, update);
            }
        }
    }

    /// Keeps a node selected that is so only because the keyboard is there;
    /// else selects it too, or no longer.
    pub(super) fn select_by_space(&mut self, focus: NodeId, update: &mut Update) {
        let just_keeps = !self.selection_stays && self.selection.only_node() == Some(&focus);
        if !just_keeps {
            let toggled = Selection::of_nodes([focus]);
            self.select(self.selection.combined(toggled, SelectMode::Toggle), update);
        }
        self.selection_stays = !self.selection.is_empty();
        self.tell_selection(update);
    }

    /// Says how much is selected.
    pub(super) fn tell_selection(&self, update: &mut Update) {
        announce_state(update, words::selection(&self.selection));
    }

    fn escape(&mut self, update: &mut Update) -> bool {
        if !self.tool.is_idle() {
            self.cancel_tool(update);
            return true;
        }
        let used = !self.selection.is_empty();
        self.select(Selection::default(), update);
        if used {
            self.tell_selection(update);
        }
        used
    }

    fn at_node_at_hand(&mut self, update: &mut Update, effect: fn(NodeId) -> Effect) {
        match self.node_at_hand() {
            Some(node) => update.effects.push(effect(node)),
            None => announce(update, "Select one node first."),
        }
    }

    fn edit_node_at_hand(&mut self, update: &mut Update, effect: fn(NodeId) -> Effect) {
        if self.may_edit_or_says_no(update) {
            self.at_node_at_hand(update, effect);
        }
    }

    fn quick_add(&mut self, update: &mut Update) {
        if !self.may_edit_or_says_no(update) {
            return;
        }
        let at_in_screen = self.pointer_in_screen;
        update.effects.push(Effect::QuickAdd {
            at_in_screen: at_in_screen
                .unwrap_or_else(|| self.camera.to_screen(self.room_in_the_middle())),
            from: None,
        });
    }

    /// The node that is meant where one is: the focused, else the only one
    /// selected.
    fn node_at_hand(&self) -> Option<NodeId> {
        self.focus.as_ref().or(self.selection.only_node()).cloned()
    }

    /// The nodes that are meant where several can be: the selected, else the
    /// focused.
    pub(super) fn nodes_at_hand(&self) -> OrderedSet<NodeId> {
        if self.selection.is_empty() {
            self.focus.iter().cloned().collect()
        } else {
            self.selection.nodes().clone()
        }
    }

    /// What is meant by a command on the selection.
    pub(super) fn selection_at_hand(&self) -> Selection {
        if self.selection.is_empty() {
            Selection::of_nodes(self.focus.iter().cloned())
        } else {
            self.selection.clone()
        }
    }

    /// To the neighbour in reading order. Past the end the keyboard leaves the
    /// canvas: that is not consumed.
    pub(super) fn walk(&mut self, forward: bool, update: &mut Update) -> bool {
        let next =
            neighbour_in_reading_order(self.flow(), &self.scene, self.focus.as_ref(), forward);
        match next {
            Some(next) => {
                self.focus_by_keyboard(next, update);
                true
            }
            None => {
                self.set_focus(None, update);
                false
            }
        }
    }

    /// Along the graph. From nowhere, to the first node.
    pub(super) fn follow_edge(&mut self, direction: Direction, update: &mut Update) {
        let next = match self.node_at_hand() {
            Some(from) => neighbour_along_edges(self.flow(), &self.scene, &from, direction),
            None => neighbour_in_reading_order(self.flow(), &self.scene, None, true),
        };
        match next {
            Some(next) => self.focus_by_keyboard(next, update),
            None => announce(
                update,
                match direction {
                    Direction::Incoming => "Nothing leads here.",
                    Direction::Outgoing => "No exit is connected.",
                    Direction::PreviousSibling | Direction::NextSibling => {
                        "No further node beside this one."
                    }
                },
            ),
        }
    }

    /// Focuses a node and brings it into view. A selection of nothing, or of
    /// only the node that had the focus, goes along unless Space keeps it.
    pub(super) fn focus_by_keyboard(&mut self, id: NodeId, update: &mut Update) {
        let is_where_the_focus_was =
            self.selection.is_empty() || self.selection.only_node() == self.focus.as_ref();
        let goes_along = is_where_the_focus_was && !self.selection_stays;
        if goes_along {
            self.select(Selection::of_nodes([id.clone()]), update);
        }
        self.bring_into_view(&id, update);
        update.effects.push(Effect::FocusNode(id.clone()));
        self.set_focus(Some(id), update);
    }
}
