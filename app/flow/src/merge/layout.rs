//! Where things are drawn in three flows, with what stands beside them. None of
//! it is ever a conflict: what both sides changed is as it is here, and what
//! somebody wrote or moved stays where the other removed it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Entries, Merger, Sides};
use crate::{Group, GroupId, Node, NodeId, Note, NoteId, Point};

impl Merger<'_> {
    /// Where the nodes are drawn: who moved one alone has moved it.
    pub(super) fn positions(&self, nodes: &Entries<NodeId, Arc<Node>>) -> Entries<NodeId, Point> {
        let at = |id: &NodeId| {
            let Sides { base, ours, theirs } = self.flows.map(|flow| flow.positions.get(id));
            if ours == base {
                theirs.or(ours)
            } else {
                ours.or(theirs)
            }
        };
        let placed = nodes.keys().filter_map(|id| Some((id.clone(), *at(id)?)));
        placed.collect()
    }

    /// The notes.
    pub(super) fn notes(&self) -> BTreeMap<NoteId, Arc<Note>> {
        entries(self.flows.map(|flow| &flow.notes), |sides| {
            let placed = changed(sides.map(|note| (note.at, note.size)));
            Note {
                text: changed(sides.map(|note| &note.text)).clone(),
                at: placed.0,
                size: placed.1,
                tint: changed(sides.map(|note| note.tint)),
            }
        })
    }

    /// The groups, and which node is in which.
    pub(super) fn groups(
        &self,
        nodes: &Entries<NodeId, Arc<Node>>,
    ) -> (BTreeMap<GroupId, Arc<Group>>, BTreeMap<NodeId, GroupId>) {
        let mut groups = entries(self.flows.map(|flow| &flow.groups), |sides| Group {
            title: changed(sides.map(|group| &group.title)).clone(),
            tint: changed(sides.map(|group| group.tint)),
        });
        let of_node = |id: &NodeId| changed(self.flows.map(|flow| flow.grouped.get(id)));
        let grouped: BTreeMap<NodeId, GroupId> = nodes
            .keys()
            .filter_map(|id| Some((id.clone(), of_node(id)?.clone())))
            .filter(|(_, group)| groups.contains_key(group))
            .collect();
        // A group that its last node leaves goes with it.
        let used: BTreeSet<&GroupId> = grouped.values().collect();
        let Sides { base, ours, theirs } = self.flows;
        let sides = [base, ours, theirs].into_iter();
        let was_used: BTreeSet<&GroupId> = sides.flat_map(|flow| flow.grouped.values()).collect();
        groups.retain(|id, _| used.contains(id) || !was_used.contains(id));
        (groups, grouped)
    }
}

/// What the side has that changed it; ours where both did.
fn changed<T: PartialEq>(sides: Sides<T>) -> T {
    if sides.ours == sides.base {
        sides.theirs
    } else {
        sides.ours
    }
}

/// Entries of three maps. One that a side removed stays where the other has
/// changed it.
fn entries<K: Clone + Ord, V: PartialEq>(
    sides: Sides<&BTreeMap<K, Arc<V>>>,
    both: impl Fn(Sides<&V>) -> V,
) -> BTreeMap<K, Arc<V>> {
    let mut merged = BTreeMap::new();
    for id in sides.ours.keys().chain(sides.theirs.keys()) {
        let Sides { base, ours, theirs } = sides.map(|entries| entries.get(id));
        let value = match (base, ours, theirs) {
            (Some(base), Some(ours), Some(theirs)) => Arc::new(both(Sides {
                base: base.as_ref(),
                ours: ours.as_ref(),
                theirs: theirs.as_ref(),
            })),
            (None, Some(ours), _) => Arc::clone(ours),
            (None, None, Some(theirs)) => Arc::clone(theirs),
            (Some(base), Some(one), None) | (Some(base), None, Some(one)) if base != one => {
                Arc::clone(one)
            }
            _ => continue,
        };
        merged.insert(id.clone(), value);
    }
    merged
}
