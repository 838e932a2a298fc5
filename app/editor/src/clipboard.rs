//! Nodes and notes as text on the system's clipboard.

use std::sync::Arc;

use flow::{
    Edge, Flow, FlowFile, Group, MAX_DOCUMENT_BYTES, MAX_EDGES, MAX_GROUPS, MAX_NODES, MAX_NOTES,
    Node, NodeId, Note, Point,
};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    geometry::{self, Rect},
    plan::Copied,
};

/// The name and version of the format.
const FORMAT: &str = "clipboard/1";

/// What the text holds.
#[derive(Serialize, Deserialize)]
struct Clip {
    /// Says what this is; always [`FORMAT`].
    patchbay: String,
    /// The top left corner of all nodes where they were copied.
    origin: Point,
    nodes: Vec<ClipNode>,
    edges: Vec<Arc<Edge>>,
    /// Edges that led to the nodes from elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    incoming: Vec<Arc<Edge>>,
    /// Where they were copied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Arc<Note>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    groups: Vec<ClipGroup>,
}

/// A group and its nodes.
#[derive(Serialize, Deserialize)]
struct ClipGroup {
    group: Arc<Group>,
    nodes: Vec<NodeId>,
}

#[derive(Serialize, Deserialize)]
struct ClipNode {
    id: NodeId,
    node: Arc<Node>,
    /// From `origin`.
    position: Point,
}

/// Nodes as text.
pub(crate) fn write(copied: &Copied) -> Option<String> {
    let origin = bounds(copied)?.min;
    let clip = Clip {
        patchbay: FORMAT.to_owned(),
        origin,
        nodes: copied
            .nodes
            .iter()
            .map(|(id, node, position)| ClipNode {
                id: id.clone(),
                node: Arc::clone(node),
                position: *position - origin,
            })
            .collect(),
        edges: copied.edges.clone(),
        incoming: copied.incoming.clone(),
        notes: copied.notes.clone(),
        groups: copied
            .groups
            .iter()
            .map(|(group, nodes)| ClipGroup {
                group: Arc::clone(group),
                nodes: nodes.clone(),
            })
            .collect(),
    };
    serde_json::to_string_pretty(&clip).ok()
}

/// Reads nodes from text: what [`write()`] wrote, or a whole flow's file. The
/// error is a sentence for people.
pub(crate) fn read(text: &str) -> Result<Copied, &'static str> {
    const FOREIGN: &str =
        "The clipboard holds no nodes of Patchbay. Copy nodes from a flow, then paste again.";
    const BROKEN: &str =
        "The nodes on the clipboard are damaged and were not pasted. Copy them again.";
    if text.len() > MAX_DOCUMENT_BYTES {
        return Err("The clipboard holds more than 10 MB, which is more than a flow may hold.");
    }
    let document: Value = flow::read(text).map_err(|_| FOREIGN)?;
    let format = document.get("patchbay").and_then(Value::as_str);
    let copied = if format == Some(FORMAT) {
        let clip: Clip = flow::read(text).map_err(|_| BROKEN)?;
        Copied {
            nodes: clip
                .nodes
                .into_iter()
                .map(|node| (node.id, node.node, node.position + clip.origin))
                .collect(),
            edges: clip.edges,
            incoming: clip.incoming,
            notes: clip.notes,
            groups: clip
                .groups
                .into_iter()
                .map(|clip| (clip.group, clip.nodes))
                .collect(),
        }
    } else if format == Some(FlowFile::FORMAT) {
        let file: FlowFile = flow::read(text).map_err(|_| BROKEN)?;
        whole(&file.flow)
    } else {
        return Err(FOREIGN);
    };
    let is_too_much = copied.nodes.len() > MAX_NODES
        || copied.edges.len() + copied.incoming.len() > MAX_EDGES
        || copied.notes.len() > MAX_NOTES
        || copied.groups.len() > MAX_GROUPS;
    if is_too_much {
        return Err("The clipboard holds more nodes or connections than a flow may hold.");
    }
    let ids: FxHashSet<_> = copied.nodes.iter().map(|(id, ..)| id).collect();
    let is_whole = ids.len() == copied.nodes.len()
        && copied
            .nodes
            .iter()
            .all(|(.., position)| position.is_finite())
        && copied
            .edges
            .iter()
            .all(|edge| ids.contains(&edge.source) && ids.contains(&edge.target))
        && copied
            .incoming
            .iter()
            .all(|edge| !ids.contains(&edge.source) && ids.contains(&edge.target))
        && copied.notes.iter().all(|note| note.at.is_finite())
        && copied
            .groups
            .iter()
            .all(|(_, nodes)| nodes.iter().all(|id| ids.contains(id)));
    let is_empty = copied.nodes.is_empty() && copied.notes.is_empty();
    match (is_whole, is_empty) {
        (false, _) => Err(BROKEN),
        (true, true) => Err("The clipboard holds a flow without nodes: there is nothing to paste."),
        (true, false) => Ok(copied),
    }
}

/// The least rectangle that holds the cards and the notes.
pub(crate) fn bounds(copied: &Copied) -> Option<Rect> {
    copied
        .nodes
        .iter()
        .map(|(.., position)| geometry::node_rect(*position))
        .chain(copied.notes.iter().map(|note| geometry::note_rect(note)))
        .reduce(|all, card| all.united(&card))
}

fn whole(flow: &Flow) -> Copied {
    Copied {
        nodes: flow
            .nodes
            .iter()
            .map(|(id, node)| (id.clone(), Arc::clone(node), flow.position(id)))
            .collect(),
        edges: flow.edges.values().map(Arc::clone).collect(),
        incoming: Vec::new(),
        notes: flow.notes.values().map(Arc::clone).collect(),
        groups: flow
            .groups
            .iter()
            .map(|(id, group)| (Arc::clone(group), flow.members(id).cloned().collect()))
            .filter(|(_, members): &(_, Vec<_>)| !members.is_empty())
            .collect(),
    }
}
