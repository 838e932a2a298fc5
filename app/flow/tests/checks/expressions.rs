//! Breaches of the rules on templates and variables.

use flow::{EdgeId, Kind, check};

use crate::{
    breach::{Breach, body, breach, set_with, variable},
    draw::{branching, edge, node, pairs, template, text},
};

pub(crate) fn breaches() -> Vec<Breach> {
    let condition = |code, value: &str| {
        breach(code, "is.expression", template(), |flow| {
            node(flow, "is", &Kind::CONDITION);
            text(flow, "is", "expression", value);
            flow.edges.shift_remove(&EdgeId::new("lookup.out>end"));
            for (source, port, target) in [
                ("lookup", "out", "is"),
                ("is", "true", "end"),
                ("is", "false", "end"),
            ] {
                edge(flow, source, port, target);
            }
        })
    };
    let read_after_join = |declared: &[&str]| {
        let mut flow = branching();
        node(&mut flow, "greet", &Kind::SET_VARIABLES);
        pairs(
            &mut flow,
            "greet",
            "variables",
            &[("greeting", "Hallo, {{customerName}}")],
        );
        flow.edges.retain(|_, edge| edge.target.as_str() != "end");
        for (source, port, target) in [
            ("split", "default", "greet"),
            ("set", "out", "greet"),
            ("greet", "out", "end"),
        ] {
            edge(&mut flow, source, port, target);
        }
        flow.variables = declared.iter().map(|name| variable(name)).collect();
        flow
    };
    assert_eq!(check(&read_after_join(&["customerName"])), []);
    vec![
        body("template-syntax", "\"Grüße {{phoneNumber\"")
            .blames("{{")
            .without_fix(),
        body("template-syntax", "{{ }}")
            .blames("{{ }}")
            .without_fix(),
        condition("template-syntax", "{{phoneNumber = 1}}")
            .blames("=")
            .without_fix(),
        condition("template-syntax", "phoneNumber ==")
            .blames("=")
            .without_fix(),
        body("template-section", "{{#phoneNumber}}x{{/phoneNumber}}")
            .blames("{{#")
            .without_fix(),
        body("template-section", "{{{phoneNumber}}}")
            .blames("{{{")
            .without_fix(),
        condition("expression-mixed", "{{phoneNumber}} == 1")
            .blames("{{phoneNumber}} == 1")
            .without_fix(),
        body("function-unknown", "\"{{json.prase(phoneNumber)}}\"").blames("json.prase"),
        body("function-unknown", "\"{{teleport(phoneNumber)}}\"")
            .blames("teleport")
            .without_fix(),
        body("function-arguments", "\"{{json.parse()}}\"")
            .blames("json.parse")
            .without_fix(),
        body("variable-not-set", "\"{{customerName}}\"").blames("customerName"),
        body("variable-not-set", "\"ü {{phonenumber}}\"").blames("phonenumber"),
        body("variable-not-set", "\"{{externalContact.responseCode}}\"").blames("externalContact"),
        breach(
            "variable-partly-set",
            "greet.variables[0]",
            read_after_join(&[]),
            |_| {},
        )
        .blames("customerName"),
        set_with(
            "member-unknown",
            "set.variables[0]",
            &[("a", "{{externalContact.responsecode}}")],
        )
        .blames("responsecode"),
        set_with(
            "member-unknown",
            "set.variables[0]",
            &[("a", "${externalContact.colour}")],
        )
        .blames("colour")
        .without_fix(),
        set_with("variable-name-missing", "set.variables[0]", &[("", "x")]),
        set_with(
            "variable-name-invalid",
            "set.variables[0]",
            &[("customer name", "x")],
        )
        .without_fix(),
        set_with(
            "variable-name-reserved",
            "set.variables[0]",
            &[("true", "x")],
        )
        .without_fix(),
        set_with("variables-empty", "set.variables", &[]).without_fix(),
    ]
}
