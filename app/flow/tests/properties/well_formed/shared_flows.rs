//! Shared flows, with several actions in a node.

use std::{collections::HashSet, sync::Arc};

use flow::{
    DataType, Edge, Flow, FlowKind, Interface, Kind, Node, NodeId, Parameter, ParameterType, Port,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

use super::{Set, connect, drawn, kept_text, kind, node, set};
use crate::arbitrary::{json_value, text};

/// Parameters with all that a shared flow says of them.
fn parameters() -> impl Strategy<Value = Vec<Parameter>> {
    let types = prop_oneof![
        3 => select(DataType::ALL.to_vec()).prop_map(ParameterType::Known),
        1 => json_value().prop_map(|value| match value.as_str().and_then(DataType::from_name) {
            Some(datatype) => ParameterType::Known(datatype),
            None => ParameterType::Foreign(value),
        }),
    ];
    let unknown = option::weighted(0.2, json_value());
    vec((text(), types, text(), unknown), 0..3).prop_map(|parameters| {
        let parameters = parameters.into_iter();
        parameters
            .map(|(name, datatype, description, unknown)| Parameter {
                name,
                datatype,
                required: false,
                description,
                extra: unknown
                    .map(|value| ("/required".to_owned(), value))
                    .into_iter()
                    .collect(),
            })
            .collect()
    })
}

/// A further action: it has no label of its own, and nothing beside it.
fn further(kind: &Kind, set: Set) -> Node {
    let mut node = node(FlowKind::Shared, kind, set);
    node.label = match kind.spec() {
        Some(spec) => spec.title.to_owned(),
        None => kind.foreign_type().unwrap_or_default().to_owned(),
    };
    node.extra
        .retain(|pointer, _| pointer.starts_with("/action/"));
    node.joins = true;
    node
}

/// A shared flow.
pub(crate) fn shared() -> impl Strategy<Value = Flow> {
    let actions = || vec((kind(FlowKind::Shared), set()), 0..3);
    let nodes = vec(
        (
            option::weighted(0.9, kind(FlowKind::Shared)),
            set(),
            actions(),
        ),
        0..5,
    );
    let unknown = || option::weighted(0.2, json_value());
    let extra = [unknown(), unknown(), unknown(), unknown()];
    let wire_type = option::of(kept_text());
    (
        (text(), text(), wire_type),
        (parameters(), parameters()),
        nodes,
        drawn(),
        extra,
    )
        .prop_map(
            |((name, description, wire_type), (inputs, outputs), nodes, drawn, extra)| {
                let mut flow = Flow::new(FlowKind::Shared, name);
                flow.description = description;
                flow.wire_type = wire_type.filter(|wire_type| wire_type != "email");
                flow.interface = Interface { inputs, outputs };
                let trigger = json!({"type": flow.wire_type.as_deref().unwrap_or("email")});
                let plain = [trigger, json!({"conditions": []}), json!({}), Value::Null];
                let pointers = ["/trigger", "/conditionset", "/end", "/unknown"];
                for ((pointer, value), plain) in pointers.into_iter().zip(extra).zip(plain) {
                    let value = value.filter(|value| {
                        *value != plain && (pointer == "/unknown" || !value.is_null())
                    });
                    flow.extra
                        .extend(value.map(|value| (pointer.to_owned(), value)));
                }
                flow.nodes
                    .insert("start".into(), Arc::new(Node::of(&Kind::START)));
                let (mut heads, mut lasts, mut wire_ids) = (Vec::new(), Vec::new(), HashSet::new());
                for (index, (kind, set, actions)) in nodes.into_iter().enumerate() {
                    let head = NodeId::new(format!("n{index}"));
                    let wire_id = set.wire_id.clone();
                    let mut node = match &kind {
                        Some(kind) => node(FlowKind::Shared, kind, set),
                        // A node that does nothing.
                        None => Node {
                            label: set.label,
                            ..Node::of(&Kind::foreign(""))
                        },
                    };
                    node.wire_id = wire_id.filter(|id| wire_ids.insert(id.clone()));
                    flow.nodes.insert(head.clone(), Arc::new(node));
                    if index == 0 {
                        let edge = Edge::new("start".into(), Port::OUT, head.clone());
                        flow.edges.insert(edge.key(), Arc::new(edge));
                    }
                    let mut last = head.clone();
                    let actions = actions.into_iter().enumerate().filter(|_| kind.is_some());
                    for (number, (kind, set)) in actions {
                        let id = NodeId::new(format!("n{index}-{number}"));
                        flow.nodes.insert(id.clone(), Arc::new(further(&kind, set)));
                        let edge = Edge::new(last, Port::OUT, id.clone());
                        flow.edges.insert(edge.key(), Arc::new(edge));
                        last = id;
                    }
                    heads.push(head);
                    lasts.push(last);
                }
                connect(&mut flow, &lasts, &heads, drawn);
                flow
            },
        )
}
