//! Breaches of the rules on inputs and outputs, and of those that only
//! modules, call flows and shared flows can break.

use flow::{
    DataType, EdgeId, Flow, FlowKind, Kind, MAX_PARAMETERS, Parameter, ParameterType, check,
};
use serde_json::json;

use crate::{
    breach::{Breach, breach},
    draw::{chain, change, edge, node, pairs, template, text},
};

fn inputs(names: &[&str]) -> Vec<Parameter> {
    let names = names.iter();
    names
        .map(|name| Parameter::new(*name, DataType::String))
        .collect()
}

/// A module that sets `status` and then asks, with nothing behind the answers.
pub(crate) fn module() -> Flow {
    let mut flow = chain(FlowKind::Module, [Kind::SET_VARIABLES, Kind::CONDITION]);
    pairs(&mut flow, "n0", "variables", &[("status", "pending")]);
    text(&mut flow, "n1", "expression", "{{status == 'pending'}}");
    assert_eq!(check(&flow), []);
    flow
}

/// A module of which one way sets `tier` and the other does not.
fn forked() -> Flow {
    let mut flow = module();
    for (id, exit, name) in [("gold", "true", "tier"), ("other", "false", "note")] {
        node(&mut flow, id, &Kind::SET_VARIABLES);
        pairs(&mut flow, id, "variables", &[(name, "x")]);
        edge(&mut flow, "n1", exit, id);
    }
    assert_eq!(check(&flow), []);
    flow
}

pub(crate) fn breaches() -> Vec<Breach> {
    let unknown = Parameter {
        datatype: ParameterType::Foreign(json!("currency")),
        ..Parameter::new("price", DataType::String)
    };
    vec![
        breach("too-many-parameters", "", module(), |flow| {
            let many = 0..=MAX_PARAMETERS;
            let many = many.map(|number| Parameter::new(format!("p{number}"), DataType::String));
            flow.interface.outputs = many.collect();
        })
        .without_fix(),
        breach("parameter-name-invalid", "", module(), |flow| {
            flow.interface.inputs = inputs(&["email body"]);
        })
        .without_fix(),
        breach("parameter-name-invalid", "", module(), |flow| {
            flow.interface.outputs = inputs(&["status.code"]);
        })
        .without_fix(),
        breach("parameter-duplicate", "", module(), |flow| {
            flow.interface.inputs = inputs(&["emailBody", "emailBody"]);
        }),
        breach("parameter-type-unknown", "", module(), |flow| {
            flow.interface.inputs = vec![unknown];
        })
        .without_fix(),
        breach("interface-unused", "", template(), |flow| {
            flow.interface.inputs = inputs(&["emailBody"]);
        }),
        breach("output-not-set", "", module(), |flow| {
            flow.interface.outputs = inputs(&["result"]);
        })
        .without_fix(),
        breach("output-not-set", "", forked(), |flow| {
            flow.interface.outputs = inputs(&["status", "tier"]);
        })
        .without_fix(),
        breach(
            "flow-empty",
            "start port out",
            chain(FlowKind::Shared, []),
            |_| {},
        )
        .without_fix(),
        breach("node-id-reserved", "n0", module(), |flow| {
            change(flow, "n0", |node| node.wire_id = Some("start".to_owned()));
        }),
        breach(
            "edge-text-not-sent",
            "start edge start.out>n0",
            module(),
            |flow| {
                let edge = flow.edges.get_mut(&EdgeId::new("start.out>n0"));
                let edge = edge.expect("the first edge");
                std::sync::Arc::make_mut(edge).label = "To the first step".to_owned();
            },
        ),
        breach("input-not-declared", "n1.expression", module(), |flow| {
            text(flow, "n1", "expression", "{{customer == null}}");
        })
        .blames("customer"),
        breach("kind-unknown", "end", module(), |flow| {
            node(flow, "end", &Kind::END);
            edge(flow, "n1", "true", "end");
            edge(flow, "n1", "false", "end");
        })
        .without_fix(),
        breach(
            "kind-unknown",
            "n0",
            chain(FlowKind::Shared, [Kind::LOOKUP]),
            |_| {},
        )
        .without_fix(),
        breach("exit-not-connected", "n1 port false", forked(), |flow| {
            flow.edges.shift_remove(&EdgeId::new("n1.false>other"));
            edge(flow, "gold", "out", "other");
        })
        .without_fix(),
        breach("start-missing", "", module(), |flow| {
            flow.nodes.shift_remove(&flow::NodeId::new("start"));
            flow.edges.shift_remove(&EdgeId::new("start.out>n0"));
        }),
    ]
}

#[test]
fn an_output_that_every_end_sets_and_an_input_that_is_handed_on_are_fine() {
    let mut flow = forked();
    pairs(&mut flow, "other", "variables", &[("tier", "none")]);
    flow.interface.outputs = inputs(&["status", "tier", "given"]);
    flow.interface.inputs = inputs(&["given"]);
    assert_eq!(check(&flow), []);
}

#[test]
fn what_is_open_ends_the_flow_outside_of_lookup_flows() {
    for kind in [FlowKind::Module, FlowKind::Call, FlowKind::Shared] {
        let mut flow = module();
        flow.kind = kind;
        assert_eq!(check(&flow), [], "{kind:?}: a condition without any way on");
    }
}

#[test]
fn an_input_that_was_probably_meant_is_named_and_one_that_is_not_there_can_be_declared() {
    let mut flow = module();
    flow.interface.inputs = inputs(&["customerName"]);
    text(&mut flow, "n1", "expression", "{{custmerName == null}}");
    let [problem] = check(&flow).try_into().expect("one problem");
    let problem: flow::Problem = problem;
    assert_eq!(problem.code.as_str(), "input-not-declared");
    assert!(
        problem.message.ends_with("Did you mean “customerName”?"),
        "{}",
        problem.message
    );
    let undeclared = breaches()
        .into_iter()
        .find(|breach| breach.code == "input-not-declared")
        .expect("a breach");
    let fixed = undeclared.fixed(&undeclared.found()).expect("a fix");
    assert_eq!(fixed.interface.inputs, inputs(&["customer"]));
}
