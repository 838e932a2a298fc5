//! Two fingers hold the view: it moves and grows with them.

use flow::Point;

use super::{Step, Tool, pan::Pan};
use crate::{
    Button, Input,
    geometry::distance,
    world::{Action, World},
};

/// Fingers nearer to each other than this are one place.
const LEAST_APART_IN_SCREEN: f64 = 10.0;

/// The state in which two fingers hold the view.
#[derive(Clone, Debug)]
pub(crate) struct Pinch {
    first_in_screen: Point,
    second_in_screen: Point,
}

impl Pinch {
    pub(super) fn begin(first_in_screen: Point, second_in_screen: Point) -> Self {
        Self {
            first_in_screen,
            second_in_screen,
        }
    }

    pub(super) fn step(mut self, input: &Input, world: &World<'_>) -> Step {
        let before = (self.first_in_screen, self.second_in_screen);
        match input {
            Input::PointerMove { at_in_screen, .. } => self.first_in_screen = *at_in_screen,
            Input::SecondFinger {
                at_in_screen: Some(at_in_screen),
            } => self.second_in_screen = *at_in_screen,
            // The finger that stays goes on moving the view.
            Input::SecondFinger { at_in_screen: None } => {
                let pan = Pan::new(self.first_in_screen, Button::Primary);
                return (Tool::Pan(pan), Vec::new());
            }
            Input::PointerUp { .. } => return (Tool::idle(), Vec::new()),
            Input::PointerDown { .. } => return Tool::idle().step(input, world),
            _ => return (Tool::Pinch(self), Vec::new()),
        }
        let apart = |(one, other)| distance(one, other).max(LEAST_APART_IN_SCREEN);
        let middle = |(one, other): (Point, Point)| {
            Point::new((one.x + other.x) / 2.0, (one.y + other.y) / 2.0)
        };
        let now = (self.first_in_screen, self.second_in_screen);
        let pinched = Action::Pinch {
            factor: apart(now) / apart(before),
            from_in_screen: middle(before),
            to_in_screen: middle(now),
        };
        (Tool::Pinch(self), vec![pinched])
    }
}
