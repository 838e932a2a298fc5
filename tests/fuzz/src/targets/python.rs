//! The check of the scripts of data actions.

use std::sync::LazyLock;

use flow::{DataType, Interface, Parameter, ParameterType, data_action::rules};
use python::{Finding, findings_in};

use crate::{Meter, Mutator, Outcome, SERVER_STACK_BYTES, Target, mutate::Grammar};

pub(super) const TARGET: Target = Target {
    name: "python",
    extension: "py",
    stack_bytes: SERVER_STACK_BYTES,
    run,
    mutator: Mutator::Tokens(Grammar {
        around: &[
            ("(", ")"),
            ("[", "]"),
            ("{", "}"),
            ("{'a': ", "}"),
            ("f'{", "}'"),
            ("f\"\"\"{", ":>{a}}\"\"\""),
            ("'", "'"),
            ("\"\"\"", "\"\"\""),
            ("lambda a: ", ""),
            ("not ", ""),
            ("-", ""),
            ("await ", ""),
            ("*", ""),
            ("", ".a"),
            ("", " if a else b"),
            ("[a for a in ", "]"),
            ("if a:\n ", ""),
            ("def f():\n ", ""),
            ("class A:\n ", ""),
            ("try:\n ", "\nfinally:\n pass\n"),
            ("match a:\n case ", ":\n  pass"),
        ],
        words: &[
            "\n",
            "\n    ",
            "\n        ",
            "\t",
            "\r",
            "\\\n",
            ";",
            ":",
            ":=",
            "->",
            "=",
            "+=",
            "**",
            "//",
            "@",
            "...",
            "%",
            "import",
            "from",
            "as",
            "return",
            "yield",
            "yield from",
            "global",
            "nonlocal",
            "del",
            "async",
            "await",
            "with",
            "while",
            "for",
            "in",
            "is",
            "else",
            "elif",
            "except",
            "except*",
            "raise",
            "assert",
            "pass",
            "break",
            "continue",
            "type",
            "match",
            "case",
            "_",
            "print",
            "__import__",
            "eval",
            "requests",
            "get",
            "post",
            "timeout",
            "Session",
            "None",
            "True",
            "0x",
            "1_000",
            "1e999",
            "1j",
            "b'",
            "rf'",
            "u'",
            "t'",
            "#",
            "# type: ignore",
            "input_data",
            "main",
            "user_id",
        ],
    }),
};

/// What the data action declares whose script is checked.
static INTERFACE: LazyLock<Interface> = LazyLock::new(|| {
    let parameters = |declared: &[(&str, DataType)]| {
        let parameters = declared.iter().map(|(name, datatype)| Parameter {
            name: (*name).to_owned(),
            datatype: ParameterType::Known(*datatype),
            ..Parameter::default()
        });
        parameters.collect()
    };
    Interface {
        inputs: parameters(&[
            ("user_id", DataType::Integer),
            ("region", DataType::String),
            ("größe", DataType::Number),
        ]),
        outputs: parameters(&[
            ("user_name", DataType::String),
            ("found", DataType::Boolean),
            ("scores", DataType::Array),
        ]),
    }
});

fn run(text: &str, meter: &mut Meter) -> Outcome {
    let findings = meter.stage("check", || findings_in(text, Some(&INTERFACE)));
    for finding in &findings {
        points_into(text, finding);
    }
    let is_refused = findings.iter().any(|finding| {
        let code = finding.problem.code;
        code == rules::SCRIPT_SYNTAX.code || code == rules::SCRIPT_TOO_DEEP.code
    });
    if is_refused || text.trim().is_empty() {
        Outcome::Refused
    } else {
        Outcome::Read
    }
}

/// What is found is at a place of the script, and so is what to write instead.
fn points_into(text: &str, finding: &Finding) {
    let place = &finding.problem.place;
    let replaced = finding
        .suggestion
        .as_ref()
        .map(|suggestion| &suggestion.span);
    for span in place.span.as_ref().into_iter().chain(replaced) {
        let is_there = text.get(span.clone()).is_some();
        assert!(
            is_there,
            "a problem is at bytes that are not there: {finding:?}"
        );
    }
    let has_place = place.span.is_some() || place.row.is_some();
    assert!(has_place, "a problem has no place: {finding:?}");
}
