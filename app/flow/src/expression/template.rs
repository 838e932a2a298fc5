//! Texts in which expressions stand: `Hello {{customerName}}`, `${output.x}`.

use std::ops::Range;

use super::{Expression, SyntaxError, parser};
use crate::MAX_TEXT_BYTES;

/// A template, as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParsedTemplate {
    /// Its texts and expressions in order. An expression with an error is not
    /// among them.
    pub parts: Vec<Part>,
    /// What could not be read, in order.
    pub errors: Vec<SyntaxError>,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// These bytes stand for themselves.
    Text(Range<usize>),
    /// A value goes here.
    Expression {
        /// Which one.
        expression: Expression,
        /// The bytes with the braces.
        span: Range<usize>,
    },
}

impl ParsedTemplate {
    /// The expressions in order.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        self.parts.iter().filter_map(|part| match part {
            Part::Text(_) => None,
            Part::Expression { expression, .. } => Some(expression),
        })
    }

    /// The expression, when the template is one and nothing else: its value
    /// keeps its type then (spec, decision 16).
    pub fn sole_expression(&self) -> Option<&Expression> {
        match self.parts.as_slice() {
            [Part::Expression { expression, .. }] if self.errors.is_empty() => Some(expression),
            _ => None,
        }
    }

    /// Whether anything in it is, or tries to be, an expression.
    pub fn is_dynamic(&self) -> bool {
        !self.errors.is_empty() || self.expressions().next().is_some()
    }
}

/// Reads a template. Goes on after an error, so that all are found.
pub fn parse_template(text: &str) -> ParsedTemplate {
    let mut template = ParsedTemplate::default();
    if text.len() > MAX_TEXT_BYTES {
        let message = format!("A template has at most {MAX_TEXT_BYTES} bytes. Shorten it.");
        let span = 0..text.floor_char_boundary(MAX_TEXT_BYTES);
        template.errors.push(SyntaxError::new(message, span));
        return template;
    }
    let mut plain_from = 0;
    let mut at = 0;
    while let Some((start, opening)) = next_opening(text, at) {
        if plain_from < start {
            template.parts.push(Part::Text(plain_from..start));
        }
        let inside = start + opening.open.len();
        at = match expression(text, start, inside, opening.close) {
            Ok((expression, end)) => {
                let span = start..end;
                template.parts.push(Part::Expression { expression, span });
                end
            }
            Err(error) => {
                // Past what was meant to be the end. What has no end swallows
                // the rest, rather than being read again at every brace.
                let tail = text.get(error.span.start.max(inside)..);
                let close = tail.filter(|_| !error.is_open).unwrap_or_default();
                let end = close
                    .find(opening.close)
                    .map(|at| text.len() - close.len() + at + opening.close.len());
                template.errors.push(error);
                end.unwrap_or(text.len())
            }
        };
        plain_from = at;
    }
    if plain_from < text.len() {
        template.parts.push(Part::Text(plain_from..text.len()));
    }
    template
}

struct Opening {
    open: &'static str,
    close: &'static str,
}

const BRACES: Opening = Opening {
    open: "{{",
    close: "}}",
};
const DOLLAR: Opening = Opening {
    open: "${",
    close: "}",
};

/// The next opening, found in one pass over the braces.
fn next_opening(text: &str, from: usize) -> Option<(usize, &'static Opening)> {
    let bytes = text.as_bytes();
    let rest = text.get(from..)?;
    rest.match_indices('{').find_map(|(at, _)| {
        let at = from + at;
        if at > from && bytes.get(at - 1) == Some(&b'$') {
            Some((at - 1, &DOLLAR))
        } else {
            (bytes.get(at + 1) == Some(&b'{')).then_some((at, &BRACES))
        }
    })
}

/// Reads what is between an opening and its close, and says where that ends.
fn expression(
    text: &str,
    start: usize,
    inside: usize,
    close: &'static str,
) -> Result<(Expression, usize), SyntaxError> {
    let rest = text.get(inside..).unwrap_or_default();
    let trimmed = rest.trim_start();
    if close == BRACES.close
        && let Some(section) = section(text, start, trimmed)
    {
        return Err(section);
    }
    if trimmed.is_empty() || !rest.contains(close) {
        let message = format!("The template that begins here has no end. Close it with “{close}”.");
        return Err(SyntaxError::new(message, start..inside));
    }
    if trimmed.starts_with(close) {
        let end = text.len() - trimmed.len() + close.len();
        let message = "The braces are empty. Write an expression between them.";
        return Err(SyntaxError::new(message, start..end));
    }
    let (expression, end) = parser::parse_at(text, inside, Some(close))?;
    if !text.get(end..).is_some_and(|rest| rest.starts_with(close)) {
        let message = format!("The template that begins here has no end. Close it with “{close}”.");
        return Err(SyntaxError::new(message, start..inside));
    }
    Ok((expression, end + close.len()))
}

/// What Mustache has and this language has not (spec, decision 16).
fn section(text: &str, start: usize, inside: &str) -> Option<SyntaxError> {
    let sign = inside.chars().next()?;
    let advice = match sign {
        '#' | '^' => "Use a Condition or a Split instead.",
        '/' => "Remove it with the section that it closes.",
        '>' | '=' => "Write out what it stands for.",
        '{' | '&' => "Write two braces: values are never escaped here.",
        // `!x` is a value that is denied; what else begins so is a comment.
        _ => return None,
    };
    let end = text.len() - inside.len() + sign.len_utf8();
    Some(SyntaxError {
        message: format!(
            "“{}” is a Mustache tag, and templates here hold expressions only. {advice}",
            text.get(start..end).unwrap_or_default()
        ),
        span: start..end,
        is_section: true,
        is_open: false,
    })
}
