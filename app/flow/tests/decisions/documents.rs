//! What documents say, in which order, and what they are updates of.

use std::sync::Arc;

use flow::{
    Edge, EntityKind, EntityRef, FieldValue, Flow, FlowFile, FlowKind, Kind, Node, NodeId, Op,
    Port, Severity, Stamp, Transaction, aligned, apply, check, diff, direct, import, put_first,
    repoint,
};
use serde_json::{Value, json};

use crate::{
    codes,
    draw::{self, calling, cases, chain, node, pairs, stamp, text},
    keys, read, upstream, written,
};

#[test]
fn decision_01_what_is_empty_is_left_out_but_for_what_the_form_needs() {
    // A lookup flow with nothing in it keeps its lists, and a node its
    // configuration.
    let mut flow = Flow::new(FlowKind::Lookup, "Empty");
    assert_eq!(
        written(&flow, &stamp())["nodes"],
        json!({"nodes": [], "edges": []})
    );
    node(&mut flow, "split", &Kind::SPLIT);
    text(&mut flow, "split", "on", "");
    cases(&mut flow, "split", &[]);
    draw::change(&mut flow, "split", |node| node.label.clear());
    let document = written(&flow, &stamp());
    let split = &document["nodes"]["nodes"][0];
    assert_eq!(split["configuration"], json!({"cases": []}));
    assert_eq!(keys(split), ["id", "type", "metadata", "configuration"]);
    assert!(document.get("description").is_none());

    let module = chain(FlowKind::Module, [Kind::DISCONNECT]);
    let document = written(&module, &stamp());
    assert_eq!(document["definition"]["nodes"][0]["settings"], json!({}));

    let shared = chain(FlowKind::Shared, [Kind::DISCONNECT]);
    let document = written(&shared, &stamp());
    assert_eq!(
        keys(&document),
        [
            "name",
            "type",
            "inputs",
            "outputs",
            "nodes",
            "trigger",
            "conditionset",
            "end"
        ]
    );
    assert_eq!(document["inputs"], json!([]));
    assert_eq!(document["conditionset"], json!({"conditions": []}));
    assert_eq!(document["end"], json!({}));
    assert_eq!(keys(&document["nodes"][0]), ["id", "label", "actions"]);

    // What is null, absent or empty is read as the same.
    let call = |mapping: Value| {
        read(
            &json!({"name": "M", "definition": {"nodes": [{"id": "a", "name": "A", "type": "flowModule",
            "settings": {"flowModuleId": "m-1", "inputMappings": mapping}}], "edges": []}}),
        )
    };
    assert_eq!(call(json!(null)), call(json!([])));
}

#[test]
fn decision_02_lists_and_maps_keep_the_order_of_the_document() {
    let document = json!({"type": "INBOUND", "name": "Order", "nodes": {
        "nodes": [
            {"id": "z", "type": "SetVariablesNode", "label": "Z", "metadata": {"position": {"x": 0, "y": 0}},
             "configuration": {"variables": {"zeta": "1", "alpha": "2", "mid": "3"}}},
            {"id": "a", "type": "StartNode", "label": "A", "metadata": {"position": {"x": 0, "y": 0}}, "configuration": {}}],
        "edges": [
            {"id": "9", "fromNodeId": "z", "toNodeId": "z"},
            {"id": "1", "fromNodeId": "a", "toNodeId": "z"}]},
        "metadata": {"version": 1, "lastModified": "2026-01-01T00:00:00Z"}});
    let mut flow = read(&document).flow;
    assert_eq!(written(&flow, &stamp()).to_string(), document.to_string());
    // What comes later stands behind, in the order in which it was committed.
    for id in ["y", "b"] {
        let op = Op::AddNode {
            id: id.into(),
            node: Arc::new(Node::of(&Kind::END)),
            position: Default::default(),
            index: None,
        };
        apply(&mut flow, &Transaction::new("Add", vec![op])).expect("a new node");
    }
    let order: Vec<_> = flow.nodes.keys().map(NodeId::as_str).collect();
    assert_eq!(order, ["z", "a", "y", "b"]);
}

#[test]
fn decision_03_ids_on_the_wire_are_kept_and_those_of_drawn_edges_derive_from_their_ends() {
    let document = json!({"id": "m-1", "version": 1, "definition": {
        "nodes": [{"id": "8f1c", "name": "Hang up", "type": "disconnect", "settings": {}}],
        "edges": [{"id": "77aa", "source": "start", "target": "8f1c", "type": "default"}],
        "entry": {"nodeId": "8f1c"}}});
    let mut flow = read(&document).flow;
    assert_eq!(flow.wire_id(&"8f1c".into()), "8f1c");
    let imported = &flow.edges[&Edge::new("start".into(), Port::OUT, "8f1c".into()).key()];
    assert_eq!(imported.wire_id.as_deref(), Some("77aa"));
    // Two people who draw the same edge draw one, whose id is its key.
    node(&mut flow, "say", &Kind::PLAY_PROMPT);
    for _ in 0..2 {
        let op = Op::Connect {
            id: None,
            edge: Arc::new(Edge::new("say".into(), Port::OUT, "8f1c".into())),
            index: None,
        };
        apply(&mut flow, &Transaction::new("Connect", vec![op])).expect("both ends are there");
    }
    let document = written(&flow, &upstream("m-1", 1));
    let edges = document["definition"]["edges"].as_array().expect("edges");
    let ids: Vec<_> = edges.iter().map(|edge| &edge["id"]).collect();
    assert_eq!(ids, ["77aa", "say.out>8f1c"]);
}

#[test]
fn decision_04_version_and_time_are_those_of_the_stamp_and_an_import_keeps_its_own() {
    let written_with = |stamp: &Stamp| written(&draw::template(), stamp)["metadata"].clone();
    assert_eq!(
        written_with(&stamp()),
        json!({"version": 1, "lastModified": "2026-01-01T00:00:00Z"})
    );
    let later = Stamp {
        last_modified: "2027-02-03T04:05:06Z".to_owned(),
        ..upstream("f-1", 9)
    };
    let document = written(&draw::template(), &later);
    assert_eq!(
        document["metadata"],
        json!({"version": 9, "lastModified": "2027-02-03T04:05:06Z"})
    );
    let file = read(&document);
    assert_eq!(file.stamp, Some(later), "an import keeps its own");
    let edited = FlowFile::new(file.flow, file.stamp);
    assert_eq!(read(&serde_json::to_value(&edited).expect("JSON")), edited);
}

#[test]
fn decision_05_an_update_names_what_it_updates_and_the_version_last_read() {
    let lookup = written(&draw::template(), &upstream("f-1", 7));
    assert_eq!(
        keys(&lookup),
        ["id", "type", "name", "description", "nodes", "metadata"]
    );
    assert_eq!(lookup["metadata"]["version"], 7);

    let mut module = chain(FlowKind::Module, [Kind::DISCONNECT]);
    module.description = "Hangs up.".to_owned();
    let document = written(&module, &upstream("m-1", 3));
    assert_eq!(
        keys(&document),
        ["id", "name", "description", "version", "definition"]
    );
    let created = written(&module, &stamp());
    assert_eq!(keys(&created), ["name", "description", "definition"]);

    let call = chain(FlowKind::Call, [Kind::DISCONNECT]);
    let document = written(&call, &upstream("c-1", 4));
    assert_eq!(keys(&document), ["id", "version", "definition"]);

    let shared = chain(FlowKind::Shared, [Kind::DISCONNECT]);
    let document = written(&shared, &upstream("s-1", 5));
    assert_eq!(keys(&document)[..3], ["id", "version", "name"]);

    // Answers say which version is published, which is never sent.
    let mut answer = document.clone();
    answer["publishedVersion"] = json!(4);
    let file = read(&answer);
    assert_eq!(written(&file.flow, &file.stamp.expect("a stamp")), document);
}

#[test]
fn decision_06_only_a_lookup_flow_says_its_version_in_what_publishing_confirms() {
    // A GET before `/publish` confirms this version; what others are read at
    // is what they were published at.
    for (kind, version_at) in [
        (FlowKind::Lookup, "/metadata/version"),
        (FlowKind::Module, "/version"),
        (FlowKind::Call, "/version"),
        (FlowKind::Shared, "/version"),
    ] {
        let document = written(&chain(kind, []), &upstream("f-1", 12));
        assert_eq!(document.pointer(version_at), Some(&json!(12)), "{kind:?}");
        let file = read(&document);
        assert_eq!(file.stamp.map(|stamp| stamp.version), Some(12));
    }
}

#[test]
fn decision_14_references_out_of_sight_are_warnings_and_only_the_unwritable_is_refused() {
    let linking = |reference| calling(FlowKind::Call, &Kind::FLOW_MODULE, reference);
    let flow = linking(EntityRef::Id("m-9".to_owned()));
    let problems = check(&flow);
    assert_eq!(codes(&problems), ["reference-not-seen"]);
    assert_eq!(problems[0].severity, Severity::Warning);
    // Errors do not keep a flow from being written.
    let mut broken = flow.clone();
    node(&mut broken, "alone", &Kind::CONDITION);
    assert!(
        check(&broken)
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    );
    direct::generate(&broken, &stamp()).expect("it can be written all the same");
    // These cannot be written: a name for an id, a step that the form has not,
    // two values under one name, a form that this profile has not.
    let refused = |flow: &Flow| {
        let refused = direct::generate(flow, &stamp()).expect_err("it cannot be written");
        codes(&refused)
    };
    assert_eq!(
        refused(&linking(EntityRef::Name("Shared_Auth".to_owned()))),
        ["reference-by-name"]
    );
    assert_eq!(
        refused(&chain(FlowKind::Module, [Kind::END])),
        ["kind-unknown"]
    );
    let mut twice = draw::template();
    pairs(&mut twice, "lookup", "headers", &[("A", "1"), ("A", "2")]);
    assert_eq!(refused(&twice), ["name-duplicate"]);
    assert_eq!(
        refused(&Flow::new(FlowKind::Architect, "A")),
        ["kind-unknown"]
    );
    // What has a definition and no name is a call flow.
    let definition = json!({"nodes": [], "edges": []});
    let kind = |document: Value| read(&document).flow.kind;
    assert_eq!(kind(json!({"definition": definition})), FlowKind::Call);
    assert_eq!(
        kind(json!({"name": "M", "definition": definition})),
        FlowKind::Module
    );
}

#[test]
fn decision_15_the_entry_is_where_the_start_leads_and_a_link_goes_before_what_came_first() {
    let mut flow = chain(FlowKind::Call, [Kind::PLAY_PROMPT]);
    let document = written(&flow, &upstream("c-1", 1));
    assert_eq!(document["definition"]["entry"], json!({"nodeId": "n0"}));
    let mut elsewhere = document.clone();
    elsewhere["definition"]["entry"]["nodeId"] = json!("n1");
    let error = import(&elsewhere.to_string()).expect_err("the entry is another");
    assert_eq!(error.path, "/definition/entry/nodeId");
    let shell = written(&chain(FlowKind::Call, []), &upstream("c-1", 1));
    assert_eq!(shell["definition"], json!({"nodes": [], "edges": []}));

    let ops = put_first(&flow, "link".into(), Node::of(&Kind::FLOW_MODULE)).expect("a Start");
    apply(&mut flow, &Transaction::new("Link", ops)).expect("it applies");
    let document = written(&flow, &upstream("c-1", 1));
    let definition = &document["definition"];
    assert_eq!(definition["entry"], json!({"nodeId": "link"}));
    let edges: Vec<_> = definition["edges"]
        .as_array()
        .expect("edges")
        .iter()
        .map(|edge| (edge["source"].as_str(), edge["target"].as_str()))
        .collect();
    let expected = [(Some("start"), Some("link")), (Some("link"), Some("n0"))];
    assert_eq!(edges, expected);
}

#[test]
fn decision_20_what_exists_only_upstream_is_edited_with_its_version_as_base() {
    // A call flow made elsewhere, with members that nobody here understands.
    let document = json!({"id": "c-1", "version": 8, "division": "d-1", "definition": {
        "nodes": [{"id": "q", "name": "Queue", "type": "transfer", "settings": {"queue": "Sales"}}],
        "edges": [{"id": "e1", "source": "start", "target": "q", "type": "default", "weight": 1}],
        "entry": {"nodeId": "q"}}});
    let FlowFile {
        mut flow, stamp, ..
    } = read(&document);
    let base = flow.clone();
    let stamp = stamp.expect("it says which version it is");
    let mut link = Node::of(&Kind::FLOW_MODULE);
    let called = |id: &str| EntityRef::Id(id.to_owned());
    link.fields
        .insert("module".into(), FieldValue::Reference(called("m-1")));
    let ops = put_first(&flow, "link".into(), link).expect("a Start is there");
    apply(&mut flow, &Transaction::new("Link", ops)).expect("it applies");
    let linked = written(&flow, &stamp);
    assert_eq!(linked["version"], 8);
    assert_eq!(linked["division"], "d-1");
    assert_eq!(
        linked["definition"]["nodes"][0],
        document["definition"]["nodes"][0]
    );
    let moved =
        json!({"id": "e1", "source": "link", "target": "q", "type": "default", "weight": 1});
    assert_eq!(linked["definition"]["edges"][1], moved);

    // Repointing touches what called the one and nothing else.
    let ops = repoint(&flow, EntityKind::Module, &called("m-1"), &called("m-2"));
    assert_eq!(ops.len(), 1);
    apply(&mut flow, &Transaction::new("Repoint", ops)).expect("it applies");
    let repointed = written(&flow, &stamp).to_string();
    assert_eq!(repointed, linked.to_string().replace("m-1", "m-2"));
    assert_eq!(
        repoint(
            &flow,
            EntityKind::SharedFlow,
            &called("m-2"),
            &called("m-1")
        ),
        [],
        "an id of another sort is another thing"
    );

    // What was read is the base to compare with.
    let read_again = read(&written(&base, &stamp)).flow;
    assert_eq!(diff(&base, &aligned(&read_again, &base)), []);
}
