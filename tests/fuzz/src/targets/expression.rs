//! Expressions and the templates that they stand in.

use std::ops::Range;

use flow::expression::{
    Environment, Expression, Part, Type, calls, parse, parse_template, reads, type_of,
};

use crate::{Meter, Mutator, Outcome, Target, mutate::Grammar};

pub(super) const TARGET: Target = Target {
    name: "expression",
    extension: "txt",
    run,
    mutator: Mutator::Tokens(Grammar {
        around: &[
            ("(", ")"),
            ("{{", "}}"),
            ("${", "}"),
            ("{{(", ")}}"),
            ("json.parse(", ")"),
            ("concat(a, ", ")"),
            ("a[", "]"),
            ("!", ""),
            ("-", ""),
            ("not ", ""),
            ("", ".a"),
            ("", " + 1"),
            ("\"", "\""),
            ("'", "'"),
        ],
        words: &[
            "{{", "}}", "${", "}", "==", "!=", "<=", ">=", "&&", "||", "and", "or", "not", "null",
            "true", "false", "\"", "'", "\\", ".", ",", "(", ")", "[", "]", "-", "%", "/",
        ],
    }),
};

/// What is known of variables: of each something else.
struct Variables;

impl Environment for Variables {
    fn type_of(&self, variable: &str, member: Option<&str>) -> Type {
        const TYPES: [Type; 6] = [
            Type::Unknown,
            Type::Null,
            Type::Boolean,
            Type::Number,
            Type::Text,
            Type::Json,
        ];
        let number = variable.len() + member.map_or(0, str::len);
        TYPES.get(number % TYPES.len()).copied().unwrap_or_default()
    }
}

fn run(text: &str, meter: &mut Meter) -> Outcome {
    let template = meter.stage("parse the template", || parse_template(text));
    let mut at = 0;
    for part in &template.parts {
        let span = match part {
            Part::Text(span) => span,
            Part::Expression { expression, span } => {
                holds(text, expression, span);
                span
            }
        };
        within(text, span, &(at..text.len()));
        at = span.end;
    }
    for error in &template.errors {
        within(text, &error.span, &(0..text.len()));
        assert!(!error.message.is_empty());
    }
    let expressions = template.expressions();
    meter.stage("look into the template", || expressions.for_each(look_into));

    let parsed = meter.stage("parse the expression", || parse(text));
    match &parsed {
        Ok(expression) => {
            holds(text, expression, &(0..text.len()));
            meter.stage("look into the expression", || look_into(expression));
        }
        Err(error) => within(text, &error.span, &(0..text.len())),
    }
    if parsed.is_ok() || template.expressions().next().is_some() {
        Outcome::Read
    } else {
        Outcome::Refused
    }
}

/// All that is asked of an expression before it runs.
fn look_into(expression: &Expression) {
    let mut mismatches = Vec::new();
    type_of(expression, &Variables, &mut mismatches);
    reads(expression);
    calls(expression);
}

/// The bytes that an expression names are its own.
fn holds(text: &str, expression: &Expression, span: &Range<usize>) {
    within(text, &expression.span, span);
    for read in reads(expression) {
        within(text, &read.span, &expression.span);
        within(text, &read.root_span, &read.span);
    }
    for call in calls(expression) {
        within(text, &call.span, &expression.span);
    }
}

/// A span is inside of another one, and on characters.
fn within(text: &str, span: &Range<usize>, whole: &Range<usize>) {
    assert!(
        whole.start <= span.start && span.end <= whole.end && text.get(span.clone()).is_some(),
        "the bytes {span:?} are not within {whole:?}, or not on characters"
    );
}
