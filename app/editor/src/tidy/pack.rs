//! Where the parts go on the canvas: what lies as it should stays, the rest goes
//! side by side.

mod free;
mod keep;

use super::{
    pace::Pace,
    shape::Shape,
    space::{Area, Space},
};
use flow::Point;

use crate::geometry::{GRID, Orientation};
use free::{CANVAS_REACH, free_corner};
use keep::{Kept, keep};

/// Canvas units between parts.
const BETWEEN_PARTS: f64 = 80.0;
/// Canvas units that a row of parts may be long in any case.
const ROW: f64 = 3_000.0;

/// What stays where it is of nodes that do not lie as they should.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Anchor {
    TopLeft,
    Middle,
}

/// Cards by the numbers of their nodes, and where their first corners are across
/// layers and along the flow, in canvas units.
type Cards = Vec<(usize, (f64, f64))>;

/// The place of every node, by its number in the flow; `present` says where it
/// lies across layers and along the flow. A part of which enough lies in place
/// stays there. Nothing covers the other cards, which have these places. None
/// where there is no room.
pub(super) async fn settle(
    shapes: Vec<Shape>,
    present: &[(f64, f64)],
    others: &[Point],
    anchor: Anchor,
    orientation: Orientation,
    pace: &Pace,
) -> Option<Vec<(usize, Point)>> {
    let mut space = Space::default();
    for other in others {
        space.take(Area::new(orientation.split(*other), orientation.card()));
    }
    let (kept, moved) = keep(shapes, present, &space, orientation);
    let mut cards = Cards::new();
    for Kept { shape, corner } in &kept {
        cards.extend(shape.cards_from(*corner));
    }
    if !moved.is_empty() {
        let block = in_rows(&moved, orientation);
        let corner = anchored(&block, anchor, present);
        let parts: Vec<Area> = kept.iter().map(Kept::area).collect();
        let corner = free_corner(&block, corner, &space, &parts, orientation, pace).await?;
        cards.extend(block.into_iter().map(|(node, at)| (node, sum(at, corner))));
    }
    let places = cards.into_iter();
    let places = places.map(|(node, at)| (node, orientation.join(at)));
    Some(places.collect())
}

/// The parts side by side, in several rows where they are many.
fn in_rows(shapes: &[Shape], orientation: Orientation) -> Cards {
    let room = |shape: &Shape| (shape.across + BETWEEN_PARTS) * (shape.along + BETWEEN_PARTS);
    let area: f64 = shapes.iter().map(room).sum();
    let longest = (area * orientation.aspect()).sqrt().max(ROW);
    let mut cards = Cards::new();
    let mut corner = (0.0, 0.0);
    let mut next_row: f64 = 0.0;
    let mut region = None;
    for shape in shapes {
        let is_beyond = corner.0 > 0.0 && corner.0 + shape.across > longest;
        if is_beyond || region != Some(shape.region) {
            corner = (0.0, next_row);
            region = Some(shape.region);
        }
        cards.extend(shape.cards_from(corner));
        corner.0 += on_grid_beyond(shape.across + BETWEEN_PARTS);
        next_row = next_row.max(corner.1 + on_grid_beyond(shape.along + BETWEEN_PARTS));
    }
    cards
}

/// The corner from which a block lies where its nodes do at present.
fn anchored(block: &Cards, anchor: Anchor, present: &[(f64, f64)]) -> (f64, f64) {
    let within = |at: f64| at.clamp(-CANVAS_REACH, CANVAS_REACH);
    let nodes = block.iter().map(|(node, at)| {
        let present = present[*node];
        ((within(present.0), within(present.1)), *at)
    });
    let corner = match anchor {
        Anchor::TopLeft => nodes.fold((f64::INFINITY, f64::INFINITY), |least, (present, _)| {
            (least.0.min(present.0), least.1.min(present.1))
        }),
        Anchor::Middle => {
            let moved = nodes.fold((0.0, 0.0), |moved, (present, at)| {
                (moved.0 + present.0 - at.0, moved.1 + present.1 - at.1)
            });
            let count = block.len().max(1) as f64;
            (moved.0 / count, moved.1 / count)
        }
    };
    let snapped = |at: f64| (at / GRID).round() * GRID;
    (snapped(corner.0), snapped(corner.1))
}

/// The length, or a little more, in whole steps of the grid.
fn on_grid_beyond(length: f64) -> f64 {
    (length / GRID).ceil() * GRID
}

fn sum(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 + b.0, a.1 + b.1)
}

impl Shape {
    /// The cards of the part where its first corner is here.
    fn cards_from(&self, corner: (f64, f64)) -> impl Iterator<Item = (usize, (f64, f64))> {
        let at = move |steps: i64, from: f64| steps as f64 * GRID + from;
        self.nodes.iter().map(move |(node, step)| {
            let at = (at(step.across, corner.0), at(step.along, corner.1));
            (*node, at)
        })
    }
}
