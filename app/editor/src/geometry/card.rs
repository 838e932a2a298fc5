//! What lies where on a card, from its top left corner.

use flow::Point;

use super::{NODE_SIZE, Orientation, Rect, Size};

/// The radius of a card's corners.
pub const CARD_RADIUS: f64 = 8.0;
/// The tile with the icon.
pub const TILE: Rect = Rect {
    min: Point { x: 12.0, y: 18.0 },
    max: Point { x: 40.0, y: 46.0 },
};
/// The radius of its corners.
pub const TILE_RADIUS: f64 = 7.0;
/// How large the icon in it is.
pub const ICON: Size = Size::new(16.0, 16.0);
/// Where title and subtitle begin, and how far they may reach.
pub const TEXT_LEFT: f64 = 50.0;
/// See [`TEXT_LEFT`].
pub const TEXT_WIDTH: f64 = NODE_SIZE.width - TEXT_LEFT - 12.0;
/// The baselines of title and subtitle.
pub const TITLE_BASELINE: f64 = 29.0;
/// See [`TITLE_BASELINE`].
pub const SUBTITLE_BASELINE: f64 = 45.5;
/// The middle of the badge.
pub const BADGE: Point = Point {
    x: NODE_SIZE.width - 2.0,
    y: 2.0,
};

/// How far names of exits beside a card reach at most.
const BESIDE: f64 = 104.0;

/// How an exit's name is placed, from where edges leave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExitName {
    /// Where it begins.
    pub left: f64,
    /// Its baseline.
    pub baseline: f64,
    /// How far it may reach.
    pub width: f64,
}

/// Where the name of the exit `index` of `count` stands: below the card, many in
/// two lines, so that each has twice the room; or beside it, above its edge.
pub fn exit_name(index: usize, count: usize, orientation: Orientation) -> ExitName {
    if orientation == Orientation::LeftRight {
        return ExitName {
            left: 9.0,
            baseline: -4.0,
            width: BESIDE,
        };
    }
    let between = NODE_SIZE.width / (count as f64 + 1.0);
    let in_two_lines = count > 2;
    let is_lower = in_two_lines && index % 2 == 1;
    ExitName {
        left: 12.0,
        baseline: if is_lower { 37.0 } else { 22.0 },
        width: if in_two_lines { 2.0 * between } else { between } - 18.0,
    }
}
