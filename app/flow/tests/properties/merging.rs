//! Comparing flows, bringing them together, and giving one the keys of another.

use flow::{Flow, aligned, diff, direct, merge};
use proptest::prelude::*;

use crate::{
    arbitrary::{changes, edited},
    draw::stamp,
    exactly,
};

/// Two flows that descend from a third, each by some edits.
fn descendants() -> impl Strategy<Value = [Flow; 3]> {
    (edited(), changes(20), changes(20)).prop_map(|(base, ours, theirs)| {
        let [ours, theirs] = [ours, theirs].map(|changes| {
            let mut flow = base.clone();
            changes.apply(&mut flow);
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
    fn merged_edges_end_at_nodes_and_nodes_alone_have_places([base, ours, theirs] in descendants()) {
        let merged = merge(&base, &ours, &theirs);
        for edge in merged.flow.edges.values() {
            prop_assert!(merged.flow.nodes.contains_key(&edge.source));
            prop_assert!(merged.flow.nodes.contains_key(&edge.target));
        }
        prop_assert!(merged.flow.positions.keys().all(|id| merged.flow.nodes.contains_key(id)));
    }

    #[test]
    fn aligning_changes_keys_and_nothing_that_is_sent([base, side, _] in descendants()) {
        let moved = aligned(&side, &base);
        prop_assert_eq!(moved.nodes.len(), side.nodes.len());
        prop_assert_eq!(moved.edges.len(), side.edges.len());
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
