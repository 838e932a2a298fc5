//! Nothing is held: what a button begins.

use flow::{GroupId, NodeId, NoteId, Point};

use super::{Step, Tool, pan::Pan, press::Press};
use crate::{Button, Input, world::World};

/// Two clicks closer than this in time are a double-click.
const DOUBLE_CLICK_MILLIS: f64 = 450.0;
/// Two clicks closer than this in space are a double-click.
const DOUBLE_CLICK_IN_SCREEN: f64 = 6.0;

/// The state in which nothing is held.
#[derive(Clone, Debug, Default)]
pub(crate) struct Select {
    last_click: Option<Click>,
}

/// A click that another may follow.
#[derive(Clone, Debug)]
pub(super) struct Click {
    pub(super) on: Clicked,
    pub(super) at_in_screen: Point,
    pub(super) at_millis: f64,
}

/// What can be double-clicked.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Clicked {
    Canvas,
    Node(NodeId),
    Note(NoteId),
    Group(GroupId),
}

impl Select {
    pub(super) fn after(click: Click) -> Self {
        Self {
            last_click: Some(click),
        }
    }

    pub(super) fn step(self, input: &Input, world: &World<'_>) -> Step {
        match input {
            Input::PointerDown {
                at_in_screen,
                button: Button::Middle,
                ..
            } => (
                Tool::Pan(Pan::new(*at_in_screen, Button::Middle)),
                Vec::new(),
            ),
            Input::PointerDown {
                at_in_screen,
                button: Button::Primary,
                ..
            } if world.space_held => (
                Tool::Pan(Pan::new(*at_in_screen, Button::Primary)),
                Vec::new(),
            ),
            Input::PointerDown {
                at_in_screen,
                button: Button::Primary,
                modifiers,
                pointer,
                at_millis,
            } => Press::begin(
                world,
                *at_in_screen,
                *modifiers,
                *pointer,
                *at_millis,
                self.last_click,
            ),
            _ => (Tool::Select(self), Vec::new()),
        }
    }
}

impl Click {
    /// Whether a second click makes a double-click of this one.
    pub(super) fn doubles(&self, second: &Self) -> bool {
        let pause = second.at_millis - self.at_millis;
        self.on == second.on
            && (0.0..=DOUBLE_CLICK_MILLIS).contains(&pause)
            && crate::geometry::distance(self.at_in_screen, second.at_in_screen)
                <= DOUBLE_CLICK_IN_SCREEN
    }
}
