//! Which way a flow leads, told by where its nodes lie: the document says
//! nothing of it, so that what is drawn follows from the places alone.

use flow::{Edge, EdgeId, Flow};
use rustc_hash::FxHashMap;

use crate::geometry::{NODE_SIZE, Orientation};

/// Between two cards at least of which one lies clearly beyond the other.
const BETWEEN: f64 = 32.0;
/// A flow leads to the right if so many times more edges do than lead down: a
/// few steps that were put beside others do not turn what leads down.
const CLEARLY: usize = 3;

/// How many edges lead where.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Heading {
    edges: FxHashMap<EdgeId, Lead>,
    right: usize,
    down: usize,
}

/// Where one edge leads. One that leads both ways, or back, says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    Right,
    Down,
}

impl Heading {
    /// The way that the flow leads.
    pub(super) fn orientation(&self) -> Orientation {
        if self.right > CLEARLY * self.down {
            Orientation::LeftRight
        } else {
            Orientation::TopDown
        }
    }

    /// Looks at an edge again, which may be gone.
    pub(super) fn look_at(&mut self, flow: &Flow, id: &EdgeId) {
        let lead = flow.edges.get(id).and_then(|edge| lead(flow, edge));
        let before = match lead {
            Some(lead) => self.edges.insert(id.clone(), lead),
            None => self.edges.remove(id),
        };
        if let Some(lead) = lead {
            *self.count(lead) += 1;
        }
        if let Some(before) = before {
            *self.count(before) -= 1;
        }
    }

    fn count(&mut self, lead: Lead) -> &mut usize {
        match lead {
            Lead::Right => &mut self.right,
            Lead::Down => &mut self.down,
        }
    }
}

fn lead(flow: &Flow, edge: &Edge) -> Option<Lead> {
    let way = flow.position(&edge.target) - flow.position(&edge.source);
    let is_right = way.x >= NODE_SIZE.width + BETWEEN;
    let is_down = way.y >= NODE_SIZE.height + BETWEEN;
    match (is_right, is_down) {
        (true, false) => Some(Lead::Right),
        (false, true) => Some(Lead::Down),
        _ => None,
    }
}
