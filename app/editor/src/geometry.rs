//! Shapes on the canvas: cards, the anchors of edges, and the curves between
//! them. In canvas units wherever a name does not say otherwise.

mod beside;
pub mod card;
mod cubic;
mod curve;
mod head;
mod orientation;
mod rect;
mod turn;

pub use beside::{FRAME_BAR, frame_around, frame_bar, note_rect};
pub use cubic::Cubic;
pub use curve::{Arrow, Curve, End};
pub use head::Strokes;
pub use orientation::{EXITS_BEYOND, Orientation, entry_anchor, exit_anchor, exit_rail};
pub use rect::{Rect, Size};

use flow::Point;

/// How large every node's card is.
pub const NODE_SIZE: Size = Size {
    width: 200.0,
    height: 64.0,
};

/// The grid that cards snap to when they are moved.
pub const GRID: f64 = 20.0;

/// The card of a node whose top left corner is here.
pub fn node_rect(position: Point) -> Rect {
    Rect::new(position, NODE_SIZE)
}

/// The nearest point of the grid.
pub fn snap_to_grid(point: Point) -> Point {
    Point::new(
        (point.x / GRID).round() * GRID,
        (point.y / GRID).round() * GRID,
    )
}

/// How far two points are apart.
pub fn distance(a: Point, b: Point) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}
