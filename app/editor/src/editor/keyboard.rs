//! Keys, and the node that the keyboard is at.

use flow::NodeId;
use rustc_hash::FxHashSet;

use super::{Editor, announce, announce_state};
use crate::{
    Command, Direction, Effect, Key, Modifiers, SelectMode, Selection, Update,
    graph::Graph,
    navigation::{neighbour_along_edges, neighbour_in_reading_order},
    selection::OrderedSet,
    shortcuts::{Chord, Does, Shortcut},
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
    /// What struck keys do, by the table and what the person changed in it;
    /// none for keys that belong to the browser.
    pub fn shortcut(&self, key: &Key, held: Modifiers) -> Option<&'static Shortcut> {
        let chord = Chord::struck(key, held)?;
        if chord.writes() && !self.preferences.single_letter_keys {
            return None;
        }
        self.preferences.keymap.shortcut(&chord)
    }

    pub(super) fn key_down(&mut self, key: &Key, modifiers: Modifiers, update: &mut Update) {
        let shortcut = self.shortcut(key, modifiers).or_else(|| {
            // A gesture may need a modifier to be held; Escape gives it up all
            // the same.
            let gives_up = *key == Key::Escape && !self.tool.is_idle();
            self.shortcut(key, Modifiers::NONE).filter(|_| gives_up)
        });
        if let Some(shortcut) = shortcut {
            self.act(&shortcut.does, update);
        }
    }

    /// Does what something of the table does, however it was asked for. What
    /// only the page does is not consumed.
    pub fn give(&mut self, does: &Does) -> Update {
        let mut update = Update::default();
        self.act(does, &mut update);
        self.settle(&mut update);
        update
    }

    fn act(&mut self, does: &Does, update: &mut Update) {
        let spares_gestures = match does {
            Does::Page(_) | Does::Paste => return,
            Does::Run(command) => command.spares_gestures(),
            Does::Escape | Does::HoldView => true,
            _ => false,
        };
        update.consumed = true;
        if !spares_gestures && !self.tool.is_idle() {
            // Under a held button the flow does not change; between the two
            // clicks of a connection another command gives the first up.
            if self.tool.holds_pointer() {
                return;
            }
            self.cancel_tool(update);
        }
        match does {
            Does::Run(command) => update.consumed = self.execute(command.clone(), 0.0, update),
            Does::Escape => update.consumed = self.escape(update),
            Does::OpenProperties | Does::Rename if self.note_at_hand().is_some() => {
                self.edit_note_at_hand(update);
            }
            Does::OpenProperties => self.at_node_at_hand(update, Effect::OpenProperties),
            Does::Rename => self.rename(update),
            Does::PickConnection => self.pick_connection(update),
            Does::QuickAdd => self.quick_add(update),
            Does::AddNext => self.add_next(update),
            Does::TidyUp => {
                let command = Command::TidyUp(self.preferences.orientation);
                update.consumed = self.execute(command, 0.0, update);
            }
            Does::HoldView => {
                if self.space_bar == SpaceBar::Up {
                    self.space_bar = SpaceBar::Down;
                }
            }
            Does::Page(_) | Does::Paste => {}
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
        if self.give_up_tidying(update) {
            return true;
        }
        let used = !self.selection.is_empty();
        self.select(Selection::default(), update);
        if used {
            // Who works with the pointer means by a selection all that a key would
            // take; the keyboard keeps its place.
            if self.focus_is_pointed {
                self.set_note_focus(None, update);
                self.set_focus(None, update);
            }
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

    /// An exit is meant whose edge is selected, before the focused node.
    fn pick_connection(&mut self, update: &mut Update) {
        let edge = self.selection.only_edge();
        match edge.and_then(|edge| self.flow().edges.get(edge)) {
            Some(edge) => {
                let effect = Effect::PickConnection {
                    node: edge.source.clone(),
                    exit: Some(edge.port.clone()),
                };
                if self.may_edit_or_says_no(update) {
                    update.effects.push(effect);
                }
            }
            None => {
                self.edit_node_at_hand(update, |node| Effect::PickConnection { node, exit: None });
            }
        }
    }

    fn edit_note_at_hand(&mut self, update: &mut Update) {
        if self.may_edit_or_says_no(update)
            && let Some(note) = self.note_at_hand()
        {
            update.effects.push(Effect::EditNote(note));
        }
    }

    /// A group that is selected as a whole is meant before one of its nodes.
    fn rename(&mut self, update: &mut Update) {
        let several = self.selection.nodes().len() > 1;
        match self.selected_group().filter(|_| several) {
            Some(group) if self.may_edit_or_says_no(update) => {
                update.effects.push(Effect::RenameGroup(group));
            }
            Some(_) => {}
            None => {
                if let Some(node) = self.node_at_hand() {
                    self.bring_into_view(&node, update);
                }
                self.edit_node_at_hand(update, Effect::Rename);
            }
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

    fn add_next(&mut self, update: &mut Update) {
        if !self.may_edit_or_says_no(update) {
            return;
        }
        match self.free_exit_of_selected() {
            Some((node, port)) => {
                update.effects.push(Effect::OfferNext { node, port });
            }
            None => announce(update, "Select one node that has a free exit first."),
        }
    }

    /// The node that is meant where one is: the focused, else the only one
    /// selected. None while only edges are selected.
    fn node_at_hand(&self) -> Option<NodeId> {
        if self.selection.has_only_edges() {
            return None;
        }
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
            let note = self.note_focus.iter().cloned();
            Selection::of_nodes(self.focus.iter().cloned()).with_notes(note)
        } else {
            self.selection.clone()
        }
    }

    /// Selects the node at hand, or those that are selected, and all that is
    /// reached from there.
    pub(super) fn select_reached(
        &mut self,
        reached: fn(&Graph, &NodeId) -> FxHashSet<NodeId>,
        update: &mut Update,
    ) {
        let from: Vec<_> = match self.node_at_hand() {
            Some(node) => vec![node],
            None => self.selection.nodes().iter().cloned().collect(),
        };
        if from.is_empty() {
            return announce(update, "Select one node first.");
        }
        let graph = self.scene.graph();
        let all: FxHashSet<_> = from.iter().flat_map(|node| reached(graph, node)).collect();
        let order = self.reading_order().iter();
        let all = Selection::of_nodes(order.filter(|id| all.contains(*id)).cloned());
        let selected = self.selection.combined(all, SelectMode::Add);
        announce(update, format!("{} selected.", selected.nodes().len()));
        self.select(selected, update);
        self.selection_stays = true;
    }

    /// To the neighbour in reading order. Past the end the keyboard leaves the
    /// canvas: that is not consumed.
    pub(super) fn walk(&mut self, forward: bool, update: &mut Update) -> bool {
        // Notes come behind the nodes.
        let among_notes = self.note_focus.is_some();
        if among_notes || (self.focus.is_none() && !forward) {
            if self.walk_notes(forward, update) {
                return true;
            }
            if forward {
                self.set_note_focus(None, update);
                return false;
            }
        }
        let next =
            neighbour_in_reading_order(self.flow(), &self.scene, self.focus.as_ref(), forward);
        match next {
            Some(next) => {
                // What was selected for the keyboard was a note.
                if among_notes && !self.selection_stays {
                    self.select(Selection::default(), update);
                }
                self.focus_by_keyboard(next, update);
                true
            }
            None if forward && self.walk_notes(true, update) => true,
            None => {
                self.set_note_focus(None, update);
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
    fn focus_by_keyboard(&mut self, id: NodeId, update: &mut Update) {
        update.effects.push(Effect::FocusNode(id.clone()));
        self.walk_to(id, update);
    }

    /// The same, where the browser's focus is elsewhere and stays there.
    pub(super) fn walk_to(&mut self, id: NodeId, update: &mut Update) {
        let is_where_the_focus_was =
            self.selection.is_empty() || self.selection.only_node() == self.focus.as_ref();
        let goes_along = is_where_the_focus_was && !self.selection_stays;
        if goes_along {
            self.select(Selection::of_nodes([id.clone()]), update);
        }
        self.bring_into_view(&id, update);
        self.set_focus(Some(id), update);
    }
}
