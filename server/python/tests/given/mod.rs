//! What the tests check scripts against.
#![allow(dead_code)]

use flow::{DataType, Interface, Parameter};
use python::{Finding, findings_in};

fn parameters(text: &str) -> Vec<Parameter> {
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, datatype) = part.split_once(':').expect("a name and a type");
            Parameter::new(name, DataType::from_name(datatype).expect("a type"))
        })
        .collect()
}

/// An interface as the tables write it: `user_id:integer, region:string`.
pub(crate) fn interface(inputs: &str, outputs: &str) -> Interface {
    Interface {
        inputs: parameters(inputs),
        outputs: parameters(outputs),
    }
}

/// The script with what is around the body of main in most tables.
pub(crate) fn main_with(body: &str) -> String {
    let mut script = "import requests\n\n\ndef main(input_data):\n".to_owned();
    for line in body.lines() {
        script.push_str("    ");
        script.push_str(line);
        script.push('\n');
    }
    script
}

/// What is found, as the tables write it: the code and what is blamed.
pub(crate) fn found(script: &str, interface: &Interface) -> Vec<(String, String)> {
    let findings = findings_in(script, Some(interface));
    findings
        .iter()
        .map(|finding| shown(script, finding))
        .collect()
}

/// A finding's code and the text that it points at, or its row.
pub(crate) fn shown(script: &str, finding: &Finding) -> (String, String) {
    let place = &finding.problem.place;
    let blamed = match (&place.span, &place.field, place.row) {
        (Some(span), ..) => script[span.clone()].to_owned(),
        (None, Some(field), Some(row)) => format!("{field}[{row}]"),
        _ => String::new(),
    };
    (finding.problem.code.as_str().to_owned(), blamed)
}

/// The script with what a finding suggests.
pub(crate) fn suggested(script: &str, finding: &Finding) -> Option<String> {
    let suggestion = finding.suggestion.as_ref()?;
    let mut script = script.to_owned();
    script.replace_range(suggestion.span.clone(), &suggestion.text);
    Some(script)
}
