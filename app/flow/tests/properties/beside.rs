//! Notes and groups: beside what the flow does.

use flow::{Flow, Op, Transaction, apply, check_in, diff, direct, import};
use proptest::{collection::vec, prelude::*};

use crate::{
    arbitrary::{edited, op, workspace},
    draw::stamp,
};

/// The flow without notes and groups.
fn bare(flow: &Flow) -> Flow {
    let mut bare = flow.clone();
    bare.notes.clear();
    bare.groups.clear();
    bare.grouped.clear();
    bare
}

proptest! {
    #[test]
    fn nothing_that_is_sent_or_checked_knows_of_notes_and_groups(flow in edited(), workspace in workspace()) {
        let bare = bare(&flow);
        prop_assert_eq!(check_in(&flow, &workspace), check_in(&bare, &workspace));
        let written = direct::generate(&flow, &stamp());
        prop_assert_eq!(written, direct::generate(&bare, &stamp()));
        prop_assert!(diff(&flow, &bare).iter().all(flow::Difference::is_layout));
    }

    #[test]
    fn edits_of_the_layout_change_nothing_of_the_logic(flow in edited(), op in op()) {
        let mut changed = flow.clone();
        let is_layout = op.is_layout();
        if let Ok(applied) = apply(&mut changed, &Transaction::new("", vec![op])) {
            prop_assert!(!(is_layout && applied.changes.touches_logic()));
        }
    }

    #[test]
    fn a_node_is_in_a_group_that_is_there(flow in edited()) {
        for (node, group) in &flow.grouped {
            prop_assert!(flow.nodes.contains_key(node));
            prop_assert!(flow.groups.contains_key(group));
        }
    }

    #[test]
    fn a_group_that_its_last_node_left_is_gone(flow in edited(), ops in vec(op(), 1..8)) {
        let had_nodes: Vec<_> = flow.groups.keys().filter(|id| flow.members(id).next().is_some()).cloned().collect();
        let adds_one = ops.iter().any(|op| matches!(op, Op::AddGroup { .. }));
        let mut changed = flow;
        if apply(&mut changed, &Transaction::new("", ops)).is_ok() && !adds_one {
            for id in had_nodes {
                prop_assert!(!changed.groups.contains_key(&id) || changed.members(&id).next().is_some());
            }
        }
    }

    #[test]
    fn notes_and_groups_come_back_from_patchbays_own_file(flow in edited()) {
        let text = flow::FlowFile::new(flow.clone(), None).to_json().expect("a flow is JSON");
        if let Ok(file) = import(&text) {
            prop_assert_eq!(&file.flow.notes, &flow.notes);
            prop_assert_eq!(&file.flow.groups, &flow.groups);
            prop_assert_eq!(&file.flow.grouped, &flow.grouped);
        }
    }
}
