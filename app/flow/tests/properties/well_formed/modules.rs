//! Modules, and the call flows that link them.

use std::{collections::HashSet, sync::Arc};

use flow::{
    DataType, Edge, Flow, FlowKind, Interface, Kind, Node, NodeId, Parameter, ParameterType, Port,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::json;

use super::{connect, drawn, kept_text, kind, node, set};
use crate::arbitrary::{json_value, text};

/// Names and types that the line of a description can say.
fn plain_parameters() -> impl Strategy<Value = Vec<Parameter>> {
    let types = prop_oneof![
        select(DataType::ALL.to_vec()).prop_map(ParameterType::Known),
        Just(ParameterType::Foreign(json!("currency"))),
    ];
    let names = select(vec!["a", "emailBody", "naïve_2", "x.y", "in", "out"]);
    vec((names, types), 0..4).prop_map(|parameters| {
        let parameters = parameters.into_iter();
        parameters
            .map(|(name, datatype)| Parameter {
                name: name.to_owned(),
                datatype,
                ..Parameter::default()
            })
            .collect()
    })
}

/// A description and the interface that belongs to it. A line that declares it
/// stands there only where it would be written in another way.
fn described() -> impl Strategy<Value = (String, Interface)> {
    let written = (text(), plain_parameters(), plain_parameters())
        .prop_map(|(text, inputs, outputs)| (text, Interface { inputs, outputs }));
    // The line, and whether it declares `a` as an input and `b` as an output.
    let lines = select(vec![
        ("in:a:string", true, false),
        ("  in: a:string ;out:  b : integer  ", true, true),
        ("in: a:string\r", true, false),
        ("in:;out:", false, false),
        ("IN: a:string;", true, false),
        ("out: b:integer; in: a:string", true, true),
        ("in: see below", false, false),
        ("inputs: a:string", false, false),
    ]);
    let typed = (text(), lines, text()).prop_map(|(before, (line, has_a, has_b), after)| {
        let description = format!("{before}\n{line}\nx{after}");
        let parameter = |name, datatype| vec![Parameter::new(name, datatype)];
        let mut interface = Interface::default();
        if has_a {
            interface.inputs = parameter("a", DataType::String);
        }
        if has_b {
            interface.outputs = parameter("b", DataType::Integer);
        }
        (description, interface)
    });
    prop_oneof![3 => written, 1 => typed]
}

/// A module, or a call flow that links some.
pub(crate) fn module(kind_of_flow: FlowKind) -> impl Strategy<Value = Flow> {
    let nodes = vec((kind(kind_of_flow), set()), 0..6);
    let unknown = || option::weighted(0.2, json_value());
    let start = (option::of(0..6_usize), option::of("[A-Z]{1,4}"), unknown());
    let extra = [unknown(), unknown(), unknown()];
    (kept_text(), described(), nodes, start, drawn(), extra).prop_map(
        move |(name, (description, interface), nodes, start, drawn, extra)| {
            let mut flow = Flow::new(kind_of_flow, name);
            if kind_of_flow == FlowKind::Module {
                flow.description = description;
                flow.interface = interface;
            }
            let pointers = [
                "/unknown",
                "/definition/unknown",
                "/definition/entry/unknown",
            ];
            let kept = pointers.into_iter().zip(extra);
            flow.extra = kept
                .filter_map(|(pointer, value)| Some((pointer.to_owned(), value?)))
                .collect();
            let mut node_of_start = Node::of(&Kind::START);
            node_of_start.fields.clear();
            flow.nodes.insert("start".into(), Arc::new(node_of_start));
            let (mut ids, mut wire_ids) = (Vec::new(), HashSet::new());
            for (index, (kind, set)) in nodes.into_iter().enumerate() {
                let id = NodeId::new(format!("n{index}"));
                let wire_id = set.wire_id.clone();
                let mut node = node(kind_of_flow, &kind, set);
                node.wire_id = wire_id.filter(|id| wire_ids.insert(id.clone()));
                flow.nodes.insert(id.clone(), Arc::new(node));
                ids.push(id);
            }
            let (first, wire_id, unknown) = start;
            if let Some(first) = first.and_then(|first| ids.get(first)) {
                let mut edge = Edge::new("start".into(), Port::OUT, first.clone());
                edge.wire_id = wire_id;
                edge.extra = unknown
                    .map(|value| ("/unknown".to_owned(), value))
                    .into_iter()
                    .collect();
                flow.edges.insert(edge.key(), Arc::new(edge));
            }
            connect(&mut flow, &ids.clone(), &ids, drawn);
            flow
        },
    )
}
