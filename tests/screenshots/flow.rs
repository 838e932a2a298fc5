//! The flow that the pictures show: large enough to fill a screen, and as a
//! designer would draw it.

use std::sync::Arc;

use flow::{
    Case, Edge, EntityRef, FieldKey, FieldValue, Flow, FlowFile, FlowKind, Kind, Node, NodeId,
    Pair, Point, Port,
};
use tests::{Context, Result};

/// From one row of cards to the next, and from one column to the next.
const ROW: f64 = 140.0;
const COLUMN: f64 = 260.0;

/// A step: its id, kind, name, and where it stands in columns and rows.
type Step = (&'static str, Kind, &'static str, (f64, f64));

/// The flow as a file that can be imported.
pub(crate) fn file() -> Result<String> {
    let file = FlowFile::new(drawn(), None);
    serde_json::to_string(&file).context("a flow cannot be written")
}

fn drawn() -> Flow {
    let steps: [Step; 12] = [
        ("start", Kind::START, "Start", (1.0, 0.0)),
        ("lookup", Kind::LOOKUP, "Look up the caller", (1.0, 1.0)),
        ("found", Kind::SPLIT, "Known caller?", (1.0, 2.0)),
        (
            "name",
            Kind::SET_VARIABLES,
            "Keep name and tier",
            (0.0, 3.0),
        ),
        ("gold", Kind::CONDITION, "Gold customer?", (0.0, 4.0)),
        ("greet", Kind::PLAY_PROMPT, "Greet by name", (-0.5, 5.0)),
        ("orders", Kind::HTTP_REQUEST, "Open orders", (0.5, 5.0)),
        (
            "unknown",
            Kind::PLAY_PROMPT,
            "Ask for the number",
            (1.0, 3.0),
        ),
        (
            "failed",
            Kind::SET_VARIABLES,
            "Note the failure",
            (2.0, 3.0),
        ),
        ("tell", Kind::DATA_ACTION, "Tell the agent", (0.5, 6.0)),
        ("end", Kind::END, "End", (0.0, 7.0)),
        ("hang", Kind::DISCONNECT, "Hang up", (2.0, 4.0)),
    ];
    let mut flow = Flow::new(FlowKind::Lookup, "Customer service line");
    "Finds out who calls, and greets them by name.".clone_into(&mut flow.description);
    for (id, kind, label, (column, row)) in steps {
        let mut node = Node::of(&kind);
        label.clone_into(&mut node.label);
        let at = Point::new(column * COLUMN, row * ROW);
        flow.positions.insert(NodeId::new(id), at);
        flow.nodes.insert(NodeId::new(id), Arc::new(node));
    }
    fill(&mut flow);
    for (source, port, target, label) in [
        ("start", "out", "lookup", ""),
        ("lookup", "out", "found", "answered or not"),
        ("found", "case-1", "name", ""),
        ("found", "case-2", "unknown", ""),
        ("found", "default", "failed", ""),
        ("name", "out", "gold", ""),
        ("gold", "true", "greet", ""),
        ("gold", "false", "orders", ""),
        ("orders", "out", "tell", ""),
        ("greet", "out", "end", ""),
        ("tell", "out", "end", ""),
        ("failed", "out", "hang", ""),
    ] {
        let mut edge = Edge::new(source.into(), Port::new(port), target.into());
        label.clone_into(&mut edge.label);
        flow.edges.insert(edge.key(), Arc::new(edge));
    }
    flow
}

fn fill(flow: &mut Flow) {
    let text = FieldValue::text;
    let case = |number: u32, value: &str, label: &str| Case {
        port: Port::new(format!("case-{number}")),
        value: value.to_owned(),
        label: label.to_owned(),
    };
    let pairs = |pairs: &[(&str, &str)]| {
        let pairs = pairs.iter().map(|(name, value)| Pair::text(*name, *value));
        FieldValue::Pairs(pairs.collect())
    };
    let fields = [
        ("lookup", "url", text("https://crm.example.org/callers")),
        ("found", "on", text("{{externalContact.responseCode}}")),
        (
            "found",
            "cases",
            FieldValue::Cases(vec![case(1, "200", "Found"), case(2, "404", "New")]),
        ),
        (
            "name",
            "variables",
            pairs(&[
                ("customerName", "{{externalContact.responseBody.name}}"),
                ("tier", "{{externalContact.responseBody.tier}}"),
            ]),
        ),
        ("gold", "expression", text("{{tier == 'gold'}}")),
        ("greet", "prompt", text("Welcome back, {{customerName}}.")),
        (
            "orders",
            "url",
            text("https://shop.example.org/orders?of={{phoneNumber}}"),
        ),
        (
            "unknown",
            "prompt",
            text("Please tell us your customer number."),
        ),
        ("failed", "variables", pairs(&[("failed", "yes")])),
        (
            "tell",
            "dataAction",
            FieldValue::Reference(EntityRef::Id("tell-agent".to_owned())),
        ),
    ];
    for (id, key, value) in fields {
        if let Some(node) = flow.nodes.get_mut(&NodeId::new(id)) {
            Arc::make_mut(node).fields.insert(FieldKey::new(key), value);
        }
    }
}
