//! The layers with everything in them: nodes, and the lanes in which edges pass
//! the layers between their ends.

use std::ops::Range;

use super::{acyclic::Acyclic, adjacency::Adjacency, drawing::Edge, part::Part};

/// Items of lanes at most. Where edges would need more, the longest have none.
const MAX_LANE_ITEMS: usize = 30_000;
/// The same in small parts, and for each node of them.
const LANE_ITEMS: usize = 2_000;
const LANE_ITEMS_A_NODE: usize = 8;

/// Layers, and links between one and the next. Items below `nodes` are the
/// part's nodes, the others are where a lane passes a layer. The edges that
/// enter one node share a lane, as they are drawn to the same point.
pub(super) struct Net {
    pub(super) nodes: usize,
    /// The layer of each item.
    pub(super) layer: Vec<usize>,
    /// The items of each layer, ascending.
    pub(super) layers: Vec<Vec<usize>>,
    pub(super) links: Vec<Link>,
    /// For each item the links from the layer above.
    pub(super) above: Adjacency,
    /// For each item the links to the layer below, by exit from left to right.
    pub(super) below: Adjacency,
}

/// A part of an edge, from a layer to the next.
#[derive(Clone, Copy)]
pub(super) struct Link {
    pub(super) upper: usize,
    pub(super) lower: usize,
    /// Where along its side of the upper item it leaves, between 0 and 1.
    pub(super) exit: f64,
}

impl Net {
    pub(super) fn of(part: &Part, acyclic: &Acyclic, mut layer: Vec<usize>) -> Self {
        let nodes = part.nodes.len();
        let lanes = lanes(nodes, &acyclic.edges, &mut layer);
        let mut links = Vec::with_capacity(acyclic.edges.len() + layer.len() - nodes);
        for edge in &acyclic.edges {
            let below = layer[edge.source] + 1;
            let lane = &lanes[edge.target];
            let lower = if layer[edge.target] == below {
                Some(edge.target)
            } else if lane.is_empty() {
                None
            } else {
                Some(lane.start + below - layer[lane.start])
            };
            links.extend(lower.map(|lower| Link {
                upper: edge.source,
                lower,
                exit: edge.exit,
            }));
        }
        for (target, lane) in lanes.iter().enumerate() {
            for item in lane.clone() {
                let is_last = item + 1 == lane.end;
                links.push(Link {
                    upper: item,
                    lower: if is_last { target } else { item + 1 },
                    exit: 0.5,
                });
            }
        }
        let height = layer.iter().max().map_or(0, |last| last + 1);
        let mut layers = vec![Vec::new(); height];
        for (item, layer) in layer.iter().enumerate() {
            layers[*layer].push(item);
        }
        Self {
            nodes,
            above: Adjacency::new(layer.len(), &links, |link| link.lower),
            below: Adjacency::new(layer.len(), &links, |link| link.upper),
            layer,
            layers,
            links,
        }
    }

    /// Whether an item is where a lane passes.
    pub(super) fn is_lane(&self, item: usize) -> bool {
        item >= self.nodes
    }

    /// How much there is to look at in some of a layer's items: themselves and
    /// their links.
    pub(super) fn work_in(&self, items: &[usize]) -> usize {
        let links = |item: &usize| self.above.of(*item).len() + self.below.of(*item).len();
        items.len() + items.iter().map(links).sum::<usize>()
    }

    /// How many items there are.
    pub(super) fn items(&self) -> usize {
        self.layer.len()
    }

    /// The links from the layer above to an item.
    pub(super) fn above(&self, item: usize) -> impl Iterator<Item = &Link> {
        let numbers = self.above.of(item).iter();
        numbers.map(|number| &self.links[*number])
    }

    /// The links from an item to the layer below.
    pub(super) fn below(&self, item: usize) -> impl Iterator<Item = &Link> {
        let numbers = self.below.of(item).iter();
        numbers.map(|number| &self.links[*number])
    }
}

/// The items of each node's lane, from the top; none where no edge needs one.
/// Their layers are added.
fn lanes(nodes: usize, edges: &[Edge], layer: &mut Vec<usize>) -> Vec<Range<usize>> {
    // The first layer of each node's lane.
    let mut first: Vec<usize> = layer.clone();
    for edge in edges {
        first[edge.target] = first[edge.target].min(layer[edge.source] + 1);
    }
    let mut wanted: Vec<(usize, usize)> = (0..nodes)
        .map(|node| (layer[node] - first[node], node))
        .filter(|(length, _)| *length > 0)
        .collect();
    wanted.sort_unstable();
    let mut left = (LANE_ITEMS + nodes * LANE_ITEMS_A_NODE).min(MAX_LANE_ITEMS);
    let mut lanes = vec![0..0; nodes];
    for (length, node) in wanted {
        let Some(rest) = left.checked_sub(length) else {
            break;
        };
        left = rest;
        let start = layer.len();
        layer.extend(first[node]..layer[node]);
        lanes[node] = start..layer.len();
    }
    lanes
}
