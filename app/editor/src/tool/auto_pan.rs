//! Near the border of the pane the view moves by itself.

use flow::Point;

use crate::geometry::Size;

/// How near the border begins.
const BORDER_IN_SCREEN: f64 = 32.0;
/// How fast the view moves at the very border.
const PIXELS_PER_SECOND: f64 = 900.0;
/// A pause longer than this between ticks counts no more than this.
const MAX_TICK_MILLIS: f64 = 100.0;

/// Counts the time between ticks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct AutoPan {
    last_tick_millis: Option<f64>,
}

impl AutoPan {
    /// How far the view's content moves at this tick, in screen pixels.
    pub(crate) fn tick(&mut self, at_millis: f64, pointer_in_screen: Point, pane: Size) -> Point {
        let last = self.last_tick_millis.replace(at_millis);
        let passed = last.map_or(0.0, |last| (at_millis - last).clamp(0.0, MAX_TICK_MILLIS));
        let pixels = PIXELS_PER_SECOND * passed / 1_000.0;
        let towards = direction(pointer_in_screen, pane);
        Point::new(-towards.x * pixels, -towards.y * pixels)
    }

    /// Nothing moves by itself any more.
    pub(crate) fn stop(&mut self) {
        self.last_tick_millis = None;
    }
}

/// Whether the view moves by itself while something is held here.
pub(crate) fn is_at_border(pointer_in_screen: Point, pane: Size) -> bool {
    direction(pointer_in_screen, pane) != Point::default()
}

/// Which way to look, and how urgently: each coordinate from -1 to 1.
fn direction(pointer_in_screen: Point, pane: Size) -> Point {
    let along = |at: f64, length: f64| {
        // A pane too small to have a middle has no border either.
        if length <= 2.0 * BORDER_IN_SCREEN {
            0.0
        } else if at < BORDER_IN_SCREEN {
            -((BORDER_IN_SCREEN - at) / BORDER_IN_SCREEN).min(1.0)
        } else {
            ((at - (length - BORDER_IN_SCREEN)) / BORDER_IN_SCREEN).clamp(0.0, 1.0)
        }
    };
    Point::new(
        along(pointer_in_screen.x, pane.width),
        along(pointer_in_screen.y, pane.height),
    )
}
