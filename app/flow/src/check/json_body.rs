//! Bodies that are JSON once their templates are filled in.

use std::ops::Range;

use serde::de::IgnoredAny;

use super::{Report, rules};
use crate::{
    MAX_TEXT_BYTES, Node, NodeId, Place,
    expression::{ParsedTemplate, Part, parse_template},
};

pub(crate) fn json_body(report: &mut Report<'_>, id: &NodeId, node: &Node) {
    let body = node.text("body");
    if body.trim().is_empty() || body.len() > MAX_TEXT_BYTES || !says_json(node) {
        return;
    }
    let template = parse_template(body);
    // A template that cannot be read is a problem of its own.
    if !template.errors.is_empty() {
        return;
    }
    if let Err((what, span)) = rendered(body, &template).parse() {
        let message = format!(
            "The body of {} is not JSON, and its Content-Type says that it is: {what}.",
            report.name(id)
        );
        report.add(
            rules::BODY_NOT_JSON,
            Place::field(id, "body").span(span),
            message,
        );
    }
}

fn says_json(node: &Node) -> bool {
    let is_content_type = |name: &str| name.trim().eq_ignore_ascii_case("content-type");
    let mut values = node
        .pairs("headers")
        .iter()
        .filter(|header| is_content_type(&header.name))
        .filter_map(|header| header.value.as_str());
    values.any(|value| {
        let media_type = value.split(';').next().unwrap_or_default().trim();
        let media_type = media_type.to_ascii_lowercase();
        media_type == "application/json" || media_type.ends_with("+json")
    })
}

/// A body with something in place of each expression: within quotes a letter,
/// elsewhere a number, as both can stand wherever a value can.
struct Rendered<'a> {
    body: &'a str,
    text: String,
    /// Where in `text` each part begins, and which bytes of the body it is.
    parts: Vec<(usize, Range<usize>)>,
}

fn rendered<'a>(body: &'a str, template: &ParsedTemplate) -> Rendered<'a> {
    let mut rendered = Rendered {
        body,
        text: String::with_capacity(body.len()),
        parts: Vec::new(),
    };
    let (mut is_quoted, mut is_escaped) = (false, false);
    for part in &template.parts {
        let at = rendered.text.len();
        match part {
            Part::Text(span) => {
                let plain = body.get(span.clone()).unwrap_or_default();
                for byte in plain.bytes() {
                    match byte {
                        _ if is_escaped => is_escaped = false,
                        b'\\' if is_quoted => is_escaped = true,
                        b'"' => is_quoted = !is_quoted,
                        _ => {}
                    }
                }
                rendered.text.push_str(plain);
                rendered.parts.push((at, span.clone()));
            }
            Part::Expression { span, .. } => {
                rendered.text.push(if is_quoted { 'x' } else { '0' });
                rendered.parts.push((at, span.clone()));
            }
        }
    }
    rendered
}

impl Rendered<'_> {
    /// What keeps it from being JSON, and the bytes of the body to blame.
    fn parse(&self) -> Result<(), (String, Range<usize>)> {
        let Err(error) = serde_json::from_str::<IgnoredAny>(&self.text) else {
            return Ok(());
        };
        let line_start = self
            .text
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum::<usize>();
        let at = line_start + error.column().saturating_sub(1);
        // Without the place, which the span says.
        let what = error.to_string();
        let what = what
            .split(" at line ")
            .next()
            .unwrap_or_default()
            .to_owned();
        Err((what, self.span_at(at)))
    }

    /// The character of the body at a byte of the rendered text, or the whole
    /// expression that stands there.
    fn span_at(&self, at: usize) -> Range<usize> {
        let index = self.parts.partition_point(|(start, _)| *start <= at);
        let Some((start, span)) = index.checked_sub(1).and_then(|i| self.parts.get(i)) else {
            return 0..self.body.len();
        };
        let is_expression = self
            .body
            .get(span.clone())
            .is_some_and(|part| part.starts_with("{{") || part.starts_with("${"));
        if is_expression {
            return span.clone();
        }
        let last = self.body.char_indices().next_back().map_or(0, |(at, _)| at);
        let start = self
            .body
            .floor_char_boundary((span.start + at - start).min(last));
        let length = self.body.get(start..).and_then(|rest| rest.chars().next());
        start..start + length.map_or(0, char::len_utf8)
    }
}
