//! Which parts stay where they are.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::{
    super::{
        shape::{Shape, Step},
        space::{Area, Space},
    },
    free::{CLEARANCE, is_in_reach},
};
use crate::geometry::{GRID, Orientation};

/// One node in so many has to lie in place already for its part to stay.
const ENOUGH: usize = 3;

/// A part that stays, and its first corner.
pub(super) struct Kept {
    pub(super) shape: Shape,
    pub(super) corner: (f64, f64),
}

impl Kept {
    pub(super) fn area(&self) -> Area {
        Area::new(self.corner, (self.shape.across, self.shape.along))
    }
}

/// The parts that stay, and those that do not. Most of what was tidied before
/// lies in place when something is added to it: that has to move, not all else.
/// The parts of which most lies in place come first, and none stays on another or
/// on other cards.
pub(super) fn keep(
    shapes: Vec<Shape>,
    present: &[(f64, f64)],
    others: &Space,
    orientation: Orientation,
) -> (Vec<Kept>, Vec<Shape>) {
    let voted = shapes.into_iter().enumerate().map(|(number, shape)| {
        let (votes, corner) = vote(&shape, present);
        (votes, number, Kept { shape, corner })
    });
    let mut voted: Vec<_> = voted.collect();
    voted.sort_by_key(|(votes, number, _)| (Reverse(*votes), *number));
    let (mut kept, mut moved) = (Vec::new(), Vec::new());
    let mut taken = Space::default();
    for (votes, number, part) in voted {
        let count = part.shape.nodes.len();
        let is_enough = votes * ENOUGH >= count && votes >= count.min(2);
        let areas = || {
            let cards = part.shape.cards_from(part.corner);
            cards.map(|(_, at)| Area::new(at, orientation.card()))
        };
        let is_free = |card: Area| {
            let card = card.grown(CLEARANCE);
            let mut in_the_way = others.in_the_way(&card).chain(taken.in_the_way(&card));
            in_the_way.next().is_none()
        };
        if is_enough && is_in_reach(&part.area()) && areas().all(is_free) {
            areas().for_each(|card| taken.take(card));
            kept.push((number, part));
        } else {
            moved.push((number, part.shape));
        }
    }
    if !moved.is_empty() {
        // A single node lies in place anywhere: it makes room for the others.
        let is_single = |(_, part): &mut (usize, Kept)| part.shape.nodes.len() == 1;
        let single = kept.extract_if(.., is_single);
        moved.extend(single.map(|(number, part)| (number, part.shape)));
    }
    moved.sort_by_key(|(number, _)| *number);
    (
        kept.into_iter().map(|(_, part)| part).collect(),
        moved.into_iter().map(|(_, shape)| shape).collect(),
    )
}

/// How many nodes at most stay where they are by one choice of the first corner,
/// and that corner.
fn vote(shape: &Shape, present: &[(f64, f64)]) -> (usize, (f64, f64)) {
    let mut votes: FxHashMap<Step, usize> = FxHashMap::default();
    let mut most = (0, Step::default());
    for (node, step) in &shape.nodes {
        let present = present[*node];
        let (Some(across), Some(along)) = (steps(present.0), steps(present.1)) else {
            continue;
        };
        let corner = Step {
            across: across - step.across,
            along: along - step.along,
        };
        let votes = votes.entry(corner).or_default();
        *votes += 1;
        if *votes > most.0 {
            most = (*votes, corner);
        }
    }
    let corner = (most.1.across as f64 * GRID, most.1.along as f64 * GRID);
    (most.0, corner)
}

/// A coordinate in steps of the grid; none beside it or out of reach.
fn steps(at: f64) -> Option<i64> {
    let steps = (at / GRID).round();
    let is_there = steps * GRID == at && is_in_reach(&Area::new((at, at), (0.0, 0.0)));
    is_there.then_some(steps as i64)
}
