//! Nodes follow the pointer: a preview until the button goes up, then one
//! edit.

mod align;

use flow::{EdgeId, NodeId, NoteId, Point};

use super::{Step, Tool};
use crate::{
    Button, Command, Guide, Input, Modifiers, Overlay, Selection,
    geometry::{self, snap_to_grid},
    hit::edge_under_card,
    plan::is_insertable,
    scene::Shift,
    selection::OrderedSet,
    world::{Action, World},
};
use align::Alignment;

/// The state in which nodes follow the pointer.
#[derive(Clone, Debug)]
pub(crate) struct Drag {
    nodes: OrderedSet<NodeId>,
    notes: OrderedSet<NoteId>,
    /// What was taken hold of: the one that snaps.
    lead: Lead,
    /// Where the flow has that, as far as `from_in_canvas` goes by it.
    lead_from: Point,
    from_in_canvas: Point,
    pub(super) at_in_screen: Point,
    pub(super) modifiers: Modifiers,
    by: Point,
    alignment: Alignment,
    guides: Vec<Guide>,
    bent: Vec<EdgeId>,
    /// Whether this is one node that can go between the ends of an edge.
    insertable: bool,
    /// The edge that it is held over.
    onto: Option<EdgeId>,
}

/// How what is dragged is held.
#[derive(PartialEq)]
pub(crate) struct Whereabouts {
    by: Point,
    /// Lines follow from where it is, but are not shown everywhere.
    is_aligned: bool,
    clones: bool,
    onto: Option<EdgeId>,
}

/// What was taken hold of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Lead {
    Node(NodeId),
    Note(NoteId),
}

impl Lead {
    fn position(&self, world: &World<'_>) -> Point {
        match self {
            Self::Node(id) => world.flow.position(id),
            Self::Note(id) => {
                let note = world.flow.notes.get(id);
                note.map(|note| note.at).unwrap_or_default()
            }
        }
    }
}

impl Drag {
    pub(super) fn begin(
        world: &World<'_>,
        lead: Lead,
        selection: &Selection,
        from_in_canvas: Point,
        at_in_screen: Point,
    ) -> Self {
        let nodes = selection.nodes().clone();
        let notes = selection.notes().clone();
        Self {
            lead_from: lead.position(world),
            alignment: alignment(world, &lead, &nodes),
            bent: bent_edges(world, &nodes),
            insertable: notes.is_empty() && inserts(world, &nodes),
            onto: None,
            nodes,
            notes,
            lead,
            from_in_canvas,
            at_in_screen,
            modifiers: Modifiers::NONE,
            by: Point::default(),
            guides: Vec::new(),
        }
    }

    pub(super) fn step(mut self, input: &Input, world: &World<'_>) -> Step {
        match input {
            Input::PointerMove {
                at_in_screen,
                modifiers,
            } => {
                self.follow(*at_in_screen, *modifiers, world);
                (Tool::Drag(self), Vec::new())
            }
            Input::PointerUp {
                at_in_screen,
                button: Button::Primary,
                modifiers,
                ..
            } => {
                self.follow(*at_in_screen, *modifiers, world);
                (Tool::idle(), self.let_go().into_iter().collect())
            }
            // The button's release was missed.
            Input::PointerDown {
                button: Button::Primary,
                ..
            } => Tool::idle().step(input, world),
            _ => (Tool::Drag(self), Vec::new()),
        }
    }

    fn let_go(self) -> Option<Action> {
        if self.by == Point::default() {
            None
        } else if self.modifiers.alt {
            Some(Action::Clone(self.by))
        } else if let (Some(edge), Lead::Node(node)) = (self.onto, self.lead) {
            let by = self.by;
            Some(Action::Run(Command::Insert { node, by, edge }))
        } else {
            Some(Action::Move(self.by))
        }
    }

    fn follow(&mut self, at_in_screen: Point, modifiers: Modifiers, world: &World<'_>) {
        self.at_in_screen = at_in_screen;
        self.modifiers = modifiers;
        let mut way = world.camera.to_canvas(at_in_screen) - self.from_in_canvas;
        if modifiers.shift {
            if way.x.abs() >= way.y.abs() {
                way.y = 0.0;
            } else {
                way.x = 0.0;
            }
        }
        self.guides.clear();
        self.by = if modifiers.primary {
            way
        } else {
            let from = self.lead.position(world);
            let free = from + way;
            let aligned = self.alignment.nearest(free);
            let grid = snap_to_grid(free);
            let mut to = Point::new(aligned.x.unwrap_or(grid.x), aligned.y.unwrap_or(grid.y));
            // A locked axis stays, even off the grid.
            if modifiers.shift && way.x == 0.0 {
                to.x = from.x;
            }
            if modifiers.shift && way.y == 0.0 {
                to.y = from.y;
            }
            self.guides = self.alignment.guides(to);
            to - from
        };
        self.onto = (self.insertable && !modifiers.alt)
            .then(|| geometry::node_rect(self.lead.position(world) + self.by).centre())
            .and_then(|middle| edge_under_card(world.scene, middle));
    }

    /// Goes on with what is still there.
    pub(super) fn reconcile(mut self, world: &World<'_>) -> Step {
        self.nodes.retain(|id| world.flow.nodes.contains_key(id));
        self.notes.retain(|id| world.flow.notes.contains_key(id));
        let first_node = self.nodes.first().cloned().map(Lead::Node);
        let first = first_node.or_else(|| self.notes.first().cloned().map(Lead::Note));
        let Some(first) = first else {
            return super::gave_up("What you were dragging is no longer there.");
        };
        let is_there = match &self.lead {
            Lead::Node(id) => self.nodes.contains(id),
            Lead::Note(id) => self.notes.contains(id),
        };
        if is_there {
            // Who holds it keeps it under the pointer, wherever others put it.
            let moved = self.lead.position(world) - self.lead_from;
            self.from_in_canvas = self.from_in_canvas + moved;
        } else {
            self.lead = first;
        }
        self.lead_from = self.lead.position(world);
        self.alignment = alignment(world, &self.lead, &self.nodes);
        self.bent = bent_edges(world, &self.nodes);
        self.insertable = self.notes.is_empty() && inserts(world, &self.nodes);
        self.follow(self.at_in_screen, self.modifiers, world);
        (Tool::Drag(self), Vec::new())
    }

    /// What an input may change in what is shown.
    pub(crate) fn whereabouts(&self) -> Whereabouts {
        Whereabouts {
            by: self.by,
            is_aligned: !self.guides.is_empty(),
            clones: self.modifiers.alt,
            onto: self.onto.clone(),
        }
    }

    pub(super) fn overlay(&self) -> Overlay<'_> {
        Overlay::Dragging {
            nodes: &self.nodes,
            notes: &self.notes,
            by: self.by,
            guides: &self.guides,
            clones: self.modifiers.alt,
            onto: self.onto.as_ref(),
        }
    }

    /// Copies are dragged while the nodes stay where they are.
    pub(super) fn shift(&self) -> Option<Shift<'_>> {
        (!self.modifiers.alt).then_some(Shift {
            nodes: &self.nodes,
            notes: &self.notes,
            by: self.by,
            bent: &self.bent,
        })
    }
}

/// Only cards are aligned with cards.
fn alignment(world: &World<'_>, lead: &Lead, nodes: &OrderedSet<NodeId>) -> Alignment {
    match lead {
        Lead::Node(_) => Alignment::with_others(world, nodes),
        Lead::Note(_) => Alignment::default(),
    }
}

fn inserts(world: &World<'_>, nodes: &OrderedSet<NodeId>) -> bool {
    nodes.len() == 1
        && nodes
            .iter()
            .all(|id| is_insertable(world.flow, world.scene, id))
}

/// The edges of which one end is dragged and the other is not.
fn bent_edges(world: &World<'_>, nodes: &OrderedSet<NodeId>) -> Vec<EdgeId> {
    let graph = world.scene.graph();
    let is_bent = |id: &&EdgeId| {
        graph
            .ends(id)
            .is_some_and(|(source, target)| nodes.contains(source) != nodes.contains(target))
    };
    nodes
        .iter()
        .flat_map(|id| graph.outgoing(id).iter().chain(graph.incoming(id)))
        .filter(is_bent)
        .cloned()
        .collect()
}
