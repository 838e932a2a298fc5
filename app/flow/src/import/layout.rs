//! Places for nodes that came without: in layers, by how far they are from
//! the Start, or from where the named part begins that they are in.

use crate::{Flow, FlowKind, NodeId, Point, graph::Graph};

/// Canvas units from one node to the next in a layer.
const COLUMN: f64 = 240.0;
/// Canvas units from one layer to the next.
const ROW: f64 = 150.0;
/// Where the first node goes.
const ORIGIN: Point = Point::new(100.0, 100.0);

/// Gives each node a place that has none, below those that have one.
pub(crate) fn place_the_unplaced(flow: &mut Flow) {
    if flow.positions.len() == flow.nodes.len() {
        return;
    }
    let lowest = flow.positions.values().map(|at| at.y).reduce(f64::max);
    let top = lowest.map_or(ORIGIN.y, |lowest| lowest + ROW);
    let layers = rows(flow, layers(flow));
    let mut filled = Vec::new();
    let mut placed: Vec<(NodeId, Point)> = Vec::new();
    for (id, layer) in flow.nodes.keys().zip(layers) {
        if flow.positions.contains_key(id) {
            continue;
        }
        if filled.len() <= layer {
            filled.resize(layer + 1, 0_u32);
        }
        let column = f64::from(filled[layer]);
        filled[layer] += 1;
        #[expect(
            clippy::cast_precision_loss,
            reason = "there are at most 10,000 layers"
        )]
        let row = layer as f64;
        placed.push((
            id.clone(),
            Point::new(ORIGIN.x + column * COLUMN, top + row * ROW),
        ));
    }
    flow.positions.extend(placed);
}

/// The layers from top to bottom with those of each named part of the flow
/// below those of the part before it, so that parts do not mix.
fn rows(flow: &Flow, mut layers: Vec<usize>) -> Vec<usize> {
    if flow.regions.is_empty() {
        return layers;
    }
    let outside = flow.regions.len();
    let parts: Vec<usize> = flow
        .nodes
        .values()
        .map(|node| {
            let region = node.region.as_ref();
            let part = region.and_then(|id| flow.regions.get_index_of(id));
            part.unwrap_or(outside)
        })
        .collect();
    // How many layers each part has, then where its first one is.
    let mut first = vec![0; outside + 1];
    for (part, layer) in parts.iter().zip(&layers) {
        if let Some(height) = first.get_mut(*part) {
            *height = (layer + 1).max(*height);
        }
    }
    let mut row = 0;
    for height in &mut first {
        row += std::mem::replace(height, row);
    }
    for (part, layer) in parts.iter().zip(&mut layers) {
        *layer += first.get(*part).copied().unwrap_or_default();
    }
    layers
}

/// For each node the length of the longest way to it. What no way leads to
/// comes below all else.
fn layers(flow: &Flow) -> Vec<usize> {
    let graph = if flow.kind == FlowKind::Architect {
        Graph::of_parts(flow)
    } else {
        Graph::new(flow)
    };
    let mut layers = vec![0; flow.nodes.len()];
    let mut last = 0;
    for node in graph.order.iter().copied() {
        let above = graph
            .entering_forward(node)
            .map(|link| layers[link.source] + 1);
        layers[node] = above.max().unwrap_or(0);
        last = last.max(layers[node]);
    }
    let below = if graph.order.is_empty() { 0 } else { last + 1 };
    for (node, layer) in layers.iter_mut().enumerate() {
        if graph.rank_of(node).is_none() {
            *layer = below;
        }
    }
    layers
}
