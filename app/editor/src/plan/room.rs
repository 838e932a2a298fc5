//! Making room for a node that goes between two others: what follows moves on.

use std::{cmp::Ordering, collections::BinaryHeap};

use flow::{Flow, NodeId, Op, Point};
use rustc_hash::FxHashMap;

use super::moves::rounded;
use crate::{
    geometry::{GRID, NODE_SIZE, Orientation, Rect, node_rect},
    scene::Scene,
};

/// Between cards that are connected, where the flow leads down: as tidying
/// leaves it.
const BELOW: Gap = Gap {
    comfortable: 7.0 * GRID - NODE_SIZE.height,
    tight: 2.0 * GRID,
};
/// The same where it leads to the right, and the exit's name can be read.
const BESIDE: Gap = Gap {
    comfortable: 8.0 * GRID,
    tight: 4.0 * GRID,
};
/// Between cards that are not connected.
const CLEAR: f64 = GRID;

/// What stays between two cards.
#[derive(Clone, Copy)]
struct Gap {
    /// What is left where room is made.
    comfortable: f64,
    /// From here on room is made.
    tight: f64,
}

/// Where a card goes that leads from one node to another, and what makes room
/// for it. It goes where it is wanted, unless that is too close behind its
/// source. Whatever follows moves on by as much as it has to, with what follows
/// that: what was no more than comfortably apart stays so, and wider gaps give
/// way first.
pub(super) fn make_room(
    flow: &Flow,
    scene: &Scene,
    (id, wanted): (&NodeId, Point),
    (source, target): (&NodeId, &NodeId),
) -> (Point, Vec<Op>) {
    let axis = Axis(scene.orientation());
    let card = |node: &NodeId| node_rect(flow.position(node));
    let Gap { comfortable, tight } = axis.gap();
    let leads_on = axis.is_ahead(&card(target), &card(source));
    let behind_source = axis.start(&node_rect(wanted)) - axis.end(&card(source));
    let at = if leads_on && behind_source < tight {
        axis.moved(wanted, comfortable - behind_source)
    } else {
        wanted
    };
    let inserted = node_rect(at);
    let mut pushes = Pushes {
        flow,
        scene,
        axis,
        inserted: id,
        by: FxHashMap::default(),
        due: BinaryHeap::new(),
    };
    // What the card would cover moves out of its way, unless it lies before it.
    scene.for_each_node_in(&axis.ahead_of(&inserted, CLEAR), |node| {
        if node != source {
            let over = axis.end(&inserted) + CLEAR - axis.start(&card(node));
            pushes.push(node, over);
        }
    });
    let before_target = axis.start(&card(target)) - axis.end(&inserted);
    if leads_on && before_target < tight {
        pushes.push(target, comfortable - before_target);
    }
    (at, pushes.spread())
}

/// Along the flow and across it.
#[derive(Clone, Copy)]
struct Axis(Orientation);

impl Axis {
    fn along(self, point: Point) -> f64 {
        match self.0 {
            Orientation::TopDown => point.y,
            Orientation::LeftRight => point.x,
        }
    }

    fn start(self, card: &Rect) -> f64 {
        self.along(card.min)
    }

    fn end(self, card: &Rect) -> f64 {
        self.along(card.max)
    }

    fn moved(self, point: Point, by: f64) -> Point {
        point
            + match self.0 {
                Orientation::TopDown => Point::new(0.0, by),
                Orientation::LeftRight => Point::new(by, 0.0),
            }
    }

    /// Between connected cards.
    fn gap(self) -> Gap {
        match self.0 {
            Orientation::TopDown => BELOW,
            Orientation::LeftRight => BESIDE,
        }
    }

    /// Whether a card begins where the other ends or further on.
    fn is_ahead(self, card: &Rect, of: &Rect) -> bool {
        self.start(card) >= self.end(of)
    }

    /// From the middle of a card to so far beyond its end.
    fn ahead_of(self, card: &Rect, beyond: f64) -> Rect {
        let middle = match self.0 {
            Orientation::TopDown => NODE_SIZE.height / 2.0,
            Orientation::LeftRight => NODE_SIZE.width / 2.0,
        };
        // Cards side by side are not in each other's way.
        let across = card.grown(-1.0);
        let mut area = *card;
        match self.0 {
            Orientation::TopDown => (area.min.x, area.max.x) = (across.min.x, across.max.x),
            Orientation::LeftRight => (area.min.y, area.max.y) = (across.min.y, across.max.y),
        }
        Rect {
            min: self.moved(area.min, middle),
            max: self.moved(area.max, beyond),
        }
    }
}

/// What moves on, and by how much.
struct Pushes<'a> {
    flow: &'a Flow,
    scene: &'a Scene,
    axis: Axis,
    /// The node that all this makes room for: it stays.
    inserted: &'a NodeId,
    by: FxHashMap<NodeId, f64>,
    due: BinaryHeap<Due>,
}

impl Pushes<'_> {
    /// Has a node move on by as much at least, in steps of the grid.
    fn push(&mut self, node: &NodeId, by: f64) {
        let by = (by / GRID).ceil() * GRID;
        let before = self.by.get(node).copied().unwrap_or_default();
        if by <= before || node == self.inserted {
            return;
        }
        self.by.insert(node.clone(), by);
        if before == 0.0 {
            let start = self.axis.start(&node_rect(self.flow.position(node)));
            let node = node.clone();
            self.due.push(Due { start, node });
        }
    }

    /// Lets each that moves push what lies ahead of it. Whatever pushes a node
    /// lies before it, so that each is looked at once, in the order along the
    /// flow.
    fn spread(mut self) -> Vec<Op> {
        let (flow, scene, axis) = (self.flow, self.scene, self.axis);
        let mut ops = Vec::new();
        while let Some(Due { node, .. }) = self.due.pop() {
            let by = self.by.get(&node).copied().unwrap_or_default();
            let position = flow.position(&node);
            let card = node_rect(position);
            ops.push(Op::MoveNode {
                id: node.clone(),
                to: rounded(axis.moved(position, by)),
            });
            let mut ahead = Vec::new();
            let targets = scene.graph().outgoing(&node).iter();
            for (_, target) in targets.filter_map(|edge| scene.graph().ends(edge)) {
                ahead.push((target.clone(), axis.gap().comfortable));
            }
            scene.for_each_node_in(&axis.ahead_of(&card, by + CLEAR), |other| {
                ahead.push((other.clone(), CLEAR));
            });
            for (other, least) in ahead {
                let there = node_rect(flow.position(&other));
                if axis.is_ahead(&there, &card) {
                    let apart = axis.start(&there) - axis.end(&card);
                    self.push(&other, by - (apart - least).max(0.0));
                }
            }
        }
        ops
    }
}

/// A node whose turn comes; the one that lies first along the flow is first.
struct Due {
    start: f64,
    node: NodeId,
}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_place = other.start.total_cmp(&self.start);
        by_place.then_with(|| other.node.cmp(&self.node))
    }
}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Due {}
