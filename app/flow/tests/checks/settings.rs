//! Breaches of the rules on the flow as a whole and on ids on the wire.

use std::sync::Arc;

use flow::{Edge, EdgeId, Flow, Kind, Port};

use crate::{
    breach::{Breach, breach, variable},
    draw::{change, node, template},
};

pub(crate) fn breaches() -> Vec<Breach> {
    vec![
        breach("flow-name-missing", "", template(), |flow| {
            flow.name = " ".into();
        })
        .without_fix(),
        breach("flow-name-too-long", "", template(), |flow| {
            flow.name = "é".repeat(256);
        })
        .without_fix(),
        breach("too-many-nodes", "", template(), |flow| {
            for number in 0..100_000 {
                node(flow, &format!("n{number}"), &Kind::END);
            }
        })
        .without_fix(),
        breach("too-many-edges", "", template(), |flow| {
            for number in 0..40_001 {
                let edge = Edge::new("start".into(), Port::OUT, "end".into());
                flow.edges
                    .insert(EdgeId::new(format!("x{number}")), Arc::new(edge));
            }
        })
        .without_fix(),
        breach("too-many-variables", "", template(), |flow| {
            flow.variables = (0..2_000).map(|n| variable(&format!("v{n}"))).collect();
        })
        .without_fix(),
        breach("declared-name-invalid", "", template(), |flow| {
            flow.variables.push(variable("customer name"));
        })
        .without_fix(),
        breach("declared-twice", "", template(), |flow| {
            flow.variables = vec![variable("tier"), variable("tier")];
        }),
        breach("node-id-missing", "lookup", template(), |flow| {
            change(flow, "lookup", |node| node.wire_id = Some(String::new()));
        }),
        breach("node-id-duplicate", "lookup", template(), |flow| {
            change(flow, "lookup", |node| node.wire_id = Some("start".into()));
        }),
        breach(
            "edge-id-missing",
            "lookup edge lookup.out>end",
            template(),
            |flow| {
                edge_id(flow, Some(""));
            },
        ),
        breach(
            "edge-id-duplicate",
            "lookup edge lookup.out>end",
            template(),
            |flow| {
                edge_id(flow, Some("e1"));
            },
        ),
    ]
}

fn edge_id(flow: &mut Flow, id: Option<&str>) {
    let edge = flow
        .edges
        .get_mut(&EdgeId::new("lookup.out>end"))
        .expect("an edge");
    Arc::make_mut(edge).wire_id = id.map(ToOwned::to_owned);
}
