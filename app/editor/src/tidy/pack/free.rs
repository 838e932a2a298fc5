//! Room for a block of cards near where it should be.

use super::{
    super::{
        pace::Pace,
        space::{Area, Space},
    },
    BETWEEN_PARTS, Cards, on_grid_beyond, sum,
};
use crate::geometry::{GRID, Orientation};

/// Canvas units from the origin to where cards may lie, in every direction.
/// The flow itself takes them a little further out.
pub(super) const CANVAS_REACH: f64 = 9_000_000.0;
/// Canvas units at least between what is tidied and other cards.
pub(super) const CLEARANCE: f64 = GRID;
/// How often what is in the way is passed before another way is tried.
const PUSHES: usize = 64;
/// The ways to push a block, across layers and along the flow: the nearest is
/// taken, and the first of equals.
const WAYS: [(f64, f64); 4] = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)];

/// Whether cards may lie here.
pub(super) fn is_in_reach(area: &Area) -> bool {
    let reaches = |at: f64| at.abs() <= CANVAS_REACH;
    let corners = [area.first.0, area.first.1, area.last.0, area.last.1];
    corners.into_iter().all(reaches)
}

/// The corner, or one near it straight to a side, from which a block covers
/// neither other cards nor parts that stay. None where there is no room.
pub(super) async fn free_corner(
    block: &Cards,
    corner: (f64, f64),
    others: &Space,
    parts: &[Area],
    orientation: Orientation,
    pace: &Pace,
) -> Option<(f64, f64)> {
    let card = orientation.card();
    let cards: Vec<Area> = block.iter().map(|(_, at)| Area::new(*at, card)).collect();
    let last = cards.iter().fold((0.0_f64, 0.0_f64), |last, card| {
        (last.0.max(card.last.0), last.1.max(card.last.1))
    });
    let within = |at: f64, size: f64| {
        let last = ((CANVAS_REACH - size) / GRID).floor() * GRID;
        at.min(last).max(-CANVAS_REACH)
    };
    let corner = (within(corner.0, last.0), within(corner.1, last.1));
    let obstacles = Obstacles {
        cards: &cards,
        whole: Area::new((0.0, 0.0), last),
        others,
        parts,
    };
    let far = |(across, along): (f64, f64)| (across - corner.0).abs() + (along - corner.1).abs();
    let mut nearest: Option<(f64, f64)> = None;
    for way in WAYS {
        let Some(free) = obstacles.pushed(corner, way, pace).await else {
            continue;
        };
        let is_nearer = nearest.is_none_or(|nearest| far(free) < far(nearest));
        if is_nearer && is_in_reach(&obstacles.whole.shifted(free)) {
            nearest = Some(free);
        }
    }
    nearest
}

/// A block, and what may be in its way.
struct Obstacles<'a> {
    cards: &'a [Area],
    whole: Area,
    others: &'a Space,
    parts: &'a [Area],
}

impl Obstacles<'_> {
    /// Where the block comes to lie when it is pushed this way until nothing is
    /// in its way.
    async fn pushed(
        &self,
        mut corner: (f64, f64),
        way: (f64, f64),
        pace: &Pace,
    ) -> Option<(f64, f64)> {
        for _ in 0..PUSHES {
            pace.spend(self.cards.len()).await;
            let by = self.needed(corner, way);
            if by <= 0.0 {
                return Some(corner);
            }
            let by = on_grid_beyond(by);
            corner = sum(corner, (way.0 * by, way.1 * by));
        }
        None
    }

    /// How far this way it takes to pass everything that is in the way.
    fn needed(&self, corner: (f64, f64), way: (f64, f64)) -> f64 {
        let mut needed: f64 = 0.0;
        for card in self.cards {
            let card = card.shifted(corner).grown(CLEARANCE);
            for other in self.others.in_the_way(&card) {
                needed = needed.max(to_pass(&card, other, way));
            }
        }
        let whole = self.whole.shifted(corner).grown(BETWEEN_PARTS);
        for part in self.parts.iter().filter(|part| part.overlaps(&whole)) {
            needed = needed.max(to_pass(&whole, part, way));
        }
        needed
    }
}

/// How far an area has to go this way to be past another.
fn to_pass(area: &Area, other: &Area, way: (f64, f64)) -> f64 {
    match way {
        (across, _) if across > 0.0 => other.last.0 - area.first.0,
        (across, _) if across < 0.0 => area.last.0 - other.first.0,
        (_, along) if along > 0.0 => other.last.1 - area.first.1,
        _ => area.last.1 - other.first.1,
    }
}
