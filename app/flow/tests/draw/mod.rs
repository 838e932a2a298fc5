//! Drawing flows for tests and benches.
#![allow(dead_code, clippy::expect_used)] // Each test program uses a part of it.

use std::sync::Arc;

use flow::{
    Case, Edge, EntityRef, FieldKey, FieldValue, Flow, FlowKind, Kind, Node, NodeId, Pair, Point,
    Port, Stamp, TEMPLATES,
};

/// The phone-lookup template: `start`, `lookup`, `end`.
pub(crate) fn template() -> Flow {
    let template = TEMPLATES.iter().find(|t| t.name == "phone-lookup");
    template.expect("the template is there").build()
}

pub(crate) fn stamp() -> Stamp {
    Stamp {
        upstream_id: None,
        version: 1,
        last_modified: "2026-01-01T00:00:00Z".to_owned(),
    }
}

pub(crate) fn node(flow: &mut Flow, id: &str, kind: &Kind) {
    let mut node = Node::of(kind);
    node.label = format!("Node {id}");
    if *kind == Kind::PLAY_PROMPT {
        let prompt = FieldValue::text("Hello {{phoneNumber}}");
        node.fields.insert(FieldKey::of("prompt"), prompt);
    }
    if [Kind::LOOKUP, Kind::HTTP_REQUEST].contains(kind) {
        let url = FieldValue::text("https://crm.example.org/lookup");
        node.fields.insert(FieldKey::of("url"), url);
    }
    let y = 150.0 * flow.nodes.len() as f64;
    flow.positions.insert(id.into(), Point::new(100.0, y));
    flow.nodes.insert(id.into(), Arc::new(node));
}

pub(crate) fn edge(flow: &mut Flow, source: &str, port: &str, target: &str) {
    let edge = Edge::new(source.into(), Port::new(port), target.into());
    flow.edges.insert(edge.key(), Arc::new(edge));
}

pub(crate) fn field(flow: &mut Flow, id: &str, key: &str, value: FieldValue) {
    change(flow, id, |node| {
        node.fields.insert(FieldKey::new(key), value);
    });
}

pub(crate) fn text(flow: &mut Flow, id: &str, key: &str, value: &str) {
    field(flow, id, key, FieldValue::text(value));
}

pub(crate) fn pairs(flow: &mut Flow, id: &str, key: &str, pairs: &[(&str, &str)]) {
    let pairs = pairs.iter().map(|(name, value)| Pair::text(*name, *value));
    field(flow, id, key, FieldValue::Pairs(pairs.collect()));
}

/// Cases of a split, as value and label.
pub(crate) fn cases(flow: &mut Flow, id: &str, cases: &[(&str, &str)]) {
    let cases = cases
        .iter()
        .enumerate()
        .map(|(index, (value, label))| Case {
            port: Port::new(format!("case-{}", index + 1)),
            value: (*value).to_owned(),
            label: (*label).to_owned(),
        });
    field(flow, id, "cases", FieldValue::Cases(cases.collect()));
}

pub(crate) fn change(flow: &mut Flow, id: &str, change: impl FnOnce(&mut Node)) {
    let node = flow.nodes.get_mut(&NodeId::new(id)).expect("a node");
    change(Arc::make_mut(node));
}

/// Start, lookup, split on the response code with a case for 200, a node that
/// sets `customerName` on that way, and an End.
pub(crate) fn branching() -> Flow {
    let mut flow = Flow::new(FlowKind::Lookup, "Branching");
    for (id, kind) in [
        ("start", Kind::START),
        ("lookup", Kind::LOOKUP),
        ("split", Kind::SPLIT),
        ("set", Kind::SET_VARIABLES),
        ("end", Kind::END),
    ] {
        node(&mut flow, id, &kind);
    }
    let name = "{{externalContact.responseBody.name}}";
    pairs(&mut flow, "set", "variables", &[("customerName", name)]);
    for (source, port, target) in [
        ("start", "out", "lookup"),
        ("lookup", "out", "split"),
        ("split", "case-1", "set"),
        ("split", "default", "end"),
        ("set", "out", "end"),
    ] {
        edge(&mut flow, source, port, target);
    }
    flow
}

/// A flow in which these follow Start, one after the other: `n0`, `n1`, ….
pub(crate) fn chain(kind: FlowKind, steps: impl IntoIterator<Item = Kind>) -> Flow {
    let mut flow = Flow::new(kind, "Chain");
    node(&mut flow, "start", &Kind::START);
    let mut before = "start".to_owned();
    for (number, step) in steps.into_iter().enumerate() {
        let id = format!("n{number}");
        node(&mut flow, &id, &step);
        edge(&mut flow, &before, "out", &id);
        before = id;
    }
    flow
}

/// A flow in which a node `call` of this kind calls something.
pub(crate) fn calling(kind: FlowKind, step: &Kind, called: EntityRef) -> Flow {
    let mut flow = Flow::new(kind, "Caller");
    node(&mut flow, "start", &Kind::START);
    node(&mut flow, "call", step);
    edge(&mut flow, "start", "out", "call");
    let (callee, _) = Node::of(step).callee().expect("a kind that calls");
    field(&mut flow, "call", callee, FieldValue::Reference(called));
    flow
}

/// A flow of about this many nodes as designers draw them: lookups, splits on
/// their answers, variables set on each way, joined again, many times over.
pub(crate) fn realistic(nodes: usize) -> Flow {
    let mut flow = Flow::new(FlowKind::Lookup, format!("Realistic {nodes}"));
    node(&mut flow, "start", &Kind::START);
    let mut open = vec![("start".to_owned(), "out")];
    for round in 0..nodes.saturating_sub(2) / 5 {
        let [lookup, split, found, missing, check] =
            ["lookup", "split", "found", "missing", "check"].map(|name| format!("{name}-{round}"));
        node(&mut flow, &lookup, &Kind::LOOKUP);
        for (source, port) in open.drain(..) {
            edge(&mut flow, &source, port, &lookup);
        }
        node(&mut flow, &split, &Kind::SPLIT);
        cases(&mut flow, &split, &[("200", "Found"), ("404", "Missing")]);
        for id in [&found, &missing] {
            node(&mut flow, id, &Kind::SET_VARIABLES);
            let name = format!("customer{round}");
            pairs(
                &mut flow,
                id,
                "variables",
                &[
                    (&name, "{{externalContact.responseBody.name}}"),
                    ("lookupSuccess", "{{externalContact.responseCode == 200}}"),
                ],
            );
        }
        node(&mut flow, &check, &Kind::CONDITION);
        let expression = format!("{{{{lookupSuccess && customer{round} != null}}}}");
        text(&mut flow, &check, "expression", &expression);
        edge(&mut flow, &lookup, "out", &split);
        edge(&mut flow, &split, "case-1", &found);
        edge(&mut flow, &split, "case-2", &missing);
        edge(&mut flow, &split, "default", &missing);
        edge(&mut flow, &found, "out", &check);
        edge(&mut flow, &missing, "out", &check);
        open = vec![(check.clone(), "true"), (check, "false")];
    }
    node(&mut flow, "end", &Kind::END);
    for (source, port) in open {
        edge(&mut flow, &source, port, "end");
    }
    flow
}

/// The same in another form of flow: requests instead of lookups, and ends
/// where nothing follows.
pub(crate) fn realistic_in(kind: FlowKind, nodes: usize) -> Flow {
    let mut flow = realistic(nodes);
    if kind == FlowKind::Lookup {
        return flow;
    }
    flow.kind = kind;
    flow.nodes.retain(|_, node| node.kind != Kind::END);
    let kept = flow.nodes.clone();
    flow.edges.retain(|_, edge| kept.contains_key(&edge.target));
    for node in flow.nodes.values_mut() {
        let node = Arc::make_mut(node);
        if node.kind == Kind::START {
            // Other forms than lookup flows have no place for another label.
            node.label = "Start".to_owned();
        }
        if node.kind == Kind::LOOKUP {
            node.kind = Kind::HTTP_REQUEST;
        }
        if node.kind == Kind::SPLIT {
            let on = FieldValue::text("{{response.responseCode}}");
            node.fields.insert(FieldKey::of("on"), on);
        }
        if let Some(FieldValue::Pairs(pairs)) = node.fields.get_mut("variables") {
            for pair in pairs {
                let value = pair.value.as_str().unwrap_or_default();
                pair.value = value.replace("externalContact", "response").into();
            }
        }
    }
    flow
}
