//! Breaches of the rules on what is handed to a callee and what comes back.

use flow::{
    DataType, EntityRef, FieldValue, Flow, FlowKind, Interface, Kind, Pair, Parameter, Severity,
    Workspace, check_in,
};
use serde_json::json;

use crate::{
    breach::{Breach, breach},
    calls::{entities, everything},
    draw::{calling, field, pairs},
};

const NAME: (&str, &str) = ("user_name", "{{User.Name}}");

/// A flow that executes the data action with these inputs and outputs.
fn acting(inputs: &[(&str, &str)], outputs: &[(&str, &str)]) -> Flow {
    let action = EntityRef::Id("d-1".to_owned());
    let mut flow = calling(FlowKind::Module, &Kind::DATA_ACTION, action);
    pairs(&mut flow, "call", "inputs", inputs);
    pairs(&mut flow, "call", "outputs", outputs);
    flow
}

/// A flow that runs the shared flow with these inputs and outputs.
fn running(inputs: &[(&str, &str)], outputs: &[(&str, &str)]) -> Flow {
    let called = EntityRef::Id("f-1".to_owned());
    let mut flow = calling(FlowKind::Shared, &Kind::RUN_FLOW, called);
    pairs(&mut flow, "call", "inputs", inputs);
    pairs(&mut flow, "call", "outputs", outputs);
    flow
}

pub(crate) fn breaches() -> Vec<Breach> {
    let all = everything();
    let row = |code, place, flow: Flow| breach(code, place, flow, |_| {}).among(&all);
    let in_row = |code, flow| row(code, "call.inputs[0]", flow);
    let out_row = |code, flow| row(code, "call.outputs[0]", flow);
    let open = |code, flow| row(code, "call.inputs", flow);
    let mut declared = acting(&[("verbose", "true")], &[]);
    let parameter = Parameter::new("user_id", DataType::Integer);
    declared.interface.inputs = vec![parameter];
    let mut mistyped = acting(&[("verbose", "true")], &[]);
    mistyped.interface.inputs = vec![Parameter::new("user_id", DataType::String)];
    let mut listed = acting(&[], &[]);
    let rows = vec![
        Pair {
            name: "user_id".into(),
            value: json!(["7"]),
        },
        Pair {
            name: "verbose".into(),
            value: json!(1),
        },
    ];
    field(&mut listed, "call", "inputs", FieldValue::Pairs(rows));
    vec![
        in_row("mapping-input-unknown", acting(&[("User_id", "7")], &[])),
        in_row("mapping-input-unknown", acting(&[("phone", "7")], &[])).without_fix(),
        // Another row has the name that was meant.
        in_row(
            "mapping-input-unknown",
            acting(&[("User_id", "7"), ("user_id", "8")], &[]),
        )
        .without_fix(),
        open("mapping-input-missing", acting(&[], &[])).without_fix(),
        open("mapping-input-missing", declared),
        open("mapping-input-missing", mistyped).without_fix(),
        open("mapping-input-open", running(&[], &[])).without_fix(),
        {
            let mut flow = running(&[], &[]);
            flow.interface.inputs = vec![Parameter::new("emailBody", DataType::String)];
            open("mapping-input-open", flow)
        },
        out_row(
            "mapping-output-unknown",
            acting(&[], &[("User_name", "{{User.Name}}")]),
        ),
        out_row(
            "mapping-output-unknown",
            acting(&[], &[("colour", "{{User.Name}}")]),
        )
        .without_fix(),
        out_row(
            "mapping-output-unknown",
            running(&[], &[("kept", "${output.ProcessedResult.first}")]),
        )
        .blames("ProcessedResult"),
        out_row(
            "mapping-output-unknown",
            running(&[], &[("kept", "Got {{ output['processdResult'] }}")]),
        )
        .blames("processdResult"),
        out_row(
            "mapping-output-unknown",
            running(&[], &[("kept", "${output.colour}")]),
        )
        .blames("colour")
        .without_fix(),
        out_row(
            "mapping-result-invalid",
            running(&[], &[("kept", "${phoneNumber}")]),
        )
        .without_fix(),
        out_row("mapping-result-invalid", running(&[], &[("kept", "b")])).without_fix(),
        out_row(
            "mapping-target-invalid",
            acting(&[], &[("user_name", "Hello {{User.Name}}")]),
        )
        .without_fix(),
        out_row(
            "mapping-target-invalid",
            acting(&[], &[("user_name", "User.Name")]),
        )
        .without_fix(),
        in_row("mapping-type-mismatch", acting(&[("user_id", "abc")], &[])).without_fix(),
        in_row("mapping-type-mismatch", acting(&[("user_id", "7.5")], &[])).without_fix(),
        in_row(
            "mapping-type-mismatch",
            acting(&[("user_id", "{{phoneNumber}}")], &[]),
        )
        .blames("phoneNumber")
        .without_fix(),
        row("mapping-type-mismatch", "call.inputs[1]", listed).without_fix(),
        in_row(
            "variable-not-set",
            running(&[("emailBody", "{{output.x}}")], &[]),
        )
        .blames("output"),
        breach(
            "mapping-draft-differs",
            "call.inputs[0]",
            running(&[("emailBody", "{{interaction.id}}")], &[]),
            |_| {},
        )
        .among(&redrawn())
        .without_fix(),
        out_row(
            "variable-name-reserved",
            acting(&[], &[("user_name", "{{interaction.name}}")]),
        )
        .without_fix(),
        out_row(
            "variable-name-invalid",
            running(&[], &[("kept result", "${output.processedResult}")]),
        )
        .without_fix(),
        row(
            "name-duplicate",
            "call.outputs[1]",
            running(
                &[],
                &[
                    ("kept", "${output.processedResult}"),
                    ("kept", "${output.processedResult}"),
                ],
            ),
        ),
    ]
}

#[test]
fn mappings_that_fit_are_fine() {
    for (inputs, outputs) in [
        (vec![("user_id", "7"), ("verbose", "true")], vec![NAME]),
        (
            vec![
                ("user_id", "{{length(phoneNumber)}}"),
                ("verbose", "{{phoneNumber == ''}}"),
            ],
            vec![NAME, ("success", "{{ok}}")],
        ),
        (
            vec![("user_id", "{{interaction.id}}"), ("verbose", " false ")],
            vec![
                ("user_name", "${User['Name']}"),
                ("success", "{{ (User).ok }}"),
            ],
        ),
    ] {
        let flow = acting(&inputs, &outputs);
        let found = check_in(&flow, &everything());
        // A name in brackets is no place that a value can be put into.
        let bracketed = outputs.iter().any(|(_, value)| value.contains('['));
        let codes: Vec<_> = found.iter().map(|problem| problem.code.as_str()).collect();
        let expected: &[&str] = if bracketed {
            &["mapping-target-invalid"]
        } else {
            &[]
        };
        assert_eq!(codes, expected, "{inputs:?} {outputs:?}");
    }
    let flow = running(
        &[("emailBody", "${interaction.email.body}")],
        &[("localResult", "${output.processedResult}")],
    );
    assert_eq!(check_in(&flow, &everything()), []);
}

#[test]
fn a_callee_of_which_nothing_is_known_takes_whatever_it_is_given() {
    let mut entities = entities();
    for entity in &mut entities {
        entity.interface = None;
    }
    let workspace = Workspace::new(entities, true);
    let flow = acting(&[("whatever", "{{phoneNumber}}")], &[("any", "{{kept}}")]);
    assert_eq!(check_in(&flow, &workspace), []);
}

#[test]
fn a_variable_that_came_back_is_of_the_type_that_was_declared() {
    let mut flow = acting(
        &[("user_id", "7"), ("verbose", "true")],
        &[("success", "{{ok}}"), NAME],
    );
    crate::draw::node(&mut flow, "is", &Kind::CONDITION);
    crate::draw::edge(&mut flow, "call", "out", "is");
    for (expression, expected) in [
        ("{{ok}}", [].as_slice()),
        ("{{ok == 'yes'}}", &["comparison-mismatch"]),
        ("{{User.Name == 'Ann'}}", &[]),
        ("{{User.Name == 7}}", &[]),
    ] {
        crate::draw::text(&mut flow, "is", "expression", expression);
        let found = check_in(&flow, &everything());
        let codes: Vec<_> = found.iter().map(|problem| problem.code.as_str()).collect();
        assert_eq!(codes, expected, "{expression}");
    }
}

#[test]
fn capitals_are_pointed_out_where_they_are_all_that_differs() {
    let said = |flow: &Flow| {
        let found = check_in(flow, &everything()).into_iter();
        let mut unknown = found.filter(|problem| problem.code.as_str() == "mapping-input-unknown");
        unknown.next().expect("an unknown input").message
    };
    assert_eq!(
        said(&acting(&[("User_id", "7")], &[])),
        "What “Node call” calls has no input “User_id”. Did you mean “user_id”? Capitals count."
    );
    assert_eq!(
        said(&acting(&[("user_ids", "7")], &[])),
        "What “Node call” calls has no input “user_ids”. Did you mean “user_id”?"
    );
    assert_eq!(
        said(&acting(&[("phone", "7")], &[])),
        "What “Node call” calls has no input “phone”. It has user_id, verbose."
    );
}

/// The shared flow as it is live, while somebody draws another one.
fn redrawn() -> Workspace {
    let mut entities = entities();
    let mut wanted = Parameter::new("priority", DataType::Integer);
    wanted.required = true;
    for entity in &mut entities {
        if entity.id.as_deref() == Some("f-1") {
            entity.draft = Some(Interface {
                inputs: vec![Parameter::new("body", DataType::String), wanted.clone()],
                outputs: vec![Parameter::new("processedResult", DataType::Object)],
            });
        }
    }
    Workspace::new(entities, true)
}

#[test]
fn what_fits_what_is_live_is_only_warned_of_what_somebody_draws() {
    let flow = running(
        &[("emailBody", "${interaction.email.body}")],
        &[("localResult", "${output.processedResult}")],
    );
    let found = check_in(&flow, &redrawn());
    let said: Vec<_> = found
        .iter()
        .map(|problem| (problem.severity, problem.message.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (
                Severity::Warning,
                "The draft of “Email Processor” requires an input “priority”, which this does not give: publishing it will break this."
            ),
            (
                Severity::Warning,
                "The draft of “Email Processor” has no input “emailBody” any more: publishing it will break this."
            ),
            (
                Severity::Warning,
                "The draft of “Email Processor” makes the output “processedResult” an object: publishing it will break this."
            ),
        ]
    );
}

#[test]
fn what_only_a_draft_has_is_an_error_that_says_to_publish_it_first() {
    let flow = running(&[("emailBody", "a"), ("body", "b")], &[]);
    let found = check_in(&flow, &redrawn());
    let mut errors = found
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    let error = errors.next().expect("an error");
    assert_eq!(
        error.message,
        "What “Node call” calls has no input “body”. The draft of “Email Processor” has it, and is not live: publish that first."
    );
    assert_eq!(errors.next(), None);
}
