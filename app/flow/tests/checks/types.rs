//! Breaches of the rules on the sorts of values.

use flow::{DataType, EdgeId, Flow, Kind, Transaction, Variable, apply, check};

use crate::{
    breach::{Breach, breach, split_with, variable},
    draw::{branching, edge, node, pairs, text},
};

/// A flow whose condition is this expression, after a lookup and a node that
/// sets `count` to a number, `name` to a text and `plain` to digits.
fn deciding(expression: &str) -> Flow {
    let mut flow = branching();
    node(&mut flow, "decide", &Kind::CONDITION);
    text(&mut flow, "decide", "expression", expression);
    let values = [
        ("count", "{{length(phoneNumber) + 1}}"),
        ("name", "Dear {{phoneNumber}}"),
        ("plain", "5"),
        ("body", "{{externalContact.responseBody}}"),
    ];
    pairs(&mut flow, "set", "variables", &values);
    node(&mut flow, "more", &Kind::SET_VARIABLES);
    pairs(&mut flow, "more", "variables", &[("again", "{{count}}")]);
    flow.edges.shift_remove(&EdgeId::new("set.out>end"));
    for (source, port, target) in [
        ("set", "out", "more"),
        ("more", "out", "decide"),
        ("decide", "true", "end"),
        ("decide", "false", "end"),
    ] {
        edge(&mut flow, source, port, target);
    }
    flow
}

fn decision(code: &'static str, expression: &str) -> Breach {
    breach(code, "decide.expression", deciding(expression), |_| {})
}

pub(crate) fn breaches() -> Vec<Breach> {
    let mismatch = |expression| decision("comparison-mismatch", expression);
    let operand = |expression| decision("operand-not-a-number", expression);
    let condition = |expression| decision("condition-not-boolean", expression).without_fix();
    let member = |expression| decision("member-unknown", expression).without_fix();
    vec![
        mismatch("{{externalContact.responseCode == \"200\"}}")
            .blames("externalContact.responseCode == \"200\""),
        mismatch("{{'404' != externalContact[\"responseCode\"]}}")
            .blames("'404' != externalContact[\"responseCode\"]"),
        mismatch("{{phoneNumber == 5551234}}").blames("phoneNumber == 5551234"),
        mismatch("again > \"3\"").blames("again > \"3\""),
        mismatch("{{name == 3 || true}}").blames("name == 3"),
        mismatch("{{(count > 2) == 'true'}}").blames("(count > 2) == 'true'"),
        mismatch("{{count == 'many'}}")
            .blames("count == 'many'")
            .without_fix(),
        operand("{{phoneNumber * 2 > 1}}").blames("phoneNumber"),
        operand("{{-upper(name) < 1}}").blames("upper(name)"),
        operand("{{true - 1 == 0}}").blames("true").without_fix(),
        condition("{{externalContact.responseCode}}").blames("externalContact.responseCode"),
        condition("count + 1").blames("count + 1"),
        condition("{{ 'yes' }}").blames("'yes'"),
        member("{{count.digits == null}}").blames("count.digits"),
        member("{{externalContact.responseCode.first == null}}")
            .blames("externalContact.responseCode.first"),
        split_with(
            "case-never-taken",
            "split.cases[0] port case-1",
            &[("found", "Found")],
        )
        .without_fix(),
    ]
}

#[test]
fn what_may_work_is_no_mismatch() {
    for expression in [
        "{{externalContact.responseCode == 200}}",
        "{{externalContact.responseBody.tier == 'Gold'}}",
        "{{externalContact.responseBody.age > 3}}",
        "{{externalContact.error == null}}",
        "{{externalContact.error == 'timeout'}}",
        "{{plain == 5 && plain == '5'}}",
        "{{body.name == 3}}",
        "{{body}}",
        "{{json.parse(externalContact.responseBody).found}}",
        "{{name + 1 == 'Dear 1'}}",
        "{{!name}}",
        "{{(externalContact.responseBody.name || 'Guest') == 'Ann'}}",
        "{{interaction.id == 5}}",
        "{{number(phoneNumber) * 2 > 1}}",
        "{{contains(name, 'x')}}",
    ] {
        assert_eq!(check(&deciding(expression)), [], "{expression}");
    }
}

#[test]
fn a_declared_variable_is_of_its_type_until_something_else_is_set() {
    for (datatype, expression, is_wrong) in [
        (DataType::Integer, "{{limit == '3'}}", true),
        (DataType::Number, "{{limit > 3}}", false),
        (DataType::Boolean, "{{limit}}", false),
        (DataType::Boolean, "{{limit == 1}}", true),
        (DataType::Datetime, "{{limit > 3}}", true),
        (DataType::Object, "{{limit.max == 3}}", false),
        (DataType::Array, "{{limit[0] == 3}}", false),
    ] {
        let mut flow = deciding(expression);
        flow.variables.push(Variable {
            datatype,
            ..variable("limit")
        });
        assert_eq!(!check(&flow).is_empty(), is_wrong, "{expression}");
        pairs(
            &mut flow,
            "more",
            "variables",
            &[("limit", "{{interaction.limit}}")],
        );
        assert_eq!(check(&flow), [], "{expression}");
    }
}

#[test]
fn a_fix_takes_the_quotes_off_or_puts_them_on() {
    for (before, after) in [
        (
            "{{externalContact.responseCode == \"200\"}}",
            "{{externalContact.responseCode == 200}}",
        ),
        (
            "{{phoneNumber == 5551234}}",
            "{{phoneNumber == \"5551234\"}}",
        ),
        ("{{phoneNumber * 2 > 1}}", "{{number(phoneNumber) * 2 > 1}}"),
    ] {
        let mut flow = deciding(before);
        let mut problems = check(&flow).into_iter();
        let fix = problems.find_map(|problem| problem.fix).expect("a fix");
        apply(&mut flow, &Transaction::new(fix.label, fix.ops)).expect("it applies");
        assert_eq!(
            flow.nodes[&flow::NodeId::new("decide")].text("expression"),
            after
        );
        assert_eq!(check(&flow), []);
    }
}
