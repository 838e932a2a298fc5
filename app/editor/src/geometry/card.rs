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
pub const SUBTITLE_BASELINE: f64 = 45.0;
/// The middle of the badge: at a corner, but clear of the exits.
pub fn badge(orientation: Orientation) -> Point {
    match orientation {
        Orientation::TopDown => Point::new(NODE_SIZE.width - 2.0, 2.0),
        Orientation::LeftRight => Point::new(NODE_SIZE.width - 19.0, 2.0),
    }
}

/// How far names of exits beside a card reach at most.
const BESIDE: f64 = 98.0;
/// From line to line of names below a card, and how many there are at most: all
/// of them end above the next row of a tidy drawing.
const NAME_LINE: f64 = 15.0;
/// See [`NAME_LINE`].
const MOST_NAME_LINES: usize = 4;

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
/// several lines, so that each has as many times the room; or beside it, above
/// its edge.
pub fn exit_name(index: usize, count: usize, orientation: Orientation) -> ExitName {
    const LEFT: f64 = 12.0;
    match orientation {
        Orientation::TopDown => {
            let between = NODE_SIZE.width / (count as f64 + 1.0);
            let lines = count.div_ceil(2).clamp(1, MOST_NAME_LINES);
            ExitName {
                left: LEFT,
                baseline: 22.0 + NAME_LINE * (index % lines) as f64,
                width: lines as f64 * between - 18.0,
            }
        }
        Orientation::LeftRight => ExitName {
            left: LEFT,
            baseline: -5.0,
            width: BESIDE,
        },
    }
}
