//! The corner of a note follows the pointer: a preview until the button goes
//! up, then one edit.

use flow::{NoteId, NoteSize, Point};

use super::{Step, Tool};
use crate::{
    Button, Command, Input, Modifiers, Overlay,
    geometry::{GRID, Rect, Size, note_rect},
    world::{Action, World},
};

/// The state in which a note is made larger or smaller.
#[derive(Clone, Debug)]
pub(crate) struct Resize {
    note: NoteId,
    from_in_canvas: Point,
    pub(super) at_in_screen: Point,
    pub(super) modifiers: Modifiers,
    rect: Rect,
}

impl Resize {
    /// None for a note that is gone.
    pub(super) fn begin(
        world: &World<'_>,
        note: NoteId,
        from_in_canvas: Point,
        at_in_screen: Point,
    ) -> Option<Self> {
        let rect = note_rect(world.flow.notes.get(&note)?);
        Some(Self {
            note,
            from_in_canvas,
            at_in_screen,
            modifiers: Modifiers::NONE,
            rect,
        })
    }

    pub(super) fn step(mut self, input: &Input, world: &World<'_>) -> Step {
        match input {
            Input::PointerMove {
                at_in_screen,
                modifiers,
            } => {
                self.follow(*at_in_screen, *modifiers, world);
                (Tool::Resize(self), Vec::new())
            }
            Input::PointerUp {
                at_in_screen,
                button: Button::Primary,
                modifiers,
                ..
            } => {
                self.follow(*at_in_screen, *modifiers, world);
                let (note, rect) = (self.note, self.rect);
                let placed = Action::Run(Command::PlaceNote { note, rect });
                (Tool::idle(), vec![placed])
            }
            // The button's release was missed.
            Input::PointerDown {
                button: Button::Primary,
                ..
            } => Tool::idle().step(input, world),
            _ => (Tool::Resize(self), Vec::new()),
        }
    }

    fn follow(&mut self, at_in_screen: Point, modifiers: Modifiers, world: &World<'_>) {
        self.at_in_screen = at_in_screen;
        self.modifiers = modifiers;
        let Some(note) = world.flow.notes.get(&self.note) else {
            return;
        };
        let way = world.camera.to_canvas(at_in_screen) - self.from_in_canvas;
        let free = NoteSize::new(note.size.width + way.x, note.size.height + way.y);
        // Held, Mod bypasses the grid, as when something is moved.
        let snapped = |length: f64| {
            if modifiers.primary {
                length
            } else {
                (length / GRID).round() * GRID
            }
        };
        let NoteSize { width, height } =
            NoteSize::new(snapped(free.width), snapped(free.height)).fitting();
        if width.is_finite() && height.is_finite() {
            self.rect = Rect::new(note.at, Size::new(width, height));
        }
    }

    pub(super) fn reconcile(mut self, world: &World<'_>) -> Step {
        if !world.flow.notes.contains_key(&self.note) {
            return super::gave_up("The note is no longer there.");
        }
        self.follow(self.at_in_screen, self.modifiers, world);
        (Tool::Resize(self), Vec::new())
    }

    pub(super) fn overlay(&self) -> Overlay<'_> {
        Overlay::Resizing {
            note: &self.note,
            rect: self.rect,
        }
    }

    pub(super) fn resized(&self) -> (&NoteId, Rect) {
        (&self.note, self.rect)
    }
}
