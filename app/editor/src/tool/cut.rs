//! A line cuts the edges that it crosses.

use flow::Sort as _;
use flow::{EdgeId, Point};

use super::{Step, Tool};
use crate::{
    Button, Command, Input, Overlay,
    geometry::Rect,
    world::{Action, World},
};

/// The state in which a line is drawn that cuts.
#[derive(Clone, Debug)]
pub(crate) struct Cut {
    from_in_canvas: Point,
    to_in_canvas: Point,
    pub(super) at_in_screen: Point,
    crossed: Vec<EdgeId>,
}

impl Cut {
    pub(super) fn begin(from_in_canvas: Point, at_in_screen: Point) -> Self {
        Self {
            from_in_canvas,
            to_in_canvas: from_in_canvas,
            at_in_screen,
            crossed: Vec::new(),
        }
    }

    pub(super) fn step(mut self, input: &Input, world: &World<'_>) -> Step {
        match input {
            Input::PointerMove { at_in_screen, .. } => {
                self.follow(*at_in_screen, world);
                (Tool::Cut(self), Vec::new())
            }
            Input::PointerUp {
                button: Button::Primary,
                at_in_screen,
                ..
            } => {
                self.follow(*at_in_screen, world);
                let cuts = !self.crossed.is_empty();
                let cut = cuts.then_some(Action::Run(Command::CutEdges(self.crossed)));
                (Tool::idle(), cut.into_iter().collect())
            }
            // The button's release was missed.
            Input::PointerDown {
                button: Button::Primary,
                ..
            } => Tool::idle().step(input, world),
            _ => (Tool::Cut(self), Vec::new()),
        }
    }

    /// Goes on with the edges as they are now.
    pub(super) fn reconcile(mut self, world: &World<'_>) -> Step {
        self.follow(self.at_in_screen, world);
        (Tool::Cut(self), Vec::new())
    }

    fn follow(&mut self, at_in_screen: Point, world: &World<'_>) {
        self.at_in_screen = at_in_screen;
        self.to_in_canvas = world.camera.to_canvas(at_in_screen);
        let (from, to) = (self.from_in_canvas, self.to_in_canvas);
        let crossed = &mut self.crossed;
        crossed.clear();
        let area = Rect::between(from, to);
        world.scene.for_each_edge_in(&area, |id, curve| {
            if curve.crosses(from, to) {
                crossed.push(id.clone());
            }
        });
        crossed.order();
        crossed.dedup();
    }

    pub(super) fn overlay(&self) -> Overlay<'_> {
        Overlay::Cutting {
            from_in_canvas: self.from_in_canvas,
            to_in_canvas: self.to_in_canvas,
            crossed: &self.crossed,
        }
    }
}
