//! Aligning what is dragged with the cards around it.

use flow::Sort as _;
use flow::{NodeId, Point};

use crate::{
    Guide,
    geometry::{NODE_SIZE, node_rect},
    selection::OrderedSet,
    world::World,
};

/// How far a card is drawn towards an alignment, in canvas units.
const TOLERANCE: f64 = 10.0;
/// With more cards than this in view lines would be everywhere.
const MAX_CARDS: usize = 400;

/// The top left corners of the cards in view that stay, by each coordinate.
/// All cards have one size: aligned in one edge, they are aligned in all.
#[derive(Clone, Debug, Default)]
pub(super) struct Alignment {
    by_x: Vec<Point>,
    by_y: Vec<Point>,
}

/// Coordinates of a card that would be aligned.
pub(super) struct Aligned {
    pub(super) x: Option<f64>,
    pub(super) y: Option<f64>,
}

impl Alignment {
    pub(super) fn with_others(world: &World<'_>, dragged: &OrderedSet<NodeId>) -> Self {
        let mut corners = Vec::new();
        world.scene.for_each_node_in(&world.visible_area(), |id| {
            if corners.len() <= MAX_CARDS && !dragged.contains(id) {
                corners.push(world.flow.position(id));
            }
        });
        if corners.len() > MAX_CARDS {
            return Self::default();
        }
        let mut by_x = corners.clone();
        by_x.order_by(|a, b| a.x.total_cmp(&b.x));
        corners.order_by(|a, b| a.y.total_cmp(&b.y));
        Self {
            by_x,
            by_y: corners,
        }
    }

    /// The coordinates nearest to those of a card here, where near enough.
    pub(super) fn nearest(&self, corner: Point) -> Aligned {
        Aligned {
            x: nearest(&self.by_x, corner.x, |point| point.x),
            y: nearest(&self.by_y, corner.y, |point| point.y),
        }
    }

    /// Lines through the middles of a card here and those it is aligned with.
    pub(super) fn guides(&self, corner: Point) -> Vec<Guide> {
        let card = node_rect(corner);
        let upright =
            span(&self.by_x, corner, |point| point.x, |point| point.y).map(|(min, max)| Guide {
                from: Point::new(card.centre().x, min),
                to: Point::new(card.centre().x, max + NODE_SIZE.height),
            });
        let level =
            span(&self.by_y, corner, |point| point.y, |point| point.x).map(|(min, max)| Guide {
                from: Point::new(min, card.centre().y),
                to: Point::new(max + NODE_SIZE.width, card.centre().y),
            });
        upright.into_iter().chain(level).collect()
    }
}

fn nearest(sorted: &[Point], wanted: f64, coordinate: impl Fn(&Point) -> f64) -> Option<f64> {
    let above = sorted.partition_point(|point| coordinate(point) < wanted);
    let candidates = [above.checked_sub(1), Some(above)];
    candidates
        .into_iter()
        .flatten()
        .filter_map(|index| sorted.get(index))
        .map(coordinate)
        .filter(|found| (found - wanted).abs() <= TOLERANCE)
        .min_by(|a, b| (a - wanted).abs().total_cmp(&(b - wanted).abs()))
}

/// From where to where along the other coordinate the cards lie that share
/// this one. None without such cards.
fn span(
    sorted: &[Point],
    corner: Point,
    shared: impl Fn(&Point) -> f64,
    other: impl Fn(&Point) -> f64,
) -> Option<(f64, f64)> {
    let first = sorted.partition_point(|point| shared(point) < shared(&corner));
    let mut aligned = sorted
        .iter()
        .skip(first)
        .take_while(|point| shared(point) == shared(&corner))
        .peekable();
    aligned.peek()?;
    let at = other(&corner);
    Some(aligned.fold((at, at), |(min, max), point| {
        (min.min(other(point)), max.max(other(point)))
    }))
}
