//! What is no flow is refused with its place.

use flow::{MAX_JSON_DEPTH, MAX_NODES, MAX_REGIONS, architect};
use serde_json::{Value, json};

use crate::assert_kept;

#[test]
fn a_broken_document_says_where() {
    let many = vec![json!({"endTask": {}}); MAX_NODES + 1];
    let tasks = vec![json!({"task": {}}); MAX_REGIONS + 1];
    // The document, what is said, and the pointer.
    let cases = [
        (json!(null), "is an object with one member", ""),
        (
            json!([{"workflow": {}}]),
            "is an object with one member",
            "",
        ),
        (json!({}), "is an object with one member", ""),
        (
            json!({"workflow": {}, "inboundCall": {}}),
            "is an object with one member",
            "",
        ),
        (
            json!({"in/out": []}),
            "is an object, and this is not one",
            "/in~1out",
        ),
        (
            json!({"commonModule": {"startUpTaskActions": many}}),
            "more than 10000 actions",
            "",
        ),
        (
            json!({"workflow": {"tasks": tasks}}),
            "more than 1000 menus, tasks and states",
            "/workflow/tasks",
        ),
    ];
    for (document, message, path) in cases {
        let error = architect::read(document).expect_err(message);
        assert!(error.message.contains(message), "{error}");
        assert_eq!(error.path, path, "{error}");
    }
}

/// Decisions, each on a way of the one before it, in a module: the list of the
/// first stands at the third level, each next one five below.
fn nested(decisions: usize, innermost: Value) -> Value {
    let mut actions = innermost;
    for _ in 0..decisions {
        actions = json!([{"decision": {"outputs": {"yes": {"actions": actions}}}}]);
    }
    json!({"commonModule": {"startUpTaskActions": actions}})
}

#[test]
fn documents_nest_as_deeply_as_the_limit_and_no_deeper() {
    let decisions = (MAX_JSON_DEPTH - 3) / 5;
    let flow = assert_kept(&nested(decisions, json!([])));
    assert_eq!(flow.nodes.len(), decisions);
    let error = architect::read(nested(decisions, json!([{"endTask": null}])));
    let error = error.expect_err("an item is one level below its list");
    assert!(
        error.message.contains("nested more than 128 deep"),
        "{error}"
    );
    let way = "/0/decision/outputs/yes/actions".repeat(decisions);
    let innermost = format!("/commonModule/startUpTaskActions{way}/0");
    assert_eq!(error.path, innermost);
}
