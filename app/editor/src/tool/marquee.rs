//! A rectangle selects what it touches.

use flow::Point;
use flow::Sort as _;

use super::{Step, Tool};
use crate::{
    Button, Input, SelectMode, Selection,
    geometry::Rect,
    world::{Action, World},
};

/// The state in which a rectangle selects.
#[derive(Clone, Debug)]
pub(crate) struct Marquee {
    from_in_canvas: Point,
    to_in_canvas: Point,
    pub(super) at_in_screen: Point,
    /// What was selected before, to come back when this is cancelled.
    before: Selection,
    adds: bool,
}

impl Marquee {
    pub(super) fn begin(
        world: &World<'_>,
        from_in_canvas: Point,
        at_in_screen: Point,
        adds: bool,
    ) -> Self {
        Self {
            from_in_canvas,
            to_in_canvas: from_in_canvas,
            at_in_screen,
            before: world.selection.clone(),
            adds,
        }
    }

    pub(super) fn rect(&self) -> Rect {
        Rect::between(self.from_in_canvas, self.to_in_canvas)
    }

    pub(super) fn step(mut self, input: &Input, world: &World<'_>) -> Step {
        match input {
            Input::PointerMove { at_in_screen, .. } => {
                self.follow(*at_in_screen, world);
                let selection = self.touched(world);
                (Tool::Marquee(self), select(selection, world))
            }
            Input::PointerUp {
                button: Button::Primary,
                at_in_screen,
                ..
            } => {
                self.follow(*at_in_screen, world);
                (Tool::idle(), select(self.touched(world), world))
            }
            // The button's release was missed.
            Input::PointerDown {
                button: Button::Primary,
                ..
            } => Tool::idle().step(input, world),
            _ => (Tool::Marquee(self), Vec::new()),
        }
    }

    pub(super) fn cancel(self) -> Vec<Action> {
        vec![Action::Select(self.before)]
    }

    pub(super) fn reconcile(mut self, world: &World<'_>) -> Step {
        self.before.retain_existing(world.flow);
        (Tool::Marquee(self), Vec::new())
    }

    fn follow(&mut self, at_in_screen: Point, world: &World<'_>) {
        self.at_in_screen = at_in_screen;
        self.to_in_canvas = world.camera.to_canvas(at_in_screen);
    }

    fn touched(&self, world: &World<'_>) -> Selection {
        let mut nodes = world.scene.nodes_in(&self.rect(), None);
        nodes.order_by_key(|id| world.flow.nodes.get_index_of(id));
        let mut notes = Vec::new();
        let beside = world.scene.beside();
        beside.for_each_note_in(&self.rect(), |id| notes.push(id.clone()));
        notes.order();
        let touched = Selection::of_nodes(nodes).with_notes(notes);
        if self.adds {
            self.before.combined(touched, SelectMode::Add)
        } else {
            touched
        }
    }
}

fn select(selection: Selection, world: &World<'_>) -> Vec<Action> {
    if selection == *world.selection {
        Vec::new()
    } else {
        vec![Action::Select(selection)]
    }
}
