//! Where an edge has an element in the page: what stands on it.

use std::sync::Arc;

use dom::ArcRwSignal;
use flow::{Edge, Point};

/// The signal of one edge's mark.
#[derive(Clone)]
pub(crate) struct EdgeMark {
    /// What it shows.
    pub(crate) state: ArcRwSignal<MarkState>,
}

impl EdgeMark {
    pub(super) fn new(state: MarkState) -> Self {
        Self {
            state: ArcRwSignal::new(state),
        }
    }
}

/// What an edge's mark shows. Points are in canvas units.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MarkState {
    /// The edge.
    pub(crate) edge: Arc<Edge>,
    /// The middle of its curve.
    pub(crate) at: Point,
    /// Where its ends can be taken hold of; none while a tool is busy.
    pub(crate) handles: Option<(Point, Point)>,
    /// Whether it is selected.
    pub(crate) selected: bool,
    /// Whether letting go would remove it.
    pub(crate) to_go: bool,
    /// Whether the pointer is on it and no tool is busy.
    pub(crate) hovered: bool,
}
