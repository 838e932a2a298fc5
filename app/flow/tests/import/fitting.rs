//! What is imported is never more than edits can take back.

use flow::{Op, Point, Transaction, apply, import};
use serde_json::{Value, json};

use crate::{GUIDE, guide_with, read};

#[test]
fn what_no_edit_could_have_made_is_refused_with_its_place() {
    let long = json!("x".repeat(100_000));
    let cases = [
        ("/nodes/nodes/1", "/nodes/nodes/1/label", &long),
        (
            "/nodes/nodes/1",
            "/nodes/nodes/1/configuration/action/body",
            &long,
        ),
        (
            "/nodes/nodes/2",
            "/nodes/nodes/2/metadata/position/y",
            &json!(3e7),
        ),
        ("/nodes/edges/0", "/nodes/edges/0/label", &long),
        ("/description", "/description", &long),
    ];
    for (path, pointer, value) in cases {
        let mut document: Value = serde_json::from_str(GUIDE).expect("JSON");
        *document.pointer_mut(pointer).expect("it is there") = value.clone();
        let error = import(&document.to_string()).expect_err("it is too much");
        assert_eq!(error.path, path, "{error}");
        assert!(error.message.ends_with("Make it less."), "{error}");
    }
}

#[test]
fn a_refused_edit_leaves_a_flow_that_holds_too_much_as_it_was() {
    let mut flow = read(&guide_with(|_| {})).flow;
    let prompt = "x".repeat(70_000);
    let key = flow.nodes.keys().nth(1).expect("a node").clone();
    let node = flow.nodes.get_mut(&key).expect("a node");
    std::sync::Arc::make_mut(node).label = prompt;
    let before = flow.clone();
    let shorter = Op::SetLabel {
        id: key,
        label: "short".to_owned(),
    };
    let impossible = Op::MoveNode {
        id: "gone".into(),
        to: Point::default(),
    };
    let refused = apply(&mut flow, &Transaction::new("", vec![shorter, impossible]));
    assert!(refused.is_err());
    assert!(flow == before, "nothing changed");
}
