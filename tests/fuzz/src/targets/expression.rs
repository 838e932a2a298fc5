//! Expressions and the templates that they stand in.

use std::{ops::Range, sync::LazyLock};

use flow::expression::{
    Bindings, Environment, Evaluation, Expression, MAX_OUTPUT_BYTES, MAX_STEPS, Part, Type, Value,
    calls, evaluate, parse, parse_template, reads, render_template, type_of,
};
use serde_json::json;

use crate::{BROWSER_STACK_BYTES, Meter, Mutator, Outcome, Target, mutate::Grammar};

pub(super) const TARGET: Target = Target {
    name: "expression",
    extension: "txt",
    stack_bytes: BROWSER_STACK_BYTES,
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

/// What variables are: of each length of a name something else.
struct Variables<'t> {
    /// The input itself, which is a variable, too.
    text: &'t str,
}

/// The sorts of values that variables have, in turn.
const TYPES: [Type; 7] = [
    Type::Unknown,
    Type::Null,
    Type::Boolean,
    Type::Number,
    Type::Text,
    Type::Json,
    Type::Text,
];

impl Environment for Variables<'_> {
    fn type_of(&self, variable: &str, member: Option<&str>) -> Type {
        let number = variable.len() + member.map_or(0, str::len);
        TYPES.get(number % TYPES.len()).copied().unwrap_or_default()
    }
}

/// A value with members and elements of every sort.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let inner = json!({"a": [1.5, "é", null], "name": "Ann", "b": {"c": -0.0, "found": false}});
    Value::from(&json!({"a": inner.clone(), "name": "Zoë", "items": [inner, 2, "3", []]}))
});

impl Bindings for Variables<'_> {
    fn value_of(&self, variable: &str) -> Option<Value> {
        Some(match variable.len() % TYPES.len() {
            1 => Value::Null,
            2 => true.into(),
            3 => (-2).into(),
            4 => r#"{"name": "Ann", "items": [{"a": [1, "2"]}], "a": {"b": 1e3}}"#.into(),
            5 if variable == "input" => self.text.into(),
            5 => DOCUMENT.clone(),
            6 => "a,b c".into(),
            _ => return None,
        })
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
    let variables = Variables { text };
    let look_into = |expression: &Expression| look_into(expression, &variables);
    meter.stage("look into the template", || {
        template.expressions().for_each(look_into);
    });
    let rendered = meter.stage("render the template", || {
        render_template(text, &template, &variables)
    });
    keeps_its_limits(text, &rendered);

    let parsed = meter.stage("parse the expression", || parse(text));
    match &parsed {
        Ok(expression) => {
            holds(text, expression, &(0..text.len()));
            meter.stage("look into the expression", || look_into(expression));
            let evaluated = meter.stage("evaluate the expression", || {
                evaluate(expression, &variables)
            });
            keeps_its_limits(text, &evaluated);
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
fn look_into(expression: &Expression, variables: &Variables<'_>) {
    let mut mismatches = Vec::new();
    type_of(expression, variables, &mut mismatches);
    reads(expression);
    calls(expression);
}

/// An evaluation ends within its limits, and points at what it is about.
fn keeps_its_limits(text: &str, evaluation: &Evaluation) {
    assert!(
        evaluation.steps <= MAX_STEPS,
        "it takes more steps than it may"
    );
    for note in &evaluation.notes {
        within(text, &note.span, &(0..text.len()));
    }
    match &evaluation.result {
        Ok(Value::Text(value)) => {
            assert!(
                value.len() <= MAX_OUTPUT_BYTES,
                "its text is longer than it may be"
            );
        }
        Ok(_) => {}
        Err(error) => within(text, &error.span, &(0..text.len())),
    }
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
