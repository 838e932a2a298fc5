//! Lookup flows, as guides and others write them.

use flow::{EdgeId, FieldKey, FieldValue, Kind, NodeId, Point, Port, Stamp, check};
use serde_json::{Value, json};

use crate::{
    GUIDE, assert_kept,
    draw::{self, stamp},
    guide_with, read, written,
};

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

#[test]
fn an_exits_label_is_free_where_exits_have_no_names() {
    let file = read(GUIDE);
    let edge = &file.flow.edges[&EdgeId::from("start-node.out>lookup-node")];
    assert_eq!(
        (edge.port.clone(), edge.label.as_str()),
        (Port::OUT, "To Lookup")
    );
}
