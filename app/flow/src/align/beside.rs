//! Notes and groups are not on the wire.

use std::collections::BTreeSet;

use crate::{Flow, NodeId};

/// Keeps a flow's own notes and groups, with the new keys of its nodes; one
/// that has none gets those of the other, as far as their nodes are there.
pub(super) fn keep(aligned: &mut Flow, with: &Flow, key: impl Fn(&NodeId) -> NodeId) {
    let grouped = std::mem::take(&mut aligned.grouped).into_iter();
    let grouped = grouped.map(|(id, group)| (key(&id), group));
    if aligned.notes.is_empty() && aligned.groups.is_empty() {
        aligned.notes = with.notes.clone();
        aligned.groups = with.groups.clone();
        aligned.grouped = with.grouped.clone();
    } else {
        aligned.grouped = grouped.collect();
    }
}

/// Leaves out of groups what is not there.
pub(super) fn retain_existing(aligned: &mut Flow) {
    let nodes = &aligned.nodes;
    aligned.grouped.retain(|id, _| nodes.contains_key(id));
    let used: BTreeSet<_> = aligned.grouped.values().collect();
    aligned.groups.retain(|id, _| used.contains(id));
}
