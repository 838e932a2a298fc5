//! Where an edge has an element in the page: what stands on it.

use std::sync::Arc;

use flow::{Edge, Point};
use leptos::prelude::ArcRwSignal;

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
    /// Where it leaves and where it enters.
    pub(crate) ends: (Point, Point),
    /// Whether it is selected.
    pub(crate) selected: bool,
    /// Whether the pointer is on it and no tool is busy.
    pub(crate) hovered: bool,
}
