//! The flow as it lies on the canvas: where things are, which are near, in
//! which order they are read. Kept up with the changes to the flow.

mod beside;
mod heading;

use std::sync::{Arc, OnceLock};

use flow::{Changes, Edge, EdgeId, Flow, NodeId, NoteId, Point, Port, Sort as _};
use rustc_hash::{FxHashMap, FxHashSet};

use self::{beside::Beside, heading::Heading};
use crate::{
    geometry::{self, Curve, Orientation, Rect},
    graph::Graph,
    grid::Grid,
    outline::Outline,
    selection::OrderedSet,
};

/// Everything about a flow that queries need and the flow itself does not keep.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scene {
    graph: Graph,
    cards: Grid<NodeId>,
    curves: Grid<EdgeId, Curve>,
    beside: Beside,
    heading: Heading,
    /// What follows from the heading: what is kept of curves is drawn for it.
    orientation: Orientation,
    reading: OnceLock<Reading>,
    bounds: OnceLock<Option<Rect>>,
    drawn_bounds: OnceLock<Option<Rect>>,
    outline: OnceLock<Arc<Outline>>,
}

/// The nodes in reading order, and the place of each.
#[derive(Clone, Debug, Default)]
struct Reading {
    order: Vec<NodeId>,
    places: FxHashMap<NodeId, usize>,
}

/// Nodes and notes that are shown elsewhere than where the flow has them.
#[derive(Clone, Copy)]
pub(crate) struct Shift<'a> {
    pub(crate) nodes: &'a OrderedSet<NodeId>,
    pub(crate) notes: &'a OrderedSet<NoteId>,
    pub(crate) by: Point,
    /// The edges of which one end is shifted.
    pub(crate) bent: &'a [EdgeId],
}

impl Scene {
    /// The scene of a flow.
    pub(crate) fn of(flow: &Flow) -> Self {
        let mut scene = Self::default();
        scene.update(
            flow,
            &Changes {
                nodes: flow.nodes.keys().cloned().collect(),
                edges: flow.edges.keys().cloned().collect(),
                notes: flow.notes.keys().cloned().collect(),
                groups: flow.groups.keys().cloned().collect(),
                ..Changes::default()
            },
        );
        scene
    }

    /// Follows the changes to a flow. Says whether all of it leads another way
    /// now, so that every card and every edge is drawn otherwise.
    pub(crate) fn update(&mut self, flow: &Flow, changes: &Changes) -> bool {
        // Where things lie is no matter to the outline.
        if self.graph.update(flow, changes) {
            self.outline = OnceLock::new();
        }
        let mut bent: FxHashSet<&EdgeId> = changes.edges.iter().collect();
        // When a flow is opened all its edges have changed.
        let all_bent =
            bent.len() >= flow.edges.len() && flow.edges.keys().all(|edge| bent.contains(edge));
        self.cards.reserve(changes.nodes.len());
        self.curves.reserve(changes.edges.len());
        for id in changes.nodes.iter().chain(&changes.moved) {
            if flow.nodes.contains_key(id) {
                self.cards
                    .set(id, geometry::node_rect(flow.position(id)), ());
            } else {
                self.cards.remove(id);
            }
            if !all_bent {
                bent.extend(self.graph.edges_at(id));
            }
        }
        for id in &bent {
            self.heading.look_at(flow, id);
        }
        let orientation = self.heading.orientation();
        let turned = std::mem::replace(&mut self.orientation, orientation) != orientation;
        if turned {
            bent.extend(flow.edges.keys());
        }
        for id in bent {
            match flow.edges.get(id) {
                Some(edge) => {
                    let curve = self.curve(edge, |node| flow.position(node));
                    self.curves.set(id, curve.bounds(), curve);
                }
                None => self.curves.remove(id),
            }
        }
        if self.beside.update(flow, changes) {
            self.bounds = OnceLock::new();
        }
        if !changes.is_empty() {
            self.drawn_bounds = OnceLock::new();
        }
        if !(changes.nodes.is_empty() && changes.moved.is_empty()) {
            self.reading = OnceLock::new();
            self.bounds = OnceLock::new();
        }
        turned
    }

    /// The way that the flow leads, as it is drawn.
    pub(crate) fn orientation(&self) -> Orientation {
        self.orientation
    }

    /// The graph.
    pub(crate) fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Notes and groups.
    pub(crate) fn beside(&self) -> &Beside {
        &self.beside
    }

    /// Where edges leave a node at this position by an exit. An exit that the
    /// node no longer has is in the middle.
    pub(crate) fn exit_anchor(&self, node: &NodeId, port: &Port, position: Point) -> Point {
        let exits = self.graph.exits(node);
        let (index, count) = match exits.iter().position(|exit| exit.port == *port) {
            Some(index) => (index, exits.len()),
            None => (0, 1),
        };
        geometry::exit_anchor(position, index, count, self.orientation)
    }

    /// The curve of an edge between nodes at these positions.
    pub(crate) fn curve(&self, edge: &Edge, position: impl Fn(&NodeId) -> Point) -> Curve {
        Curve::between(
            self.exit_anchor(&edge.source, &edge.port, position(&edge.source)),
            geometry::entry_anchor(position(&edge.target), self.orientation),
            self.orientation,
        )
    }

    /// Calls back for the nodes whose cards touch the area.
    pub(crate) fn for_each_node_in(&self, area: &Rect, mut found: impl FnMut(&NodeId)) {
        self.cards.for_each_in(area, |id, ()| found(id));
    }

    /// Whether the cards of more nodes than this touch the area.
    pub(crate) fn has_more_nodes_in(&self, area: &Rect, most: usize) -> bool {
        self.cards.has_more_in(area, most)
    }

    /// Calls back for the edges whose bounds touch the area.
    pub(crate) fn for_each_edge_in(&self, area: &Rect, found: impl FnMut(&EdgeId, &Curve)) {
        self.curves.for_each_in(area, found);
    }

    /// Calls back for the curves that touch the area, but for those of edges
    /// at nodes that are shifted.
    pub(crate) fn for_each_still_curve_in(
        &self,
        area: &Rect,
        shift: Option<Shift<'_>>,
        found: &mut dyn FnMut(&EdgeId, &Curve),
    ) {
        self.curves.for_each_in(area, |id, curve| {
            let moves = shift.is_some_and(|shift| {
                let ends = self.graph.ends(id);
                ends.is_some_and(|(source, target)| {
                    shift.nodes.contains(source) || shift.nodes.contains(target)
                })
            });
            if !moves {
                found(id, curve);
            }
        });
    }

    /// The least rectangle that holds the cards of these nodes and the edges
    /// at them, as the flow has them.
    pub(crate) fn bounds_with_edges<'a>(
        &self,
        flow: &Flow,
        nodes: impl IntoIterator<Item = &'a NodeId>,
    ) -> Option<Rect> {
        let mut all: Option<Rect> = None;
        let mut hold = |rect: Rect| all = Some(all.map_or(rect, |all| all.united(&rect)));
        for id in nodes {
            if flow.nodes.contains_key(id) {
                hold(geometry::node_rect(flow.position(id)));
            }
            for edge in self.graph.edges_at(id) {
                if let Some(curve) = self.curves.get(edge) {
                    hold(curve.bounds());
                }
            }
        }
        all
    }

    /// The area that the cards touch of which a port may be so near to a point.
    pub(crate) fn around_ports(&self, at: Point, reach: f64) -> Rect {
        let mut area = Rect::around(at, reach);
        if self.orientation == Orientation::LeftRight {
            area.min.y -= geometry::EXITS_BEYOND;
            area.max.y += geometry::EXITS_BEYOND;
        }
        area
    }

    /// Whether a card touches the area.
    pub(crate) fn is_occupied(&self, area: &Rect) -> bool {
        let mut occupied = false;
        self.cards.for_each_in(area, |_, ()| occupied = true);
        occupied
    }

    /// The nodes whose cards touch the area, some of them shifted.
    pub(crate) fn nodes_in(&self, area: &Rect, shift: Option<Shift<'_>>) -> Vec<NodeId> {
        let mut nodes = Vec::new();
        let Some(shift) = shift else {
            self.for_each_node_in(area, |id| nodes.push(id.clone()));
            return nodes;
        };
        self.for_each_node_in(area, |id| {
            if !shift.nodes.contains(id) {
                nodes.push(id.clone());
            }
        });
        self.for_each_node_in(&area.shifted(Point::default() - shift.by), |id| {
            if shift.nodes.contains(id) {
                nodes.push(id.clone());
            }
        });
        nodes
    }

    /// The edges whose bounds touch the area, some of their nodes shifted.
    pub(crate) fn edges_in(
        &self,
        flow: &Flow,
        area: &Rect,
        shift: Option<Shift<'_>>,
    ) -> Vec<EdgeId> {
        let mut edges = Vec::new();
        let Some(shift) = shift else {
            self.for_each_edge_in(area, |id, _| edges.push(id.clone()));
            return edges;
        };
        let shifted_ends = |id: &EdgeId| {
            self.graph
                .ends(id)
                .map_or((false, false), |(source, target)| {
                    (shift.nodes.contains(source), shift.nodes.contains(target))
                })
        };
        self.for_each_edge_in(area, |id, _| {
            if shifted_ends(id) == (false, false) {
                edges.push(id.clone());
            }
        });
        self.for_each_edge_in(&area.shifted(Point::default() - shift.by), |id, _| {
            if shifted_ends(id) == (true, true) {
                edges.push(id.clone());
            }
        });
        for id in shift.bent {
            let bounds = flow
                .edges
                .get(id)
                .map(|edge| self.curve(edge, |node| shift.position(flow, node)).bounds());
            if bounds.is_some_and(|bounds| bounds.intersects(area)) {
                edges.push(id.clone());
            }
        }
        edges
    }

    /// The nodes in reading order: rows from the top, each from the left.
    pub(crate) fn reading_order(&self, flow: &Flow) -> &[NodeId] {
        &self.reading(flow).order
    }

    /// A node's place in reading order, from 0.
    pub(crate) fn place_of(&self, flow: &Flow, id: &NodeId) -> Option<usize> {
        self.reading(flow).places.get(id).copied()
    }

    fn reading(&self, flow: &Flow) -> &Reading {
        self.reading.get_or_init(|| {
            let order = reading_order(flow);
            let places = order
                .iter()
                .enumerate()
                .map(|(place, id)| (id.clone(), place))
                .collect();
            Reading { order, places }
        })
    }

    /// The flow as a tree of rows. The same until nodes, exits or edges change.
    pub(crate) fn outline(&self, flow: &Flow) -> &Arc<Outline> {
        let outline = || Arc::new(Outline::of(flow, &self.graph));
        self.outline.get_or_init(outline)
    }

    /// The least rectangle that holds every card, every note and every frame.
    pub(crate) fn bounds(&self, flow: &Flow) -> Option<Rect> {
        *self.bounds.get_or_init(|| {
            let cards = bounds_of(flow, flow.nodes.keys());
            let beside = self.beside.bounds(flow);
            cards
                .into_iter()
                .chain(beside)
                .reduce(|all, one| all.united(&one))
        })
    }

    /// The least rectangle that holds those and every edge.
    pub(crate) fn drawn_bounds(&self, flow: &Flow) -> Option<Rect> {
        *self.drawn_bounds.get_or_init(|| {
            let edges = self.curves.bounds();
            self.bounds(flow)
                .into_iter()
                .chain(edges)
                .reduce(|all, one| all.united(&one))
        })
    }

    /// Panics unless this equals a scene built anew.
    #[cfg(test)]
    pub(crate) fn assert_equals_rebuilt(&self, flow: &Flow) {
        let rebuilt = Self::of(flow);
        assert_eq!(self.graph.sorted(), rebuilt.graph.sorted());
        for (id, node) in &flow.nodes {
            assert_eq!(self.graph.exits(id), node.exits());
        }
        assert_eq!(self.cards.rects(), rebuilt.cards.rects());
        assert_eq!(self.curves.rects(), rebuilt.curves.rects());
        assert_eq!(self.heading, rebuilt.heading);
        assert_eq!(self.orientation, rebuilt.orientation);
        self.beside.assert_equals(&rebuilt.beside);
        assert_eq!(self.reading_order(flow), rebuilt.reading_order(flow));
        assert_eq!(self.bounds(flow), rebuilt.bounds(flow));
        assert_eq!(self.drawn_bounds(flow), rebuilt.drawn_bounds(flow));
        assert_eq!(self.outline(flow), rebuilt.outline(flow));
    }
}

impl Shift<'_> {
    /// Where a node is shown.
    pub(crate) fn position(&self, flow: &Flow, id: &NodeId) -> Point {
        let position = flow.position(id);
        if self.nodes.contains(id) {
            position + self.by
        } else {
            position
        }
    }
}

/// The least rectangle that holds the cards of these nodes.
pub(crate) fn bounds_of<'a>(
    flow: &Flow,
    nodes: impl IntoIterator<Item = &'a NodeId>,
) -> Option<Rect> {
    nodes
        .into_iter()
        .map(|id| geometry::node_rect(flow.position(id)))
        .reduce(|all, card| all.united(&card))
}

/// Rows from the top: a card belongs to a row while it begins above the middle
/// of the row's first card.
fn reading_order(flow: &Flow) -> Vec<NodeId> {
    let mut nodes: Vec<(&NodeId, Point)> = flow
        .nodes
        .keys()
        .map(|id| (id, flow.position(id)))
        .collect();
    // Ids decide between cards in the same place: document order may change
    // without a change to any node.
    nodes.order_by(|(id, a), (other, b)| {
        (a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x))).then(id.cmp(other))
    });
    let mut rest = nodes.as_mut_slice();
    while let Some((_, first)) = rest.first() {
        let row_ends = first.y + geometry::NODE_SIZE.height / 2.0;
        let length = rest
            .partition_point(|(_, position)| position.y < row_ends)
            .max(1);
        let (row, below) = rest.split_at_mut(length);
        // Stable, so that what is decided above stays so.
        row.order_by(|(_, a), (_, b)| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        rest = below;
    }
    nodes.into_iter().map(|(id, _)| id.clone()).collect()
}
