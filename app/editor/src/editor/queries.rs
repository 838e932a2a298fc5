//! What can be asked of the editor. All of it is cheap.

use std::sync::Arc;

use flow::{EdgeId, Exit, Flow, Kind, Node, NodeId, Point, Port};

use super::{Editor, Rights};
use crate::{
    Camera, Found, Hit, Leads, NotAddable, NotConnectable, Outline, Overlay, Pending, Selection,
    Verdict,
    addable::addable,
    connectable::Connector,
    geometry::{Curve, Orientation, Rect, Size},
    hit::edge_under_card,
    navigation,
    plan::{entry_after, way_through},
    words,
};

impl Editor {
    /// The edits that the server has not acknowledged, in order: sent again
    /// after every Welcome and every resumed connection.
    pub fn unacknowledged(&self) -> impl Iterator<Item = &Pending> {
        self.document.pending()
    }

    /// What this person may do.
    pub fn rights(&self) -> Rights {
        self.rights
    }

    /// The flow as shown: what the server acknowledged, with the pending edits.
    pub fn flow(&self) -> &Flow {
        self.document.shown()
    }

    /// The number of the server's last edit that is contained.
    pub fn seq(&self) -> u64 {
        self.document.seq()
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

    /// What is under the pointer; nothing while something is held.
    pub fn hover(&self) -> Option<&Hit> {
        self.hover.as_ref()
    }

    /// What the tool shows.
    pub fn overlay(&self) -> Overlay<'_> {
        self.tool.overlay(self.flow(), self.orientation())
    }

    /// Where a node's top left corner is, a drag's preview included.
    pub fn position_shown(&self, id: &NodeId) -> Point {
        match self.tool.shift() {
            Some(shift) => shift.position(self.flow(), id),
            None => self.flow().position(id),
        }
    }

    /// The way that the flow leads: ports are at the sides of cards accordingly.
    /// A drag does not turn it before it ends.
    pub fn orientation(&self) -> Orientation {
        self.scene.orientation()
    }

    /// The curve of an edge, a drag's preview included.
    pub fn curve_shown(&self, id: &EdgeId) -> Option<Curve> {
        let edge = self.flow().edges.get(id)?;
        Some(self.scene.curve(edge, |node| self.position_shown(node)))
    }

    /// The edges that letting go now would remove: those that a line cuts, and
    /// what leaves by the exit that the edge that is held would take.
    pub fn edges_to_go(&self) -> Vec<&EdgeId> {
        let (node, port, held) = match self.overlay() {
            Overlay::Cutting { crossed, .. } => return crossed.iter().collect(),
            Overlay::Connecting {
                source,
                port,
                verdict: Verdict::Snap(_),
                rerouted,
                ..
            } => (source, port, rerouted),
            Overlay::Rerouting {
                edge,
                exit: Some(port),
                verdict: Verdict::Snap(node),
                ..
            } => (node, port, Some(edge)),
            _ => return Vec::new(),
        };
        let by_exit = self.scene.graph().edges_by(self.flow(), node, port);
        by_exit.filter(|id| held != Some(*id)).collect()
    }

    /// Where edges leave by an exit, a drag's preview included. An exit that
    /// the node no longer has is in the middle.
    pub fn exit_anchor_shown(&self, node: &NodeId, port: &Port) -> Point {
        self.scene
            .exit_anchor(node, port, self.position_shown(node))
    }

    /// The nodes whose cards touch this area, in no particular order.
    pub fn visible_nodes(&self, area: Rect) -> Vec<NodeId> {
        self.scene.nodes_in(&area, self.tool.shift())
    }

    /// The edges whose bounds touch this area, in no particular order.
    pub fn visible_edges(&self, area: Rect) -> Vec<EdgeId> {
        self.scene.edges_in(self.flow(), &area, self.tool.shift())
    }

    /// Whether the cards of more nodes than this touch an area. A drag's preview
    /// counts where the flow has its nodes.
    pub fn has_more_nodes_in(&self, area: &Rect, most: usize) -> bool {
        self.scene.has_more_nodes_in(area, most)
    }

    /// Calls back for the nodes whose cards touch an area and do not move.
    pub fn for_each_still_node(&self, area: &Rect, found: &mut dyn FnMut(&NodeId)) {
        let shift = self.tool.shift();
        self.scene.for_each_node_in(area, |id| {
            if !shift.is_some_and(|shift| shift.nodes.contains(id)) {
                found(id);
            }
        });
    }

    /// Calls back for the edges that touch an area and of which neither end
    /// moves.
    pub fn for_each_still_edge(&self, area: &Rect, found: &mut dyn FnMut(&EdgeId, &Curve)) {
        let shift = self.tool.shift();
        self.scene.for_each_still_curve_in(area, shift, found);
    }

    /// The least rectangle that holds the cards of these nodes and the edges at
    /// them, wherever a drag shows them.
    pub fn bounds_with_edges<'a>(
        &self,
        nodes: impl IntoIterator<Item = &'a NodeId>,
    ) -> Option<Rect> {
        self.scene.bounds_with_edges(self.flow(), nodes)
    }

    /// The edges that enter or leave a node, in no particular order.
    pub fn edges_at(&self, id: &NodeId) -> Vec<EdgeId> {
        self.scene.graph().edges_at(id).cloned().collect()
    }

    /// Whether an edge enters a node.
    pub fn is_entered(&self, id: &NodeId) -> bool {
        !self.scene.graph().incoming(id).is_empty()
    }

    /// The edge that leaves a node by an exit.
    pub fn edge_from(&self, node: &NodeId, port: &Port) -> Option<&EdgeId> {
        let graph = self.scene.graph();
        graph.outgoing(node).iter().find(|id| {
            self.flow()
                .edges
                .get(*id)
                .is_some_and(|edge| edge.port == *port)
        })
    }

    /// The exits of a node, in drawing order; none for a node that is gone.
    pub fn exits(&self, id: &NodeId) -> &[Exit] {
        self.scene.graph().exits(id)
    }

    /// The first exit of the only selected node that leads nowhere.
    pub fn free_exit_of_selected(&self) -> Option<(NodeId, Port)> {
        let node = self.selection.only_node()?;
        let mut exits = self.exits(node).iter();
        let free = exits.find(|exit| self.edge_from(node, &exit.port).is_none())?;
        Some((node.clone(), free.port.clone()))
    }

    /// Where edges enter a node that is added after an exit, on the canvas.
    pub fn entry_after(&self, node: &NodeId, port: &Port) -> Point {
        entry_after(self.flow(), &self.scene, node, port)
    }

    /// Whether a step of a kind may be added, and if not, why.
    pub fn addable(&self, kind: &Kind) -> Result<(), NotAddable> {
        addable(self.flow(), kind)
    }

    /// Whether the flow ends after a node because none of its exits is
    /// connected: outside of lookup flows that is how flows end.
    pub fn ends_after(&self, id: &NodeId) -> bool {
        navigation::ends_after(self.flow(), &self.scene, id)
    }

    /// The edge into which a new node of a kind goes that is dropped with its
    /// middle here.
    pub fn edge_to_insert_into(&self, kind: &Kind, at_in_canvas: Point) -> Option<EdgeId> {
        way_through(&Node::of(kind))?;
        edge_under_card(&self.scene, at_in_canvas)
    }

    /// What Undo would take back.
    pub fn can_undo(&self) -> Option<&str> {
        self.history.undo_label()
    }

    /// What Redo would make again.
    pub fn can_redo(&self) -> Option<&str> {
        self.history.redo_label()
    }

    /// The least rectangle that holds every card, note and frame; none in an empty
    /// flow.
    pub fn bounds(&self) -> Option<Rect> {
        self.scene.bounds(self.flow())
    }

    /// The least rectangle that holds every card, edge, note and frame; none in an
    /// empty flow.
    pub fn drawn_bounds(&self) -> Option<Rect> {
        self.scene.drawn_bounds(self.flow())
    }

    /// The nodes in reading order: rows from the top, each from the left.
    pub fn reading_order(&self) -> &[NodeId] {
        self.scene.reading_order(self.flow())
    }

    /// A node in words: what it is, its place in reading order, what is wrong
    /// with it, and where each exit leads.
    pub fn describe(&self, id: &NodeId, found: Found) -> String {
        words::node(self.flow(), &self.scene, id, found)
    }

    /// A way out of a node in words: its name, and where it leads.
    pub fn describe_exit(&self, node: &NodeId, port: &Port, leads: &Leads) -> String {
        words::exit(self.flow(), &self.scene, node, port, leads)
    }

    /// The flow as a tree of rows: the same until nodes, exits or edges change,
    /// wherever they are moved.
    pub fn outline(&self) -> Arc<Outline> {
        self.scene.outline(self.flow()).clone()
    }

    /// Whether an edge may be drawn, and if not, why.
    pub fn connectable(
        &self,
        source: &NodeId,
        port: &Port,
        target: &NodeId,
    ) -> Result<(), NotConnectable> {
        Connector::new(&self.scene, source.clone(), port.clone()).check(
            self.flow(),
            &self.scene,
            target,
        )
    }

    /// Every node but the source, in reading order: whether an edge from this
    /// exit may enter it, and if not, why.
    pub fn targets(
        &self,
        source: &NodeId,
        port: &Port,
    ) -> Vec<(NodeId, Result<(), NotConnectable>)> {
        let connector = Connector::new(&self.scene, source.clone(), port.clone());
        let others = self.reading_order().iter().filter(|id| *id != source);
        others
            .map(|id| (id.clone(), connector.check(self.flow(), &self.scene, id)))
            .collect()
    }

    /// The nodes that an edge from this exit may enter, in reading order.
    pub fn valid_targets(&self, source: &NodeId, port: &Port) -> Vec<NodeId> {
        let connector = Connector::new(&self.scene, source.clone(), port.clone());
        self.reading_order()
            .iter()
            .filter(|target| connector.check(self.flow(), &self.scene, target).is_ok())
            .cloned()
            .collect()
    }
}

#[cfg(test)]
impl Editor {
    /// The flow as the server has it, as far as is known.
    pub(crate) fn acknowledged(&self) -> &Flow {
        self.document.acknowledged()
    }

    /// Panics unless what is derived equals what it is derived from.
    pub(crate) fn assert_parts_agree(&self) {
        self.document.assert_shown_is_acknowledged_and_pending();
        self.scene.assert_equals_rebuilt(self.flow());
    }
}
