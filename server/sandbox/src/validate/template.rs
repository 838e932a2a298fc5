//! Template syntax: `{{ expression }}` and `${ expression }`, no Mustache
//! sections (spec, decision 16). Expressions themselves are not looked into.

use super::Problem;
use super::field::Field;

/// Checks a text; other values pass. True if nothing is wrong.
pub(super) fn check(field: &Field<'_>, problems: &mut Vec<Problem>) -> bool {
    let Some(text) = field.value().as_str() else {
        return true;
    };
    match scan(text, |_| {}) {
        Ok(()) => true,
        Err(message) => {
            field.refuse("template.syntax", message, problems);
            false
        }
    }
}

/// The text with `word` in place of each template.
pub(super) fn filled(text: &str, word: &str) -> String {
    let mut filled = String::with_capacity(text.len());
    let read = scan(text, |part| match part {
        Part::Literal(literal) => filled.push_str(literal),
        Part::Template => filled.push_str(word),
    });
    match read {
        Ok(()) => filled,
        Err(_) => text.to_owned(),
    }
}

enum Part<'a> {
    Literal(&'a str),
    Template,
}

fn scan<'a>(text: &'a str, mut part: impl FnMut(Part<'a>)) -> Result<(), &'static str> {
    let mut rest = text;
    while let Some((at, closing)) = opening(rest) {
        let (literal, template) = rest.split_at(at);
        part(Part::Literal(literal));
        let inside = template.get(2..).unwrap_or_default();
        let end = closing_at(inside, closing).ok_or("a template is opened and not closed")?;
        let (expression, after) = inside.split_at(end);
        check_expression(expression)?;
        part(Part::Template);
        rest = after.get(closing.len()..).unwrap_or_default();
    }
    part(Part::Literal(rest));
    Ok(())
}

/// Where the next template opens, and what closes it.
fn opening(text: &str) -> Option<(usize, &'static str)> {
    let braces = text.find("{{").map(|at| (at, "}}"));
    let dollar = text.find("${").map(|at| (at, "}"));
    match (braces, dollar) {
        (Some(braces), Some(dollar)) => Some(if braces.0 < dollar.0 { braces } else { dollar }),
        (one, other) => one.or(other),
    }
}

/// Where `closing` stands outside of quotes.
fn closing_at(text: &str, closing: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match (quote, character) {
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if open == character => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, _) if text.get(at..).is_some_and(|rest| rest.starts_with(closing)) => {
                return Some(at);
            }
            _ => {}
        }
    }
    None
}

fn check_expression(expression: &str) -> Result<(), &'static str> {
    match expression.trim().chars().next() {
        None => Err("a template is empty"),
        Some('#' | '^' | '/' | '>' | '&') => Err("Mustache sections are not supported"),
        Some('{') => Err("a template has two braces, not three"),
        Some(_) if expression.contains("{{") => Err("a template is opened and not closed"),
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_balance_and_have_no_sections() {
        for (text, fits) in [
            ("", true),
            ("plain } text }}", true),
            (r#"{"a":{"b":{"c":1}}}"#, true),
            (r#"{ "phoneNumber": "{{phoneNumber}}" }"#, true),
            ("{{ a == 'x}}y' }}", true),
            (r#"{{ f("\"}}") }}"#, true),
            ("{{!flag}}", true),
            ("${output.x} and {{y}}", true),
            ("{{a}}{{b}}", true),
            ("{{", false),
            ("{{}}", false),
            ("{{  }}", false),
            ("{{a}", false),
            ("{{a {{b}}", false),
            ("{{{a}}}", false),
            ("{{#a}}x{{/a}}", false),
            ("{{^a}}x{{/a}}", false),
            ("{{> a}}", false),
            ("{{& a}}", false),
            ("${a", false),
            ("{{ 'a }}", false),
        ] {
            assert_eq!(scan(text, |_| {}).is_ok(), fits, "{text}");
        }
    }

    #[test]
    fn filling_replaces_each_template() {
        assert_eq!(
            filled("https://{{host}}/a/${b}?c={{d}}", "x"),
            "https://x/a/x?c=x"
        );
    }
}
