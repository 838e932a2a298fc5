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
    flow(&document, Sent::New)
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
        name: Some("Phone Lookup".to_owned()),
        version: Some(1),
    };
    assert_eq!(flow(&document, Sent::New), Ok(draft));
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
        ("/nodes", json!(7), "/nodes", "type.wrong"),
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
        flow(document, Sent::Change("f-1"))
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
        assert!(flow(&document, Sent::New).is_err(), "{document}");
    }
}

#[test]
fn a_long_chain_is_no_cycle_and_no_stack_overflow() {
    let node = |n: usize| json!({"id": format!("n{n}"), "type": if n == 0 { "StartNode" } else { "EndNode" }, "configuration": {}});
    let edge = |n: usize| json!({"id": format!("e{n}"), "fromNodeId": format!("n{n}"), "toNodeId": format!("n{}", n + 1)});
    let mut document = valid();
    document["nodes"]["nodes"] = (0..20_000).map(node).collect();
    document["nodes"]["edges"] = (0..19_999).map(edge).collect();
    assert!(flow(&document, Sent::New).is_ok());
}

/// A module of a condition with both branches, and a call flow's definition.
fn valid_module() -> Value {
    json!({
        "name": "Auth", "description": "d",
        "definition": {
            "nodes": [
                {"id": "i", "name": "Init", "type": "setData", "settings": {"data": [{"key": "tries", "value": 1}]}},
                {"id": "c", "name": "Is", "type": "condition", "settings": {"expression": "{{tries < 3}}"}},
                {"id": "r", "name": "Ask", "type": "httpRequest", "settings": {"url": "https://x.org", "method": "GET"}},
                {"id": "d", "name": "Bye", "type": "disconnect", "settings": {}},
            ],
            "edges": [
                {"id": "1", "source": "start", "target": "i", "type": "default"},
                {"id": "2", "source": "i", "target": "c", "type": "default"},
                {"id": "3", "source": "c", "target": "r", "type": "true"},
                {"id": "4", "source": "c", "target": "d", "type": "false"},
            ],
            "entry": {"nodeId": "i"},
        },
    })
}

fn valid_shared_flow() -> Value {
    json!({
        "name": "Router", "type": "email",
        "inputs": [{"name": "body", "datatype": "string"}], "outputs": [],
        "nodes": [
            {"id": "a", "label": "A", "actions": [{"type": "runFlow", "flowId": "f"}, {"type": "playPrompt", "prompt": "Hi"}],
             "next": [{"on": "default", "nodeId": "b"}]},
            {"id": "b", "label": "B", "actions": [{"type": "disconnect"}]},
        ],
        "trigger": {"type": "email"}, "conditionset": {"conditions": []}, "end": {},
    })
}

#[test]
fn each_rule_of_the_other_forms_is_reported_where_it_is_broken() {
    type Check = fn(&Value, Sent<'_>) -> Result<Draft, Vec<Problem>>;
    let definition = json!({"definition": valid_module()["definition"]});
    let documents: [(Check, Value); 3] = [
        (module, valid_module()),
        (flow, definition),
        (flow, valid_shared_flow()),
    ];
    for (check, document) in &documents {
        assert_eq!(check(document, Sent::New).err(), None);
    }
    let [of_module, of_call, of_shared] = &documents;
    for ((check, document), pointer, value, at, code) in [
        (of_module, "/name", json!(null), "/name", "required"),
        (
            of_module,
            "/definition",
            json!(null),
            "/definition",
            "required",
        ),
        (
            of_module,
            "/definition/nodes/0/id",
            json!("start"),
            "/definition/nodes/0/id",
            "id.reserved",
        ),
        (
            of_module,
            "/definition/nodes/1/id",
            json!("i"),
            "/definition/nodes/1/id",
            "id.duplicate",
        ),
        (
            of_module,
            "/definition/nodes/0/type",
            json!("SetVariablesNode"),
            "/definition/nodes/0/type",
            "node.type.unknown",
        ),
        (
            of_module,
            "/definition/nodes/0/settings",
            json!({}),
            "/definition/nodes/0/settings/data",
            "required",
        ),
        (
            of_module,
            "/definition/nodes/2/settings/url",
            json!("http://x.org"),
            "/definition/nodes/2/settings/url",
            "url.not.https",
        ),
        (
            of_module,
            "/definition/edges/2/type",
            json!("yes"),
            "/definition/edges/2",
            "edge.branch.unknown",
        ),
        (
            of_module,
            "/definition/edges/3/target",
            json!("x"),
            "/definition/edges/3/target",
            "edge.end.unknown",
        ),
        (
            of_module,
            "/definition/edges/3/target",
            json!("i"),
            "/definition/edges/3",
            "graph.cycle",
        ),
        (
            of_module,
            "/definition/entry/nodeId",
            json!("c"),
            "/definition/entry/nodeId",
            "entry.differs",
        ),
        (
            of_module,
            "/definition/entry",
            json!(null),
            "/definition/entry",
            "required",
        ),
        (
            of_call,
            "/definition/edges/0/source",
            json!("c"),
            "/definition/entry/nodeId",
            "entry.unknown",
        ),
        (of_shared, "/inputs", json!(null), "/inputs", "required"),
        (
            of_shared,
            "/inputs/0/datatype",
            json!("text"),
            "/inputs/0/datatype",
            "datatype.unknown",
        ),
        (
            of_shared,
            "/trigger",
            json!({}),
            "/trigger/type",
            "required",
        ),
        (of_shared, "/end", json!(7), "/end", "type.wrong"),
        (
            of_shared,
            "/nodes/0/actions/0/flowId",
            json!(""),
            "/nodes/0/actions/0/flowId",
            "empty",
        ),
        (
            of_shared,
            "/nodes/0/actions/0/type",
            json!("leap"),
            "/nodes/0/actions/0/type",
            "action.type.unknown",
        ),
        (
            of_shared,
            "/nodes/0/next/0/nodeId",
            json!("x"),
            "/nodes/0/next/0/nodeId",
            "edge.end.unknown",
        ),
        (
            of_shared,
            "/nodes/0/next/0/nodeId",
            json!("a"),
            "/nodes/0/next/0",
            "graph.cycle",
        ),
    ] {
        let mut document = document.clone();
        *document.pointer_mut(pointer).expect("a place in it") = value;
        let problems = check(&document, Sent::New).err().unwrap_or_default();
        let found: Vec<_> = problems
            .iter()
            .map(|p| (p.pointer.as_str(), p.code))
            .collect();
        assert!(found.contains(&(at, code)), "{pointer}: {found:?}");
    }
}

#[test]
fn a_change_names_the_id_of_its_path_and_a_version() {
    for (id, version, accepted) in [
        (json!("f-1"), json!(2), true),
        (json!("f-2"), json!(2), false),
        (json!(null), json!(2), false),
        (json!("f-1"), json!(null), false),
        (json!("f-1"), json!("2"), false),
    ] {
        for document in [valid_module(), valid_shared_flow()] {
            let mut document = document;
            document["id"] = id.clone();
            document["version"] = version.clone();
            let checked = match Form::of(&document) {
                Form::Call => module(&document, Sent::Change("f-1")),
                _ => flow(&document, Sent::Change("f-1")),
            };
            assert_eq!(checked.is_ok(), accepted, "{id} {version}");
        }
    }
}
