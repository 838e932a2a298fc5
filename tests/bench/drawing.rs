//! Flows to measure with: those of the domain's own benches, laid out in rows
//! and columns as on a canvas.

#[path = "../../app/flow/tests/draw/mod.rs"]
mod draw;

use flow::{Flow, FlowFile, NodeId, Point};

pub(crate) use draw::{realistic, stamp};

/// Nodes below each other.
const ROWS: usize = 31;
/// Between the corners of neighbours, in canvas units.
const APART: Point = Point { x: 280.0, y: 150.0 };

/// A flow of about a thousand nodes in rows and columns.
pub(crate) fn on_a_grid() -> Flow {
    let mut flow = realistic(1_000);
    for (index, id) in flow.nodes.keys().enumerate() {
        let (column, row) = (index / ROWS, index % ROWS);
        let at = Point::new(column as f64 * APART.x, row as f64 * APART.y);
        flow.positions.insert(id.clone(), at);
    }
    flow
}

/// The node in the middle: with the whole flow in view it is in the middle of
/// the canvas, since rows and columns are odd in number.
pub(crate) fn middle(flow: &Flow) -> Option<NodeId> {
    let columns = flow.nodes.len().div_ceil(ROWS);
    let index = columns / 2 * ROWS + ROWS / 2;
    flow.nodes.get_index(index).map(|(id, _)| id.clone())
}

/// The flow as the text of a file.
pub(crate) fn file(flow: Flow) -> tests::Result<String> {
    Ok(FlowFile::new(flow, None).to_json()?)
}
