//! Shared flows and the flows that run them, as others write them.

use flow::{FieldValue, FlowKind, Kind, MAX_PARAMETERS, NodeId, ParameterType, check};
use serde_json::{Value, json};

use crate::{assert_kept, assert_refused, edited, read, written};

/// A shared flow of two nodes, the first with several actions.
const SHARED: &str = r#"{"id":"f-1","version":2,"name":"Email Processor","type":"email","description":"Sorts mail",
 "inputs":[{"name":"emailBody","description":"The body","datatype":"string"}],"outputs":[],
 "nodes":[
   {"id":"n1","label":"Look","actions":[
     {"type":"setData","data":[{"key":"kept","value":"no"}]},
     {"type":"runFlow","flowId":"f-2"},
     {"type":"split","on":"{{kept}}","cases":[{"value":"no","label":"Drop"}]}],
    "next":[{"on":"Drop","nodeId":"n2"},{"on":"default","nodeId":"n2"}]},
   {"id":"n2","label":"Hang up","actions":[{"type":"disconnect"}]}],
 "trigger":{"type":"email"},"conditionset":{"conditions":[]},"end":{}}"#;

fn shared_with(edit: impl FnOnce(&mut Value)) -> String {
    edited(SHARED, edit)
}

fn codes(text: &str) -> Vec<&'static str> {
    let problems = check(&read(text).flow);
    let codes = problems.iter().map(|problem| problem.code.as_str());
    codes.collect()
}

#[test]
fn several_actions_of_a_node_are_nodes_that_follow_one_another() {
    let file = assert_kept(SHARED);
    assert_eq!(file.flow.kind, FlowKind::Shared);
    let nodes: Vec<_> = file
        .flow
        .nodes
        .iter()
        .map(|(id, node)| (id.as_str(), node.label.as_str(), node.joins))
        .collect();
    let expected = [
        ("start", "Start", false),
        ("n1", "Look", false),
        ("n1-action", "Run flow", true),
        ("n1-action-2", "Split", true),
        ("n2", "Hang up", false),
    ];
    assert_eq!(nodes, expected);
    let edges: Vec<_> = file.flow.edges.keys().map(flow::EdgeId::as_str).collect();
    let expected = [
        "start.out>n1",
        "n1.out>n1-action",
        "n1-action.out>n1-action-2",
        "n1-action-2.case-1>n2",
        "n1-action-2.default>n2",
    ];
    assert_eq!(edges, expected);
    assert_eq!(codes(SHARED), ["reference-not-seen"]);
}

#[test]
fn actions_behind_one_after_which_nothing_comes_are_kept() {
    for first in [
        json!({"type":"disconnect"}),
        json!({"type":"condition","expression":"{{emailBody == ''}}"}),
        json!({"type":"teleport","to":"Mars"}),
    ] {
        let text = shared_with(|d| d["nodes"][0]["actions"][0] = first);
        assert_kept(&text);
    }
}

#[test]
fn a_node_without_actions_is_kept_and_named_by_the_checks() {
    let text = shared_with(|d| {
        let node = d["nodes"][1].as_object_mut().expect("a node");
        node.shift_remove("actions");
    });
    let file = assert_kept(&text);
    let node = &file.flow.nodes[&NodeId::from("n2")];
    assert_eq!(node.kind, Kind::foreign(""));
    let said: Vec<_> = check(&file.flow)
        .into_iter()
        .filter(|problem| problem.code.as_str() == "kind-unknown")
        .map(|problem| problem.message)
        .collect();
    assert_eq!(
        said,
        ["“Hang up” has no action. Replace it by a node from the palette."]
    );
    // An empty list is none (spec, decision 1).
    let empty = shared_with(|d| d["nodes"][1]["actions"] = json!([]));
    assert_eq!(written(&read(&empty)), written(&file));
}

#[test]
fn unknown_actions_and_exits_are_kept_and_named_by_the_checks() {
    let text = shared_with(|d| {
        d["nodes"][0]["actions"][1] =
            json!({"type":"teleport","to":["Mars"],"settings":{"speed":1.0},"label":"Beam"});
        d["nodes"][0]["next"][0]["on"] = json!("Gone");
    });
    let file = assert_kept(&text);
    let foreign = &file.flow.nodes[&NodeId::from("n1-action")];
    assert_eq!(foreign.kind, Kind::foreign("teleport"));
    let kept = json!({"to":["Mars"],"settings":{"speed":1.0},"label":"Beam"});
    assert_eq!(
        foreign.field("configuration"),
        Some(&FieldValue::Json(kept))
    );
    let codes = codes(&text);
    for code in ["kind-unknown", "edge-exit-missing", "exit-not-connected"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
}

#[test]
fn extra_members_are_kept_at_every_level() {
    let text = shared_with(|d| {
        d["division"] = json!({"id": "d-1"});
        d["inputs"][0]["required"] = json!(true);
        d["inputs"][0]["a/b~c"] = json!(null);
        d["nodes"][0]["action"] = json!("not an action");
        d["nodes"][0]["actions"][0]["scope"] = json!("session");
        d["nodes"][0]["actions"][0]["data"][0]["secret"] = json!(true);
        d["nodes"][0]["actions"][1]["timeout"] = json!(5);
        d["nodes"][0]["actions"][2]["cases"][0]["colour"] = json!("red");
        d["nodes"][0]["next"][0]["weight"] = json!(1e3);
        d["trigger"]["since"] = json!("2026-01-01");
        d["conditionset"] = json!({"conditions": [{"if": "x"}], "all": true});
        d["end"] = json!({"reason": "done"});
    });
    let file = assert_kept(&text);
    let members: Vec<_> = file.flow.extra.keys().map(String::as_str).collect();
    assert_eq!(members, ["/trigger", "/conditionset", "/end", "/division"]);
}

#[test]
fn a_type_without_one_and_members_without_values_become_what_the_form_always_says() {
    let text = shared_with(|d| {
        let document = d.as_object_mut().expect("a document");
        for name in ["trigger", "conditionset", "end", "type"] {
            document.shift_remove(name);
        }
        document["inputs"] = json!(null);
    });
    let document: Value = serde_json::from_str(&written(&read(&text))).expect("JSON");
    assert_eq!(document["type"], "email");
    assert_eq!(document["trigger"], json!({"type": "email"}));
    assert_eq!(document["conditionset"], json!({"conditions": []}));
    assert_eq!(document["end"], json!({}));
    assert_eq!(document["inputs"], json!([]));
    // The trigger goes with the type, where nobody gave it another.
    let chat = shared_with(|d| {
        d["type"] = json!("chat");
        d["trigger"] = json!({"type": "chat"});
    });
    let mut file = assert_kept(&chat);
    file.flow.wire_type = None;
    let document: Value = serde_json::from_str(&written(&file)).expect("JSON");
    assert_eq!(document["trigger"], json!({"type": "email"}));
}

#[test]
fn the_first_node_is_where_the_flow_begins() {
    let file = read(SHARED);
    let mut flow = file.flow.clone();
    flow.nodes.swap_indices(1, 4);
    let moved = flow::FlowFile::new(flow, file.stamp.clone());
    assert_eq!(
        written(&moved),
        written(&file),
        "wherever it stands in the drawing"
    );
}

#[test]
fn a_node_called_start_and_one_called_like_an_action_are_nodes_like_others() {
    let text = shared_with(|d| {
        d["nodes"][1]["id"] = json!("n1-action");
        d["nodes"][0]["next"] =
            json!([{"on":"Drop","nodeId":"n1-action"},{"on":"default","nodeId":"start"}]);
        let start = json!({"id":"start","label":"Hang up","actions":[{"type":"disconnect"}]});
        d["nodes"].as_array_mut().expect("nodes").push(start);
    });
    let file = assert_kept(&text);
    let keys: Vec<_> = file.flow.nodes.keys().map(NodeId::as_str).collect();
    let expected = [
        "start-2",
        "n1",
        "n1-action-2",
        "n1-action-3",
        "n1-action",
        "start",
    ];
    assert_eq!(keys, expected);
    assert_eq!(codes(&text), ["reference-not-seen"], "no id stands twice");
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    type Edit = fn(&mut Value);
    let table: [(Edit, &str, &str, &str); 9] = [
        (
            |d| d["nodes"][0]["actions"][1] = json!({}),
            "The action has no “type”. Say what it does.",
            "{}",
            "/nodes/0/actions/1",
        ),
        (
            |d| d["nodes"][0]["actions"][1] = json!({"type": "", "to": "Mars"}),
            "The action has no “type”",
            "{",
            "/nodes/0/actions/1",
        ),
        (
            |d| d["nodes"][0]["actions"] = json!({}),
            "“actions” must be a list.",
            "{}",
            "/nodes/0/actions",
        ),
        (
            |d| d["nodes"][1]["actions"][0] = json!("disconnect"),
            "An object belongs here.",
            "\"disconnect\"",
            "/nodes/1/actions/0",
        ),
        (
            |d| d["nodes"][0]["next"][1]["nodeId"] = json!("gone"),
            "“gone”, which is not there",
            "\"gone\"",
            "/nodes/0/next/1/nodeId",
        ),
        (
            |d| d["nodes"][0]["next"][1] = json!({"on": "default"}),
            "no “nodeId”",
            "{",
            "/nodes/0/next/1",
        ),
        (
            |d| d["nodes"][0]["next"] = json!("n2"),
            "“next” must be a list.",
            "\"n2\"",
            "/nodes/0/next",
        ),
        (
            |d| d["inputs"][0]["name"] = json!(7),
            "“name” must be a text.",
            "7",
            "/inputs/0/name",
        ),
        (
            |d| d["outputs"] = json!([{"name": "a"}, 1]),
            "An object belongs here.",
            "1",
            "/outputs/1",
        ),
    ];
    for (edit, message, there, path) in table {
        assert_refused(&shared_with(edit), message, there, path);
    }
    let many: Vec<_> = (0..=MAX_PARAMETERS)
        .map(|n| json!({"name": n.to_string()}))
        .collect();
    let text = shared_with(|d| d["inputs"] = json!(many));
    assert_refused(&text, "There are 201 inputs", "[", "/inputs");
}

#[test]
fn a_type_that_nobody_knows_is_kept_and_named_by_the_checks() {
    let text = shared_with(|d| {
        d["inputs"][0]["datatype"] = json!("currency");
        d["outputs"] = json!([{"name": "a"}, {"name": "b", "datatype": ["string"]}]);
    });
    let file = assert_kept(&text);
    let unknown = file.flow.interface.outputs.iter();
    assert!(
        unknown
            .clone()
            .all(|output| matches!(output.datatype, ParameterType::Foreign(_)))
    );
    let count = codes(&text);
    let count = count
        .iter()
        .filter(|code| **code == "parameter-type-unknown");
    assert_eq!(count.count(), 3);
}
