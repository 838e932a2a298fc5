//! What is read comes back as it was, and what cannot be read says where.
#![allow(clippy::expect_used, clippy::panic)]

mod draw;

use draw::stamp;
use flow::{
    EdgeId, FieldKey, FieldValue, FlowFile, Kind, MAX_JSON_DEPTH, MAX_REGIONS, NodeId, Point, Port,
    Stamp, check, direct, import, read_json,
};
use serde_json::{Value, json};

/// The lookup flow that the wire format's description shows.
const GUIDE: &str = r#"{"type":"INBOUND","name":"Phone Lookup Flow","description":"…",
 "nodes":{"nodes":[
   {"id":"start-node","type":"StartNode","label":"Start","metadata":{"position":{"x":100,"y":100}},"configuration":{}},
   {"id":"lookup-node","type":"GetExternalContactNode","label":"Lookup Customer","metadata":{"position":{"x":100,"y":250}},
    "configuration":{"action":{"url":"https://crm.example.org/lookup","method":"POST","body":"{ \"phoneNumber\": \"{{phoneNumber}}\" }","timeout":5000,"headers":{"Content-Type":"application/json"}}}},
   {"id":"end-node","type":"EndNode","label":"End","metadata":{"position":{"x":100,"y":400}},"configuration":{}}],
  "edges":[{"id":"edge-1","fromNodeId":"start-node","toNodeId":"lookup-node","label":"To Lookup"},
           {"id":"edge-2","fromNodeId":"lookup-node","toNodeId":"end-node","label":"To End"}]},
 "metadata":{"version":1,"lastModified":"2026-01-01T00:00:00Z"}}"#;

fn read(text: &str) -> FlowFile {
    import(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Generates what was read with the stamp that it came with.
fn written(file: &FlowFile) -> String {
    let stamp = file.stamp.clone().unwrap_or_else(stamp);
    direct::generate(&file.flow, &stamp)
        .expect("it can be written")
        .text
}

/// The guide's flow with an edit to it.
fn guide_with(edit: impl FnOnce(&mut Value)) -> String {
    let mut document: Value = serde_json::from_str(GUIDE).expect("JSON");
    edit(&mut document);
    serde_json::to_string_pretty(&document).expect("a value prints")
}

/// Fails unless a document comes back as it was, order included.
fn assert_kept(text: &str) -> FlowFile {
    let file = read(text);
    let value: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(
        written(&file),
        serde_json::to_string_pretty(&value).expect("a value prints")
    );
    assert_eq!(
        read(&file.to_json().expect("a file prints")),
        file,
        "and through our own file"
    );
    file
}

#[test]
fn the_guides_flow_is_clean_and_comes_back_byte_for_byte() {
    let file = assert_kept(GUIDE);
    assert_eq!(check(&file.flow), []);
    assert_eq!(file.stamp, Some(stamp()));
    assert_eq!(
        file.flow.position(&"lookup-node".into()),
        Point::new(100.0, 250.0)
    );
    assert!(
        read(&format!("\u{feff}{GUIDE}")) == file,
        "a byte order mark is no part of it"
    );
}

#[test]
fn every_known_node_comes_back_as_the_wire_format_shows_it() {
    let text = guide_with(|document| {
        let nodes = [
            json!({"id":"set","type":"SetVariablesNode","label":"Set","metadata":{"position":{"x":1.5,"y":-2}},
                "configuration":{"variables":{"customerName":"{{externalContact.responseBody.name}}","retries":3}}}),
            json!({"id":"is","type":"ConditionNode","label":"Is","metadata":{"position":{"x":0,"y":0}},
                "configuration":{"expression":"{{externalContact.responseCode == 200}}"}}),
            json!({"id":"split","type":"SplitNode","label":"Split","metadata":{"position":{"x":0,"y":0}},
                "configuration":{"on":"{{externalContact.responseCode}}",
                    "cases":[{"value":"200","label":"Found"},{"value":"404"}]}}),
        ];
        let edges = [
            ("is", "true"),
            ("is", "false"),
            ("split", "Found"),
            ("split", "404"),
            ("split", "default"),
        ];
        let list = document["nodes"]["nodes"].as_array_mut().expect("nodes");
        list.extend(nodes);
        let list = document["nodes"]["edges"].as_array_mut().expect("edges");
        list.extend(edges.iter().enumerate().map(|(index, (source, label))| {
            json!({"id":format!("x{index}"),"fromNodeId":source,"toNodeId":"end-node","label":label})
        }));
    });
    let file = assert_kept(&text);
    let ports: Vec<_> = file
        .flow
        .edges
        .values()
        .skip(2)
        .map(|edge| edge.port.as_str())
        .collect();
    assert_eq!(ports, ["true", "false", "case-1", "case-2", "default"]);
}

#[test]
fn decision_9_a_case_is_found_by_its_label_or_its_value() {
    let text = guide_with(|document| {
        document["nodes"]["nodes"][1] = json!({"id":"lookup-node","type":"SplitNode","configuration":{"cases":[
            {"value":"200","label":"Found"},{"value":"Found"},{"value":"default","label":"Other"}]}});
        for label in ["200", "Found", "default", "Gone"] {
            let edge =
                json!({"id":label,"fromNodeId":"lookup-node","toNodeId":"end-node","label":label});
            document["nodes"]["edges"]
                .as_array_mut()
                .expect("edges")
                .push(edge);
        }
    });
    let file = read(&text);
    let ports: Vec<_> = file
        .flow
        .edges
        .values()
        .skip(2)
        .map(|edge| edge.port.as_str())
        .collect();
    assert_eq!(ports, ["case-1", "case-1", "default", "unknown:Gone"]);
    let labels = |text: &str| {
        let document: Value = serde_json::from_str(text).expect("JSON");
        let edges = document["nodes"]["edges"]
            .as_array()
            .expect("edges")
            .clone();
        edges
            .iter()
            .skip(2)
            .map(|edge| edge["label"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        labels(&written(&file)),
        ["Found", "Found", "default", "Gone"]
    );
}

#[test]
fn what_is_not_understood_is_kept_and_written_back() {
    let text = guide_with(|document| {
        document["type"] = json!("OUTBOUND");
        document["nodes"]["groups"] = json!([{"a/b~c": null}]);
        document["metadata"]["author"] = json!("Ann");
        document["division"] =
            json!({"id": 18_446_744_073_709_551_615_u64, "rate": 0.1, "one": 1.0});
        let node = &mut document["nodes"]["nodes"][1];
        node["metadata"]["position"]["z"] = json!(3);
        node["metadata"]["colour"] = json!("red");
        node["configuration"]["action"]["retries"] = json!(2);
        node["configuration"]["cache"] = json!({"seconds": 5});
        node["a/b"] = json!(true);
        document["nodes"]["edges"][0]["weight"] = json!(1e3);
        document["nodes"]["nodes"][2] = json!({"id":"end-node","type":"TeleportNode","label":"Away",
            "metadata":{"position":{"x":100,"y":400}},"configuration":{"to":["Mars"]}});
    });
    let file = assert_kept(&text);
    let foreign = &file.flow.nodes[&NodeId::from("end-node")];
    assert_eq!(foreign.kind, Kind::foreign("TeleportNode"));
    assert_eq!(
        foreign.field("configuration"),
        Some(&FieldValue::Json(json!({"to":["Mars"]})))
    );
    assert!(
        file.flow.nodes[&NodeId::from("lookup-node")]
            .extra
            .contains_key("/configuration/action/retries")
    );
}

#[test]
fn a_cases_unknown_member_stays_with_its_case() {
    let text = guide_with(|document| {
        document["nodes"]["nodes"][1]["type"] = json!("SplitNode");
        document["nodes"]["nodes"][1]["configuration"] =
            json!({"cases":[{"value":"1"},{"value":"2","colour":"red"}]});
    });
    let mut file = read(&text);
    draw::change(&mut file.flow, "lookup-node", |node| {
        let Some(FieldValue::Cases(cases)) = node.fields.get_mut(&FieldKey::of("cases")) else {
            panic!("cases");
        };
        cases.remove(0);
    });
    let document: Value = serde_json::from_str(&written(&file)).expect("JSON");
    let cases = &document["nodes"]["nodes"][1]["configuration"]["cases"];
    assert_eq!(*cases, json!([{"value":"2","colour":"red"}]));
}

#[test]
fn values_of_an_unexpected_form_come_back_as_they_were() {
    assert_kept(&guide_with(|document| {
        document["nodes"]["nodes"][1]["configuration"]["action"] = json!({
            "url": ["https://a.example"], "method": 7, "timeout": "5000", "headers": [1]});
    }));
    assert_kept(&guide_with(|document| {
        document["nodes"]["nodes"][1]["configuration"]["action"] = json!("none");
    }));
    assert_kept(&guide_with(|document| {
        document["nodes"]["nodes"][1]["type"] = json!("SplitNode");
        document["nodes"]["nodes"][1]["configuration"] =
            json!({"on": "{{x}}", "cases": [{"value": 200}]});
    }));
}

#[test]
fn decision_5_an_answers_id_and_version_become_the_stamp() {
    let text = guide_with(|document| {
        document["id"] = json!("f-1");
        document["version"] = json!(7);
        document["publishedVersion"] = json!(6);
    });
    let file = read(&text);
    let expected = Stamp {
        upstream_id: Some("f-1".into()),
        version: 7,
        ..stamp()
    };
    assert_eq!(file.stamp, Some(expected));
    let sent: Value = serde_json::from_str(&written(&file)).expect("JSON");
    assert_eq!(sent["metadata"]["version"], 7);
    assert!(sent.get("version").is_none() && sent.get("publishedVersion").is_none());
}

#[test]
fn missing_and_repeated_ids_are_kept_for_the_checks_to_name() {
    let text = guide_with(|document| {
        document["nodes"]["nodes"][2]["id"] = json!("lookup-node");
        document["nodes"]["nodes"][0]
            .as_object_mut()
            .expect("a node")
            .shift_remove("id");
        document["nodes"]["edges"] = json!([{"fromNodeId":"lookup-node","toNodeId":"lookup-node"}]);
    });
    let file = assert_kept(&text);
    let codes: Vec<_> = check(&file.flow)
        .iter()
        .map(|problem| problem.code.as_str())
        .collect();
    for code in [
        "node-id-missing",
        "node-id-duplicate",
        "edge-id-missing",
        "cycle",
    ] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
}

#[test]
fn nodes_without_a_place_get_one_in_layers() {
    let text = guide_with(|document| {
        for node in document["nodes"]["nodes"].as_array_mut().expect("nodes") {
            node.as_object_mut()
                .expect("a node")
                .shift_remove("metadata");
        }
    });
    let flow = read(&text).flow;
    let places: Vec<_> = flow.nodes.keys().map(|id| flow.position(id)).collect();
    assert_eq!(places, [100.0, 250.0, 400.0].map(|y| Point::new(100.0, y)));
}

/// What stands at a line and a column, in characters.
fn text_at(text: &str, line: usize, column: usize) -> &str {
    let line = text.split_inclusive('\n').nth(line - 1).unwrap_or_default();
    let at = line
        .char_indices()
        .nth(column - 1)
        .map_or(line.len(), |(at, _)| at);
    &line[at..]
}

#[test]
fn a_broken_document_says_where() {
    let broken = |edit: fn(&mut Value)| guide_with(edit);
    let own = |flow: &str| format!("{{\"patchbay\": \"flow/1\",\n\"flow\": {flow}}}");
    // The document, what is said, what stands at the place, and its pointer.
    let cases: Vec<(String, &str, &str, &str)> = vec![
        (String::new(), "is empty", "", ""),
        ("[]".into(), "is a JSON object", "[]", ""),
        (
            "{\"a\": 1}".into(),
            "no document that Patchbay knows",
            "{",
            "",
        ),
        (
            "{\"definition\": {\"entry\": {\"nodeId\": \"a\"}}}".into(),
            "no edge from “start” leads there",
            "\"a\"",
            "/definition/entry/nodeId",
        ),
        (
            "{\"nodes\": 1}".into(),
            "An object belongs here",
            "1}",
            "/nodes",
        ),
        ("{\"é\": \"ü\", x}".into(), "key must be a string", "x}", ""),
        (
            "{\"a\": {\"b\": [1, 2,, 3]}}".into(),
            "not valid JSON",
            ", 3]",
            "/a/b/2",
        ),
        (
            "{\"a\": 1,\n \"ö\": 1, \"a\": 2}".into(),
            "“a” stands twice",
            "\": 2}",
            "/a",
        ),
        (
            "{\"a\": [1, 12345678901234567890123]}".into(),
            "more digits",
            "123",
            "/a/1",
        ),
        ("{\"a\": \"\\ud800\"}".into(), "not valid JSON", "\"}", "/a"),
        (
            broken(|d| d["name"] = json!(5)),
            "“name” must be a text",
            "5,",
            "/name",
        ),
        (
            broken(|d| d["nodes"]["nodes"][1]["metadata"]["position"]["x"] = json!("1")),
            "must be a number",
            "\"1\"",
            "/nodes/nodes/1/metadata/position/x",
        ),
        (
            broken(|d| d["nodes"]["edges"][1]["toNodeId"] = json!("gone")),
            "“gone”, which is not there",
            "\"gone\"",
            "/nodes/edges/1/toNodeId",
        ),
        (
            broken(|d| d["nodes"]["edges"][1] = json!({"id": "e"})),
            "no “fromNodeId”",
            "{",
            "/nodes/edges/1",
        ),
        (
            broken(|d| d["nodes"]["nodes"][0] = json!({})),
            "no “type”",
            "{}",
            "/nodes/nodes/0",
        ),
        (
            "{\"patchbay\": \"flow/9\"}".into(),
            "newer Patchbay",
            "\"flow/9",
            "/patchbay",
        ),
        (
            own("{\"kind\": \"lookup\", \"name\": 1}"),
            "is damaged",
            "1}}",
            "/flow/name",
        ),
        (
            own(
                "{\"kind\":\"lookup\",\"name\":\"\",\"nodes\":{},\"positions\":{},\
              \"edges\":{\"e\":{\"source\":\"a\",\"port\":\"out\",\"target\":\"b\"}}}",
            ),
            "no node “a”",
            "\"a\"",
            "/flow/edges/e/source",
        ),
    ];
    for (text, message, there, path) in cases {
        let error = import(&text).expect_err(message);
        assert!(error.message.contains(message), "{error} for {text}");
        assert_eq!(error.path, path, "{error} for {text}");
        let found = text_at(&text, error.line, error.column);
        assert!(found.starts_with(there), "{found} for {error}");
    }
}

#[test]
fn documents_nest_as_deeply_as_the_limit_and_no_deeper() {
    let nested = |depth: usize| {
        // The document itself is one level.
        let lists = depth - 1;
        guide_with(|_| ()).replacen(
            '{',
            &format!("{{\"deep\": {}{},", "[".repeat(lists), "]".repeat(lists)),
            1,
        )
    };
    let file = read(&nested(MAX_JSON_DEPTH));
    let own = file.to_json().expect("a file prints");
    assert_eq!(read(&own), file, "our own file of it can be read");
    assert_eq!(
        read_json::<FlowFile>(&own).expect("and read elsewhere"),
        file
    );
    for depth in [MAX_JSON_DEPTH + 1, 100_000] {
        let error = import(&nested(depth)).expect_err("too deep");
        assert!(
            error.message.contains("nested more than 128 deep"),
            "{error}"
        );
        assert!(error.path.starts_with("/deep/0/0"), "{error}");
    }
}

#[test]
fn documents_over_a_limit_are_refused_with_a_message() {
    let chain = |count: usize| {
        let nodes: Vec<_> = (0..count)
            .map(|n| json!({"id": n.to_string(), "type": "StartNode"}))
            .collect();
        let edges: Vec<_> = (1..count)
            .map(|n| json!({"fromNodeId": (n - 1).to_string(), "toNodeId": n.to_string()}))
            .collect();
        json!({"type": "INBOUND", "name": "Chain", "nodes": {"nodes": nodes, "edges": edges}})
            .to_string()
    };
    let error = import(&chain(100_000)).expect_err("too many nodes");
    assert!(
        error.message.contains("at most 10000 are possible"),
        "{error}"
    );
    assert_eq!(error.path, "/nodes/nodes");
    let flow = read(&chain(10_000)).flow;
    assert_eq!(flow.nodes.len(), 10_000);
    let spaces = " ".repeat(11 * 1024 * 1024);
    assert!(
        import(&spaces)
            .expect_err("too long")
            .message
            .contains("bytes")
    );
}

#[test]
fn an_exits_label_is_free_where_exits_have_no_names() {
    let file = read(GUIDE);
    let edge = &file.flow.edges[&EdgeId::from("start-node.out>lookup-node")];
    assert_eq!(
        (edge.port.clone(), edge.label.as_str()),
        (Port::OUT, "To Lookup")
    );
}

#[test]
fn our_own_file_names_no_part_that_is_not_there() {
    let mut file = read(GUIDE).to_json().expect("a file prints");
    file = file.replacen(
        "\"label\": \"Start\"",
        "\"label\": \"Start\", \"region\": \"gone\"",
        1,
    );
    let error = import(&file).expect_err("the part is not there");
    assert_eq!(error.path, "/flow/nodes/start-node/region");
    assert!(
        error.message.contains("There is no part “gone”."),
        "{error}"
    );

    let regions: Vec<_> = (0..=MAX_REGIONS)
        .map(|number| format!("\"r{number}\":{{\"kind\":\"task\"}}"))
        .collect();
    let with = format!(
        "\"positions\": {{}}, \"regions\": {{{}}}",
        regions.join(",")
    );
    let flow = r#"{"patchbay":"flow/1","flow":{"kind":"architect","name":"","nodes":{},"edges":{},POSITIONS}}"#;
    let error = import(&flow.replace("POSITIONS", &with)).expect_err("too many parts");
    assert_eq!(error.path, "/flow/regions");
}
