//! What follows from a change of the editor: signals, frames, the way of the
//! focus, what is sent and what is said.

use editor::Editor;

use super::Desk;
use crate::editor::{
    canvas::{Dirty, Surface},
    projection::{FlowShown, History, Selected, Step, Tool, has_many_selected, set_if_different},
};

impl Desk {
    /// Lets the editor change and tells everybody what did; whether what changed
    /// it was used.
    pub(super) fn change(
        self,
        step: Step,
        act: impl FnOnce(&mut Editor) -> editor::Update,
    ) -> bool {
        // The page may have gone away while a request was under way.
        let Some(update) = self.editor.try_update_value(act) else {
            return false;
        };
        let consumed = update.consumed;
        self.settle(update, step);
        consumed
    }

    fn settle(self, update: editor::Update, step: Step) {
        self.editor.with_value(|editor| {
            // Of the wheel's many steps only those that zoom change every card.
            let before = self.zoom.try_get_untracked();
            let zooms = update.camera && before != Some(editor.camera().zoom);
            let step = if zooms { step } else { Step::Whole };
            self.project(editor, &update, step);
            self.request_frame(editor, &update, step);
        });
        let changes = &update.changes;
        if update.focus || !changes.nodes.is_empty() || !changes.notes.is_empty() {
            self.follow_focus();
        }
        if update.focus {
            self.announce_focus();
        }
        self.link.send(self, update.outbox);
        for effect in update.effects {
            self.perform(effect);
        }
    }

    /// Moves the browser's focus along with the editor's, while it is on the
    /// canvas: to the focused card, or to the canvas when that card went away.
    fn follow_focus(self) {
        let Some(surface) = self.surface().filter(Surface::has_focus) else {
            return;
        };
        let focus = self.read(|editor| (editor.focus().cloned(), editor.focused_note().cloned()));
        match focus {
            (Some(node), _) => surface.focus_node(self, node),
            (None, Some(note)) => surface.focus_note(self, note),
            (None, None) => surface.keep_focus(self),
        }
    }

    fn project(self, editor: &Editor, update: &editor::Update, step: Step) {
        self.projection.refresh(editor, update, step);
        if update.selection {
            set_if_different(self.selected, Selected::of(editor));
            self.tell_selection();
        }
        if update.focus || update.changes.touches_logic() {
            set_if_different(self.focused, editor.focus().cloned());
        }
        if update.overlay || update.camera {
            set_if_different(self.tool, Tool::of(editor));
        }
        if update.camera {
            set_if_different(self.zoom, editor.camera().zoom);
            self.view.update(|view| *view += 1);
        }
        if update.changes.touches_logic() {
            set_if_different(self.flow, FlowShown::of(editor.flow()));
            self.revision.update(|revision| *revision += 1);
        }
        if !update.changes.is_empty() {
            self.drawn.update(|drawn| *drawn += 1);
        }
        if !update.changes.nodes.is_empty() || !update.changes.edges.is_empty() {
            self.close_what_is_gone(editor.flow());
        }
        set_if_different(self.history, History::of(editor));
        set_if_different(self.pending, editor.unacknowledged().count());
    }

    fn request_frame(self, editor: &Editor, update: &editor::Update, step: Step) {
        let Some(surface) = self.surface() else {
            return;
        };
        let changes = &update.changes;
        let changed = !changes.is_empty();
        // What was dragged has been lifted off the still layer already.
        let moved_otherwise = changes.moved.iter().any(|id| !surface.has_lifted(id));
        let paper = !changes.notes.is_empty()
            || !changes.groups.is_empty()
            || (!changes.moved.is_empty() && self.draws_paper());
        let selected = update.selection && surface.shows_selected(self.many_selected(editor));
        let dirty = Dirty {
            scene: !changes.nodes.is_empty()
                || !changes.edges.is_empty()
                || moved_otherwise
                || paper,
            selected,
            live: changed || update.selection || update.overlay || update.hover || update.focus,
            camera: update.camera,
        };
        if step == Step::OneOfMany {
            surface.rest_soon(self);
        }
        surface.request(self, dirty);
    }

    /// Whether the canvas draws notes and frames.
    fn draws_paper(self) -> bool {
        self.projection.beside.simplified.get_untracked()
    }

    /// Whether more nodes are selected than have cards to show it.
    fn many_selected(self, editor: &Editor) -> bool {
        self.projection.simplified.get_untracked() && has_many_selected(editor)
    }

    /// Lets the cards come that waited for the end of a gesture.
    pub(crate) fn rest(self) {
        self.editor
            .try_with_value(|editor| self.projection.catch_up(editor));
        self.view.try_update(|view| *view += 1);
    }

    /// Lets a few cards come that a pan will show; whether there are more.
    pub(crate) fn look_ahead(self) -> bool {
        let ahead = self
            .editor
            .try_with_value(|editor| self.projection.look_ahead(editor));
        ahead == Some(true)
    }

    /// Asks for a frame that draws what is out of date.
    pub(crate) fn draw(self, dirty: Dirty) {
        let surface = self.surface.try_get_value().flatten();
        if let Some(surface) = surface {
            surface.request(self, dirty);
        }
    }

    fn tell_selection(self) {
        self.telling.run(move || {
            let selected = self.selected.try_get_untracked().unwrap_or_default();
            let nodes = selected.nodes.into_iter().take(200).collect();
            self.link.show_selection(nodes);
        });
    }
}
