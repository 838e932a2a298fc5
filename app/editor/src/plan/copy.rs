//! Adding copies of nodes and notes, from the flow itself or from the clipboard.

use flow::Sort as _;
use std::{collections::BTreeSet, sync::Arc};

use flow::{Edge, Flow, Group, GroupId, Node, NodeId, Note, NoteId, Op, Point, Transaction};
use rustc_hash::FxHashMap;

use super::connect::connect_ops;
use crate::{id_source::IdSource, scene::Scene, selection::OrderedSet};

/// Nodes to copy, with the edges among them, and notes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Copied {
    pub(crate) nodes: Vec<(NodeId, Arc<Node>, Point)>,
    pub(crate) edges: Vec<Arc<Edge>>,
    /// The edges that led to them from elsewhere.
    pub(crate) incoming: Vec<Arc<Edge>>,
    pub(crate) notes: Vec<Arc<Note>>,
    /// The groups of which every node is copied, with those.
    pub(crate) groups: Vec<(Arc<Group>, Vec<NodeId>)>,
}

impl Copied {
    /// These nodes of a flow and the edges among them, in document order, with
    /// these notes.
    pub(crate) fn of(
        flow: &Flow,
        scene: &Scene,
        nodes: &OrderedSet<NodeId>,
        notes: &OrderedSet<NoteId>,
    ) -> Self {
        let mut copied: Vec<_> = nodes
            .iter()
            .filter_map(|id| flow.nodes.get_full(id))
            .collect();
        copied.order_by_key(|(index, ..)| *index);
        let incoming = nodes.iter().flat_map(|id| scene.graph().incoming(id));
        let mut incoming: Vec<_> = incoming.filter_map(|id| flow.edges.get_full(id)).collect();
        incoming.order_by_key(|(index, ..)| *index);
        let (edges, incoming): (Vec<_>, Vec<_>) = incoming
            .into_iter()
            .map(|(.., edge)| Arc::clone(edge))
            .partition(|edge| nodes.contains(&edge.source));
        let notes = notes.iter().filter_map(|id| flow.notes.get(id));
        let groups: BTreeSet<&GroupId> =
            nodes.iter().filter_map(|id| flow.grouped.get(id)).collect();
        let groups = groups.into_iter().filter_map(|id| {
            let members = scene.beside().members(id);
            let is_whole = members.iter().all(|id| nodes.contains(id));
            let group = flow.groups.get(id).filter(|_| is_whole)?;
            Some((Arc::clone(group), members.to_vec()))
        });
        Self {
            notes: notes.map(Arc::clone).collect(),
            groups: groups.collect(),
            nodes: copied
                .into_iter()
                .map(|(_, id, node)| (id.clone(), Arc::clone(node), flow.position(id)))
                .collect(),
            edges,
            incoming,
        }
    }
}

/// What copies became.
pub(crate) struct Added {
    pub(crate) nodes: Vec<NodeId>,
    pub(crate) notes: Vec<NoteId>,
}

/// Adds the copies to a flow under new ids, each moved by `by`. An id on the
/// wire belongs to one node: copies get none. A part of another flow that is
/// not in this one is left behind. Gives the new nodes
/// and notes.
///
/// What led to the copied nodes from elsewhere leads to the copies where a
/// scene is given: other edges that leave by these exits go.
pub(crate) fn plan_copies(
    flow: &Flow,
    incoming_by: Option<&Scene>,
    copied: &Copied,
    by: Point,
    label: String,
    ids: &mut IdSource,
) -> (Transaction, Added) {
    let mut renamed = FxHashMap::default();
    let mut ops = Vec::with_capacity(copied.nodes.len() + copied.edges.len());
    let mut added = Vec::with_capacity(copied.nodes.len());
    for (id, node, position) in &copied.nodes {
        let copy = ids.next_node();
        renamed.insert(id, copy.clone());
        let region = node.region.clone();
        ops.push(Op::AddNode {
            id: copy.clone(),
            node: Arc::new(Node {
                wire_id: None,
                region: region.filter(|id| flow.regions.contains_key(id)),
                ..Node::clone(node)
            }),
            position: *position + by,
            index: None,
        });
        added.push(copy);
    }
    for edge in &copied.edges {
        if let (Some(source), Some(target)) = (renamed.get(&edge.source), renamed.get(&edge.target))
        {
            ops.push(Op::Connect {
                id: None,
                edge: Arc::new(Edge {
                    source: source.clone(),
                    target: target.clone(),
                    wire_id: None,
                    ..Edge::clone(edge)
                }),
                index: None,
            });
        }
    }
    if let Some(scene) = incoming_by {
        for edge in &copied.incoming {
            let exits = scene.graph().exits(&edge.source);
            if let Some(target) = renamed.get(&edge.target)
                && exits.iter().any(|exit| exit.port == edge.port)
            {
                ops.extend(connect_ops(flow, scene, &edge.source, &edge.port, target));
            }
        }
    }
    let mut added_notes = Vec::with_capacity(copied.notes.len());
    for note in &copied.notes {
        let copy = ids.next_note();
        ops.push(Op::AddNote {
            id: copy.clone(),
            note: Arc::new(Note {
                at: note.at + by,
                ..Note::clone(note)
            }),
        });
        added_notes.push(copy);
    }
    for (group, members) in &copied.groups {
        let copy = ids.next_group();
        ops.push(Op::AddGroup {
            id: copy.clone(),
            group: Arc::clone(group),
        });
        let members = members.iter().filter_map(|id| renamed.get(id));
        ops.extend(members.map(|node| Op::SetNodeGroup {
            id: node.clone(),
            group: Some(copy.clone()),
        }));
    }
    let added = Added {
        nodes: added,
        notes: added_notes,
    };
    (Transaction::new(label, ops), added)
}
