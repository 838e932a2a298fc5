//! What must not get lost, whatever the order in which it came.

use flow::{FieldValue, NodeId, Port};
use serde_json::{Value, json};

use crate::{assert_kept, written};

fn source<'a>(flow: &'a flow::Flow, id: &str) -> Option<&'a FieldValue> {
    flow.nodes[&NodeId::from(id)].field("configuration")
}

/// A task with these actions.
fn task(actions: Value) -> Value {
    json!({"inboundCall": {"name": "Flow", "tasks": [{"task": {"name": "Task", "refId": "t", "actions": actions}}]}})
}

#[test]
fn names_and_ids_stay_where_they_were() {
    let documents = [
        json!({"workflow": {"name": "First", "description": "Second", "states": []}}),
        json!({"workflow": {"description": "First", "name": "Second", "states": []}}),
        json!({"workflow": {"states": [], "description": "Last", "name": ""}}),
        json!({"workflow": {"division": "Home", "name": "Second", "description": ""}}),
        json!({"workflow": {"name": null, "description": 5}}),
        json!({"workflow": {}}),
        json!({"workflow": {"tasks": [{"task": {"refId": "a", "name": "A"}}, {"task": {"variables": [], "refId": "b", "actions": []}}]}}),
        json!({"workflow": {"tasks": [{"task": {}}, {"task": {"refId": ""}}, {"task": {"refId": 7, "name": 8}}, {"task": {"actions": [], "name": "N"}}]}}),
        json!({"workflow": {"states": [{"state": {"refId": "same"}}], "tasks": [{"task": {"refId": "same"}}]}}),
        task(
            json!([{"disconnect": {"none": true, "name": "Last"}}, {"disconnect": {"name": ""}}, {"disconnect": {"name": 5}}]),
        ),
    ];
    for document in documents {
        assert_kept(&document);
    }
}

#[test]
fn an_empty_branch_and_no_branch_are_not_the_same() {
    let flow = assert_kept(&task(json!([
        {"decision": {"name": "Empty", "outputs": {"yes": {"actions": []}, "no": {}}}},
        {"decision": {"name": "None", "outputs": {}}},
        {"decision": {"name": "Nothing"}}
    ])));
    let exits: Vec<_> = flow.nodes.values().map(|node| node.exits.len()).collect();
    assert_eq!(exits, [2, 0, 0]);
    assert_eq!(flow.edges.len(), 2);
}

#[test]
fn bodies_of_any_form_are_kept() {
    let flow = assert_kept(&task(json!([
        {"disconnect": null},
        {"disconnect": {}},
        {"disconnect": []},
        {"disconnect": "at once"},
        {"disconnect": [{"actions": [{"endTask": {}}]}]},
        {"": {"": {"actions": [{"endTask": {}}]}, "out": {"actions": [{"endTask": {}}]}}},
        {"group": {"actions": [{"endTask": {}}], "name": "Bare"}}
    ])));
    assert_eq!(flow.nodes.len(), 11);
    assert_eq!(source(&flow, "t/0"), Some(&FieldValue::Json(Value::Null)));
    assert_eq!(source(&flow, "t/1"), None, "nothing is set on it");
}

#[test]
fn what_only_looks_like_actions_stays_in_the_source() {
    let strange = [
        json!(["disconnect"]),
        json!([{"a": 1, "b": 2}]),
        json!([{}]),
        json!({"disconnect": {}}),
        json!(null),
    ];
    for actions in strange {
        let flow = assert_kept(&task(
            json!([{"decision": {"outputs": {"yes": {"actions": actions}}}}]),
        ));
        assert_eq!(flow.nodes.len(), 1);
        assert!(flow.nodes[0].exits.is_empty());
        let flow = assert_kept(&task(actions.clone()));
        assert!(flow.nodes.is_empty());
        assert_kept(&json!({"commonModule": {"startUpTaskActions": actions}}));
        assert_kept(&json!({"inboundCall": {"menus": [{"menu": {"choices": actions}}]}}));
    }
    for tasks in [
        json!([{"task": null}]),
        json!(["task"]),
        json!({"task": {}}),
    ] {
        let flow = assert_kept(&json!({"inboundCall": {"tasks": tasks}}));
        assert!(flow.regions.is_empty());
    }
}

#[test]
fn switches_loops_and_nested_menus_have_an_exit_for_each_list() {
    let end = |name: &str| json!([{"endTask": {"name": name}}]);
    let flow = assert_kept(&json!({"inboundCall": {
        "menus": [{"menu": {"name": "Main", "refId": "m", "choices": [
            {"menuTask": {"name": "Sales", "dtmf": "digit_1", "task": {"actions": end("sold")}}},
            {"menuSubMenu": {"name": "More", "menu": {"choices": [
                {"menuTask": {"name": "Deeper", "task": {"actions": end("deep")}}}
            ]}}},
            {"menuDisconnect": {"name": "Bye"}}
        ], "audio": {"tts": "Choose"}}}],
        "tasks": [
            {"task": {"name": "T", "refId": "t", "actions": [
                {"switch": {"name": "First", "evaluate": {"firstTrue": {
                    "default": {"actions": end("default")},
                    "cases": [
                        {"case": {"value": {"exp": "Task.a > 1"}, "actions": end("one")}},
                        {"case": {"value": {"lit": 2}, "actions": []}}
                    ]}}}},
                {"loop": {"name": "Loop", "outputs": {"loop": {"actions": [{"loopNext": {"name": "Again"}}]}}}}
            ], "outputPaths": []}},
            {"reusableTask": {"name": "Own sort", "actions": end("own")}}
        ]
    }}));
    let exits = |id: &str| -> Vec<(String, String)> {
        let exits = flow.nodes[&NodeId::from(id)].exits.iter();
        let named = exits.filter(|exit| exit.port != Port::OUT);
        named
            .map(|exit| (exit.port.to_string(), exit.label.clone()))
            .collect()
    };
    let pair = |port: &str, label: &str| (port.to_owned(), label.to_owned());
    assert_eq!(exits("m/0"), [pair("task", "task")]);
    assert_eq!(exits("m/1"), [pair("menu/choices/0/menuTask/task", "task")]);
    assert_eq!(exits("m/2"), []);
    assert_eq!(
        exits("t/0"),
        [
            pair("evaluate/firstTrue/default", "default"),
            pair("evaluate/firstTrue/cases/0/case", "Task.a > 1"),
            pair("evaluate/firstTrue/cases/1/case", "2"),
        ]
    );
    assert_eq!(exits("t/1"), [pair("outputs/loop", "loop")]);
    assert!(
        !flow
            .edges
            .values()
            .any(|edge| edge.source.as_str() == "m/0" && edge.port == Port::OUT)
    );
    assert_eq!(flow.regions.len(), 3);
}

#[test]
fn each_part_is_drawn_below_the_one_before_it() {
    let end = |name: &str| json!([{"wait": {"name": name}}, {"endTask": {"name": name}}]);
    let flow = assert_kept(&json!({"inboundCall": {
        "menus": [{"menu": {"refId": "m", "choices": [
            {"menuTask": {"task": {"actions": end("a")}}},
            {"menuDisconnect": {}}
        ]}}],
        "tasks": [{"task": {"refId": "s", "actions": end("b")}}, {"task": {"refId": "t", "actions": end("c")}}]
    }}));
    let rows: Vec<_> = flow
        .nodes
        .keys()
        .map(|id| (id.as_str(), flow.position(id).y, flow.position(id).x))
        .collect();
    assert_eq!(
        rows,
        [
            ("m/0", 100.0, 100.0),
            ("m/0/task/0", 250.0, 100.0),
            ("m/0/task/1", 400.0, 100.0),
            ("m/1", 100.0, 340.0),
            ("s/0", 550.0, 100.0),
            ("s/1", 700.0, 100.0),
            ("t/0", 850.0, 100.0),
            ("t/1", 1000.0, 100.0),
        ]
    );
}

#[test]
fn keys_are_the_documents_ids_where_it_has_them() {
    let document = task(json!([
        {"decision": {"name": "A", "refId": "A_1", "outputs": {"yes": {"actions": [{"endTask": {"trackingId": 7}}, {"endTask": {}}]}}}},
        {"endTask": {"refId": "A_1"}},
        {"endTask": {"refId": "x".repeat(300)}}
    ]));
    let flow = assert_kept(&document);
    let keys: Vec<_> = flow.nodes.keys().map(NodeId::as_str).collect();
    assert_eq!(
        keys,
        ["A_1", "endTask-7", "A_1/outputs/yes/1", "t/1", "t/2"]
    );
    assert_eq!(flow, assert_kept(&document), "reading is a function");
}

#[test]
fn a_new_flow_is_written_without_a_document_that_it_came_from() {
    let mut flow = flow::Flow::new(flow::FlowKind::Architect, "New");
    flow.wire_type = Some("commonModule".into());
    let node = flow::Node::of(&flow::Kind::foreign("endTask"));
    let node = flow::Node {
        label: "End".into(),
        ..node
    };
    flow.nodes.insert("end".into(), std::sync::Arc::new(node));
    assert_eq!(
        written(&flow),
        json!({"commonModule": {"name": "New", "startUpTaskActions": [{"endTask": {"name": "End"}}]}})
    );
}
