//! What was done, said after it.

use flow::Sort as _;
use flow::{Changes, Flow, Op};

use super::{count, replaced_way};
use crate::{plan::name_of, scene::Scene};

/// Of so many new connections it is said where they lead.
const MOST_WAYS: usize = 3;

/// What is to be said of an edit.
pub(crate) struct Deed<'a> {
    /// What history calls it: “Delete 3 nodes”.
    pub(crate) label: &'a str,
    /// The edits; none where the name says all, as when a step is undone.
    pub(crate) ops: &'a [Op],
    /// What they changed.
    pub(crate) changes: &'a Changes,
}

/// An edit in words, once it is made: “Deleted 3 nodes, 2 connections.”
pub(crate) fn deed(flow: &Flow, scene: &Scene, deed: &Deed) -> String {
    let Deed {
        label,
        ops,
        changes,
    } = deed;
    let is_way = |op: &Op| matches!(op, Op::Connect { .. } | Op::Disconnect { .. });
    let connects_only = !ops.is_empty() && ops.iter().all(is_way);
    let ways = new_ways(flow, scene, changes);
    if connects_only && !ways.is_empty() && ways.len() <= MOST_WAYS {
        return format!("Connected {}.", ways.join(", "));
    }
    let mut sentence = past(label);
    let removes_nodes = ops.iter().any(|op| matches!(op, Op::RemoveNode { .. }));
    let gone = |edge: &&flow::EdgeId| !flow.edges.contains_key(*edge);
    let edges = changes.edges.iter().filter(gone).count();
    if removes_nodes && edges > 0 {
        sentence.push_str(", ");
        sentence.push_str(&count(edges, "connection"));
    }
    let tells_ways = removes_nodes || is_single_addition(ops);
    if tells_ways && !ways.is_empty() && ways.len() <= MOST_WAYS {
        sentence.push_str("; ");
        sentence.push_str(&ways.join(", "));
    }
    sentence.push('.');
    sentence
}

/// Whether one node is added, wherever it goes.
fn is_single_addition(ops: &[Op]) -> bool {
    let added = ops.iter().filter(|op| matches!(op, Op::AddNode { .. }));
    added.count() == 1
}

/// The ways that lead somewhere now and did not before, in document order.
fn new_ways(flow: &Flow, scene: &Scene, changes: &Changes) -> Vec<String> {
    let mut came: Vec<_> = changes
        .edges
        .iter()
        .filter_map(|id| flow.edges.get_full(id))
        .collect();
    came.order_by_key(|(place, ..)| *place);
    came.into_iter()
        .map(|(_, _, edge)| {
            let from = replaced_way(flow, scene, &edge.source, &edge.port);
            format!("{from} to {}", name_of(flow, &edge.target))
        })
        .collect()
}

/// A step's name once it is done: “Delete set” is “Deleted set”.
fn past(label: &str) -> String {
    let (verb, rest) = label.split_once(' ').unwrap_or((label, ""));
    let done = match verb {
        "Undo:" => "Undone:",
        "Redo:" => "Redone:",
        "Set" => "Set",
        "Put" => "Put",
        "Cut" => "Cut",
        "Insert" => "Inserted",
        "Tidy" => "Tidied",
        "Copy" => "Copied",
        "Add" => "Added",
        "Group" => "Grouped",
        "Ungroup" => "Ungrouped",
        "Connect" => "Connected",
        "Disconnect" => "Disconnected",
        "Delete" => "Deleted",
        "Remove" => "Removed",
        "Rename" => "Renamed",
        "Move" => "Moved",
        "Paste" => "Pasted",
        "Duplicate" => "Duplicated",
        "Disable" => "Disabled",
        "Enable" => "Enabled",
        "Align" => "Aligned",
        // Such as what a fix says on its button.
        _ => return format!("Done: {label}"),
    };
    if rest.is_empty() {
        done.to_owned()
    } else {
        format!("{done} {rest}")
    }
}
