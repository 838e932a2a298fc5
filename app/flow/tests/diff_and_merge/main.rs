//! What differs between flows, and how two are brought together.
#![allow(clippy::expect_used)]

mod alignment;
#[path = "../draw/mod.rs"]
mod draw;
mod interfaces;
mod one_sided;

use draw::{branching, cases, change, edge, node, pairs, text};
use flow::{Difference, Flow, Kind, NodeId, Op, Point, Transaction, apply, diff, merge};
use serde_json::json;

fn edited(edit: impl FnOnce(&mut Flow)) -> Flow {
    let mut flow = branching();
    edit(&mut flow);
    flow
}

fn removed(flow: &mut Flow, id: &str) {
    let op = Op::RemoveNode { id: id.into() };
    apply(flow, &Transaction::new("", vec![op])).expect("the node is there");
}

fn disconnected(flow: &mut Flow, key: &str) {
    flow.edges
        .shift_remove(&flow::EdgeId::new(key))
        .expect("the edge is there");
}

pub(crate) fn sentences(differences: &[Difference]) -> Vec<&str> {
    let sentences = differences
        .iter()
        .map(|difference| difference.sentence.as_str());
    sentences.collect()
}

#[test]
fn a_difference_says_what_was_added_removed_changed_or_moved() {
    let before = branching();
    type Edit = fn(&mut Flow);
    let table: &[(Edit, &[&str])] = &[
        (|_| {}, &[]),
        (
            |flow| flow.name = "Other".to_owned(),
            &["The flow's name changed from “Branching” to “Other”."],
        ),
        (
            |flow| flow.description = "Why".to_owned(),
            &["The flow's description was set to “Why”."],
        ),
        (
            |flow| text(flow, "lookup", "url", "https://b.example.org"),
            &[
                "URL of “Node lookup” changed from “https://crm.example.org/lookup” to “https://b.example.org”.",
            ],
        ),
        (
            |flow| pairs(flow, "set", "variables", &[("tier", "Gold")]),
            &[
                "“tier” in Variables of “Node set” was set to “Gold”.",
                "“customerName” in Variables of “Node set” was removed; it was “{{externalContact.responseBody.name}}”.",
            ],
        ),
        (
            |flow| cases(flow, "split", &[("201", "Found")]),
            &["“Found” in Cases of “Node split” changed from “200” to “201”."],
        ),
        (
            |flow| change(flow, "set", |node| node.label = "Keep".to_owned()),
            &["The label of “Keep” changed from “Node set” to “Keep”."],
        ),
        (
            |flow| {
                flow.positions.insert("set".into(), Point::new(9.0, 9.0));
            },
            &["“Node set” was moved."],
        ),
        (
            |flow| removed(flow, "set"),
            &[
                "“Node set” was removed.",
                "The connection from “Node split” by “Found” to “Node set” was removed.",
                "The connection from “Node set” to “Node end” was removed.",
            ],
        ),
        (
            |flow| node(flow, "more", &Kind::END),
            &["“Node more” was added."],
        ),
        (
            |flow| flow.nodes.move_index(0, 1),
            &["The order of the nodes is another one."],
        ),
    ];
    for (edit, expected) in table {
        let after = edited(edit);
        let differences = diff(&before, &after);
        assert_eq!(sentences(&differences), *expected);
    }
}

#[test]
fn only_a_move_is_layout() {
    let moved = edited(|flow| {
        flow.positions.insert("set".into(), Point::new(9.0, 9.0));
    });
    let differences = diff(&branching(), &moved);
    assert!(differences.iter().all(Difference::is_layout));
    let named = edited(|flow| flow.name = "Other".to_owned());
    assert!(!diff(&branching(), &named).iter().any(Difference::is_layout));
}

#[test]
fn a_difference_is_data_with_both_values() {
    let after = edited(|flow| text(flow, "lookup", "url", "https://b.example.org"));
    let differences = diff(&branching(), &after);
    let written = serde_json::to_value(&differences).expect("JSON");
    assert_eq!(written[0]["part"], "field");
    assert_eq!(written[0]["id"], "lookup");
    assert_eq!(written[0]["field"], "url");
    assert_eq!(
        written[0]["after"],
        json!({"text": "https://b.example.org"})
    );
    let read: Vec<Difference> = serde_json::from_value(written).expect("differences");
    assert_eq!(read, differences);
}

#[test]
fn what_each_side_changed_alone_is_in_the_result() {
    let ours = edited(|flow| {
        text(flow, "lookup", "url", "https://ours.example.org");
        pairs(
            flow,
            "set",
            "variables",
            &[
                ("customerName", "{{externalContact.responseBody.name}}"),
                ("tier", "Gold"),
            ],
        );
        node(flow, "more", &Kind::END);
    });
    let theirs = edited(|flow| {
        text(flow, "lookup", "body", "{}");
        pairs(flow, "set", "variables", &[("customerName", "Ann")]);
        cases(flow, "split", &[("200", "Found"), ("404", "Missing")]);
        flow.name = "Theirs".to_owned();
        flow.positions.insert("end".into(), Point::new(1.0, 2.0));
    });
    let merged = merge(&branching(), &ours, &theirs);
    assert_eq!(merged.conflicts, []);
    let expected = edited(|flow| {
        text(flow, "lookup", "url", "https://ours.example.org");
        text(flow, "lookup", "body", "{}");
        pairs(
            flow,
            "set",
            "variables",
            &[("customerName", "Ann"), ("tier", "Gold")],
        );
        cases(flow, "split", &[("200", "Found"), ("404", "Missing")]);
        node(flow, "more", &Kind::END);
        flow.name = "Theirs".to_owned();
        flow.positions.insert("end".into(), Point::new(1.0, 2.0));
    });
    assert_eq!(diff(&merged.flow, &expected), []);
}

/// Merges two edits of one flow; gives the result and what is said of the
/// conflicts.
fn merged(ours: fn(&mut Flow), theirs: fn(&mut Flow)) -> (Flow, Vec<String>) {
    let merged = merge(&branching(), &edited(ours), &edited(theirs));
    let said = merged
        .conflicts
        .into_iter()
        .map(|conflict| conflict.sentence);
    (merged.flow, said.collect())
}

#[test]
fn where_both_changed_a_part_the_result_has_ours_and_says_so() {
    type Edit = fn(&mut Flow);
    let table: &[(Edit, Edit, &[&str])] = &[
        (
            |flow| flow.name = "A".to_owned(),
            |flow| flow.name = "B".to_owned(),
            &["The flow's name is “A” here and “B” there. “A” is kept."],
        ),
        (
            |flow| text(flow, "lookup", "url", "https://a"),
            |flow| text(flow, "lookup", "url", "https://b"),
            &[
                "URL of “Node lookup” is “https://a” here and “https://b” there. “https://a” is kept.",
            ],
        ),
        (
            |flow| cases(flow, "split", &[("201", "Found")]),
            |flow| cases(flow, "split", &[("202", "Found")]),
            &["“Found” in Cases of “Node split” is “201” here and “202” there. “201” is kept."],
        ),
        (
            |flow| text(flow, "lookup", "url", "https://a"),
            |flow| removed(flow, "lookup"),
            &["“Node lookup” was changed here and removed there. It is kept."],
        ),
        (
            |flow| removed(flow, "lookup"),
            |flow| text(flow, "lookup", "url", "https://b"),
            &["“Node lookup” was removed here and changed there. It stays removed."],
        ),
        (
            |flow| {
                disconnected(flow, "start.out>lookup");
                edge(flow, "start", "out", "split");
            },
            |flow| {
                disconnected(flow, "start.out>lookup");
                edge(flow, "start", "out", "end");
            },
            &["Where “Node start” leads is “split” here and “end” there. “split” is kept."],
        ),
        (
            |flow| removed(flow, "set"),
            |flow| edge(flow, "split", "gone", "set"),
            &[
                "The connection from “Node split” to “Node set” was removed here and changed there. It stays removed.",
            ],
        ),
    ];
    for (ours, theirs, said) in table {
        let (flow, conflicts) = merged(*ours, *theirs);
        assert_eq!(conflicts, *said);
        assert_eq!(
            diff(&flow, &edited(ours)),
            [],
            "the result has ours: {said:?}"
        );
    }
}

#[test]
fn a_node_that_was_moved_here_and_removed_there_is_removed() {
    let (flow, conflicts) = merged(
        |flow| {
            flow.positions.insert("set".into(), Point::new(9.0, 9.0));
        },
        |flow| removed(flow, "set"),
    );
    assert_eq!(conflicts, [""; 0]);
    assert!(!flow.nodes.contains_key(&NodeId::new("set")));
    assert!(!flow.positions.contains_key(&NodeId::new("set")));
}
