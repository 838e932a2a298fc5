//! Documents that nobody would write by hand, and somebody will send.
#![allow(clippy::expect_used, clippy::panic)]

use flow::{Flow, FlowFile, FlowKind, Stamp, contact, direct, import};
use serde_json::{Value, json};

fn read(document: &Value) -> FlowFile {
    import(&document.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

fn stamp() -> Stamp {
    Stamp {
        upstream_id: None,
        version: 1,
        last_modified: "2026-01-01T00:00:00Z".to_owned(),
    }
}

fn generated(file: &FlowFile) -> String {
    let stamp = file.stamp.clone().unwrap_or_else(stamp);
    let artifact = direct::generate(&file.flow, &stamp);
    artifact.expect("it can be generated").text
}

/// Fails unless what is generated of a document is read again and generated as
/// the same.
fn assert_settled(document: &Value) -> String {
    let text = generated(&read(document));
    let again = import(&text).unwrap_or_else(|error| panic!("{error} in {text}"));
    assert_eq!(generated(&again), text);
    text
}

fn lookup(nodes: Value, edges: Value) -> Value {
    json!({"name": "n", "nodes": {"nodes": nodes, "edges": edges}})
}

#[test]
fn ends_of_edges_are_written_though_the_node_has_no_id() {
    let nodes = json!([{"id": "", "type": "StartNode"}, {"id": "e", "type": "EndNode"}]);
    let text = assert_settled(&lookup(nodes, json!([{"fromNodeId": "", "toNodeId": "e"}])));
    assert!(text.contains(r#""fromNodeId": """#), "{text}");
    assert_settled(&json!({"name": "m", "definition": {
        "nodes": [{"id": "", "type": "disconnect"}],
        "edges": [{"source": "start", "target": "", "type": "default"}]}}));
}

#[test]
fn a_node_without_a_type_is_not_written_where_it_could_not_be_read() {
    for (kind, is_written) in [
        ("lookup", false),
        ("module", false),
        ("call", false),
        ("shared", true),
    ] {
        let document = json!({"patchbay": FlowFile::FORMAT, "flow": {"kind": kind, "name": "n",
            "nodes": {"a": {"kind": "foreign:", "label": ""}}, "edges": {}, "positions": {}}});
        let generated = direct::generate(&read(&document).flow, &stamp());
        match generated {
            Ok(artifact) => assert!(is_written && import(&artifact.text).is_ok(), "{kind}"),
            Err(problems) => {
                let codes: Vec<_> = problems.iter().map(|it| it.code.as_str()).collect();
                assert!(
                    !is_written && codes == ["kind-unknown"],
                    "{kind}: {codes:?}"
                );
            }
        }
    }
}

#[test]
fn a_flow_whose_type_is_empty_has_that_of_its_kind() {
    let mut document = lookup(json!([]), json!([]));
    document["type"] = json!("");
    assert!(assert_settled(&document).contains(r#""type": "INBOUND""#));
    let shared = json!({"name": "s", "type": "", "nodes": []});
    assert!(assert_settled(&shared).contains(r#""type": "email""#));
}

#[test]
fn values_of_an_unexpected_form_that_say_nothing_are_left_out() {
    let mut document = json!({"patchbay": FlowFile::FORMAT, "flow": {"kind": "lookup", "name": "n",
        "nodes": {}, "edges": {}, "positions": {}}});
    document["flow"]["nodes"] = json!({
        "a": {"kind": "setVariables", "label": "", "fields": {"variables": {"json": {}}}},
        "b": {"kind": "playPrompt", "label": "", "fields": {"prompt": {"json": ""}}},
    });
    let text = assert_settled(&document);
    assert!(
        !text.contains("variables") && !text.contains("prompt"),
        "{text}"
    );
}

/// A pointer of this many names.
fn pointer(names: usize) -> String {
    "/a".repeat(names)
}

#[test]
fn a_kept_member_deeper_than_a_document_nests_does_not_run_out_of_stack() {
    let mut file = FlowFile::new(Flow::new(FlowKind::Lookup, "n"), None);
    file.flow.extra.insert(pointer(30_000), json!(1));
    file.flow.extra.insert(pointer(3), json!(2));
    let file = import(&file.to_json().expect("a file prints")).expect("it can be read");
    assert!(generated(&file).contains("\"a\": 2"));

    let mut contact = contact::Contact::default();
    contact.extra.insert(pointer(30_000), json!(1));
    let text = contact::generate(&contact).text;
    assert!(serde_json::from_str::<Value>(&text).is_ok());
}

#[test]
fn thousands_of_unknown_members_come_back_in_their_order() {
    let members = |count: usize| -> Value {
        let named = (0..count).map(|number| (format!("m{number}/~"), json!(number)));
        Value::Object(named.collect())
    };
    let mut node = members(3_000);
    node["id"] = json!("a");
    node["type"] = json!("EndNode");
    node["configuration"] = members(3_000);
    let document = lookup(json!([node]), json!([]));
    let text = assert_settled(&document);
    let written: Value = serde_json::from_str(&text).expect("JSON");
    let written = &written["nodes"]["nodes"][0];
    assert_eq!(written["configuration"], members(3_000));
    let names = |value: &Value| -> Vec<String> {
        let members = value.as_object().expect("an object");
        members
            .keys()
            .filter(|name| name.starts_with('m'))
            .cloned()
            .collect()
    };
    let own: Vec<String> = names(written)
        .into_iter()
        .filter(|name| name != "metadata")
        .collect();
    assert_eq!(own, names(&members(3_000)));
}

#[test]
fn members_with_empty_names_come_back() {
    let mut document = lookup(
        json!([{"id": "a", "type": "EndNode", "": {"": {"b": 1}, "c": 2}}]),
        json!([]),
    );
    document[""] = json!({"/": [1], "~": {"": null}});
    let text = assert_settled(&document);
    let written: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(written[""], document[""]);
    assert_eq!(
        written["nodes"]["nodes"][0][""],
        json!({"": {"b": 1}, "c": 2})
    );
}
