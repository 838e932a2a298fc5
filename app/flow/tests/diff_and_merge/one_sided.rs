//! What a merge takes from one side without asking.

use flow::{Choices, Flow, Kind, Point, Side, changed_by_one_side, merge, merge_with};

use crate::{
    disconnected,
    draw::{branching, edge, node, text},
    edited, removed,
};

type Edit = fn(&mut Flow);

/// What is said to come from here and from there alone.
fn said(ours: Edit, theirs: Edit, choices: &Choices) -> Vec<(Side, String)> {
    let (base, ours, theirs) = (branching(), edited(ours), edited(theirs));
    let merged = merge_with(&base, &ours, &theirs, choices);
    let changes = changed_by_one_side(&base, &ours, &theirs, &merged.conflicts, choices);
    let said = changes.into_iter();
    said.map(|(side, change)| (side, change.sentence)).collect()
}

/// What one side did, what the other did, and what each is then said to have
/// changed alone.
type Row = (Edit, Edit, &'static [(Side, &'static str)]);

#[test]
fn what_one_side_changed_is_told_with_its_side_and_no_conflict_is() {
    let table: &[Row] = &[
        (
            |flow| {
                text(flow, "lookup", "url", "https://a");
                flow.name = "A".to_owned();
            },
            |flow| {
                text(flow, "lookup", "url", "https://b");
                flow.description = "B".to_owned();
            },
            &[
                (
                    Side::Ours,
                    "The flow's name changed from “Branching” to “A”.",
                ),
                (Side::Theirs, "The flow's description was set to “B”."),
            ],
        ),
        // The same on both sides is nobody's alone.
        (
            |flow| flow.name = "A".to_owned(),
            |flow| flow.name = "A".to_owned(),
            &[],
        ),
        // Where something is drawn is no change of the flow.
        (
            |flow| {
                flow.positions.insert("set".into(), Point::new(9.0, 9.0));
            },
            |flow| node(flow, "more", &Kind::END),
            &[(Side::Theirs, "“Node more” was added.")],
        ),
        // A step that is a conflict as a whole is so with all that is in it.
        (
            |flow| text(flow, "lookup", "url", "https://a"),
            |flow| removed(flow, "lookup"),
            &[
                (
                    Side::Theirs,
                    "The connection from “Node start” to “Node lookup” was removed.",
                ),
                (
                    Side::Theirs,
                    "The connection from “Node lookup” to “Node split” was removed.",
                ),
            ],
        ),
        // Where an exit leads is one question, not one for each edge.
        (
            |flow| {
                disconnected(flow, "start.out>lookup");
                edge(flow, "start", "out", "split");
            },
            |flow| {
                disconnected(flow, "start.out>lookup");
                edge(flow, "start", "out", "end");
            },
            &[],
        ),
    ];
    for (ours, theirs, expected) in table {
        let expected: Vec<_> = expected
            .iter()
            .map(|(side, sentence)| (*side, (*sentence).to_owned()))
            .collect();
        assert_eq!(said(*ours, *theirs, &Choices::default()), expected);
    }
}

#[test]
fn what_was_decided_is_not_told_as_if_nobody_had_been_asked() {
    let ours: Edit = |flow| flow.name = "A".to_owned();
    let theirs: Edit = |flow| flow.name = "B".to_owned();
    let conflicts = merge(&branching(), &edited(ours), &edited(theirs)).conflicts;
    let choices: Choices = conflicts
        .into_iter()
        .map(|conflict| (conflict.part, Side::Theirs))
        .collect();
    assert_eq!(choices.len(), 1);
    assert_eq!(said(ours, theirs, &choices), []);
}
