//! A part of the flow set out by itself, without a place on the canvas yet.

use super::{
    acyclic::acyclic,
    columns::columns,
    layers::{Reach, layers},
    measure::Measure,
    net::Net,
    order::arranged,
    pace::Pace,
    part::Part,
};
use crate::geometry::{GRID, Orientation};

/// Where the nodes of a part are to each other.
pub(super) struct Shape {
    /// Each node's number in the drawing, and its place.
    pub(super) nodes: Vec<(usize, Step)>,
    /// How far it reaches, cards included, in canvas units.
    pub(super) across: f64,
    pub(super) along: f64,
    /// The number of the region that it is in; past the last for none.
    pub(super) region: usize,
}

/// A place in steps of the grid: across the layers and along the flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Step {
    pub(super) across: i64,
    pub(super) along: i64,
}

impl Shape {
    /// The shape of a part whose nodes lie so at present: across the layers and
    /// along the flow, in canvas units.
    pub(super) async fn of(
        part: &Part,
        orientation: Orientation,
        present: &[(f64, f64)],
        pace: &Pace,
    ) -> Self {
        pace.spend(part.nodes.len()).await;
        let present: Vec<_> = part.nodes.iter().map(|node| present[*node]).collect();
        let steps = if part.edges.is_empty() {
            in_rows(&present, orientation)
        } else {
            in_layers(part, &present, orientation.measure(), pace).await
        };
        Self::from_steps(part, orientation, steps)
    }

    /// The least place across and along becomes 0.
    fn from_steps(part: &Part, orientation: Orientation, mut steps: Vec<Step>) -> Self {
        let least = |value: fn(&Step) -> i64| steps.iter().map(value).min().unwrap_or(0);
        let (across, along) = (least(|step| step.across), least(|step| step.along));
        let mut last = Step::default();
        for step in &mut steps {
            step.across -= across;
            step.along -= along;
            last.across = last.across.max(step.across);
            last.along = last.along.max(step.along);
        }
        let card = orientation.card();
        Self {
            nodes: part.nodes.iter().copied().zip(steps).collect(),
            across: last.across as f64 * GRID + card.0,
            along: last.along as f64 * GRID + card.1,
            region: part.region,
        }
    }
}

async fn in_layers(
    part: &Part,
    present: &[(f64, f64)],
    measure: Measure,
    pace: &Pace,
) -> Vec<Step> {
    let acyclic = acyclic(part);
    let reach = Reach::of(part, &acyclic);
    let layers = layers(part, &acyclic, &reach);
    pace.spend(part.edges.len()).await;
    let net = Net::of(part, &acyclic, layers);
    pace.spend(net.items() + net.links.len()).await;
    let across: Vec<f64> = present.iter().map(|(across, _)| *across).collect();
    let order = arranged(&net, &across, pace).await;
    let columns = columns(&net, &order, &reach, measure, pace).await;
    let nodes = columns.iter().zip(&net.layer).take(part.nodes.len());
    let step = |(across, layer): (&i64, &usize)| Step {
        across: *across,
        along: *layer as i64 * measure.layer,
    };
    nodes.map(step).collect()
}

/// What no edge connects: in rows, in the order in which it is read.
fn in_rows(present: &[(f64, f64)], orientation: Orientation) -> Vec<Step> {
    let mut reading: Vec<usize> = (0..present.len()).collect();
    reading.sort_by(|a, b| {
        let ((across, along), (other_across, other_along)) = (present[*a], present[*b]);
        let by_row = along.total_cmp(&other_along);
        by_row.then(across.total_cmp(&other_across))
    });
    let measure = orientation.measure();
    let columns = orientation.columns_of(present.len());
    let mut steps = vec![Step::default(); present.len()];
    for (place, node) in reading.into_iter().enumerate() {
        steps[node] = Step {
            across: (place % columns) as i64 * measure.apart(false, false),
            along: (place / columns) as i64 * measure.layer,
        };
    }
    steps
}
