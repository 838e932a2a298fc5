//! What one event of the browser says that another leaves out.

use std::cell::Cell;

/// What is remembered between events.
#[derive(Default)]
pub(super) struct Hand {
    /// The browser's id of the second finger on the canvas.
    pub(super) second_finger: Cell<Option<i32>>,
    /// Whether the keys that paste were struck with Shift.
    pub(super) pastes_with_shift: Cell<bool>,
    /// Whether Ctrl is down.
    pub(super) holds_control: Cell<bool>,
}
