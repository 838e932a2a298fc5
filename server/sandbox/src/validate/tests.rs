use serde_json::json;

use super::*;

fn valid() -> Value {
    json!({
        "type": "INBOUND", "name": "Phone Lookup", "description": "d",
        "nodes": {
            "nodes": [
                {"id": "s", "type": "StartNode", "label": "Start", "metadata": {"position": {"x": 1, "y": 2.5}}, "configuration": {}},
                {"id": "l", "type": "GetExternalContactNode", "configuration": {"action": {
                    "url": "https://x.org/{{phoneNumber}}", "method": "POST", "body": "{ \"p\": \"{{phoneNumber}}\" }",
                    "timeout": 5000, "headers": {"Content-Type": "application/json"}}}},
                {"id": "c", "type": "SplitNode", "configuration": {"on": "{{externalContact.responseCode}}", "cases": [{"value": "200", "label": "Found"}, {"value": "404"}]}},
                {"id": "v", "type": "SetVariablesNode", "configuration": {"variables": {"name": "{{externalContact.responseBody.name}}"}}},
                {"id": "k", "type": "ConditionNode", "configuration": {"expression": "{{a == 1}}"}},
                {"id": "e", "type": "EndNode", "configuration": {}},
            ],
            "edges": [
                {"id": "1", "fromNodeId": "s", "toNodeId": "l", "label": "Anything"},
                {"id": "2", "fromNodeId": "l", "toNodeId": "c"},
                {"id": "3", "fromNodeId": "c", "toNodeId": "v", "label": "Found"},
                {"id": "4", "fromNodeId": "c", "toNodeId": "e", "label": "404"},
                {"id": "5", "fromNodeId": "c", "toNodeId": "e", "label": "default"},
                {"id": "6", "fromNodeId": "v", "toNodeId": "k"},
                {"id": "7", "fromNodeId": "k", "toNodeId": "e", "label": "true"},
                {"id": "8", "fromNodeId": "k", "toNodeId": "e", "label": "false"},
            ],
        },
        "metadata": {"version": 1, "lastModified": "2026-01-01T00:00:00Z"},
    })
}

/// The pointers and codes of what is wrong with the valid flow once `value`
/// stands at `pointer`; null takes it away.
fn wrong_with(pointer: &str, value: Value) -> Vec<(String, &'static str)> {
    let mut document = valid();
    *document.pointer_mut(pointer).expect("a place in the flow") = value;
    new_flow(&document)
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|problem| (problem.pointer, problem.code))
        .collect()
}

#[test]
fn a_valid_flow_passes_with_keys_that_nobody_knows() {
    let mut document = valid();
    document["nodes"]["nodes"][0]["foreign"] = json!({"kept": true});
    let draft = Draft {
        name: "Phone Lookup".to_owned(),
        version: 1,
    };
    assert_eq!(new_flow(&document), Ok(draft));
}

#[test]
fn each_rule_is_reported_where_it_is_broken() {
    const NODE: &str = "/nodes/nodes";
    const ACTION: &str = "/nodes/nodes/1/configuration/action";
    let rows = [
        ("/type", json!(null), "/type", "required"),
        ("/name", json!(null), "/name", "required"),
        ("/name", json!(""), "/name", "empty"),
        ("/name", json!(7), "/name", "type.wrong"),
        ("/description", json!([]), "/description", "type.wrong"),
        ("/nodes", json!(null), "/nodes", "required"),
        ("/nodes", json!([]), "/nodes", "type.wrong"),
        ("/nodes/nodes", json!(null), "/nodes/nodes", "required"),
        ("/nodes/edges", json!({}), "/nodes/edges", "type.wrong"),
        ("/metadata", json!(null), "/metadata", "required"),
        (
            "/metadata/version",
            json!("1"),
            "/metadata/version",
            "type.wrong",
        ),
        (
            "/metadata/version",
            json!(0),
            "/metadata/version",
            "type.wrong",
        ),
        (
            "/metadata/lastModified",
            json!(null),
            "/metadata/lastModified",
            "required",
        ),
        (
            "/nodes/nodes/0/type",
            json!("StartNod"),
            "/nodes/nodes/0/type",
            "node.type.unknown",
        ),
        (
            "/nodes/nodes/0/type",
            json!("EndNode"),
            NODE,
            "start.missing",
        ),
        (
            "/nodes/nodes/5/type",
            json!("StartNode"),
            "/nodes/nodes/5",
            "start.duplicate",
        ),
        (
            "/nodes/nodes/0/label",
            json!(1),
            "/nodes/nodes/0/label",
            "type.wrong",
        ),
        (
            "/nodes/nodes/0/metadata/position/x",
            json!("1"),
            "/nodes/nodes/0/metadata/position/x",
            "type.wrong",
        ),
        (
            "/nodes/nodes/0/configuration",
            json!(null),
            "/nodes/nodes/0/configuration",
            "required",
        ),
        (ACTION, json!(null), ACTION, "required"),
        (
            "/nodes/nodes/1/configuration/action/url",
            json!(null),
            "/nodes/nodes/1/configuration/action/url",
            "required",
        ),
        (
            "/nodes/nodes/1/configuration/action/url",
            json!("http://x.org"),
            "/nodes/nodes/1/configuration/action/url",
            "url.not.https",
        ),
        (
            "/nodes/nodes/1/configuration/action/url",
            json!("x.org/a"),
            "/nodes/nodes/1/configuration/action/url",
            "url.invalid",
        ),
        (
            "/nodes/nodes/1/configuration/action/url",
            json!("https://"),
            "/nodes/nodes/1/configuration/action/url",
            "url.invalid",
        ),
        (
            "/nodes/nodes/1/configuration/action/url",
            json!("ftp://x.org"),
            "/nodes/nodes/1/configuration/action/url",
            "url.not.https",
        ),
        (
            "/nodes/nodes/1/configuration/action/method",
            json!("FETCH"),
            "/nodes/nodes/1/configuration/action/method",
            "method.unknown",
        ),
        (
            "/nodes/nodes/1/configuration/action/method",
            json!("post"),
            "/nodes/nodes/1/configuration/action/method",
            "method.unknown",
        ),
        (
            "/nodes/nodes/1/configuration/action/timeout",
            json!(0),
            "/nodes/nodes/1/configuration/action/timeout",
            "timeout.range",
        ),
        (
            "/nodes/nodes/1/configuration/action/timeout",
            json!(60_001),
            "/nodes/nodes/1/configuration/action/timeout",
            "timeout.range",
        ),
        (
            "/nodes/nodes/1/configuration/action/timeout",
            json!("5000"),
            "/nodes/nodes/1/configuration/action/timeout",
            "timeout.range",
        ),
        (
            "/nodes/nodes/1/configuration/action/body",
            json!("{{phoneNumber"),
            "/nodes/nodes/1/configuration/action/body",
            "template.syntax",
        ),
        (
            "/nodes/nodes/1/configuration/action/body",
            json!("{{#a}}{{/a}}"),
            "/nodes/nodes/1/configuration/action/body",
            "template.syntax",
        ),
        (
            "/nodes/nodes/1/configuration/action/headers",
            json!({"a b": "c"}),
            "/nodes/nodes/1/configuration/action/headers/a b",
            "header.name",
        ),
        (
            "/nodes/nodes/1/configuration/action/headers",
            json!({"a": "b\r\nc"}),
            "/nodes/nodes/1/configuration/action/headers/a",
            "header.value",
        ),
        (
            "/nodes/nodes/2/configuration/on",
            json!(null),
            "/nodes/nodes/2/configuration/on",
            "required",
        ),
        (
            "/nodes/nodes/2/configuration/cases/1/value",
            json!("default"),
            "/nodes/nodes/2/configuration/cases/1",
            "case.reserved",
        ),
        (
            "/nodes/nodes/3/configuration/variables",
            json!({"a/b": "{{"}),
            "/nodes/nodes/3/configuration/variables/a~1b",
            "template.syntax",
        ),
        (
            "/nodes/nodes/4/configuration/expression",
            json!(""),
            "/nodes/nodes/4/configuration/expression",
            "empty",
        ),
        (
            "/nodes/edges/0/id",
            json!("2"),
            "/nodes/edges/1/id",
            "id.duplicate",
        ),
        (
            "/nodes/edges/0/id",
            json!(null),
            "/nodes/edges/0/id",
            "required",
        ),
        (
            "/nodes/edges/0/toNodeId",
            json!("gone"),
            "/nodes/edges/0/toNodeId",
            "edge.end.unknown",
        ),
        (
            "/nodes/edges/2/label",
            json!("Lost"),
            "/nodes/edges/2",
            "edge.branch.unknown",
        ),
        (
            "/nodes/edges/3/label",
            json!("Found"),
            "/nodes/edges/3",
            "edge.branch.duplicate",
        ),
        (
            "/nodes/edges/7/toNodeId",
            json!("l"),
            "/nodes/edges/7",
            "graph.cycle",
        ),
        (
            "/nodes/edges/1/toNodeId",
            json!("l"),
            "/nodes/edges/1",
            "graph.cycle",
        ),
    ];
    for (pointer, value, at, code) in rows {
        let found = wrong_with(pointer, value.clone());
        let expected = (at.to_owned(), code);
        assert!(found.contains(&expected), "{pointer} = {value}: {found:?}");
    }
}

#[test]
fn ids_of_nodes_are_there_and_unique() {
    let found = wrong_with("/nodes/nodes/5/id", json!("s"));
    assert!(
        found.contains(&("/nodes/nodes/5/id".to_owned(), "id.duplicate")),
        "{found:?}"
    );
    let found = wrong_with("/nodes/nodes/5/id", json!(null));
    assert!(
        found.contains(&("/nodes/nodes/5/id".to_owned(), "required")),
        "{found:?}"
    );
}

#[test]
fn an_update_names_its_own_flow() {
    let mut document = valid();
    let code = |document: &Value| {
        changed_flow(document, "f-1")
            .err()
            .map(|found| found[0].code)
    };
    assert_eq!(code(&document), Some("required"));
    document["id"] = json!("f-2");
    assert_eq!(code(&document), Some("id.differs"));
    document["id"] = json!("f-1");
    assert_eq!(code(&document), None);
}

#[test]
fn what_is_no_object_is_refused_whole() {
    for document in [json!(null), json!([]), json!("x"), json!(1)] {
        assert!(new_flow(&document).is_err(), "{document}");
    }
}

#[test]
fn a_long_chain_is_no_cycle_and_no_stack_overflow() {
    let node = |n: usize| json!({"id": format!("n{n}"), "type": if n == 0 { "StartNode" } else { "EndNode" }, "configuration": {}});
    let edge = |n: usize| json!({"id": format!("e{n}"), "fromNodeId": format!("n{n}"), "toNodeId": format!("n{}", n + 1)});
    let mut document = valid();
    document["nodes"]["nodes"] = (0..20_000).map(node).collect();
    document["nodes"]["edges"] = (0..19_999).map(edge).collect();
    assert!(new_flow(&document).is_ok());
}
