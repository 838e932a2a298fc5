//! How large documents and flows may be: what is larger is refused with a
//! message, and what is as large as it may be is dealt with in a small stack.
#![allow(clippy::expect_used, clippy::panic)]

mod draw;

use draw::{chain, stamp};
use flow::{
    EntityRef, FieldKey, FieldValue, Flow, FlowKind, Kind, MAX_DOCUMENT_BYTES, MAX_JSON_DEPTH,
    MAX_NODES, NodeId, Workspace, aligned, check, check_in, diff, direct, import, merge,
    variables_at,
};
use serde_json::json;

/// The smallest stack that anything here is asked to do with.
const SMALL_STACK_BYTES: usize = 256 * 1024;

/// Runs something with a small stack: what walked along a chain by calling
/// itself would overflow it.
fn in_a_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(SMALL_STACK_BYTES);
    let running = thread.spawn(run).expect("a thread");
    if let Err(panic) = running.join() {
        std::panic::resume_unwind(panic);
    }
}

/// A step that every form of flow has, and that has one way on.
const STEP: Kind = Kind::SET_VARIABLES;

/// A chain of nodes, Start included, that checks clean.
fn long_chain(kind: FlowKind, nodes: usize) -> Flow {
    let ends = usize::from(kind == FlowKind::Lookup);
    let steps = std::iter::repeat_n(STEP, nodes - 1 - ends);
    let steps = steps.chain(std::iter::repeat_n(Kind::END, ends));
    let mut flow = chain(kind, steps);
    let set = FieldValue::Pairs(vec![flow::Pair::text("status", "{{phoneNumber}}")]);
    for node in flow.nodes.values_mut() {
        let node = std::sync::Arc::make_mut(node);
        if node.kind == Kind::START {
            // Other forms than lookup flows have no place for another label.
            node.label = "Start".to_owned();
        } else if node.kind == STEP {
            node.fields.insert(FieldKey::of("variables"), set.clone());
        }
    }
    flow
}

/// A document of a chain that is longer than any flow may be, and where that
/// is said.
fn too_long(kind: FlowKind, nodes: usize) -> (String, &'static str) {
    let id = |number: usize| number.to_string();
    let all = 0..nodes;
    match kind {
        FlowKind::Lookup => {
            let list: Vec<_> = all
                .clone()
                .map(|n| json!({"id": id(n), "type": "StartNode"}))
                .collect();
            let edges: Vec<_> = all
                .skip(1)
                .map(|n| json!({"fromNodeId": id(n - 1), "toNodeId": id(n)}))
                .collect();
            let document = json!({"name": "Chain", "nodes": {"nodes": list, "edges": edges}});
            (document.to_string(), "/nodes/nodes")
        }
        FlowKind::Call | FlowKind::Module => {
            let list: Vec<_> = all
                .clone()
                .map(|n| json!({"id": id(n), "type": "setData"}))
                .collect();
            let edges: Vec<_> = all
                .skip(1)
                .map(|n| json!({"source": id(n - 1), "target": id(n)}))
                .collect();
            let mut document = json!({"definition": {"nodes": list, "edges": edges}});
            if kind == FlowKind::Module {
                document["name"] = json!("Chain");
            }
            (document.to_string(), "/definition/nodes")
        }
        FlowKind::Shared | FlowKind::Architect => {
            let list: Vec<_> = all
                .map(|n| {
                    json!({"id": id(n), "actions": [{"type": "setData"}], "next": [{"nodeId": id((n + 1) % nodes)}]})
                })
                .collect();
            (json!({"nodes": list}).to_string(), "/nodes")
        }
    }
}

const KINDS: [FlowKind; 4] = [
    FlowKind::Lookup,
    FlowKind::Call,
    FlowKind::Module,
    FlowKind::Shared,
];

#[test]
fn a_chain_of_100_000_nodes_is_refused_with_a_message_in_every_form() {
    for kind in KINDS {
        let (text, path) = too_long(kind, 100_000);
        assert!(text.len() < MAX_DOCUMENT_BYTES, "it is not the bytes");
        in_a_small_stack(move || {
            let error = import(&text).expect_err("it is too long");
            assert_eq!(
                error.message,
                "The flow has 100000 nodes, and at most 10000 are possible. Spread it over several flows."
            );
            assert_eq!(error.path, path);
        });
    }
    // What was drawn is refused before anything walks along it.
    let drawn = long_chain(FlowKind::Module, 100_000);
    in_a_small_stack(move || {
        let problems = check(&drawn);
        let codes: Vec<_> = problems
            .iter()
            .map(|problem| problem.code.as_str())
            .collect();
        assert_eq!(codes, ["too-many-nodes", "too-many-edges"]);
    });
    // One node of a shared flow can have as many actions.
    let actions = vec![json!({"type": "setData"}); 100_000];
    let one = json!({"nodes": [{"id": "a", "actions": actions}]}).to_string();
    let error = import(&one).expect_err("too many actions");
    assert!(error.message.contains("100001 nodes"), "{error}");
    assert_eq!(error.path, "/nodes");
    // And Patchbay's own file of one is refused like it.
    let own = flow::FlowFile::new(long_chain(FlowKind::Module, 15_000), None);
    let error = import(&own.to_json().expect("a file prints")).expect_err("too many nodes");
    assert_eq!(error.path, "/flow/nodes");
}

#[test]
fn more_edges_than_a_flow_can_have_are_refused_with_a_message() {
    let next = vec![json!({"on": "default", "nodeId": "a"}); 40_001];
    let shared = json!({"nodes": [{"id": "a", "actions": [{"type": "setData"}], "next": next}]});
    let edges = vec![json!({"source": "a", "target": "a"}); 40_001];
    let module = json!({"name": "M", "definition": {"nodes": [{"id": "a", "type": "setData"}], "edges": edges}});
    for (document, path) in [(shared, "/nodes"), (module, "/definition/edges")] {
        let error = import(&document.to_string()).expect_err("too many edges");
        assert!(
            error.message.contains("at most 40000 are possible"),
            "{error}"
        );
        assert_eq!(error.path, path);
    }
}

#[test]
fn larger_and_deeper_documents_are_refused_in_every_form() {
    let documents = [
        r#"{"name":"M","definition":{"nodes":[],"edges":[]},"deep":X}"#,
        r#"{"definition":{"nodes":[],"edges":[],"deep":X}}"#,
        r#"{"nodes":[],"deep":X}"#,
        r#"{"nodes":{"nodes":[]},"deep":X}"#,
    ];
    for document in documents {
        let depth =
            document.matches("definition").count() - usize::from(document.contains("\"M\""));
        let lists = MAX_JSON_DEPTH - 1 - depth;
        let nested = |lists: usize| {
            document.replace('X', &format!("{}{}", "[".repeat(lists), "]".repeat(lists)))
        };
        import(&nested(lists)).expect("as deep as it may be");
        let error = import(&nested(lists + 1)).expect_err("too deep");
        assert!(
            error.message.contains("nested more than 128 deep"),
            "{error}"
        );
        let long = document.replace('X', &format!("\"{}\"", "x".repeat(MAX_DOCUMENT_BYTES)));
        let error = import(&long).expect_err("too long");
        assert!(
            error.message.contains("at most 10485760 can be read"),
            "{error}"
        );
    }
}

#[test]
fn the_longest_chain_of_every_kind_is_checked_written_and_compared_in_a_small_stack() {
    for kind in KINDS {
        let drawn = long_chain(kind, MAX_NODES);
        in_a_small_stack(move || {
            assert_eq!(check(&drawn), [], "{kind:?}");
            let artifact = direct::generate(&drawn, &stamp()).expect("it can be written");
            let read = import(&artifact.text).expect("it can be read").flow;
            assert_eq!(read.nodes.len(), MAX_NODES);
            let same = aligned(&read, &drawn);
            let logic = diff(&drawn, &same).into_iter();
            let logic: Vec<_> = logic
                .filter(|found| !found.is_layout() && kind != FlowKind::Call)
                .collect();
            assert_eq!(logic, []);
            let merged = merge(&drawn, &drawn, &same);
            assert_eq!(merged.conflicts, []);
            let last = NodeId::new(format!("n{}", MAX_NODES - 2));
            assert!(
                variables_at(&drawn, &last)
                    .iter()
                    .any(|found| found.name == "status")
            );
        });
    }
}

#[test]
fn as_many_actions_as_a_flow_may_have_are_one_node_in_a_small_stack() {
    let actions = vec![json!({"type": "playPrompt", "prompt": "Hello"}); MAX_NODES - 1];
    let document =
        json!({"name": "Long", "nodes": [{"id": "a", "label": "A", "actions": actions}]});
    in_a_small_stack(move || {
        let flow = import(&document.to_string()).expect("it can be read").flow;
        assert_eq!(flow.nodes.len(), MAX_NODES);
        assert_eq!(check(&flow), []);
        let text = direct::generate(&flow, &stamp())
            .expect("it can be written")
            .text;
        let again: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(
            again["nodes"][0]["actions"],
            document["nodes"][0]["actions"]
        );
        let again = import(&text).expect("it can be read").flow;
        assert_eq!(diff(&flow, &aligned(&again, &flow)), []);
    });
}

#[test]
fn a_ring_of_as_many_nodes_as_there_may_be_is_one_cycle_in_a_small_stack() {
    for kind in KINDS {
        let mut drawn = long_chain(kind, MAX_NODES);
        let last = format!("n{}", MAX_NODES - 2);
        draw::edge(&mut drawn, &last, "out", "n0");
        in_a_small_stack(move || {
            let problems = check(&drawn);
            let cycles = problems
                .iter()
                .filter(|problem| problem.code.as_str() == "cycle");
            assert_eq!(cycles.count(), 1, "{kind:?}");
            direct::generate(&drawn, &stamp()).expect("it can be written");
        });
    }
}

#[test]
fn a_caller_of_as_many_modules_as_it_has_nodes_is_checked_in_a_small_stack() {
    let steps = std::iter::repeat_n(Kind::FLOW_MODULE, MAX_NODES - 1);
    let mut drawn = chain(FlowKind::Call, steps);
    for (number, node) in drawn.nodes.values_mut().enumerate().skip(1) {
        let called = FieldValue::Reference(EntityRef::Id(format!("m-{number}")));
        let node = std::sync::Arc::make_mut(node);
        node.fields.insert(FieldKey::of("module"), called);
    }
    in_a_small_stack(move || {
        let problems = check_in(&drawn, &Workspace::new(Vec::new(), true));
        assert_eq!(problems.len(), MAX_NODES - 1);
    });
}

/// Where a flow of Patchbay's own keeps something, a pointer of any length can
/// stand; none may make writing go as deep as it is long.
#[test]
fn a_pointer_that_leads_deeper_than_any_document_is_not_followed() {
    let mut drawn = long_chain(FlowKind::Module, 3);
    let deep = "/a".repeat(100_000);
    drawn.extra.insert(deep.clone(), json!(1));
    draw::change(&mut drawn, "n0", |node| {
        node.extra.insert(deep, json!(1));
        node.extra.insert("/kept".to_owned(), json!(2));
    });
    in_a_small_stack(move || {
        let text = direct::generate(&drawn, &stamp())
            .expect("it can be written")
            .text;
        assert!(text.contains("\"kept\": 2"));
    });
}
