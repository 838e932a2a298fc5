//! Which way a flow leads, and what lies where because of it.

use flow::Point;

use super::{NODE_SIZE, Rect};

/// From exit to exit at least, where they lie at the side of a card.
const EXITS_APART: f64 = 16.0;
/// How long their row becomes at most: not as long as from one row of a tidy
/// drawing to the next.
const MOST_BESIDE: f64 = 200.0;
/// How far the row of exits reaches beyond a card at either end at most.
pub const EXITS_BEYOND: f64 = (MOST_BESIDE - NODE_SIZE.height) / 2.0;

/// The way that a flow leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// From the top down: edges enter at the top and leave at the bottom.
    #[default]
    TopDown,
    /// From left to right: edges enter at the left and leave at the right.
    LeftRight,
}

impl Orientation {
    /// A point with its coordinates in the order of [`Self::TopDown`]; and one
    /// in that order as it lies.
    pub(super) fn turned(self, point: Point) -> Point {
        match self {
            Self::TopDown => point,
            Self::LeftRight => Point::new(point.y, point.x),
        }
    }

    /// Half of a card across the flow.
    pub(super) const fn half_card(self) -> f64 {
        match self {
            Self::TopDown => NODE_SIZE.width / 2.0,
            Self::LeftRight => NODE_SIZE.height / 2.0,
        }
    }
}

/// Where edges enter a node whose top left corner is at `position`: the middle
/// of the side that the flow comes from.
pub fn entry_anchor(position: Point, orientation: Orientation) -> Point {
    position
        + match orientation {
            Orientation::TopDown => Point::new(NODE_SIZE.width / 2.0, 0.0),
            Orientation::LeftRight => Point::new(0.0, NODE_SIZE.height / 2.0),
        }
}

/// Where edges leave by the exit `index` of `count`: exits are spread evenly
/// along the side that the flow leads to, and beyond it where many would lie too
/// close to be told apart.
pub fn exit_anchor(position: Point, index: usize, count: usize, orientation: Orientation) -> Point {
    let share = ((index as f64 + 0.5) / count.max(1) as f64).min(1.0);
    position
        + match orientation {
            Orientation::TopDown => Point::new(NODE_SIZE.width * share, NODE_SIZE.height),
            Orientation::LeftRight => Point::new(
                NODE_SIZE.width,
                NODE_SIZE.height / 2.0 + beside(count) * (share - 0.5),
            ),
        }
}

/// The line from the first exit to the last of a node whose top left corner is
/// here, where they reach beyond its card.
pub fn exit_rail(position: Point, count: usize, orientation: Orientation) -> Option<Rect> {
    let is_longer = orientation == Orientation::LeftRight && beside(count) > NODE_SIZE.height;
    is_longer.then(|| {
        let end = |index| exit_anchor(position, index, count, orientation);
        Rect::between(end(0), end(count - 1))
    })
}

/// How much of a card's side exits take, and beyond it.
fn beside(count: usize) -> f64 {
    (count as f64 * EXITS_APART).clamp(NODE_SIZE.height, MOST_BESIDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exits_at_the_side_can_be_told_apart_and_stay_clear_of_other_rows() {
        for count in 1..=60 {
            let at = |index| exit_anchor(Point::default(), index, count, Orientation::LeftRight).y;
            let middle = f64::midpoint(at(0), at(count - 1));
            assert!((middle - NODE_SIZE.height / 2.0).abs() < 1e-9, "{count}");
            assert!(at(0) > -EXITS_BEYOND && at(count - 1) < NODE_SIZE.height + EXITS_BEYOND);
            if (2..=12).contains(&count) {
                assert!(at(1) - at(0) > EXITS_APART - 1e-9, "{count}");
            }
            let rail = exit_rail(Point::default(), count, Orientation::LeftRight);
            assert_eq!(rail.is_some(), count > 4);
            assert_eq!(
                exit_rail(Point::default(), count, Orientation::TopDown),
                None
            );
        }
    }
}
