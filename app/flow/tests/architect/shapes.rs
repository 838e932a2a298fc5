//! What cannot be nested is refused with its place.

use std::sync::Arc;

use flow::{
    Edge, Flow, FlowKind, Kind, MAX_JSON_DEPTH, MAX_NODES, Node, NodeId, Op, Place, Point, Port,
    Problem, Region, RegionId, RegionKind, Transaction, apply, architect, check::RULES as CHECKED,
};
use serde_json::{Value, json};

use crate::{exactly, read, written};

fn flow(document: Value) -> Flow {
    read(&document)
}

fn add(id: &str, region: Option<&str>) -> Op {
    let mut node = Node::of(&Kind::foreign("playAudio"));
    node.label = format!("New {id}");
    node.region = region.map(Into::into);
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

fn set(id: &str, field: &'static str, value: flow::FieldValue) -> Op {
    Op::SetField {
        id: id.into(),
        field: flow::FieldKey::of(field),
        value: Some(value),
    }
}

/// Two tasks, a menu, and in the first task a decision with both ways.
fn base() -> Flow {
    flow(json!({"inboundCall": {
        "menus": [{"menu": {"name": "Menu", "refId": "m", "choices": [
            {"menuTask": {"name": "One", "refId": "one", "task": {"actions": []}}},
            {"menuDisconnect": {"name": "Two", "refId": "two"}}
        ]}}],
        "tasks": [
            {"task": {"name": "First", "refId": "t1", "actions": [
                {"decision": {"name": "Which?", "refId": "which", "outputs": {
                    "yes": {"actions": [{"playAudio": {"name": "Yes", "refId": "yes"}}]},
                    "no": {"actions": [{"playAudio": {"name": "No", "refId": "no"}}]}
                }}},
                {"disconnect": {"name": "Bye", "refId": "bye"}}
            ]}},
            {"task": {"name": "Second", "refId": "t2", "actions": [{"endTask": {"name": "End", "refId": "end"}}]}}
        ]
    }}))
}

fn edge(source: &str, port: &str, target: &str) -> Place {
    let edge = Edge::new(source.into(), Port::new(port), target.into());
    Place::edge(&edge.key(), &edge)
}

fn node(id: &str) -> Place {
    Place::node(&NodeId::from(id))
}

fn step<'f>(flow: &'f mut Flow, id: &str) -> &'f mut Node {
    let node = flow.nodes.get_mut(&NodeId::from(id));
    Arc::make_mut(node.expect("the node is there"))
}

fn part<'f>(flow: &'f mut Flow, id: &str) -> &'f mut Region {
    let region = flow.regions.get_mut(&RegionId::from(id));
    Arc::make_mut(region.expect("the part is there"))
}

/// What makes a flow one that cannot be written.
type Change = fn(&mut Flow);

/// A code, what is drawn, where the problem is, and what is said.
type Case = (&'static str, Vec<Op>, Place, &'static str);

#[test]
fn what_cannot_be_nested_is_refused_with_its_place() {
    let cases: Vec<Case> = vec![
        (
            "architect-joined",
            vec![connect("yes", "out", "bye")],
            edge("yes", "out", "bye"),
            "More than one way leads to “Bye”, also the one from “Yes”.",
        ),
        (
            "architect-joined",
            vec![connect("no", "out", "yes")],
            edge("no", "out", "yes"),
            "call that task on each way",
        ),
        (
            "architect-circle",
            vec![connect("bye", "out", "which")],
            node("which"),
            "“Which?” leads back to itself.",
        ),
        (
            "architect-circle",
            vec![connect("end", "outputs/again", "end")],
            node("end"),
            "“End” leads back to itself.",
        ),
        (
            "architect-exit-twice",
            vec![add("x", Some("t1")), connect("which", "outputs/yes", "x")],
            edge("which", "outputs/yes", "x"),
            "By one exit “Which?” leads to “Yes” and to “New x”.",
        ),
        (
            "architect-part-left",
            vec![connect("bye", "out", "end")],
            edge("bye", "out", "end"),
            "leads into another part",
        ),
        (
            "architect-part-left",
            vec![connect("one", "task", "end")],
            edge("one", "task", "end"),
            "leads into another part",
        ),
        (
            "architect-part-missing",
            vec![add("x", None)],
            node("x"),
            "“New x” is in no part of the flow.",
        ),
        (
            "architect-begins-twice",
            vec![add("x", Some("t1"))],
            node("x"),
            "Nothing leads to “New x”, and “Which?” begins this part",
        ),
        (
            "architect-choice-continues",
            vec![add("x", Some("m")), connect("two", "out", "x")],
            edge("two", "out", "x"),
            "“Two” is a choice of a menu",
        ),
        (
            "architect-no-place",
            vec![set("bye", "url", flow::FieldValue::text("https://x"))],
            Place::field(&"bye".into(), "url"),
            "“Bye” holds “url” apart from its source",
        ),
        (
            "architect-no-place",
            vec![set("bye", "configuration", flow::FieldValue::text("{}"))],
            Place::field(&"bye".into(), "configuration"),
            "write it into the source as JSON",
        ),
        (
            "architect-no-place",
            vec![set(
                "bye",
                "configuration",
                flow::FieldValue::Json(json!([])),
            )],
            Place::field(&"bye".into(), "configuration"),
            "“Bye” has a source that holds no name",
        ),
        (
            "architect-no-place",
            vec![
                set(
                    "end",
                    "configuration",
                    flow::FieldValue::Json(json!({"outputs": [1]})),
                ),
                add("x", Some("t2")),
                connect("end", "outputs/1", "x"),
            ],
            Place::port(&"end".into(), &Port::new("outputs/1")),
            "The exit “outputs/1” of “End” has no place",
        ),
        (
            "architect-no-place",
            vec![
                set(
                    "end",
                    "configuration",
                    flow::FieldValue::Json(json!({"outputs": {"a": {"actions": "b"}}})),
                ),
                add("x", Some("t2")),
                connect("end", "outputs/a", "x"),
            ],
            Place::port(&"end".into(), &Port::new("outputs/a")),
            "has no place",
        ),
    ];
    for (code, ops, place, message) in cases {
        let mut flow = base();
        apply(&mut flow, &Transaction::new("Draw", ops)).expect("it can be drawn");
        let problems = architect::write(&flow).expect_err(message);
        assert_eq!(problems[0].code.as_str(), code, "{problems:#?}");
        assert_eq!(problems[0].place, place, "{problems:#?}");
        assert!(problems[0].message.contains(message), "{problems:#?}");
        travels(&problems);
    }
}

/// Problems come back as they were from where they are sent.
fn travels(problems: &[Problem]) {
    let text = serde_json::to_string(problems).expect("problems are JSON");
    let back: Vec<Problem> = serde_json::from_str(&text).expect("of known codes");
    assert_eq!(back, problems);
}

#[test]
fn what_the_document_has_no_room_for_is_refused() {
    let with = |change: Change| {
        let mut flow = base();
        change(&mut flow);
        let problems = architect::write(&flow).expect_err("there is no room");
        travels(&problems);
        (problems[0].code.as_str(), problems[0].message.clone())
    };
    let (code, message) = with(|flow| flow.kind = FlowKind::Lookup);
    assert_eq!(
        (code, message.contains("not one of the public platform")),
        ("kind-unknown", true)
    );
    let (code, message) = with(|flow| flow.wire_type = None);
    assert_eq!(
        (code, message.contains("The flow has no type.")),
        ("architect-type-missing", true)
    );
    let (code, message) = with(|flow| {
        let node = step(flow, "bye");
        node.kind = Kind::DISCONNECT;
    });
    assert_eq!(
        (code, message.contains("of the sort “Disconnect”")),
        ("kind-unknown", true)
    );
    let (code, message) = with(|flow| {
        let mut deep = json!({});
        for _ in 0..MAX_JSON_DEPTH {
            deep = json!([deep]);
        }
        flow.extra.insert("/deep".into(), deep);
    });
    assert_eq!(
        (code, message.contains("at /inboundCall/deep/0/0")),
        ("architect-too-deep", true)
    );
    let no_place: [(Change, &str); 8] = [
        (
            |flow| {
                let node = step(flow, "bye");
                node.extra.insert("/metadata/colour".into(), json!("red"));
            },
            "“Bye” keeps /metadata/colour",
        ),
        (
            |flow| {
                flow.extra.insert("/nodes/groups".into(), json!([]));
            },
            "The flow keeps /nodes/groups",
        ),
        (
            |flow| {
                let region = part(flow, "t1");
                region.extra.insert("deep".into(), json!([]));
            },
            "The flow keeps deep",
        ),
        (
            |flow| flow.interface.inputs.push(Default::default()),
            "declare them as variables",
        ),
        (
            |flow| {
                flow.extra.insert("/tasks".into(), json!({}));
            },
            "something else in “tasks”",
        ),
        (
            |flow| {
                let region = part(flow, "t1");
                region.extra.insert("/actions".into(), json!(["strange"]));
            },
            "“First” holds something else in “actions”",
        ),
        (
            |flow| {
                let region = part(flow, "t1");
                region.kind = RegionKind::Foreign("lane".into());
            },
            "“First” is of a sort that says no place",
        ),
        (
            |flow| {
                flow.regions.shift_remove(&RegionId::from("t2"));
            },
            "“End” is in no part of the flow.",
        ),
    ];
    for (change, message) in no_place {
        let (code, said) = with(change);
        assert!(
            matches!(code, "architect-no-place" | "architect-part-missing"),
            "{code}"
        );
        assert!(said.contains(message), "{said}");
    }
}

/// A chain on exits of exits as long as a flow may be, and one of steps behind
/// steps.
#[test]
fn long_chains_are_written_and_deep_ones_refused() {
    let region = Op::AddRegion {
        id: "t".into(),
        region: Arc::new(Region {
            kind: RegionKind::Task,
            name: "Task".into(),
            wire_id: None,
            extra: Default::default(),
        }),
        index: None,
    };
    let chain = |port: &str, count: usize| {
        let mut flow = Flow::new(FlowKind::Architect, "Chain");
        flow.wire_type = Some("workflow".into());
        let nodes = (0..count).map(|number| add(&number.to_string(), Some("t")));
        let edges = (1..count).map(|to| connect(&(to - 1).to_string(), port, &to.to_string()));
        let all = [region.clone()].into_iter().chain(nodes).chain(edges);
        apply(&mut flow, &Transaction::new("Draw", all.collect())).expect("it can be drawn");
        flow
    };
    let behind = chain("out", MAX_NODES);
    let document = written(&behind);
    let actions = &document["workflow"]["tasks"][0]["task"]["actions"];
    assert_eq!(actions.as_array().map(Vec::len), Some(MAX_NODES));
    assert_eq!(exactly(&written(&read(&document))), exactly(&document));

    // The first action's body is at the eighth level, each next one five below.
    let deepest = (MAX_JSON_DEPTH - 8) / 5 + 1;
    let document = written(&chain("outputs/yes", deepest));
    assert_eq!(
        read(&document).nodes.len(),
        deepest,
        "what is written can be read"
    );
    for count in [deepest + 1, MAX_NODES] {
        let problems = architect::write(&chain("outputs/yes", count)).expect_err("it is too deep");
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].code.as_str(), "architect-too-deep");
        assert_eq!(problems[0].place, node(&deepest.to_string()));
    }
    let mut far = chain("out", 2);
    let edge = Edge::new("0".into(), Port::new("a/".repeat(30_000)), "1".into());
    far.edges.clear();
    far.edges.insert("far".into(), Arc::new(edge));
    let problems = architect::write(&far).expect_err("an exit that is too deep");
    assert_eq!(problems[0].code.as_str(), "architect-too-deep");
    let round: Vec<_> = [connect(&(MAX_NODES - 1).to_string(), "out", "0")].into();
    let mut circle = chain("out", MAX_NODES);
    apply(&mut circle, &Transaction::new("Close", round)).expect("it can be drawn");
    let problems = architect::write(&circle).expect_err("a circle");
    assert_eq!(problems.len(), 1);
}

#[test]
fn every_rule_of_writing_has_a_code_of_its_own() {
    let codes: std::collections::BTreeSet<_> = architect::RULES
        .iter()
        .chain(CHECKED)
        .map(|rule| rule.code.as_str())
        .collect();
    assert_eq!(codes.len(), architect::RULES.len() + CHECKED.len());
}
