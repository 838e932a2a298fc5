//! What the guides build, built by edits: the requests that they send, byte for
//! byte but for ids and times.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod data_action;
#[path = "../draw/mod.rs"]
mod draw;
mod expected;
mod flow_modules;
mod phone_lookup;
mod shared_flows;
mod spec;

use std::sync::Arc;

use flow::{
    Edge, EntityRef, FieldKey, FieldValue, Flow, FlowKind, FlowSetting, Kind, Node, NodeId, Op,
    Pair, Point, Port, Problem, Severity, Stamp, Transaction, Workspace, aligned, apply, check_in,
    diff, direct, import,
};

/// A flow that is drawn by edits.
pub(crate) struct Drawing {
    pub(crate) flow: Flow,
}

impl Drawing {
    /// A new flow with its Start.
    pub(crate) fn new(kind: FlowKind, name: &str, description: &str) -> Self {
        let mut drawing = Self {
            flow: Flow::new(kind, "Untitled"),
        };
        drawing.edit(vec![
            Op::SetFlow(FlowSetting::Name(name.to_owned())),
            Op::SetFlow(FlowSetting::Description(description.to_owned())),
        ]);
        drawing.add("start", &Kind::START, "Start");
        drawing
    }

    pub(crate) fn edit(&mut self, ops: Vec<Op>) {
        apply(&mut self.flow, &Transaction::new("Edit", ops)).expect("an edit that applies");
    }

    /// Adds a node as the palette makes it, below the last one.
    pub(crate) fn add(&mut self, id: &str, kind: &Kind, label: &str) {
        let y = 100.0 + 150.0 * f64::from(u8::try_from(self.flow.nodes.len()).expect("few nodes"));
        self.edit(vec![
            Op::AddNode {
                id: id.into(),
                node: Arc::new(Node::of(kind)),
                position: Point::new(100.0, y),
                index: None,
            },
            Op::SetLabel {
                id: id.into(),
                label: label.to_owned(),
            },
        ]);
    }

    pub(crate) fn set(&mut self, id: &str, field: &'static str, value: FieldValue) {
        self.edit(vec![Op::SetField {
            id: id.into(),
            field: FieldKey::of(field),
            value: Some(value),
        }]);
    }

    pub(crate) fn set_text(&mut self, id: &str, field: &'static str, text: &str) {
        self.set(id, field, FieldValue::text(text));
    }

    pub(crate) fn set_pairs(&mut self, id: &str, field: &'static str, pairs: &[(&str, &str)]) {
        let pairs = pairs.iter().map(|(name, value)| Pair::text(*name, *value));
        self.set(id, field, FieldValue::Pairs(pairs.collect()));
    }

    pub(crate) fn refer(&mut self, id: &str, field: &'static str, called: &str) {
        let called = EntityRef::Id(called.to_owned());
        self.set(id, field, FieldValue::Reference(called));
    }

    pub(crate) fn connect(&mut self, source: &str, target: &str) {
        let edge = Edge::new(source.into(), Port::OUT, target.into());
        self.edit(vec![Op::Connect {
            id: None,
            edge: Arc::new(edge),
            index: None,
        }]);
    }
}

/// What creates something upstream.
pub(crate) fn unsent() -> Stamp {
    Stamp {
        upstream_id: None,
        version: 1,
        last_modified: "2026-01-01T00:00:00Z".to_owned(),
    }
}

/// What updates something that was read at this version.
pub(crate) fn read_at(upstream_id: &str, version: u64) -> Stamp {
    Stamp {
        upstream_id: Some(upstream_id.to_owned()),
        version,
        ..unsent()
    }
}

pub(crate) fn errors(flow: &Flow, workspace: &Workspace) -> Vec<Problem> {
    let mut problems = check_in(flow, workspace);
    problems.retain(|problem| problem.severity == Severity::Error);
    problems
}

/// Generates a document, and fails unless it is read as the same flow, with no
/// error in it, and written again to the byte.
pub(crate) fn sent(flow: &Flow, stamp: &Stamp, workspace: &Workspace) -> String {
    assert_eq!(errors(flow, workspace), []);
    let text = direct::generate(flow, stamp)
        .expect("it can be written")
        .text;
    let file = import(&text).unwrap_or_else(|error| panic!("{error}"));
    let mut read = aligned(&file.flow, flow);
    if flow.kind == FlowKind::Call {
        // Its name and its description are Patchbay's own.
        read.name.clone_from(&flow.name);
        read.description.clone_from(&flow.description);
    }
    let differences = diff(flow, &read);
    let logic: Vec<_> = differences
        .iter()
        .filter(|difference| !difference.is_layout())
        .collect();
    // Declared variables are not sent.
    if flow.variables.is_empty() {
        assert!(logic.is_empty(), "{logic:#?}");
    }
    if let Some(read_stamp) = &file.stamp {
        assert_eq!(read_stamp.upstream_id, stamp.upstream_id);
        assert_eq!(read_stamp.version, stamp.version);
    }
    let again = direct::generate(&file.flow, stamp).expect("it still can");
    assert_eq!(again.text, text);
    text
}

/// The same flow drawn anew by edits.
pub(crate) fn redrawn(flow: &Flow) -> Flow {
    let mut drawn = Flow::new(flow.kind, "");
    let mut ops = vec![
        Op::SetFlow(FlowSetting::Name(flow.name.clone())),
        Op::SetFlow(FlowSetting::Description(flow.description.clone())),
        Op::SetFlow(FlowSetting::WireType(flow.wire_type.clone())),
        Op::SetFlow(FlowSetting::Inputs(flow.interface.inputs.clone())),
        Op::SetFlow(FlowSetting::Outputs(flow.interface.outputs.clone())),
    ];
    for (id, node) in &flow.nodes {
        let palette = Node {
            wire_id: node.wire_id.clone(),
            joins: node.joins,
            ..Node::of(&node.kind)
        };
        let defaults: Vec<FieldKey> = palette.fields.keys().cloned().collect();
        ops.push(Op::AddNode {
            id: id.clone(),
            node: Arc::new(palette),
            position: flow.position(id),
            index: None,
        });
        ops.push(Op::SetLabel {
            id: id.clone(),
            label: node.label.clone(),
        });
        for key in defaults.iter().chain(node.fields.keys()) {
            ops.push(Op::SetField {
                id: id.clone(),
                field: key.clone(),
                value: node.fields.get(key).cloned(),
            });
        }
    }
    ops.extend(flow.edges.iter().map(|(key, edge)| Op::Connect {
        id: Some(key.clone()),
        edge: Arc::clone(edge),
        index: None,
    }));
    apply(&mut drawn, &Transaction::new("Draw", ops)).expect("edits that apply");
    assert_eq!(drawn, *flow);
    drawn
}

/// The node of a document's flow that has this id on the wire.
pub(crate) fn node<'a>(flow: &'a Flow, id: &str) -> &'a Node {
    flow.nodes.get(&NodeId::new(id)).expect("the node is there")
}
