//! Comparing what was drawn with what was read of its document.

use flow::{Difference, Flow, FlowKind, Interface, aligned, diff, direct, import, merge};
use serde_json::json;

use crate::{
    draw::{self, branching, change, edge, stamp},
    interfaces::shared,
    sentences,
};

#[test]
fn a_flow_and_the_document_written_of_it_differ_in_nothing_once_aligned() {
    let mut drawn = branching();
    // The exits of what is drawn are not numbered as a reader numbers them.
    let case = |port: &str, value: &str, label: &str| flow::Case {
        port: flow::Port::new(port),
        value: value.to_owned(),
        label: label.to_owned(),
    };
    let rows = vec![
        case("case-7", "404", "Missing"),
        case("case-1", "200", "Found"),
    ];
    draw::field(&mut drawn, "split", "cases", flow::FieldValue::Cases(rows));
    edge(&mut drawn, "split", "case-7", "end");
    change(&mut drawn, "set", |node| {
        node.wire_id = Some("upstream-set".to_owned());
    });
    let text = direct::generate(&drawn, &stamp())
        .expect("it can be written")
        .text;
    let read = import(&text).expect("it can be read").flow;
    assert!(!diff(&drawn, &read).is_empty());
    let mut same = aligned(&read, &drawn);
    assert_eq!(diff(&drawn, &same), []);
    same.name = "Theirs".to_owned();
    assert_eq!(merge(&drawn, &drawn, &same).flow, same);
    assert_eq!(aligned(&drawn, &drawn), drawn);
}

/// A flow of a sort with its Start under another key and behind other nodes.
fn drawn_in_another_order(kind: FlowKind) -> Flow {
    let mut flow = shared();
    flow.kind = kind;
    flow.regions.clear();
    if kind != FlowKind::Shared {
        for id in ["run", "is"] {
            change(&mut flow, id, |node| node.joins = false);
        }
    }
    if kind == FlowKind::Call {
        flow.interface = Interface::default();
    }
    change(&mut flow, "begin", |node| node.label = "Start".to_owned());
    flow.nodes.move_index(0, 2);
    flow.nodes.move_index(4, 0);
    flow.edges.reverse();
    flow
}

#[test]
fn a_drawn_flow_and_its_own_document_differ_in_layout_alone() {
    for kind in [FlowKind::Module, FlowKind::Call, FlowKind::Shared] {
        let drawn = drawn_in_another_order(kind);
        let text = direct::generate(&drawn, &stamp())
            .expect("it can be written")
            .text;
        let mut read = import(&text).expect("it can be read").flow;
        assert!(!diff(&drawn, &read).is_empty());
        if kind == FlowKind::Call {
            // What it is called is Patchbay's own.
            read.name.clone_from(&drawn.name);
        }
        let same = aligned(&read, &drawn);
        let differences = diff(&drawn, &same);
        assert!(
            differences.iter().all(Difference::is_layout),
            "{kind:?}: {:?}",
            sentences(&differences)
        );
        let again = direct::generate(&same, &stamp()).expect("it still can");
        assert_eq!(again.text, text, "what is sent stays the same");
        assert_eq!(aligned(&drawn, &drawn), drawn);
    }
}

#[test]
fn what_changed_upstream_of_a_module_is_all_that_differs() {
    let mut drawn = drawn_in_another_order(FlowKind::Module);
    drawn.interface = Interface::default();
    let text = direct::generate(&drawn, &stamp())
        .expect("it can be written")
        .text;
    let mut upstream: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let nodes = upstream["definition"]["nodes"]
        .as_array_mut()
        .expect("nodes");
    nodes.push(json!({"id":"new","name":"New","type":"disconnect","settings":{}}));
    nodes[0]["name"] = json!("Say goodbye");
    let read = import(&upstream.to_string()).expect("it can be read").flow;
    let differences = diff(&drawn, &aligned(&read, &drawn));
    let logic: Vec<_> = differences
        .iter()
        .filter(|difference| !difference.is_layout())
        .map(|difference| difference.sentence.as_str())
        .collect();
    assert_eq!(
        logic,
        [
            "The label of “Say goodbye” changed from “Node bye” to “Say goodbye”.",
            "“New” was added."
        ]
    );
}
