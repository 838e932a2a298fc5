//! Laws that hold of every flow and every edit.
#![allow(clippy::expect_used)]

mod draw;

use std::sync::Arc;

use draw::stamp;
use flow::{
    Case, DataType, Edge, EdgeId, EntityRef, FieldKey, FieldValue, Flow, FlowKind, FlowSetting,
    Kind, Node, NodeId, Op, Pair, Point, Port, Region, RegionId, RegionKind, Severity, Transaction,
    Variable, aligned, apply, catalogue, check, diff, direct,
    expression::{Part, parse, parse_template},
    import, merge,
};
use proptest::{collection::vec, option, prelude::*};
use serde_json::{Value, json};

/// A flow as text in which the order of nodes and edges shows. The order of
/// positions has no meaning.
fn exactly(flow: &Flow) -> String {
    let mut flow = flow.clone();
    flow.positions.sort_unstable_keys();
    serde_json::to_string(&flow).expect("a flow is JSON")
}

fn id() -> impl Strategy<Value = NodeId> {
    (0..6_u8).prop_map(|number| NodeId::new(format!("n{number}")))
}

fn region_id() -> impl Strategy<Value = RegionId> {
    (0..3_u8).prop_map(|number| RegionId::new(format!("r{number}")))
}

fn region() -> impl Strategy<Value = Region> {
    let kinds = vec![
        RegionKind::Menu,
        RegionKind::Task,
        RegionKind::State,
        RegionKind::Foreign("tasks/loopTask".into()),
    ];
    let extra = option::weighted(0.3, json_value());
    let wire_id = option::weighted(0.3, text());
    (prop::sample::select(kinds), text(), wire_id, extra).prop_map(
        |(kind, name, wire_id, extra)| Region {
            kind,
            name,
            wire_id,
            extra: extra
                .map(|value| ("/variables".to_owned(), value))
                .into_iter()
                .collect(),
        },
    )
}

fn port() -> impl Strategy<Value = Port> {
    prop::sample::select(vec![
        "out", "true", "false", "default", "case-1", "case-2", "gone",
    ])
    .prop_map(Port::new)
}

fn kind() -> impl Strategy<Value = Kind> {
    let mut kinds: Vec<Kind> = catalogue().iter().map(|spec| spec.kind.clone()).collect();
    kinds.push(Kind::foreign("TeleportNode"));
    prop::sample::select(kinds)
}

/// Texts with what templates, JSON and URLs are made of, and letters of
/// several bytes.
fn text() -> impl Strategy<Value = String> {
    let parts = [
        "{{",
        "}}",
        "${",
        "}",
        "{",
        "#",
        "phoneNumber",
        "externalContact",
        ".",
        "responseCode",
        " ",
        "==",
        "200",
        "\"",
        "\\",
        "é",
        "名",
        "🙂",
        "json.parse(",
        ")",
        "[",
        "]",
        "!",
        "and",
        "https://",
        "http://",
        "/",
        "@",
        ":",
        "%",
        "\n",
        "x",
        ",",
        "'",
    ];
    vec(prop::sample::select(parts.to_vec()), 0..12).prop_map(|parts| parts.concat())
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("JSON has finite numbers", |number| number.is_finite())
            .prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((text(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn pair() -> impl Strategy<Value = Pair> {
    let names = ["a", "b", "Content-Type", "", "true", "customer.name"];
    let value = prop_oneof![
        text().prop_map(Value::from),
        Just(json!("application/json")),
        json_value()
    ];
    (prop::sample::select(names.to_vec()), value).prop_map(|(name, value)| Pair {
        name: name.to_owned(),
        value,
    })
}

fn case() -> impl Strategy<Value = Case> {
    let texts = || prop::sample::select(vec!["", "200", "Found", "default"]);
    (port(), texts(), texts()).prop_map(|(port, value, label)| Case {
        port,
        value: value.to_owned(),
        label: label.to_owned(),
    })
}

fn value() -> impl Strategy<Value = FieldValue> {
    prop_oneof![
        4 => text().prop_map(FieldValue::Text),
        1 => any::<i64>().prop_map(FieldValue::Integer),
        2 => vec(pair(), 0..4).prop_map(FieldValue::Pairs),
        2 => vec(case(), 0..4).prop_map(FieldValue::Cases),
        1 => json_value().prop_map(FieldValue::Json),
    ]
}

fn key() -> impl Strategy<Value = FieldKey> {
    let keys = [
        "url",
        "method",
        "headers",
        "body",
        "timeout",
        "on",
        "cases",
        "variables",
        "expression",
        "prompt",
        "configuration",
        "dataAction",
        "module",
        "flow",
        "inputs",
        "outputs",
    ];
    prop::sample::select(keys.to_vec()).prop_map(FieldKey::of)
}

/// Any node, sensible or not.
fn node() -> impl Strategy<Value = Node> {
    let fields = prop::collection::btree_map(key(), value(), 0..6);
    let wire_id = option::weighted(0.2, text());
    let region = option::weighted(0.2, region_id());
    (kind(), text(), fields, wire_id, region).prop_map(|(kind, label, fields, wire_id, region)| {
        Node {
            label,
            fields,
            wire_id,
            region,
            ..Node::of(&kind)
        }
    })
}

fn edge() -> impl Strategy<Value = Edge> {
    (id(), port(), id(), text(), option::weighted(0.2, text())).prop_map(
        |(source, port, target, label, wire_id)| {
            let mut edge = Edge::new(source, port, target);
            edge.label = label;
            edge.wire_id = wire_id;
            edge
        },
    )
}

fn variable() -> impl Strategy<Value = Variable> {
    text().prop_map(|name| Variable {
        name,
        datatype: DataType::String,
        description: String::new(),
    })
}

fn point() -> impl Strategy<Value = Point> {
    (-1e6..1e6, -1e6..1e6).prop_map(|(x, y)| Point::new(x, y))
}

fn op() -> impl Strategy<Value = Op> {
    let index = || option::of(0..8_usize);
    let edge_id = || edge().prop_map(|edge| edge.key());
    prop_oneof![
        3 => (id(), node(), point(), index()).prop_map(|(id, node, position, index)| Op::AddNode {
            id, node: Arc::new(node), position, index,
        }),
        1 => id().prop_map(|id| Op::RemoveNode { id }),
        1 => (id(), point()).prop_map(|(id, to)| Op::MoveNode { id, to }),
        1 => id().prop_map(|id| Op::MoveNode { id, to: Point::new(f64::NAN, 0.0) }),
        1 => (id(), text()).prop_map(|(id, label)| Op::SetLabel { id, label }),
        2 => (id(), key(), option::of(value())).prop_map(|(id, field, value)| Op::SetField { id, field, value }),
        3 => (option::weighted(0.2, edge_id()), edge(), index()).prop_map(|(id, edge, index)| Op::Connect {
            id, edge: Arc::new(edge), index,
        }),
        1 => edge_id().prop_map(|id| Op::Disconnect { id }),
        1 => (edge_id(), text()).prop_map(|(id, label)| Op::SetEdgeLabel { id, label }),
        2 => (region_id(), region(), index()).prop_map(|(id, region, index)| Op::AddRegion {
            id, region: Arc::new(region), index,
        }),
        1 => region_id().prop_map(|id| Op::RemoveRegion { id }),
        1 => (region_id(), text()).prop_map(|(id, name)| Op::SetRegionName { id, name }),
        1 => text().prop_map(|name| Op::SetFlow(FlowSetting::Name(name))),
        1 => text().prop_map(|text| Op::SetFlow(FlowSetting::Description(text))),
        1 => vec(variable(), 0..3).prop_map(|variables| Op::SetFlow(FlowSetting::Variables(variables))),
    ]
}

/// A flow that was made by edits, each taken that is not refused.
fn edited() -> impl Strategy<Value = Flow> {
    vec(op(), 0..40).prop_map(|ops| {
        let mut flow = Flow::new(FlowKind::Lookup, "Edited");
        for op in ops {
            let _refused = apply(&mut flow, &Transaction::new("", vec![op]));
        }
        flow
    })
}

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

/// A node whose fields have the form that its kind expects.
fn well_formed_node() -> impl Strategy<Value = Node> {
    let texts = (
        option::of(kept_text()),
        option::of(kept_text()),
        option::of(kept_text()),
    );
    let rest = (
        option::of(any::<i64>()),
        option::of(kept_pairs()),
        0..4_usize,
    );
    let extra = option::weighted(0.3, json_value());
    (kind(), text(), texts, rest, extra).prop_map(
        |(kind, label, (a, b, c), (number, pairs, cases), extra)| {
            let text = |text: Option<String>| text.map(FieldValue::Text);
            let cases = (1..=cases).map(|number| Case {
                port: Port::new(format!("case-{number}")),
                value: number.to_string(),
                label: if number % 2 == 0 {
                    format!("Label {number}")
                } else {
                    String::new()
                },
            });
            let (fields, unknown) = match kind.as_str() {
                "lookup" | "httpRequest" => (
                    vec![
                        ("url", text(a)),
                        ("method", text(b)),
                        ("body", text(c)),
                        ("timeout", number.map(FieldValue::Integer)),
                        ("headers", pairs.map(FieldValue::Pairs)),
                    ],
                    "/configuration/action/~0unknown~1",
                ),
                "setVariables" => (
                    vec![("variables", pairs.map(FieldValue::Pairs))],
                    "/configuration/unknown",
                ),
                "dataAction" | "flowModule" | "runFlow" => {
                    let reference = |id| FieldValue::Reference(EntityRef::Id(id));
                    let field = match kind.as_str() {
                        "dataAction" => "dataAction",
                        "flowModule" => "module",
                        _ => "flow",
                    };
                    (
                        vec![
                            (field, a.map(reference)),
                            ("inputs", pairs.clone().map(FieldValue::Pairs)),
                            ("outputs", pairs.map(FieldValue::Pairs)),
                        ],
                        "/configuration/unknown",
                    )
                }
                "playPrompt" => (vec![("prompt", text(a))], "/configuration/unknown"),
                "condition" => (vec![("expression", text(a))], "/metadata/position/unknown"),
                "split" => (
                    vec![
                        ("on", text(a)),
                        ("cases", Some(FieldValue::Cases(cases.collect()))),
                    ],
                    "/metadata/unknown",
                ),
                _ => (vec![], "/unknown"),
            };
            let fields = fields
                .into_iter()
                .filter_map(|(key, value)| Some((FieldKey::of(key), value?)));
            Node {
                label,
                fields: fields.collect(),
                extra: extra
                    .map(|value| (unknown.to_owned(), value))
                    .into_iter()
                    .collect(),
                ..Node::of(&kind)
            }
        },
    )
}

/// A flow as people and importers make them: every edge leaves an exit that
/// its node has.
fn well_formed() -> impl Strategy<Value = Flow> {
    let nodes = vec((well_formed_node(), point()), 0..6);
    let edges = vec(
        (
            0..6_usize,
            0..6_usize,
            0..6_usize,
            text(),
            option::of("[a-z]{1,4}"),
        ),
        0..12,
    );
    let extra = option::of(json_value());
    (text(), text(), nodes, edges, extra).prop_map(|(name, description, nodes, edges, extra)| {
        let mut flow = Flow::new(FlowKind::Lookup, name);
        flow.description = description;
        flow.extra = extra
            .map(|value| ("/nodes/unknown".to_owned(), value))
            .into_iter()
            .collect();
        for (index, (node, position)) in nodes.into_iter().enumerate() {
            let id = NodeId::new(format!("n{index}"));
            flow.positions.insert(id.clone(), position);
            flow.nodes.insert(id, Arc::new(node));
        }
        for (source, exit, target, label, wire_id) in edges {
            let (Some((source, node)), Some((target, _))) =
                (flow.nodes.get_index(source), flow.nodes.get_index(target))
            else {
                continue;
            };
            let exits = node.exits();
            let exit = exits.get(exit % exits.len().max(1));
            let port = exit.map_or(Port::OUT, |exit| exit.port.clone());
            let mut edge = Edge::new(source.clone(), port, target.clone());
            if exit.is_none_or(|exit| exit.label.is_empty()) {
                edge.label = label;
            }
            edge.wire_id = wire_id;
            flow.edges
                .entry(edge.key())
                .or_insert_with(|| Arc::new(edge));
        }
        flow
    })
}

proptest! {
    #[test]
    fn apply_is_all_or_nothing_and_its_inverse_restores_exactly(flow in edited(), ops in vec(op(), 1..8)) {
        let before = exactly(&flow);
        let mut changed = flow.clone();
        match apply(&mut changed, &Transaction::new("Edit", ops)) {
            Err(_) => prop_assert_eq!(exactly(&changed), before, "a refused transaction changes nothing"),
            Ok(applied) => {
                let after = exactly(&changed);
                prop_assert!(applied.changes.is_empty() <= (before == after));
                let undone = apply(&mut changed, &Transaction::new("Undo", applied.inverse));
                let undone = undone.expect("an inverse applies");
                prop_assert_eq!(exactly(&changed), before);
                apply(&mut changed, &Transaction::new("Redo", undone.inverse)).expect("and its inverse");
                prop_assert_eq!(exactly(&changed), after);
            }
        }
    }

    #[test]
    fn what_was_generated_is_imported_as_the_same_flow(flow in well_formed()) {
        let text = direct::generate(&flow, &stamp()).expect("a well-formed flow can be written").text;
        let back = import(&text).map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
        prop_assert_eq!(exactly(&back.flow), exactly(&flow));
        prop_assert_eq!(back.stamp, Some(stamp()));
        let again = direct::generate(&back.flow, &stamp()).expect("it still can");
        prop_assert_eq!(again.text, text);
    }

    #[test]
    fn the_text_is_what_serde_json_would_print(flow in well_formed()) {
        let text = direct::generate(&flow, &stamp()).expect("a well-formed flow can be written").text;
        let value: Value = serde_json::from_str(&text).expect("JSON");
        prop_assert_eq!(serde_json::to_string_pretty(&value).expect("a value prints"), text);
    }

    #[test]
    fn the_source_map_is_ordered_nested_and_within_the_text(flow in edited()) {
        if let Ok(artifact) = direct::generate(&flow, &stamp()) {
            let count = artifact.text.lines().count();
            let starts: Vec<_> = artifact.source_map.iter().map(|mark| mark.lines.start).collect();
            prop_assert!(starts.is_sorted());
            prop_assert!(artifact.source_map.iter().all(|mark| !mark.lines.is_empty() && mark.lines.end <= count));
        }
    }

    #[test]
    fn checks_never_panic_and_point_at_characters(flow in edited()) {
        let problems = check(&flow);
        prop_assert_eq!(&problems, &check(&flow), "checking is a function");
        for problem in &problems {
            let (Some(id), Some(field), Some(span)) = (&problem.place.node, &problem.place.field, &problem.place.span)
            else { continue };
            let text = match (flow.nodes[id].field(field.as_str()), problem.place.row) {
                (Some(FieldValue::Text(text)), None) => text.as_str(),
                (Some(FieldValue::Pairs(pairs)), Some(row)) => pairs[row].value.as_str().unwrap_or_default(),
                _ => "",
            };
            prop_assert!(text.get(span.clone()).is_some(), "{:?} of {text:?}", problem);
        }
        let has_errors = problems.iter().any(|problem| problem.severity == Severity::Error);
        prop_assert!(has_errors || direct::generate(&flow, &stamp()).is_ok(), "what checks clean generates");
    }

    #[test]
    fn fixes_are_edits_that_apply(flow in edited()) {
        for problem in check(&flow) {
            if let Some(fix) = problem.fix {
                let mut fixed = flow.clone();
                let applied = apply(&mut fixed, &Transaction::new(fix.label, fix.ops));
                prop_assert!(applied.is_ok(), "{}: {applied:?}", problem.code.as_str());
            }
        }
    }

    #[test]
    fn templates_fall_into_parts_on_characters(text in text()) {
        let template = parse_template(&text);
        let mut at = 0;
        for part in &template.parts {
            let span = match part { Part::Text(span) => span, Part::Expression { span, .. } => span };
            prop_assert!(span.start >= at && text.get(span.clone()).is_some());
            at = span.end;
        }
        for error in &template.errors {
            prop_assert!(!text.get(error.span.clone()).unwrap_or_default().is_empty(), "{error:?}");
        }
        if let Err(error) = parse(&text) {
            prop_assert!(text.get(error.span.clone()).is_some(), "{error:?}");
        }
    }

    #[test]
    fn import_never_panics(text in text(), cut in 0..400_usize) {
        let file = direct::generate(&draw::template(), &stamp()).expect("it can be written").text;
        let cut = file.floor_char_boundary(cut);
        let broken = format!("{}{text}{}", &file[..cut], &file[cut..]);
        if let Err(error) = import(&broken) {
            let line = broken.split('\n').nth(error.line - 1).expect("the line is there");
            prop_assert!(error.column <= line.chars().count() + 1, "{error}");
        }
    }
}

#[test]
fn a_repeated_connect_and_a_repeated_disconnect_change_nothing() {
    let mut flow = draw::template();
    let edge = Arc::new(Edge::new("start".into(), Port::OUT, "lookup".into()));
    let connect = Op::Connect {
        id: None,
        edge,
        index: None,
    };
    let disconnect = Op::Disconnect {
        id: EdgeId::new("gone"),
    };
    let applied = apply(
        &mut flow,
        &Transaction::new("Again", vec![connect, disconnect]),
    );
    let applied = applied.expect("both are allowed");
    assert!(applied.changes.is_empty() && applied.inverse.is_empty());
    assert_eq!(exactly(&flow), exactly(&draw::template()));
}

/// Two flows that descend from a third, each by some edits.
fn descendants() -> impl Strategy<Value = [Flow; 3]> {
    let more = || vec(op(), 0..20);
    (edited(), more(), more()).prop_map(|(base, ours, theirs)| {
        let [ours, theirs] = [ours, theirs].map(|ops| {
            let mut flow = base.clone();
            for op in ops {
                let _refused = apply(&mut flow, &Transaction::new("", vec![op]));
            }
            flow
        });
        [base, ours, theirs]
    })
}

proptest! {
    #[test]
    fn a_side_that_changed_nothing_takes_what_the_other_is([base, side, _] in descendants()) {
        for merged in [
            merge(&base, &base, &side),
            merge(&base, &side, &base),
            merge(&base, &side, &side),
            merge(&side, &side, &side),
        ] {
            prop_assert_eq!(merged.conflicts, vec![]);
            prop_assert_eq!(exactly(&merged.flow), exactly(&side));
        }
    }

    #[test]
    fn a_merge_without_conflicts_is_the_same_from_both_sides([base, ours, theirs] in descendants()) {
        let here = merge(&base, &ours, &theirs);
        let there = merge(&base, &theirs, &ours);
        if here.conflicts.is_empty() && there.conflicts.is_empty() {
            let differences = diff(&here.flow, &there.flow);
            // Orders and places are ours where both changed them.
            let logic: Vec<_> = differences
                .into_iter()
                .filter(|difference| !difference.is_layout() && difference.before != difference.after)
                .collect();
            prop_assert_eq!(logic, vec![]);
        }
    }

    #[test]
    fn merged_edges_end_at_nodes_and_nodes_alone_have_places([base, ours, theirs] in descendants()) {
        let merged = merge(&base, &ours, &theirs);
        for edge in merged.flow.edges.values() {
            prop_assert!(merged.flow.nodes.contains_key(&edge.source));
            prop_assert!(merged.flow.nodes.contains_key(&edge.target));
        }
        prop_assert!(merged.flow.positions.keys().all(|id| merged.flow.nodes.contains_key(id)));
    }

    #[test]
    fn aligning_changes_keys_and_nothing_that_is_sent([base, side, _] in descendants()) {
        let moved = aligned(&side, &base);
        prop_assert_eq!(moved.nodes.len(), side.nodes.len());
        prop_assert_eq!(moved.edges.len(), side.edges.len());
        if let Ok(artifact) = direct::generate(&side, &stamp()) {
            let again = direct::generate(&moved, &stamp()).expect("it can be written too");
            prop_assert_eq!(again.text, artifact.text);
        }
    }

    #[test]
    fn flows_differ_where_they_are_not_equal([base, side, _] in descendants()) {
        prop_assert_eq!(diff(&base, &base), vec![]);
        let is_equal = exactly(&base) == exactly(&side);
        prop_assert_eq!(diff(&base, &side).is_empty(), is_equal);
        let back = diff(&side, &base);
        for difference in diff(&base, &side) {
            let mut reverse = back.iter().filter(|other| other.part == difference.part);
            prop_assert!(reverse.any(|other| other.before == difference.after && other.after == difference.before));
        }
    }
}
