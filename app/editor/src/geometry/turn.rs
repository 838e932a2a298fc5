//! How an edge turns: the cubics between its ends, as if the flow led down.

use flow::Point;

use super::{Cubic, Orientation};

/// The least length of an edge's tangents, so that even the shortest edge has a
/// direction.
const MIN_TANGENT: f64 = 1.0;
/// The greatest length, so that long edges do not swing far out.
const MAX_TANGENT: f64 = 160.0;
/// How widely an edge turns at its ends where it has room to: the radius of the
/// curve there.
const TURN_RADIUS: f64 = 24.0;
/// How steeply an edge may come back up between two ends that are close.
const MOST_RISE: f64 = 0.5;
/// How far on an edge bends to where it enters: not into the next row or column
/// of a tidy drawing. What lies between its ends is passed in a straight line
/// before the entry, where edges with one target join.
pub(super) const fn bend(orientation: Orientation) -> f64 {
    match orientation {
        Orientation::TopDown => 76.0,
        Orientation::LeftRight => 160.0,
    }
}
/// How far beside the cards an edge that leads back passes.
const CLEARANCE: f64 = 48.0;
/// Between cards at least so far apart an edge that leads back passes.
pub(super) const PASSAGE: f64 = 16.0;

/// The bend of an edge that leads on. Where little room is left for it, it dips
/// below its start and comes in from above its end, as far as it takes to turn
/// widely.
pub(super) fn onward(from: Point, to: Point, orientation: Orientation) -> Cubic {
    let most = bend(orientation);
    let bend_to = Point::new(to.x, to.y.min(from.y + most));
    let room = bend_to.y - from.y;
    let least = room / 2.0;
    let more = (dip((to.x - from.x).abs(), room) - least).max(0.0);
    let length = (least + more * (1.0 - room / most)).max(MIN_TANGENT);
    Cubic {
        from,
        control_from: from + Point::new(0.0, length),
        control_to: bend_to - Point::new(0.0, length),
        to: bend_to,
    }
}

/// How long the tangents of an S over so much are that turns widely, and yet
/// comes back up by little in its middle.
fn dip(across: f64, down: f64) -> f64 {
    (2.0 * tangent(across / 2.0))
        .min(down + across * MOST_RISE)
        .min(MAX_TANGENT)
}

/// The cubics of an edge that leads back, from the origin to so far to the
/// right and up. A line joins them: aslant between the cards, if they are far
/// enough apart, else up beside them.
pub(super) fn back(across: f64, down: f64, orientation: Orientation) -> (Cubic, Cubic) {
    let half_card = orientation.half_card();
    let between = across - 2.0 * half_card;
    let to = Point::new(across, down);
    if between < PASSAGE {
        let beside = across + half_card + CLEARANCE;
        let up = Point::new(0.0, -1.0);
        let bend = turn(beside, up);
        let swing = turn(half_card + CLEARANCE, up).map(|at| to + Point::new(at.x, -at.y));
        return (bend, reversed(swing));
    }
    // As steep as it takes to pass both corners at a distance; where it leads
    // back by little, as steep as an edge that leads on would rise there.
    let rise = dip(across, 0.0) - down;
    let slope = (rise / across).max(-2.0 * down / between);
    let bend = turn((across + down / slope) / 2.0, Point::new(1.0, -slope));
    (bend, reversed(bend.map(|at| to - at)))
}

/// The turn from down to `direction`, from the origin to so far to the right.
fn turn(across: f64, direction: Point) -> Cubic {
    let length = tangent(across);
    let to = Point::new(across, 0.0);
    // As deep on either side, but not beyond the middle.
    let deep = length / -direction.y;
    let reach = if direction.x > 0.0 {
        deep.min(across / 2.0 / direction.x)
    } else {
        deep
    };
    Cubic {
        from: Point::default(),
        control_from: Point::new(0.0, length),
        control_to: to - Point::new(direction.x * reach, direction.y * reach),
        to,
    }
}

/// The length of the tangent with which a turn over so much has the radius that
/// turns have: the radius at the end of a cubic is 3/2 of the tangent's square
/// over how far off the second control point lies.
fn tangent(across: f64) -> f64 {
    (across * TURN_RADIUS * 2.0 / 3.0).sqrt().min(MAX_TANGENT)
}

fn reversed(cubic: Cubic) -> Cubic {
    Cubic {
        from: cubic.to,
        control_from: cubic.control_to,
        control_to: cubic.control_from,
        to: cubic.from,
    }
}
