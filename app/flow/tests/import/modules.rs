//! Modules and call flows, as others write them.

use flow::{
    EntityRef, Exit, FieldValue, FlowFile, FlowKind, Kind, NodeId, Port, Stamp, check, import,
};
use serde_json::{Value, json};

use crate::{assert_kept, assert_refused, draw, edited, read, written};

/// A module of three steps.
const MODULE: &str = r#"{"id":"m-1","name":"Shared_Auth","description":"Keeps it.","version":3,
 "definition":{"nodes":[
   {"id":"init","name":"Init","type":"setData","settings":{"data":[{"key":"status","value":"pending"},{"key":"tries","value":1}]}},
   {"id":"is","name":"Is","type":"condition","settings":{"expression":"{{tries < 3}}"}},
   {"id":"say","name":"Say","type":"playPrompt","settings":{"prompt":"Hello"}}],
  "edges":[
   {"id":"e1","source":"start","target":"init","type":"default"},
   {"id":"e2","source":"init","target":"is","type":"default"},
   {"id":"e3","source":"is","target":"say","type":"true"},
   {"id":"e4","source":"is","target":"say","type":"false"}],
  "entry":{"nodeId":"init"}}}"#;

fn module_with(edit: impl FnOnce(&mut Value)) -> String {
    edited(MODULE, edit)
}

fn codes(file: &FlowFile) -> Vec<&'static str> {
    let problems = check(&file.flow);
    let codes = problems.iter().map(|problem| problem.code.as_str());
    codes.collect()
}

/// The node at an index, to be changed.
fn node(document: &mut Value, index: usize) -> &mut Value {
    &mut document["definition"]["nodes"][index]
}

#[test]
fn a_module_is_clean_and_comes_back_byte_for_byte() {
    let file = assert_kept(MODULE);
    assert_eq!(file.flow.kind, FlowKind::Module);
    assert_eq!(codes(&file), [""; 0]);
    let expected = Stamp {
        upstream_id: Some("m-1".to_owned()),
        version: 3,
        last_modified: String::new(),
    };
    assert_eq!(file.stamp, Some(expected));
    let order: Vec<_> = file.flow.nodes.keys().map(NodeId::as_str).collect();
    assert_eq!(order, ["start", "init", "is", "say"]);
}

#[test]
fn an_entry_that_the_start_does_not_lead_to_is_refused_with_its_place() {
    let elsewhere = module_with(|d| d["definition"]["entry"]["nodeId"] = json!("say"));
    assert_refused(
        &elsewhere,
        "The entry is “say”, and the connection from “start” leads to “init”. Let both name the same node.",
        "\"say\"",
        "/definition/entry/nodeId",
    );
    let without_edge = module_with(|d| {
        d["definition"]["edges"]
            .as_array_mut()
            .expect("edges")
            .remove(0);
    });
    assert_refused(
        &without_edge,
        "no connection from “start” leads there",
        "\"init\"",
        "/definition/entry/nodeId",
    );
    // Without an entry the edge says it.
    let without_entry = module_with(|d| {
        d["definition"]
            .as_object_mut()
            .expect("a definition")
            .shift_remove("entry");
    });
    let file = read(&without_entry);
    let value: Value = serde_json::from_str(MODULE).expect("JSON");
    let pretty = serde_json::to_string_pretty(&value).expect("a value prints");
    assert_eq!(written(&file), pretty, "it is written");
}

#[test]
fn a_second_edge_from_the_start_is_kept_and_named_by_the_checks() {
    let text = module_with(|d| {
        let edge = json!({"id":"e5","source":"start","target":"say","type":"default"});
        d["definition"]["edges"]
            .as_array_mut()
            .expect("edges")
            .push(edge);
    });
    assert_eq!(codes(&assert_kept(&text)), ["exit-connected-twice"]);
}

#[test]
fn a_node_called_start_is_refused_with_its_place() {
    let text = module_with(|d| node(d, 2)["id"] = json!("start"));
    assert_refused(
        &text,
        "The id “start” stands for where the flow begins",
        "\"start\"",
        "/definition/nodes/2/id",
    );
}

#[test]
fn an_unknown_type_keeps_its_settings_and_the_exits_that_edges_name() {
    let names = ["default", "error", "out", "true", "named:out"];
    let text = module_with(|d| {
        *node(d, 1) = json!({"id":"is","name":"Beam","type":"teleport",
            "settings":{"to":["Mars"],"speed":1.0},"colour":"red"});
        let edges = d["definition"]["edges"].as_array_mut().expect("edges");
        edges.truncate(2);
        for (index, name) in names.iter().enumerate() {
            edges.push(json!({"id":format!("x{index}"),"source":"is","target":"say","type":name,"weight":index}));
        }
    });
    let file = assert_kept(&text);
    let foreign = &file.flow.nodes[&NodeId::from("is")];
    assert_eq!(foreign.kind, Kind::foreign("teleport"));
    assert_eq!(
        foreign.field("configuration"),
        Some(&FieldValue::Json(json!({"to":["Mars"],"speed":1.0})))
    );
    let exit = |port: &str, label: &str| Exit {
        port: Port::new(port),
        label: label.to_owned(),
    };
    let expected = [
        exit("out", ""),
        exit("error", "error"),
        exit("named:out", "out"),
        exit("true", "true"),
        exit("named:named:out", "named:out"),
    ];
    assert_eq!(foreign.exits, expected);
    assert_eq!(codes(&file), ["kind-unknown"], "its exits are no problem");
}

#[test]
fn what_is_not_understood_is_kept_where_it_was() {
    let text = module_with(|d| {
        d["owner"] = json!("Ann");
        d["definition"]["groups"] = json!([{"a/b~c": null}]);
        d["definition"]["entry"]["since"] = json!("2026-01-01");
        node(d, 0)["settings"]["scope"] = json!("session");
        node(d, 0)["settings"]["data"][1]["secret"] = json!(true);
        node(d, 2)["settings"]["voice"] = json!({"name": "Ann"});
        node(d, 2)["a/b"] = json!(1e3);
        d["definition"]["edges"][1]["condition"] = json!(null);
    });
    let file = assert_kept(&text);
    let init = &file.flow.nodes[&NodeId::from("init")];
    assert!(init.extra.contains_key("/settings/data/tries/secret"));
    assert_eq!(codes(&file), [""; 0], "none of it is a problem");

    // What is unknown of a row stays with it when rows are moved.
    let mut file = file;
    draw::change(&mut file.flow, "init", |node| {
        let Some(FieldValue::Pairs(pairs)) = node.fields.get_mut("variables") else {
            panic!("pairs");
        };
        pairs.swap(0, 1);
    });
    let document: Value = serde_json::from_str(&written(&file)).expect("JSON");
    let rows = &document["definition"]["nodes"][0]["settings"]["data"];
    assert_eq!(
        *rows,
        json!([{"key":"tries","value":1,"secret":true},{"key":"status","value":"pending"}])
    );
}

#[test]
fn keys_that_stand_twice_are_kept_and_named_by_the_checks() {
    let twice = json!([{"key":"status","value":"a"},{"key":"status","value":"b"}]);
    let text = module_with(|d| node(d, 0)["settings"]["data"] = twice);
    let file = assert_kept(&text);
    assert!(codes(&file).contains(&"name-duplicate"));
    // With unknown members there is no telling whose they are: kept in one piece.
    let more = json!([{"key":"status","value":"a","x":1},{"key":"status","value":"b"}]);
    let text = module_with(|d| node(d, 0)["settings"]["data"] = more);
    assert!(codes(&assert_kept(&text)).contains(&"field-shape"));
}

#[test]
fn values_of_an_unexpected_form_come_back_as_they_were() {
    for settings in [
        json!({"data": {"status": "pending"}}),
        json!({"data": [{"value": "no key"}]}),
        json!({"data": ["status"]}),
        json!({"data": "status"}),
    ] {
        let text = module_with(|d| node(d, 0)["settings"] = settings);
        assert!(codes(&assert_kept(&text)).contains(&"field-shape"));
    }
    for settings in [
        json!({"flowModuleId": 7}),
        json!({"flowModuleId": "m-2", "inputMappings": {"phone": "x"}}),
        json!({"flowModuleId": "m-2", "outputMappings": [{"name": "a", "value": null}]}),
    ] {
        let text = module_with(|d| {
            *node(d, 0) = json!({"id":"init","name":"Link","type":"flowModule"});
            node(d, 0)["settings"] = settings.clone();
        });
        let file = read(&text);
        let again: Value = serde_json::from_str(&written(&file)).expect("JSON");
        let mut expected = settings;
        if let Some(row) = expected.pointer_mut("/outputMappings/0") {
            // What is null is left out.
            row.as_object_mut().expect("a row").shift_remove("value");
        }
        assert_eq!(again["definition"]["nodes"][0]["settings"], expected);
    }
}

#[test]
fn an_edge_of_an_exit_that_is_not_there_is_kept_and_named_by_the_checks() {
    let text = module_with(|d| {
        d["definition"]["edges"][1]["type"] = json!("success");
        d["definition"]["edges"][2]["type"] = json!("maybe");
    });
    let file = assert_kept(&text);
    let said: Vec<_> = check(&file.flow)
        .into_iter()
        .filter(|problem| problem.code.as_str() == "edge-exit-missing")
        .map(|problem| problem.message)
        .collect();
    assert_eq!(
        said,
        [
            "A connection leaves “Init” to “Is” by “success”, and it has no such exit. Remove it or draw it again.",
            "A connection leaves “Is” to “Say” by “maybe”, and it has no such exit. Remove it or draw it again."
        ]
    );
    // No type is the default one, as on the wire.
    let text = module_with(|d| {
        let edge = &mut d["definition"]["edges"][1];
        edge.as_object_mut().expect("an edge").shift_remove("type");
    });
    assert_eq!(codes(&read(&text)), [""; 0]);
}

#[test]
fn a_module_without_a_name_is_a_call_flow_however_it_is_left_out() {
    for name in [json!(null), json!("")] {
        let text = module_with(|d| d["name"] = name);
        let file = read(&text);
        assert_eq!(file.flow.kind, FlowKind::Call);
        assert_eq!(file.flow.name, "Call flow m-1");
        let again = read(&written(&file));
        assert_eq!(again, file);
    }
    let shell = r#"{"definition":{"nodes":[],"edges":[]}}"#;
    assert_eq!(read(shell).flow.name, "Call flow");
    assert_eq!(read(shell).stamp, None);
}

#[test]
fn a_type_that_is_empty_is_none() {
    let text = module_with(|d| node(d, 1)["type"] = json!(""));
    assert_refused(&text, "The node has no “type”", "{", "/definition/nodes/1");
}

#[test]
fn ids_that_look_like_numbered_ones_do_not_collide() {
    let text = module_with(|d| {
        let nodes = d["definition"]["nodes"].as_array_mut().expect("nodes");
        nodes.clear();
        for id in ["a", "a-2", "a", "a", "a-4", ""] {
            nodes.push(json!({"id":id,"name":id,"type":"disconnect","settings":{}}));
        }
        d["definition"]["edges"] = json!([]);
        d["definition"]["entry"] = json!(null);
    });
    let file = read(&text);
    let sent: Vec<_> = file
        .flow
        .nodes
        .keys()
        .map(|id| file.flow.wire_id(id))
        .collect();
    assert_eq!(sent, ["start", "a", "a-2", "a", "a", "a-4", ""]);
    assert_eq!(read(&written(&file)), file);
}

#[test]
fn a_reference_is_an_id_and_an_empty_one_is_none() {
    let linked = |id: &str| {
        module_with(|d| {
            *node(d, 0) = json!({"id":"init","name":"Link","type":"flowModule","settings":{"flowModuleId":id}});
        })
    };
    let reference = |text: &str| {
        let flow = import(text).expect("it can be read").flow;
        let init = &flow.nodes[&NodeId::from("init")];
        init.reference("module").cloned()
    };
    assert_eq!(
        reference(&linked("m-2")),
        Some(EntityRef::Id("m-2".to_owned()))
    );
    assert_eq!(reference(&linked("")), None);
}
