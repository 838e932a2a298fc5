//! Flows as people and importers make them, in every form of the direct
//! profile: each holds what its form can say and nothing else.

mod modules;
mod shared_flows;

use std::{collections::HashSet, sync::Arc};

use flow::{
    Case, Edge, EntityRef, Exit, Extra, FieldKey, FieldValue, Flow, FlowKind, Kind, Node, NodeId,
    Pair, Port, catalogue,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

pub(crate) use self::{modules::module, shared_flows::shared};
use crate::arbitrary::{json_value, pair, point, text};

/// Texts that come back as they are: the wire leaves empty ones out.
fn kept_text() -> impl Strategy<Value = String> {
    text().prop_filter("empty texts are left out", |text| !text.is_empty())
}

/// Pairs under names of their own.
fn kept_pairs() -> impl Strategy<Value = Vec<Pair>> {
    vec(pair(), 1..4).prop_map(|mut pairs| {
        for (index, pair) in pairs.iter_mut().enumerate() {
            pair.name = format!("{}{index}", pair.name);
        }
        pairs
    })
}

/// A kind that flows of a sort have, or one that nobody knows. A Start is
/// among them where it is a node like others.
fn kind(flow: FlowKind) -> impl Strategy<Value = Kind> {
    let known = catalogue().iter().filter(|spec| spec.is_in(flow));
    let known = known.map(|spec| spec.kind.clone());
    let mut kinds: Vec<Kind> = known
        .filter(|kind| flow == FlowKind::Lookup || *kind != Kind::START)
        .collect();
    kinds.push(Kind::foreign("TeleportNode"));
    kinds.push(Kind::foreign("setVariables"));
    select(kinds)
}

/// Where a node of a sort of flow keeps what is unknown of its settings.
fn settings_of(flow: FlowKind) -> &'static str {
    match flow {
        FlowKind::Lookup => "/configuration",
        FlowKind::Shared => "/action",
        FlowKind::Call | FlowKind::Module | FlowKind::Architect => "/settings",
    }
}

/// A name as a token of a JSON pointer (RFC 6901).
fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// What is set on a node.
#[derive(Clone, Debug)]
struct Set {
    label: String,
    texts: [Option<String>; 3],
    number: Option<i64>,
    pairs: Option<Vec<Pair>>,
    cases: usize,
    kept: Option<Value>,
    /// Unknown members: of the node, of its settings, and of a row of them.
    unknown: [Option<Value>; 3],
    wire_id: Option<String>,
}

fn set() -> impl Strategy<Value = Set> {
    let texts = || option::of(kept_text());
    let unknown = || option::weighted(0.2, json_value());
    (
        text(),
        [texts(), texts(), texts()],
        option::of(any::<i64>()),
        option::of(kept_pairs()),
        0..4_usize,
        option::of(json_value()),
        [unknown(), unknown(), unknown()],
        option::weighted(0.2, kept_text()),
    )
        .prop_map(
            |(label, texts, number, pairs, cases, kept, unknown, wire_id)| Set {
                label,
                texts,
                number,
                pairs,
                cases,
                kept,
                unknown,
                wire_id,
            },
        )
}

/// A node whose fields have the form that its kind expects.
fn node(flow: FlowKind, kind: &Kind, set: Set) -> Node {
    let [a, b, c] = set.texts;
    let settings = settings_of(flow);
    let text = |text: Option<String>| text.map(FieldValue::Text);
    let pairs = |pairs: Option<Vec<Pair>>| pairs.map(FieldValue::Pairs);
    let row = set.pairs.iter().flatten().next();
    let row = row.map(|pair| token(&pair.name)).unwrap_or_default();
    // Where there is room for unknown members of a row.
    let mut row_at = None;
    let mut settings_at = Some(format!("{settings}/~0unknown~1"));
    let fields = match kind.as_str() {
        "lookup" | "httpRequest" => {
            if flow == FlowKind::Lookup {
                settings_at = Some(format!("{settings}/action/unknown"));
            }
            vec![
                ("url", text(a)),
                ("method", text(b)),
                ("body", text(c)),
                ("timeout", set.number.map(FieldValue::Integer)),
                ("headers", pairs(set.pairs)),
            ]
        }
        "setVariables" => {
            if flow != FlowKind::Lookup {
                row_at = Some(format!("{settings}/data/{row}/unknown"));
            }
            vec![("variables", pairs(set.pairs))]
        }
        "dataAction" | "flowModule" | "runFlow" => {
            let (field, outputs) = match kind.as_str() {
                "dataAction" => ("dataAction", None),
                "flowModule" => ("module", Some("outputMappings")),
                _ => ("flow", Some("outputMapping")),
            };
            row_at = outputs.map(|outputs| format!("{settings}/{outputs}/{row}/unknown"));
            let called = |id| FieldValue::Reference(EntityRef::Id(id));
            vec![
                (field, a.map(called)),
                ("inputs", pairs(set.pairs.clone())),
                ("outputs", pairs(set.pairs)),
            ]
        }
        "playPrompt" => vec![("prompt", text(a))],
        "condition" => vec![("expression", text(a))],
        "split" => {
            let cases = (1..=set.cases).map(|number| Case {
                port: Port::new(format!("case-{number}")),
                value: number.to_string(),
                label: if number % 2 == 0 {
                    format!("Label {number}")
                } else {
                    String::new()
                },
            });
            row_at = (set.cases > 0).then(|| format!("{settings}/cases/case-1/unknown"));
            let cases = FieldValue::Cases(cases.collect());
            vec![("on", text(a)), ("cases", Some(cases))]
        }
        _ if kind.foreign_type().is_some() => {
            settings_at = None;
            let is_empty = |kept: &Value| kept.is_null() || *kept == json!({});
            let kept = set.kept.filter(|kept| !is_empty(kept));
            let kept = match (flow, kept) {
                // What an action holds stands beside its type.
                (FlowKind::Shared, Some(kept)) => Some(json!({"a": kept, "/b": 1})),
                (_, kept) => kept,
            };
            vec![("configuration", kept.map(FieldValue::Json))]
        }
        _ => vec![],
    };
    let has_rows = fields
        .iter()
        .any(|(_, value)| matches!(value, Some(FieldValue::Pairs(_) | FieldValue::Cases(_))));
    let at = [
        Some("/unknown".to_owned()),
        settings_at,
        row_at.filter(|_| has_rows),
    ];
    let unknown = at.into_iter().zip(set.unknown);
    let unknown: Extra = unknown.filter_map(|(at, value)| at.zip(value)).collect();
    let fields = fields
        .into_iter()
        .filter_map(|(key, value)| Some((FieldKey::of(key), value?)));
    Node {
        label: set.label,
        fields: fields.collect(),
        extra: unknown,
        ..Node::of(kind)
    }
}

/// An edge that is drawn between the nodes that there are, by numbers.
type Drawn = (usize, usize, usize, String, Option<String>, Option<Value>);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let edge = (
        0..6_usize,
        0..6_usize,
        0..6_usize,
        text(),
        option::of("[a-z]{1,4}"),
        option::weighted(0.1, json_value()),
    );
    vec(edge, 0..12)
}

/// What the exits of a foreign node are called by its edges.
const FOREIGN_EXITS: [&str; 5] = ["", "error", "out", "named:out", "Label"];

/// The exit of a node by a number, and a node without exits has one more.
fn exit(flow: FlowKind, node: &Node, number: usize) -> (Port, bool) {
    if flow != FlowKind::Lookup && node.kind.foreign_type().is_some() {
        let name = FOREIGN_EXITS[number % FOREIGN_EXITS.len()];
        let port = match name {
            "" => Port::OUT,
            "out" | "named:out" => Port::new(format!("named:{name}")),
            _ => Port::new(name),
        };
        return (port, false);
    }
    let exits = node.exits();
    let exit = exits.get(number % exits.len().max(1));
    let port = exit.map_or(Port::OUT, |exit| exit.port.clone());
    (port, exit.is_none_or(|exit| exit.label.is_empty()))
}

/// Adds the edges that can be drawn. In modules and shared flows no edge
/// carries a text, and a foreign node has the exits that its edges name.
fn connect(flow: &mut Flow, sources: &[NodeId], targets: &[NodeId], drawn: Vec<Drawn>) {
    let mut wire_ids = HashSet::new();
    for (source, number, target, label, wire_id, unknown) in drawn {
        let (Some(source), Some(target)) = (sources.get(source), targets.get(target)) else {
            continue;
        };
        let node = flow.nodes.get(source).expect("a node").clone();
        let (port, is_unnamed) = exit(flow.kind, &node, number);
        let mut edge = Edge::new(source.clone(), port.clone(), target.clone());
        if flow.kind == FlowKind::Lookup {
            edge.label = if is_unnamed { label } else { String::new() };
        } else if node.kind.foreign_type().is_some() {
            let name = FOREIGN_EXITS[number % FOREIGN_EXITS.len()];
            let exits = &mut Arc::make_mut(flow.nodes.get_mut(source).expect("a node")).exits;
            if exits.iter().all(|exit| exit.port != port) {
                exits.push(Exit {
                    port,
                    label: name.to_owned(),
                });
            }
        } else if node.exits().iter().all(|exit| exit.port != port) {
            // Nothing leaves a Disconnect.
            continue;
        }
        if flow.kind != FlowKind::Shared {
            edge.wire_id = wire_id.filter(|id| wire_ids.insert(id.clone()));
        }
        edge.extra = unknown
            .map(|value| ("/unknown".to_owned(), value))
            .into_iter()
            .collect();
        flow.edges
            .entry(edge.key())
            .or_insert_with(|| Arc::new(edge));
    }
}

/// A lookup flow.
pub(crate) fn lookup() -> impl Strategy<Value = Flow> {
    let nodes = vec((kind(FlowKind::Lookup), set(), point()), 0..6);
    let extra = option::of(json_value());
    let wire_type = option::of(kept_text());
    (text(), text(), wire_type, nodes, drawn(), extra).prop_map(
        |(name, description, wire_type, nodes, drawn, extra)| {
            let mut flow = Flow::new(FlowKind::Lookup, name);
            flow.description = description;
            flow.wire_type = wire_type.filter(|wire_type| wire_type != "INBOUND");
            flow.extra = extra
                .map(|value| ("/nodes/unknown".to_owned(), value))
                .into_iter()
                .collect();
            let mut ids = Vec::new();
            for (index, (kind, set, position)) in nodes.into_iter().enumerate() {
                let id = NodeId::new(format!("n{index}"));
                flow.positions.insert(id.clone(), position);
                let node = node(FlowKind::Lookup, &kind, set);
                flow.nodes.insert(id.clone(), Arc::new(node));
                ids.push(id);
            }
            connect(&mut flow, &ids.clone(), &ids, drawn);
            flow
        },
    )
}

/// A flow of any sort that the direct profile writes.
pub(crate) fn any_flow() -> impl Strategy<Value = Flow> {
    prop_oneof![
        lookup(),
        module(FlowKind::Module),
        module(FlowKind::Call),
        shared()
    ]
}
