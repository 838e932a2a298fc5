//! What is edited is written where a person would write it.

use std::sync::Arc;

use flow::{
    Edge, EdgeId, FieldKey, FieldValue, Flow, FlowSetting, Kind, Node, NodeId, Op, Point, Port,
    Region, RegionId, RegionKind, Transaction, apply,
};
use serde_json::{Value, json};

use crate::{exactly, read, written};

fn document() -> Value {
    json!({"inboundCall": {
        "name": "Calls",
        "startUpRef": "/inboundCall/tasks/task[t]",
        "tasks": [{"task": {
            "name": "Task",
            "refId": "t",
            "variables": [],
            "actions": [
                {"decision": {"name": "Open?", "condition": {"exp": "Task.open"}, "outputs": {
                    "yes": {"actions": [
                        {"playAudio": {"name": "Welcome", "audio": {"tts": "Welcome"}}},
                        {"playAudio": {"name": "Hold", "audio": {"tts": "Hold on"}}}
                    ]},
                    "no": {"actions": [{"playAudio": {"name": "Closed", "audio": {"tts": "Closed"}}}]}
                }}},
                {"disconnect": {"none": true}}
            ]
        }}],
        "settingsPrompts": {"ensureAudioInPrompts": false}
    }})
}

const DECISION: &str = "t/0";
const WELCOME: &str = "t/0/outputs/yes/0";
const HOLD: &str = "t/0/outputs/yes/1";
const CLOSED: &str = "t/0/outputs/no/0";
const DISCONNECT: &str = "t/1";

fn action<'a>(document: &'a mut Value, pointer: &str) -> &'a mut Value {
    let pointer = format!("/inboundCall/tasks/0/task/actions{pointer}");
    document.pointer_mut(&pointer).expect("it is there")
}

fn add(id: &str, sort: &str, label: &str, source: Value) -> Op {
    let mut node = Node::of(&Kind::foreign(sort));
    node.label = label.to_owned();
    node.region = Some("t".into());
    let source = FieldValue::Json(source);
    node.fields.insert(FieldKey::of("configuration"), source);
    Op::AddNode {
        id: id.into(),
        node: Arc::new(node),
        position: Point::new(0.0, 0.0),
        index: None,
    }
}

fn connect(source: &str, port: &str, target: &str) -> Op {
    Op::Connect {
        id: None,
        edge: Arc::new(Edge::new(source.into(), Port::new(port), target.into())),
        index: None,
    }
}

fn disconnect(source: &str, port: &str, target: &str) -> Op {
    Op::Disconnect {
        id: EdgeId::between(&source.into(), &Port::new(port), &target.into()),
    }
}

/// Applies edits, and fails unless the flow is written as the document with
/// the same change, and as before once they are undone.
fn assert_edited(ops: Vec<Op>, change: impl FnOnce(&mut Value)) -> Flow {
    let before = document();
    let mut flow = read(&before);
    let applied = apply(&mut flow, &Transaction::new("Edit", ops)).expect("edits that apply");
    let edited = flow.clone();
    let mut after = before.clone();
    change(&mut after);
    assert_eq!(exactly(&written(&flow)), exactly(&after));
    apply(&mut flow, &Transaction::new("Undo", applied.inverse)).expect("the inverse applies");
    assert_eq!(exactly(&written(&flow)), exactly(&before));
    edited
}

#[test]
fn a_renamed_node_is_a_renamed_action() {
    let rename = |id: &str, label: &str| Op::SetLabel {
        id: id.into(),
        label: label.into(),
    };
    let ops = vec![rename(WELCOME, "Greet"), rename(DISCONNECT, "Bye")];
    assert_edited(ops, |document| {
        action(document, "/0/decision/outputs/yes/actions/0/playAudio")["name"] = json!("Greet");
        // An action that had no name begins with it.
        *action(document, "/1/disconnect") = json!({"name": "Bye", "none": true});
    });
}

#[test]
fn a_deleted_leaf_leaves_its_list_shorter() {
    let remove = |id: &str| Op::RemoveNode { id: id.into() };
    assert_edited(vec![remove(HOLD)], |document| {
        let list = action(document, "/0/decision/outputs/yes/actions");
        list.as_array_mut().expect("a list").remove(1);
    });
    assert_edited(vec![remove(CLOSED)], |document| {
        *action(document, "/0/decision/outputs/no/actions") = json!([]);
    });
}

#[test]
fn an_action_is_inserted_behind_another_in_front_and_on_an_exit() {
    let new = || {
        add(
            "new",
            "wait",
            "Wait",
            json!({"duration": {"lit": {"seconds": 1}}}),
        )
    };
    let item = || json!({"wait": {"name": "Wait", "duration": {"lit": {"seconds": 1}}}});
    let behind = vec![
        new(),
        disconnect(WELCOME, "out", HOLD),
        connect(WELCOME, "out", "new"),
        connect("new", "out", HOLD),
    ];
    assert_edited(behind, |document| {
        let list = action(document, "/0/decision/outputs/yes/actions");
        list.as_array_mut().expect("a list").insert(1, item());
    });
    let last = vec![new(), connect(DISCONNECT, "out", "new")];
    assert_edited(last, |document| {
        action(document, "")
            .as_array_mut()
            .expect("a list")
            .push(item());
    });
    let first = vec![new(), connect("new", "out", DECISION)];
    assert_edited(first, |document| {
        action(document, "")
            .as_array_mut()
            .expect("a list")
            .insert(0, item());
    });
    let on_an_exit = vec![new(), connect(DISCONNECT, "outputs/failure", "new")];
    assert_edited(on_an_exit, |document| {
        action(document, "/1/disconnect")["outputs"] = json!({"failure": {"actions": [item()]}});
    });
}

#[test]
fn a_branch_can_move_to_another_exit() {
    let ops = vec![
        disconnect(DECISION, "outputs/yes", WELCOME),
        connect(CLOSED, "out", WELCOME),
    ];
    assert_edited(ops, |document| {
        let yes = action(document, "/0/decision/outputs/yes/actions").take();
        *action(document, "/0/decision/outputs/yes/actions") = json!([]);
        let no = action(document, "/0/decision/outputs/no/actions");
        let no = no.as_array_mut().expect("a list");
        no.extend(yes.as_array().expect("a list").clone());
    });
}

#[test]
fn the_flow_and_its_parts_are_renamed_and_added() {
    let menu = Region {
        kind: RegionKind::Menu,
        name: "Menu".into(),
        wire_id: None,
        extra: Default::default(),
    };
    let mut choice = add("bye", "menuDisconnect", "Bye", json!({"dtmf": "digit_9"}));
    if let Op::AddNode { node, .. } = &mut choice {
        Arc::make_mut(node).region = Some("m".into());
    }
    let ops = vec![
        Op::SetFlow(FlowSetting::Name("Renamed".into())),
        Op::SetFlow(FlowSetting::Description("For calls".into())),
        Op::SetRegionName {
            id: "t".into(),
            name: "First".into(),
        },
        Op::AddRegion {
            id: "m".into(),
            region: Arc::new(menu),
            index: Some(0),
        },
        choice,
    ];
    let flow = assert_edited(ops, |document| {
        document["inboundCall"]["tasks"][0]["task"]["name"] = json!("First");
        let Some(Value::Object(body)) = document.get_mut("inboundCall") else {
            panic!("a flow")
        };
        body.insert("name".into(), json!("Renamed"));
        body.shift_insert(1, "description".into(), json!("For calls"));
        let choices = json!([{"menuDisconnect": {"name": "Bye", "dtmf": "digit_9"}}]);
        let menu = json!({"menu": {"name": "Menu", "refId": "m", "choices": choices}});
        body.insert("menus".into(), json!([menu]));
    });
    assert_eq!(
        flow.nodes[&NodeId::from("bye")].region,
        Some(RegionId::new("m"))
    );
}
