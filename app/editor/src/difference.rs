//! What differs between two flows, where no edit says it.

use std::sync::Arc;

use flow::{Changes, EdgeId, Flow, NodeId, RegionId};

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
    let gone = |id: &&RegionId| !after.regions.contains_key(*id);
    changes
        .regions
        .extend(before.regions.keys().filter(gone).cloned());
    changes
}
