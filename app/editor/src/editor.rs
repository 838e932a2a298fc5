//! The doors of the editor and what can be asked of it.

use flow::{EdgeId, Exit, Flow, NodeId, Point, Port};

use crate::{
    Camera, Command, FromServer, Hit, IdSource, Input, NotConnectable, Overlay, Pending, Selection,
    Update,
    geometry::{self, Curve, Rect, Size},
};

/// How a flow is opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The flow as the server has it.
    pub flow: Flow,
    /// The number of the last edit that it contains.
    pub seq: u64,
    /// What this person may do.
    pub rights: Rights,
    /// Names for what this browser makes.
    pub ids: IdSource,
}

/// What a person may do with the flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rights {
    /// Look.
    #[default]
    Read,
    /// Change it.
    Edit,
}

/// A flow being looked at and edited.
#[derive(Clone, Debug)]
pub struct Editor {
    flow: Flow,
    seq: u64,
    rights: Rights,
    camera: Camera,
    viewport: Size,
    selection: Selection,
    focus: Option<NodeId>,
    hover: Option<Hit>,
}

impl Editor {
    /// Opens a flow.
    pub fn new(opening: Opening) -> Self {
        Self {
            flow: opening.flow,
            seq: opening.seq,
            rights: opening.rights,
            camera: Camera::default(),
            viewport: Size::default(),
            selection: Selection::default(),
            focus: None,
            hover: None,
        }
    }

    /// Takes an event of pointer, wheel or keyboard.
    pub fn dispatch(&mut self, input: Input) -> Update {
        if let Input::Resize(size) = input {
            self.viewport = size;
        }
        Update::default()
    }

    /// Does what a person asked for. The time tells which keystrokes belong
    /// together.
    pub fn run(&mut self, _command: Command, _at_millis: f64) -> Update {
        Update::default()
    }

    /// Takes a message of the server.
    pub fn receive(&mut self, _message: FromServer) -> Update {
        Update::default()
    }

    /// The edits that the server has not acknowledged, in order: sent again
    /// after every Welcome and every resumed connection.
    pub fn unacknowledged(&self) -> impl Iterator<Item = &Pending> {
        [].iter()
    }

    /// What this person may do from now on.
    pub fn set_rights(&mut self, rights: Rights) -> Update {
        self.rights = rights;
        Update::default()
    }

    /// What this person may do.
    pub fn rights(&self) -> Rights {
        self.rights
    }

    /// The flow as shown: what the server acknowledged, with the pending edits.
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// The number of the server's last edit that is contained.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The view.
    pub fn camera(&self) -> Camera {
        self.camera
    }

    /// The pane's size, in screen pixels.
    pub fn viewport(&self) -> Size {
        self.viewport
    }

    /// What is selected.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The node that the keyboard acts on.
    pub fn focus(&self) -> Option<&NodeId> {
        self.focus.as_ref()
    }

    /// What is under the pointer.
    pub fn hover(&self) -> Option<&Hit> {
        self.hover.as_ref()
    }

    /// What the tool shows.
    pub fn overlay(&self) -> Overlay<'_> {
        Overlay::Idle
    }

    /// Whether [`Input::Tick`] is wanted at every frame.
    pub fn wants_ticks(&self) -> bool {
        false
    }

    /// Where a node's top left corner is, a drag's preview included.
    pub fn position_shown(&self, id: &NodeId) -> Point {
        self.flow.position(id)
    }

    /// The curve of an edge, a drag's preview included.
    pub fn curve_shown(&self, id: &EdgeId) -> Option<Curve> {
        let edge = self.flow.edges.get(id)?;
        let from = self.exit_anchor_shown(&edge.source, &edge.port);
        Some(Curve::between(
            from,
            geometry::entry_anchor(self.position_shown(&edge.target)),
        ))
    }

    /// Where edges leave by an exit, a drag's preview included. An exit that
    /// the node no longer has is in the middle.
    pub fn exit_anchor_shown(&self, node: &NodeId, port: &Port) -> Point {
        let exits = self.exits(node);
        let position = self.position_shown(node);
        match exits.iter().position(|exit| exit.port == *port) {
            Some(index) => geometry::exit_anchor(position, index, exits.len()),
            None => geometry::exit_anchor(position, 0, 1),
        }
    }

    /// The nodes of which something is in this area, in no particular order.
    pub fn visible_nodes(&self, area: Rect) -> Vec<NodeId> {
        self.flow
            .nodes
            .keys()
            .filter(|id| geometry::node_rect(self.position_shown(id)).intersects(&area))
            .cloned()
            .collect()
    }

    /// The edges whose bounds reach into this area, in no particular order.
    pub fn visible_edges(&self, area: Rect) -> Vec<EdgeId> {
        self.flow
            .edges
            .keys()
            .filter(|id| {
                self.curve_shown(id)
                    .is_some_and(|curve| curve.bounds().intersects(&area))
            })
            .cloned()
            .collect()
    }

    /// The edges that enter or leave a node.
    pub fn edges_at(&self, id: &NodeId) -> Vec<EdgeId> {
        self.flow.edges_at(id).map(|(id, _)| id.clone()).collect()
    }

    /// What Undo would take back.
    pub fn can_undo(&self) -> Option<&str> {
        None
    }

    /// What Redo would make again.
    pub fn can_redo(&self) -> Option<&str> {
        None
    }

    /// The least rectangle that holds every card; none in an empty flow.
    pub fn bounds(&self) -> Option<Rect> {
        self.flow
            .nodes
            .keys()
            .map(|id| geometry::node_rect(self.flow.position(id)))
            .reduce(|all, card| all.united(&card))
    }

    /// The selected nodes as text for the clipboard; none without any.
    pub fn clipboard_text(&self) -> Option<String> {
        None
    }

    /// A node in words: what it is, its place in reading order, and where each
    /// exit leads.
    pub fn describe(&self, id: &NodeId) -> String {
        self.flow
            .nodes
            .get(id)
            .map(|node| node.label.clone())
            .unwrap_or_default()
    }

    /// The nodes in reading order: rows from the top, each from the left.
    pub fn reading_order(&self) -> &[NodeId] {
        &[]
    }

    /// The exits of a node, in drawing order; none for a node that is gone.
    pub fn exits(&self, id: &NodeId) -> Vec<Exit> {
        self.flow
            .nodes
            .get(id)
            .map(|node| node.exits())
            .unwrap_or_default()
    }

    /// The edge that leaves a node by an exit.
    pub fn edge_from(&self, node: &NodeId, port: &Port) -> Option<&EdgeId> {
        self.flow
            .edges
            .iter()
            .find(|(_, edge)| edge.source == *node && edge.port == *port)
            .map(|(id, _)| id)
    }

    /// Whether an edge may be drawn, and if not, why.
    pub fn connectable(
        &self,
        source: &NodeId,
        _port: &Port,
        target: &NodeId,
    ) -> Result<(), NotConnectable> {
        if source == target {
            return Err(NotConnectable::SelfLoop);
        }
        Ok(())
    }

    /// The nodes that an edge from this exit may enter, in reading order.
    pub fn valid_targets(&self, source: &NodeId, port: &Port) -> Vec<NodeId> {
        self.reading_order()
            .iter()
            .filter(|target| self.connectable(source, port, target).is_ok())
            .cloned()
            .collect()
    }
}
