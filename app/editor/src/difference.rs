//! What differs between two flows, where no edit says it.

use std::{collections::BTreeMap, sync::Arc};

use flow::{Changes, EdgeId, Flow, GroupId, NodeId, NoteId, RegionId};
use rustc_hash::FxHashSet;

/// What differs between two flows. Equal nodes are mostly shared between them,
/// so this is quick.
pub(crate) fn difference(before: &Flow, after: &Flow) -> Changes {
    let mut changes = Changes {
        settings: before.name != after.name
            || before.description != after.description
            || before.variables != after.variables,
        ..Changes::default()
    };
    for (id, node) in &after.nodes {
        match before.nodes.get(id) {
            Some(same) if Arc::ptr_eq(same, node) || same == node => {
                if before.position(id) != after.position(id) {
                    changes.moved.insert(id.clone());
                }
            }
            _ => {
                changes.nodes.insert(id.clone());
            }
        }
    }
    let gone = |id: &&NodeId| !after.nodes.contains_key(*id);
    changes
        .nodes
        .extend(before.nodes.keys().filter(gone).cloned());
    for (id, edge) in &after.edges {
        match before.edges.get(id) {
            Some(same) if Arc::ptr_eq(same, edge) || same == edge => {}
            _ => {
                changes.edges.insert(id.clone());
            }
        }
    }
    let gone = |id: &&EdgeId| !after.edges.contains_key(*id);
    changes
        .edges
        .extend(before.edges.keys().filter(gone).cloned());
    for (id, region) in &after.regions {
        if before.regions.get(id) != Some(region) {
            changes.regions.insert(id.clone());
        }
    }
    changes.notes = keys_that_differ::<NoteId, _>(&before.notes, &after.notes);
    changes.groups = keys_that_differ::<GroupId, _>(&before.groups, &after.groups);
    for (id, group) in &before.grouped {
        if after.grouped.get(id) != Some(group) {
            changes.groups.insert(group.clone());
        }
    }
    for (id, group) in &after.grouped {
        if before.grouped.get(id) != Some(group) {
            changes.groups.insert(group.clone());
        }
    }
    let gone = |id: &&RegionId| !after.regions.contains_key(*id);
    changes
        .regions
        .extend(before.regions.keys().filter(gone).cloned());
    changes
}

/// The keys under which two maps do not hold the same.
fn keys_that_differ<K: Clone + Ord + std::hash::Hash, V: PartialEq>(
    before: &BTreeMap<K, Arc<V>>,
    after: &BTreeMap<K, Arc<V>>,
) -> FxHashSet<K> {
    let keys = before.keys().chain(after.keys());
    keys.filter(|id| before.get(*id) != after.get(*id))
        .cloned()
        .collect()
}
