//! What stands beside the logic: notes and groups.

use std::sync::Arc;

use flow::{GroupId, NodeId, Note, NoteId, NoteSize, Op, Point, Tint, Transaction};

use super::{Editor, announce};
use crate::{
    Effect, Rect, SelectMode, Selection, Size, Update,
    geometry::{self, GRID, snap_to_grid},
    history::{Typing, TypingPlace},
    plan::{group_of_exactly, plan_group, plan_ungroup, rounded, title_of},
    selection::OrderedSet,
};

/// Places that are tried before a card may hide a part of a new note.
const NOTE_PLACES_TRIED: u32 = 200;

const NO_NODES: &str = "Select the steps to group first.";

impl Editor {
    /// The note that the keyboard acts on.
    pub fn focused_note(&self) -> Option<&NoteId> {
        self.note_focus.as_ref()
    }

    /// Where a note lies, a drag's preview included.
    pub fn note_rect_shown(&self, id: &NoteId) -> Option<Rect> {
        let rect = geometry::note_rect(self.flow().notes.get(id)?);
        if let Some((_, to)) = self.tool.resized().filter(|(resized, _)| *resized == id) {
            return Some(to);
        }
        let shift = self.tool.shift();
        let shift = shift.filter(|shift| shift.notes.contains(id));
        Some(shift.map_or(rect, |shift| rect.shifted(shift.by)))
    }

    /// The frame of a group, a drag's preview included; none for a group
    /// without nodes.
    pub fn frame_shown(&self, id: &GroupId) -> Option<Rect> {
        self.scene
            .beside()
            .frame(self.flow(), id, self.tool.shift())
    }

    /// The notes that touch this area, by their keys: those with later ones
    /// lie on top.
    pub fn visible_notes(&self, area: Rect) -> Vec<NoteId> {
        let mut notes = self
            .scene
            .beside()
            .notes_in(self.flow(), &area, self.tool.shift());
        if let Some((id, rect)) = self.tool.resized() {
            let is_there = notes.binary_search(id);
            match (is_there, rect.intersects(&area)) {
                (Err(at), true) => notes.insert(at, id.clone()),
                (Ok(at), false) => {
                    notes.remove(at);
                }
                _ => {}
            }
        }
        notes
    }

    /// The groups whose frames touch this area, by their keys.
    pub fn visible_groups(&self, area: Rect) -> Vec<GroupId> {
        self.scene
            .beside()
            .groups_in(self.flow(), &area, self.tool.shift())
    }

    /// The group that has the selected nodes and no others.
    pub fn selected_group(&self) -> Option<GroupId> {
        let nodes = self.selection.nodes();
        group_of_exactly(self.flow(), &self.scene, nodes.iter())
    }

    /// The notes that are meant where several can be: the selected, else the
    /// focused.
    pub(super) fn notes_at_hand(&self) -> OrderedSet<NoteId> {
        if self.selection.is_empty() {
            self.note_focus.iter().cloned().collect()
        } else {
            self.selection.notes().clone()
        }
    }

    /// The one note that is meant.
    pub(super) fn note_at_hand(&self) -> Option<NoteId> {
        if self.selection.has_only_edges() {
            return None;
        }
        let note = self.note_focus.as_ref().or(self.selection.only_note());
        note.cloned()
    }

    pub(super) fn add_note(&mut self, at_in_canvas: Option<Point>, update: &mut Update) {
        if !self.may_edit_or_says_no(update) {
            return;
        }
        let pointer = self.pointer_in_screen;
        let pointer = pointer.map(|at_in_screen| self.camera.to_canvas(at_in_screen));
        let size = NoteSize::default();
        let half = Point::new(size.width / 2.0, size.height / 2.0);
        let at = match at_in_canvas {
            Some(middle) => snap_to_grid(middle - half),
            None => {
                let middle = pointer.unwrap_or_else(|| self.middle_in_canvas());
                self.room_for_note(snap_to_grid(middle - half), size)
            }
        };
        let id = self.ids.next_note();
        let area = Rect::new(at, Size::new(size.width, size.height));
        let note = Note {
            text: String::new(),
            at,
            size,
            tint: Tint::default(),
        };
        let op = Op::AddNote {
            id: id.clone(),
            note: Arc::new(note),
        };
        if self.commit(Transaction::new("Add a note", vec![op]), None, update) {
            self.select(Selection::of_notes([id.clone()]), update);
            self.set_note_focus(Some(id.clone()), update);
            update.effects.push(Effect::EditNote(id));
            self.bring_area_into_view(area, update);
        }
    }

    /// The first place, going on to the right, at which no card hides a note
    /// that nobody has chosen a place for.
    fn room_for_note(&self, mut at: Point, size: NoteSize) -> Point {
        let size = Size::new(size.width, size.height);
        for _ in 0..NOTE_PLACES_TRIED {
            let area = Rect::new(at, size).grown(GRID / 2.0);
            if !self.scene.is_occupied(&area) {
                break;
            }
            at = at + Point::new(GRID, 0.0);
        }
        at
    }

    pub(super) fn set_note_text(
        &mut self,
        (id, text): (NoteId, String),
        needs_height: Option<f64>,
        at_millis: f64,
        update: &mut Update,
    ) {
        let note = self.flow().notes.get(&id);
        if note.is_some_and(|note| note.text == text) {
            return;
        }
        let grown = note.zip(needs_height).and_then(|(note, height)| {
            let size = NoteSize::new(note.size.width, (height / GRID).ceil() * GRID).fitting();
            (size.height > note.size.height).then(|| Op::PlaceNote {
                id: id.clone(),
                at: note.at,
                size,
            })
        });
        let place = TypingPlace::NoteText(id.clone());
        let written = [Op::SetNoteText { id, text }].into_iter();
        let edit = Transaction::new("Write a note", written.chain(grown).collect());
        self.commit(edit, Some(Typing { place, at_millis }), update);
    }

    /// Gives a note a place and the nearest size that it may have.
    pub(super) fn place_note(&mut self, id: NoteId, rect: Rect, update: &mut Update) {
        let at = rounded(rect.min);
        let size = NoteSize::new(rect.width().round(), rect.height().round()).fitting();
        let is_same = |note: &Arc<Note>| note.at == at && note.size == size;
        if !self.flow().notes.get(&id).is_some_and(is_same) {
            let op = Op::PlaceNote { id, at, size };
            self.commit(Transaction::new("Resize a note", vec![op]), None, update);
        }
    }

    /// Gives the notes at hand another colour.
    pub(super) fn tint_notes(&mut self, tint: Tint, update: &mut Update) {
        let notes = self.notes_at_hand();
        let differs = |id: &&NoteId| {
            let note = self.flow().notes.get(*id);
            note.is_some_and(|note| note.tint != tint)
        };
        let ops: Vec<_> = notes
            .iter()
            .filter(differs)
            .map(|id| Op::SetNoteTint {
                id: id.clone(),
                tint,
            })
            .collect();
        if !ops.is_empty() {
            self.commit(Transaction::new("Colour a note", ops), None, update);
        }
    }

    /// Groups the nodes at hand and lets the group be named.
    pub(super) fn group(&mut self, update: &mut Update) {
        if !self.may_edit_or_says_no(update) {
            return;
        }
        let nodes = self.nodes_at_hand();
        if nodes.is_empty() {
            return announce(update, NO_NODES);
        }
        let id = self.ids.next_group();
        match plan_group(self.flow(), &self.scene, &nodes, &id) {
            Some(plan) => {
                if self.commit(plan, None, update) {
                    self.select(Selection::of_nodes(nodes), update);
                    update.effects.push(Effect::RenameGroup(id));
                }
            }
            None => announce(update, "These steps are a group already."),
        }
    }

    pub(super) fn ungroup(&mut self, update: &mut Update) {
        if !self.may_edit_or_says_no(update) {
            return;
        }
        match plan_ungroup(self.flow(), &self.scene, &self.nodes_at_hand()) {
            Some(plan) => {
                let done = format!("{}.", plan.label);
                if self.commit(plan, None, update) {
                    announce(update, done);
                }
            }
            None => announce(update, "Select steps that are in a group first."),
        }
    }

    pub(super) fn set_group_title(
        &mut self,
        id: GroupId,
        title: String,
        at_millis: f64,
        update: &mut Update,
    ) {
        let is_same = self
            .flow()
            .groups
            .get(&id)
            .is_some_and(|g| g.title == title);
        if !is_same {
            let words = format!("Rename {}", title_of(self.flow(), &id));
            let place = TypingPlace::GroupTitle(id.clone());
            let op = Op::SetGroupTitle { id, title };
            let edit = Transaction::new(words, vec![op]);
            self.commit(edit, Some(Typing { place, at_millis }), update);
        }
    }

    /// The nodes of a group, by their keys.
    pub fn members(&self, id: &GroupId) -> &[NodeId] {
        self.scene.beside().members(id)
    }

    pub(super) fn set_group_tint(&mut self, id: GroupId, tint: Tint, update: &mut Update) {
        if self.flow().groups.get(&id).is_some_and(|g| g.tint != tint) {
            let words = format!("Colour {}", title_of(self.flow(), &id));
            let op = Op::SetGroupTint { id, tint };
            self.commit(Transaction::new(words, vec![op]), None, update);
        }
    }

    /// Selects all nodes of a group.
    pub(super) fn select_group(&mut self, id: &GroupId, mode: SelectMode, update: &mut Update) {
        let members = Selection::of_nodes(self.scene.beside().members(id).iter().cloned());
        self.select(self.selection.combined(members, mode), update);
    }

    /// From a note to its neighbour; from the nodes to the notes and back. Says
    /// whether there was one.
    pub(super) fn walk_notes(&mut self, forward: bool, update: &mut Update) -> bool {
        let order = self.scene.beside().note_order(self.flow());
        let at = self.note_focus.as_ref();
        let at = at.and_then(|id| order.iter().position(|other| other == id));
        let next = match (at, forward) {
            (Some(at), true) => at.checked_add(1),
            (Some(at), false) => at.checked_sub(1),
            (None, true) => Some(0),
            (None, false) => order.len().checked_sub(1),
        };
        let Some(id) = next.and_then(|at| order.get(at)).cloned() else {
            return false;
        };
        if !self.selection_stays {
            self.select(Selection::of_notes([id.clone()]), update);
        }
        if let Some(rect) = self.note_rect_shown(&id)
            && !self.world().visible_area().encloses(&rect)
        {
            let camera = self.camera.centred_on(rect.centre(), self.viewport);
            self.move_camera(camera, update);
        }
        update.effects.push(Effect::FocusNote(id.clone()));
        self.set_note_focus(Some(id), update);
        true
    }

    pub(super) fn set_note_focus(&mut self, focus: Option<NoteId>, update: &mut Update) {
        if focus.is_some() {
            self.set_focus(None, update);
        }
        if focus != self.note_focus {
            self.note_focus = focus;
            update.focus = true;
        }
    }
}
