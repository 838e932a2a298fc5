//! What is at a point.

use flow::{EdgeId, Flow, GroupId, NodeId, NoteId, Point, Port};

use crate::{
    geometry::{self, Curve, End, Rect, distance},
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
    /// A note.
    Note(NoteId),
    /// The corner of a note by which it is made larger or smaller.
    NoteCorner(NoteId),
    /// The bar of a group's frame.
    Group(GroupId),
}

/// How far from its middle a port is still hit.
const PORT_RADIUS_IN_SCREEN: f64 = 12.0;
/// How far into a card a port reaches at most, so that the card of a node seen
/// from afar can still be taken hold of.
const PORT_RADIUS_IN_CARD: f64 = 20.0;
/// Below this zoom ports are too small to be aimed at.
const MIN_PORT_ZOOM: f64 = 0.25;
/// How far from its middle a handle at the end of an edge is still hit.
const HANDLE_RADIUS_IN_SCREEN: f64 = 12.0;
/// How much of an edge, from either end, is that end: at most.
const END_IN_SCREEN: f64 = 48.0;
/// Of more selected edges than this none has handles.
const MOST_HANDLES: usize = 50;
/// How near to its corner a note is made larger or smaller.
const CORNER_IN_SCREEN: f64 = 16.0;
/// How far the corner reaches into a note at most, so that a note seen from
/// afar can still be taken hold of.
const CORNER_IN_NOTE: f64 = 24.0;
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
            Self::Edge(_) | Self::Note(_) | Self::NoteCorner(_) | Self::Group(_) => None,
        }
    }

    /// The note that this is, or that it belongs to.
    pub fn note(&self) -> Option<&NoteId> {
        match self {
            Self::Note(note) | Self::NoteCorner(note) => Some(note),
            _ => None,
        }
    }
}

impl Probe<'_> {
    /// What is here: ports before cards before edges before notes before the
    /// bars of groups.
    pub(crate) fn hit(&self) -> Option<Hit> {
        let card = self.card();
        self.port(card.as_ref())
            .or_else(|| card.map(Hit::Node))
            .or_else(|| self.edge().map(Hit::Edge))
            .or_else(|| self.note())
            .or_else(|| self.group().map(Hit::Group))
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
        let orientation = self.scene.orientation();
        self.scene
            .for_each_node_in(&self.scene.around_ports(self.at, reach), |id| {
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
                    let anchor = geometry::exit_anchor(position, index, exits.len(), orientation);
                    offer(anchor, &|| Hit::Exit {
                        node: id.clone(),
                        port: exit.port.clone(),
                    });
                }
                if self.flow.nodes.get(id).is_some_and(|node| node.has_entry()) {
                    offer(geometry::entry_anchor(position, orientation), &|| {
                        Hit::Entry { node: id.clone() }
                    });
                }
            });
        nearest.1
    }

    /// The handle here, of an edge that is selected.
    pub(crate) fn edge_handle(&self) -> Option<(EdgeId, End)> {
        let edges = self.selection.edges();
        if self.zoom < MIN_PORT_ZOOM || edges.len() > MOST_HANDLES {
            return None;
        }
        let reach = HANDLE_RADIUS_IN_SCREEN / self.zoom;
        let ends = [End::Source, End::Target].into_iter();
        let handles = edges.iter().flat_map(|id| {
            let curve = self.curve(id);
            ends.clone()
                .filter_map(move |end| Some((id, end, curve?.handle(end))))
        });
        let away = |at: Point| distance(at, self.at);
        handles
            .filter(|(.., at)| away(*at) <= reach)
            .min_by(|one, other| away(one.2).total_cmp(&away(other.2)))
            .map(|(id, end, _)| (id.clone(), end))
    }

    /// The edge whose head this is, beside the card that it enters.
    pub(crate) fn head_at(&self, node: &NodeId) -> Option<EdgeId> {
        if geometry::node_rect(self.flow.position(node)).contains(self.at) {
            return None;
        }
        let enters = |id: &EdgeId| {
            let edge = self.flow.edges.get(id);
            edge.is_some_and(|edge| edge.target == *node)
        };
        self.edge().filter(enters)
    }

    /// The end of an edge that this is near, seen along the whole of it.
    pub(crate) fn end_of(&self, edge: &EdgeId) -> Option<End> {
        let curve = self.curve(edge)?;
        let (from, to) = (distance(curve.from, self.at), distance(curve.to, self.at));
        let (end, away) = if from < to {
            (End::Source, from)
        } else {
            (End::Target, to)
        };
        let most = (END_IN_SCREEN / self.zoom).min(distance(curve.from, curve.to) / 3.0);
        (away <= most).then_some(end)
    }

    fn curve(&self, id: &EdgeId) -> Option<Curve> {
        let edge = self.flow.edges.get(id)?;
        Some(self.scene.curve(edge, |node| self.flow.position(node)))
    }

    /// The uppermost note here: a selected one, else that with the last key.
    fn note(&self) -> Option<Hit> {
        let height = |id: &NoteId| (self.selection.notes().contains(id), id.clone());
        let mut uppermost = None;
        self.scene
            .beside()
            .for_each_note_in(&Rect::around(self.at, 0.0), |id| {
                let height = height(id);
                if uppermost.as_ref().is_none_or(|top| *top < height) {
                    uppermost = Some(height);
                }
            });
        let (_, id) = uppermost?;
        let corner = geometry::note_rect(self.flow.notes.get(&id)?).max;
        let reach = (CORNER_IN_SCREEN / self.zoom).min(CORNER_IN_NOTE);
        let at_corner = corner.x - self.at.x <= reach && corner.y - self.at.y <= reach;
        Some(if at_corner {
            Hit::NoteCorner(id)
        } else {
            Hit::Note(id)
        })
    }

    /// The group whose bar is here; of several the one with the last key.
    fn group(&self) -> Option<GroupId> {
        let mut found: Option<GroupId> = None;
        let beside = self.scene.beside();
        beside.for_each_group_in(&Rect::around(self.at, 0.0), |id| {
            let frame = beside.frame(self.flow, id, None);
            let is_on_bar = frame.is_some_and(|frame| geometry::frame_bar(frame).contains(self.at));
            if is_on_bar && found.as_ref().is_none_or(|before| before < id) {
                found = Some(id.clone());
            }
        });
        found
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
