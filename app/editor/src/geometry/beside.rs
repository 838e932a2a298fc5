//! Shapes of what stands beside the logic: notes, and frames around groups.

use flow::{Note, Point};

use super::{Rect, Size};

/// Between the members of a group and its frame, at the sides.
const FRAME_MARGIN: f64 = 24.0;
/// Below the lowest members: their exits have names there.
const FRAME_BELOW: f64 = 36.0;
/// The height of the bar of a frame that has the title.
pub const FRAME_BAR: f64 = 28.0;

/// Where a note lies.
pub fn note_rect(note: &Note) -> Rect {
    Rect::new(note.at, Size::new(note.size.width, note.size.height))
}

/// The frame around members that this rectangle holds, its bar on top.
pub fn frame_around(members: Rect) -> Rect {
    Rect {
        min: members.min - Point::new(FRAME_MARGIN, FRAME_MARGIN + FRAME_BAR),
        max: members.max + Point::new(FRAME_MARGIN, FRAME_BELOW),
    }
}

/// The bar of a frame, by which the group is taken hold of.
pub fn frame_bar(frame: Rect) -> Rect {
    Rect {
        min: frame.min,
        max: Point::new(frame.max.x, frame.min.y + FRAME_BAR),
    }
}
