//! The view follows the pointer.

use flow::Point;

use super::{Step, Tool};
use crate::{
    Button, Input,
    world::{Action, World},
};

/// The state in which the view follows the pointer.
#[derive(Clone, Debug)]
pub(crate) struct Pan {
    at_in_screen: Point,
    button: Button,
}

impl Pan {
    pub(super) fn new(at_in_screen: Point, button: Button) -> Self {
        Self {
            at_in_screen,
            button,
        }
    }

    pub(super) fn step(mut self, input: &Input, world: &World<'_>) -> Step {
        match input {
            Input::PointerMove { at_in_screen, .. } => {
                let by = *at_in_screen - self.at_in_screen;
                self.at_in_screen = *at_in_screen;
                (Tool::Pan(self), vec![Action::PanBy(by)])
            }
            Input::PointerUp { button, .. } if *button == self.button => (Tool::idle(), Vec::new()),
            // The button's release was missed.
            Input::PointerDown { button, .. } if *button == self.button => {
                Tool::idle().step(input, world)
            }
            _ => (Tool::Pan(self), Vec::new()),
        }
    }
}
