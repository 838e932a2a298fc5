//! What the pointer is doing: a state machine.
//!
//! `step` goes from a state and an event to the next state and what it asks
//! for; it changes nothing itself. Every state answers to being cancelled, and
//! copes with what it holds having been removed by somebody else.

mod auto_pan;
mod connect;
mod cut;
mod drag;
mod marquee;
mod pan;
mod pinch;
mod press;
mod reroute;
mod resize;
mod select;

pub(crate) use auto_pan::{AutoPan, is_at_border};
pub(crate) use drag::Whereabouts;

use flow::{Flow, NoteId, Point};

use crate::{
    Effect, Input, Modifiers, Overlay,
    geometry::{Orientation, Rect},
    scene::Shift,
    world::{Action, World},
};
use connect::Connect;
use cut::Cut;
use drag::Drag;
use marquee::Marquee;
use pan::Pan;
use pinch::Pinch;
use press::Press;
use reroute::Reroute;
use resize::Resize;
use select::Select;

/// What the pointer is doing.
#[derive(Clone, Debug)]
pub(crate) enum Tool {
    /// Nothing is held.
    Select(Select),
    /// A button is down and the pointer has not moved far enough to drag.
    Press(Press),
    /// Nodes follow the pointer.
    Drag(Drag),
    /// The corner of a note follows the pointer.
    Resize(Resize),
    /// A rectangle selects.
    Marquee(Marquee),
    /// An edge is being drawn, or its end led elsewhere.
    Connect(Connect),
    /// The beginning of an edge is led elsewhere.
    Reroute(Reroute),
    /// A line cuts edges.
    Cut(Cut),
    /// The view follows the pointer.
    Pan(Pan),
    /// The view follows two fingers.
    Pinch(Pinch),
}

/// The next state and what is asked for.
pub(crate) type Step = (Tool, Vec<Action>);

impl Default for Tool {
    fn default() -> Self {
        Self::idle()
    }
}

impl Tool {
    /// Nothing held, nothing clicked before.
    pub(crate) fn idle() -> Self {
        Self::Select(Select::default())
    }

    /// Takes an event.
    pub(crate) fn step(self, input: &Input, world: &World<'_>) -> Step {
        if matches!(input, Input::PointerCancel) {
            return self.cancel();
        }
        if let Input::SecondFinger {
            at_in_screen: Some(second),
        } = input
            && !matches!(self, Self::Pinch(_))
            && let Some(first) = world.pointer_in_screen
        {
            // What one finger began was meant for two.
            let (_, actions) = self.cancel();
            return (Self::Pinch(Pinch::begin(first, *second)), actions);
        }
        match self {
            Self::Select(state) => state.step(input, world),
            Self::Press(state) => state.step(input, world),
            Self::Drag(state) => state.step(input, world),
            Self::Resize(state) => state.step(input, world),
            Self::Marquee(state) => state.step(input, world),
            Self::Connect(state) => state.step(input, world),
            Self::Reroute(state) => state.step(input, world),
            Self::Cut(state) => state.step(input, world),
            Self::Pan(state) => state.step(input, world),
            Self::Pinch(state) => state.step(input, world),
        }
    }

    /// Gives up, as if it had not begun.
    pub(crate) fn cancel(self) -> Step {
        let actions = match self {
            Self::Marquee(state) => state.cancel(),
            _ => Vec::new(),
        };
        (Self::idle(), actions)
    }

    /// Goes on after somebody else changed the flow.
    pub(crate) fn reconcile(self, world: &World<'_>) -> Step {
        match self {
            Self::Drag(_)
            | Self::Resize(_)
            | Self::Connect(_)
            | Self::Reroute(_)
            | Self::Cut(_)
                if !world.may_edit() =>
            {
                gave_up("You may no longer change this flow.")
            }
            Self::Drag(state) => state.reconcile(world),
            Self::Resize(state) => state.reconcile(world),
            Self::Connect(state) => state.reconcile(world),
            Self::Reroute(state) => state.reconcile(world),
            Self::Cut(state) => state.reconcile(world),
            Self::Press(state) => state.reconcile(world),
            Self::Marquee(state) => state.reconcile(world),
            Self::Select(_) | Self::Pan(_) | Self::Pinch(_) => (self, Vec::new()),
        }
    }

    /// Whether nothing is going on.
    pub(crate) fn is_idle(&self) -> bool {
        matches!(self, Self::Select(_))
    }

    /// Whether a button is down that this waits for to go up.
    pub(crate) fn holds_pointer(&self) -> bool {
        match self {
            Self::Select(_) => false,
            Self::Connect(state) => state.held,
            Self::Press(_)
            | Self::Drag(_)
            | Self::Resize(_)
            | Self::Marquee(_)
            | Self::Reroute(_)
            | Self::Cut(_)
            | Self::Pan(_)
            | Self::Pinch(_) => true,
        }
    }

    /// Where the pointer holds something that follows it, on the screen: it
    /// has to follow when the view moves, and near the border moves the view.
    pub(crate) fn follows(&self) -> Option<(Point, Modifiers)> {
        match self {
            Self::Drag(state) => Some((state.at_in_screen, state.modifiers)),
            Self::Resize(state) => Some((state.at_in_screen, state.modifiers)),
            Self::Marquee(state) => Some((state.at_in_screen, Modifiers::NONE)),
            Self::Connect(state) => Some((state.at_in_screen, Modifiers::NONE)),
            Self::Reroute(state) => Some((state.at_in_screen, Modifiers::NONE)),
            Self::Cut(state) => Some((state.at_in_screen, Modifiers::NONE)),
            Self::Select(_) | Self::Press(_) | Self::Pan(_) | Self::Pinch(_) => None,
        }
    }

    /// Where a finger rests since when, which in the end asks for a menu.
    pub(crate) fn resting_finger(&self) -> Option<(Point, f64)> {
        match self {
            Self::Press(state) => state.resting_finger(),
            _ => None,
        }
    }

    /// What it shows.
    pub(crate) fn overlay(&self, flow: &Flow, orientation: Orientation) -> Overlay<'_> {
        match self {
            Self::Select(_) | Self::Press(_) => Overlay::Idle,
            Self::Pan(_) | Self::Pinch(_) => Overlay::Panning,
            Self::Drag(state) => state.overlay(),
            Self::Resize(state) => state.overlay(),
            Self::Marquee(state) => Overlay::Marquee(state.rect()),
            Self::Connect(state) => state.overlay(flow, orientation),
            Self::Reroute(state) => state.overlay(),
            Self::Cut(state) => state.overlay(),
        }
    }

    /// Which note is shown in another size than the flow has it, and where.
    pub(crate) fn resized(&self) -> Option<(&NoteId, Rect)> {
        match self {
            Self::Resize(state) => Some(state.resized()),
            _ => None,
        }
    }

    /// Which nodes and notes are shown elsewhere than the flow has them.
    pub(crate) fn shift(&self) -> Option<Shift<'_>> {
        match self {
            Self::Drag(state) => state.shift(),
            _ => None,
        }
    }
}

/// Says that what was held is gone.
fn gave_up(sentence: &str) -> Step {
    let said = Action::Effect(Effect::Announce(sentence.to_owned()));
    (Tool::idle(), vec![said])
}
