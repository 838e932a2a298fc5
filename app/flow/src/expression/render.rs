//! Texts with the values of their expressions.

use std::ops::Range;

use super::{
    Bindings, Evaluation, Expression, ParsedTemplate, Part, Value,
    evaluate::{Evaluated, EvaluationError, Evaluator, Output, Work, subject},
    parse, parse_template,
    value::read_json,
};

/// Renders a template. The value of a template that is one expression and
/// nothing else keeps its sort (spec, decision 16); of all others it is a text.
/// A template that cannot be read gives its first error.
pub fn render(text: &str, bindings: &impl Bindings) -> Evaluation {
    render_template(text, &parse_template(text), bindings)
}

/// Renders a template that was read from this text before.
pub fn render_template(
    text: &str,
    template: &ParsedTemplate,
    bindings: &impl Bindings,
) -> Evaluation {
    let mut evaluator = Evaluator::new(bindings);
    let result = rendered(&mut evaluator, text, template);
    evaluator.finished(result)
}

/// Evaluates the text of a field that takes one expression, as those of a
/// condition and a split do: with braces around it, or without.
pub fn evaluate_text(text: &str, bindings: &impl Bindings) -> Evaluation {
    let mut evaluator = Evaluator::new(bindings);
    let result = only_expression(text).and_then(|expression| evaluator.whole(&expression));
    evaluator.finished(result)
}

/// What `responseBody` holds after an answer: the body as it came, and null
/// with a warning for the trace when it is no JSON (spec, decision 16).
pub fn response_body(body: &str) -> (Value, Option<String>) {
    match read_json(body) {
        Ok(_) => (body.into(), None),
        Err(_) if body.trim().is_empty() => (
            Value::Null,
            Some("The answer has no body, so responseBody is null.".to_owned()),
        ),
        Err(error) => (
            Value::Null,
            Some(format!(
                "The body of the answer is not JSON, so responseBody is null: {error}."
            )),
        ),
    }
}

fn rendered(evaluator: &mut Evaluator<'_>, text: &str, template: &ParsedTemplate) -> Evaluated {
    if let Some(error) = template.errors.first() {
        return Err(EvaluationError::new(
            error.message.clone(),
            error.span.clone(),
        ));
    }
    if let Some(expression) = template.sole_expression() {
        return evaluator.whole(expression);
    }
    let mut output = Output::default();
    for part in &template.parts {
        let before = output.len();
        let (pushed, span) = match part {
            Part::Text(span) => {
                let plain = text.get(span.clone()).unwrap_or_default();
                (output.push(plain), span)
            }
            Part::Expression { expression, span } => {
                let value = inserted(evaluator, expression, span)?;
                (output.push_value(&value), span)
            }
        };
        evaluator.pay_for(Work::Passing, output.len() - before, span)?;
        pushed.map_err(|error| error.at(span))?;
    }
    Ok(output.into_text().into())
}

/// A value that goes into a text.
fn inserted(
    evaluator: &mut Evaluator<'_>,
    expression: &Expression,
    span: &Range<usize>,
) -> Evaluated {
    let noted = evaluator.noted();
    let value = evaluator.value(expression)?;
    if value == Value::Null && evaluator.noted() == noted {
        evaluator.note(span, || {
            format!(
                "{} is null here, so nothing stands in its place.",
                subject(expression)
            )
        });
    }
    Ok(value)
}

/// The one expression of a text; spaces around its braces do not count.
fn only_expression(text: &str) -> Result<Expression, EvaluationError> {
    let wrong = |error: &super::SyntaxError| {
        EvaluationError::new(error.message.clone(), error.span.clone())
    };
    if !text.contains("{{") && !text.contains("${") {
        return parse(text).map_err(|error| wrong(&error));
    }
    let template = parse_template(text);
    if let Some(error) = template.errors.first() {
        return Err(wrong(error));
    }
    let mut parts = template.parts.into_iter().filter(|part| match part {
        Part::Text(span) => text
            .get(span.clone())
            .is_some_and(|text| !text.trim().is_empty()),
        Part::Expression { .. } => true,
    });
    match (parts.next(), parts.next()) {
        (Some(Part::Expression { expression, .. }), None) => Ok(expression),
        _ => {
            let message = "One expression belongs here, and this is a text with expressions in it. Put everything into one pair of braces.";
            Err(EvaluationError::new(message, 0..text.len()))
        }
    }
}
