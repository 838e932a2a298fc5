//! What is at a point.

use flow::{EdgeId, Flow, NodeId, Point, Port};

use crate::{
    geometry::{self, Rect, distance},
    scene::Scene,
    selection::Selection,
};

/// What is at a point of the canvas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    /// An exit of a node.
    Exit {
        /// The node.
        node: NodeId,
        /// The exit.
        port: Port,
    },
    /// The entry of a node.
    Entry {
        /// The node.
        node: NodeId,
    },
    /// A node's card.
    Node(NodeId),
    /// An edge.
    Edge(EdgeId),
}

/// How far from its middle a port is still hit.
const PORT_RADIUS_IN_SCREEN: f64 = 12.0;
/// How far into a card a port reaches at most, so that the card of a node seen
/// from afar can still be taken hold of.
const PORT_RADIUS_IN_CARD: f64 = 20.0;
/// Below this zoom ports are too small to be aimed at.
const MIN_PORT_ZOOM: f64 = 0.25;
/// How far beside a card of a few pixels it is still hit.
const FAR_CARD_RADIUS_IN_SCREEN: f64 = 1.5;
/// How far from its line an edge is still hit.
const EDGE_RADIUS_IN_SCREEN: f64 = 6.0;

/// A point to look at, and through which eyes.
#[derive(Clone, Copy)]
pub(crate) struct Probe<'a> {
    pub(crate) flow: &'a Flow,
    pub(crate) scene: &'a Scene,
    pub(crate) selection: &'a Selection,
    pub(crate) zoom: f64,
    pub(crate) at: Point,
}

impl Hit {
    /// The node that this is, or that it belongs to.
    pub fn node(&self) -> Option<&NodeId> {
        match self {
            Self::Exit { node, .. } | Self::Entry { node } | Self::Node(node) => Some(node),
            Self::Edge(_) => None,
        }
    }
}

impl Probe<'_> {
    /// What is here: ports before cards before edges.
    pub(crate) fn hit(&self) -> Option<Hit> {
        let card = self.card();
        self.port(card.as_ref())
            .or_else(|| card.map(Hit::Node))
            .or_else(|| self.edge().map(Hit::Edge))
    }

    /// The uppermost card here: a selected one, else the last in document
    /// order. One that is seen from afar is also hit closely beside it.
    pub(crate) fn card(&self) -> Option<NodeId> {
        self.uppermost(0.0).or_else(|| {
            let is_far = self.zoom < MIN_PORT_ZOOM;
            is_far
                .then(|| self.uppermost(FAR_CARD_RADIUS_IN_SCREEN / self.zoom))
                .flatten()
        })
    }

    fn uppermost(&self, reach: f64) -> Option<NodeId> {
        let mut uppermost = None;
        self.scene
            .for_each_node_in(&Rect::around(self.at, reach), |id| {
                let height = self.height(id);
                if uppermost.as_ref().is_none_or(|(top, _)| *top < height) {
                    uppermost = Some((height, id.clone()));
                }
            });
        uppermost.map(|(_, id)| id)
    }

    fn height(&self, id: &NodeId) -> (bool, Option<usize>) {
        (
            self.selection.nodes().contains(id),
            self.flow.nodes.get_index_of(id),
        )
    }

    /// The nearest port in reach that no card covers.
    fn port(&self, card: Option<&NodeId>) -> Option<Hit> {
        if self.zoom < MIN_PORT_ZOOM {
            return None;
        }
        let reach = PORT_RADIUS_IN_SCREEN / self.zoom;
        let reach = match card {
            Some(_) => reach.min(PORT_RADIUS_IN_CARD),
            None => reach,
        };
        let mut nearest = (reach, None);
        self.scene
            .for_each_node_in(&Rect::around(self.at, reach), |id| {
                if card.is_some_and(|card| card != id && self.height(card) > self.height(id)) {
                    return;
                }
                let position = self.flow.position(id);
                let mut offer = |anchor: Point, hit: &dyn Fn() -> Hit| {
                    let away = distance(anchor, self.at);
                    if away < nearest.0 || (nearest.1.is_none() && away <= nearest.0) {
                        nearest = (away, Some(hit()));
                    }
                };
                let exits = self.scene.graph().exits(id);
                for (index, exit) in exits.iter().enumerate() {
                    offer(geometry::exit_anchor(position, index, exits.len()), &|| {
                        Hit::Exit {
                            node: id.clone(),
                            port: exit.port.clone(),
                        }
                    });
                }
                if self.flow.nodes.get(id).is_some_and(|node| node.has_entry()) {
                    offer(geometry::entry_anchor(position), &|| Hit::Entry {
                        node: id.clone(),
                    });
                }
            });
        nearest.1
    }

    /// The nearest edge in reach.
    fn edge(&self) -> Option<EdgeId> {
        let reach = EDGE_RADIUS_IN_SCREEN / self.zoom;
        nearest_edge(self.scene, self.at, reach)
    }
}

/// The edge that a card lies on which has its middle here: one that is nearer
/// to the middle than the card's own top and bottom.
pub(crate) fn edge_under_card(scene: &Scene, middle: Point) -> Option<EdgeId> {
    nearest_edge(scene, middle, geometry::NODE_SIZE.height / 2.0)
}

fn nearest_edge(scene: &Scene, at: Point, reach: f64) -> Option<EdgeId> {
    let mut nearest = None;
    scene.for_each_edge_in(&Rect::around(at, reach), |id, curve| {
        let away = curve.distance_to(at);
        if away <= reach && nearest.as_ref().is_none_or(|(least, _)| away < *least) {
            nearest = Some((away, id.clone()));
        }
    });
    nearest.map(|(_, id)| id)
}
