//! What one event of the browser says that another leaves out.

use std::cell::Cell;

use editor::Hit;
use flow::Point;

/// What is remembered between events.
#[derive(Default)]
pub(super) struct Hand {
    /// The browser's id of the second finger on the canvas.
    pub(super) second_finger: Cell<Option<i32>>,
    /// The keys that paste were struck: whether with Shift. Taken by the event
    /// that follows.
    pub(super) paste_struck: Cell<Option<bool>>,
    /// When keys pasted last, by the event's own clock.
    pub(super) pasted_millis: Cell<f64>,
    /// When the middle button went up last, by the same clock.
    pub(super) middle_up_millis: Cell<Option<f64>>,
    /// Whether a finger is down.
    pub(super) finger_is_down: Cell<bool>,
    /// A menu that was opened under a finger: where, and what is there. The
    /// browser closes it when that goes up.
    pub(super) menu: Cell<Option<(Point, Option<Hit>)>>,
    /// The corner of the canvas in the window when the pointer went down. To ask
    /// while something moves has the browser lay out the page for the answer.
    pub(super) corner: Cell<Option<Point>>,
    /// Whether Ctrl is down.
    pub(super) holds_control: Cell<bool>,
}
