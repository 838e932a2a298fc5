//! Comparing flows, bringing them together, and giving one the keys of another.

use std::sync::Arc;

use flow::{
    Choices, Flow, FlowKind, GroupId, NodeId, Part, Port, Side, Transaction, aligned, apply, diff,
    direct, import, merge, merge_with, transition,
};
use proptest::{collection::vec, prelude::*};

use crate::{
    arbitrary::{changes, edited},
    draw::stamp,
    exactly,
    well_formed::any_flow,
};

fn is_used(flow: &Flow, group: &GroupId) -> bool {
    flow.grouped.values().any(|used| used == group)
}

/// Two flows that descend from a third, each by some edits.
fn descendants() -> impl Strategy<Value = [Flow; 3]> {
    (edited(), changes(20), changes(20)).prop_map(|(base, ours, theirs)| {
        let [ours, theirs] = [ours, theirs].map(|changes| {
            let mut flow = base.clone();
            changes.apply(&mut flow);
            // A group goes with the last node that leaves it, in every flow.
            let emptied = flow
                .groups
                .keys()
                .filter(|id| is_used(&base, id) && !is_used(&flow, id));
            for id in emptied.cloned().collect::<Vec<_>>() {
                flow.groups.remove(&id);
            }
            flow
        });
        [base, ours, theirs]
    })
}

proptest! {
    #[test]
    fn a_side_that_changed_nothing_takes_what_the_other_is([base, side, _] in descendants()) {
        for merged in [
            merge(&base, &base, &side),
            merge(&base, &side, &base),
            merge(&base, &side, &side),
            merge(&side, &side, &side),
        ] {
            prop_assert_eq!(merged.conflicts, vec![]);
            prop_assert_eq!(exactly(&merged.flow), exactly(&side));
        }
    }

    #[test]
    fn a_merge_without_conflicts_is_the_same_from_both_sides([base, ours, theirs] in descendants()) {
        let here = merge(&base, &ours, &theirs);
        let there = merge(&base, &theirs, &ours);
        if here.conflicts.is_empty() && there.conflicts.is_empty() {
            let differences = diff(&here.flow, &there.flow);
            // Orders and places are ours where both changed them.
            let logic: Vec<_> = differences
                .into_iter()
                .filter(|difference| !difference.is_layout() && difference.before != difference.after)
                .collect();
            prop_assert_eq!(logic, vec![]);
        }
    }

    #[test]
    fn the_edits_of_a_transition_lead_from_one_flow_to_the_other([_, ours, theirs] in descendants()) {
        let mut flow = ours.clone();
        let ops = transition(&ours, &theirs);
        let applied = apply(&mut flow, &Transaction::new("", ops));
        prop_assert!(applied.is_ok(), "{:?}", applied.err());
        let left: Vec<_> = diff(&flow, &theirs)
            .into_iter()
            .filter(|difference| !difference.is_layout())
            .filter(|difference| !matches!(
                difference.part,
                Part::NodeOrder | Part::EdgeOrder | Part::RegionOrder | Part::Region { .. }
            ))
            .collect();
        prop_assert_eq!(left, vec![]);
        prop_assert_eq!(transition(&theirs, &theirs), vec![]);
    }

    #[test]
    fn choosing_a_side_for_each_conflict_settles_a_merge([base, ours, theirs] in descendants()) {
        for side in [Side::Ours, Side::Theirs] {
            let mut choices = Choices::default();
            let mut merged = merge(&base, &ours, &theirs);
            for _ in 0..4 {
                let parts = merged.conflicts.iter().map(|conflict| (conflict.part.clone(), side));
                choices.extend(parts);
                merged = merge_with(&base, &ours, &theirs, &choices);
                for conflict in &merged.conflicts {
                    prop_assert!(!choices.contains_key(&conflict.part));
                }
            }
            prop_assert_eq!(&merged.conflicts, &vec![]);
            for (part, _) in choices {
                if let Part::Name = part {
                    let chosen = if side == Side::Ours { &ours } else { &theirs };
                    prop_assert_eq!(&merged.flow.name, &chosen.name);
                }
            }
        }
    }

    #[test]
    fn merged_edges_end_at_nodes_and_nodes_are_in_parts_that_are_there([base, ours, theirs] in descendants()) {
        let merged = merge(&base, &ours, &theirs);
        for edge in merged.flow.edges.values() {
            prop_assert!(merged.flow.nodes.contains_key(&edge.source));
            prop_assert!(merged.flow.nodes.contains_key(&edge.target));
        }
        let mut regions = merged.flow.nodes.values().filter_map(|node| node.region.as_ref());
        prop_assert!(regions.all(|id| merged.flow.regions.contains_key(id)));
        prop_assert!(merged.flow.positions.keys().all(|id| merged.flow.nodes.contains_key(id)));
        for (node, group) in &merged.flow.grouped {
            prop_assert!(merged.flow.nodes.contains_key(node));
            prop_assert!(merged.flow.groups.contains_key(group));
        }
        let has_nodes = |flow: &flow::Flow, id| flow.members(id).next().is_some();
        for id in merged.flow.groups.keys() {
            let had_nodes = [&base, &ours, &theirs].iter().any(|flow| has_nodes(flow, id));
            prop_assert!(!had_nodes || has_nodes(&merged.flow, id));
        }
    }

    #[test]
    fn a_note_is_gone_from_a_merge_only_where_a_side_removed_it_and_the_other_left_it(
        [base, ours, theirs] in descendants(),
    ) {
        let merged = merge(&base, &ours, &theirs);
        for (id, note) in ours.notes.iter().chain(&theirs.notes) {
            let was = base.notes.get(id);
            let is_left = was == Some(note) && !(ours.notes.contains_key(id) && theirs.notes.contains_key(id));
            prop_assert_eq!(merged.flow.notes.contains_key(id), !is_left);
        }
        let notes_conflict = merged.conflicts.iter().any(|conflict| conflict.part.is_layout());
        prop_assert!(!notes_conflict);
    }

    #[test]
    fn aligning_changes_keys_and_nothing_that_is_sent([base, side, _] in descendants()) {
        let moved = aligned(&side, &base);
        // What the other has disabled is put back.
        let (moved_sent, side_sent) = (moved.as_sent(), side.as_sent());
        prop_assert_eq!(moved_sent.nodes.len(), side_sent.nodes.len());
        prop_assert_eq!(moved_sent.edges.len(), side_sent.edges.len());
        if let Ok(artifact) = direct::generate(&side, &stamp()) {
            let again = direct::generate(&moved, &stamp()).expect("it can be written too");
            prop_assert_eq!(again.text, artifact.text);
        }
    }

    #[test]
    fn flows_differ_where_they_are_not_equal([base, side, _] in descendants()) {
        prop_assert_eq!(diff(&base, &base), vec![]);
        let is_equal = exactly(&base) == exactly(&side);
        prop_assert_eq!(diff(&base, &side).is_empty(), is_equal);
        let back = diff(&side, &base);
        for difference in diff(&base, &side) {
            let mut reverse = back.iter().filter(|other| other.part == difference.part);
            prop_assert!(reverse.any(|other| other.before == difference.after && other.after == difference.before));
        }
    }
}

/// The flow as somebody draws it who begins elsewhere: nodes and edges in
/// another order, the Start under another key.
fn shuffled() -> impl Strategy<Value = Flow> {
    let orders = (vec(any::<u32>(), 32), vec(any::<u32>(), 64));
    (any_flow(), orders).prop_map(|(flow, (nodes, edges))| {
        let mut flow = flow;
        if flow.kind != FlowKind::Lookup {
            let (old, new) = (NodeId::new("start"), NodeId::new("begin"));
            let start = flow.nodes.shift_remove(&old).expect("a Start");
            flow.nodes.insert(new.clone(), start);
            for edge in flow.edges.values_mut().filter(|edge| edge.source == old) {
                Arc::make_mut(edge).source = new.clone();
            }
            let edges = std::mem::take(&mut flow.edges).into_values();
            flow.edges = edges.map(|edge| (edge.key(), edge)).collect();
        }
        let place =
            |orders: &[u32], at: Option<usize>| orders.get(at.unwrap_or(usize::MAX)).copied();
        let before = flow.clone();
        flow.nodes
            .sort_by_cached_key(|id, _| place(&nodes, before.nodes.get_index_of(id)));
        flow.edges
            .sort_by_cached_key(|id, _| place(&edges, before.edges.get_index_of(id)));
        // A foreign node's exits are in the order of its edges.
        let edges = flow.edges.clone();
        for (id, node) in flow
            .nodes
            .iter_mut()
            .filter(|(_, node)| node.exits.len() > 1)
        {
            let first = |port: &Port| {
                edges
                    .values()
                    .position(|edge| edge.source == *id && edge.port == *port)
            };
            Arc::make_mut(node)
                .exits
                .sort_by_key(|exit| first(&exit.port));
        }
        flow
    })
}

proptest! {
    #[test]
    fn a_drawn_flow_and_its_own_document_differ_in_layout_alone(drawn in shuffled()) {
        let text = direct::generate(&drawn, &stamp()).expect("it can be written").text;
        let read = import(&text).map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
        let same = aligned(&read.flow, &drawn);
        let mut differences = diff(&drawn, &same);
        // What a call flow is called is Patchbay's own.
        differences.retain(|found| !found.is_layout() && (drawn.kind != FlowKind::Call || found.part != Part::Name));
        prop_assert_eq!(differences, vec![]);
        let again = direct::generate(&same, &stamp()).expect("it still can");
        prop_assert_eq!(again.text, text);
    }
}
