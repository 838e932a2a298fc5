//! How much room cards and edges take.

use flow::Point;

use crate::geometry::{GRID, NODE_SIZE, Orientation};

/// Canvas units at least between what one edge leads to and from, where it goes
/// down: it can be seen and read there.
const ABOVE: f64 = 70.0;
/// The same where it goes to the right: names of exits are as long as that.
const BEFORE: f64 = 160.0;
/// Canvas units at least between a card and an edge that passes it.
const BESIDE: f64 = GRID;

/// Steps of the grid from middle to middle.
#[derive(Clone, Copy)]
pub(super) struct Measure {
    /// From a layer to the next.
    pub(super) layer: i64,
    /// From a card to the next in its layer.
    cards: i64,
    /// From a card to an edge that passes it.
    card_and_lane: i64,
    /// From an edge that passes to the next.
    lanes: i64,
}

impl Measure {
    /// From one item of a layer to the next, by whether each is an edge that
    /// passes.
    pub(super) fn apart(&self, is_lane: bool, is_next_lane: bool) -> i64 {
        match (is_lane, is_next_lane) {
            (false, false) => self.cards,
            (true, true) => self.lanes,
            _ => self.card_and_lane,
        }
    }
}

impl Orientation {
    pub(super) const fn measure(self) -> Measure {
        match self {
            // One edge passes in the gap between two cards without widening it.
            Self::TopDown => Measure {
                layer: steps(NODE_SIZE.height + ABOVE),
                cards: steps(NODE_SIZE.width + 2.0 * BESIDE),
                card_and_lane: steps(NODE_SIZE.width / 2.0 + BESIDE),
                lanes: 1,
            },
            Self::LeftRight => Measure {
                layer: steps(NODE_SIZE.width + BEFORE),
                cards: steps(NODE_SIZE.height + ABOVE),
                card_and_lane: steps(NODE_SIZE.height / 2.0 + BESIDE),
                lanes: 1,
            },
        }
    }

    /// A card's size across layers and along the flow.
    pub(super) fn card(self) -> (f64, f64) {
        self.split(Point::new(NODE_SIZE.width, NODE_SIZE.height))
    }

    /// How many nodes that nothing connects lie beside each other.
    pub(super) fn columns_of(self, nodes: usize) -> usize {
        let measure = self.measure();
        let (across, along) = (measure.cards as f64, measure.layer as f64);
        let columns = (nodes as f64 * self.aspect() * along / across).sqrt();
        (columns.ceil() as usize).max(1)
    }

    /// How far across layers is aimed at for so much along the flow, where there
    /// is a choice: a screen is wider than it is high.
    pub(super) fn aspect(self) -> f64 {
        match self {
            Self::TopDown => 1.6,
            Self::LeftRight => 1.0 / 1.6,
        }
    }

    /// A point's coordinates: across, which is along a layer, and along the
    /// flow.
    pub(super) fn split(self, point: Point) -> (f64, f64) {
        match self {
            Self::TopDown => (point.x, point.y),
            Self::LeftRight => (point.y, point.x),
        }
    }

    /// The point of these coordinates.
    pub(super) fn join(self, (across, along): (f64, f64)) -> Point {
        match self {
            Self::TopDown => Point::new(across, along),
            Self::LeftRight => Point::new(along, across),
        }
    }
}

/// Canvas units as steps of the grid, rounded up.
const fn steps(units: f64) -> i64 {
    let whole = (units / GRID) as i64;
    if (whole as f64) * GRID < units {
        whole + 1
    } else {
        whole
    }
}
