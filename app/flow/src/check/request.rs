//! The headers of a request.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::{
    Report,
    report::{pairs_bytes, set, without_row},
    rules,
};
use crate::{FieldValue, Node, NodeId, Pair, Place};

const FIELD: &str = "headers";

/// Whether a text can be a header's name: a token of RFC 9110, section 5.6.2.
fn is_token(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_part)
}

pub(crate) fn headers(report: &mut Report<'_>, id: &NodeId, node: &Node) {
    let bytes = pairs_bytes(node.pairs(FIELD));
    let mut seen = Seen::among(node.pairs(FIELD));
    for (row, header) in node.pairs(FIELD).iter().enumerate() {
        let place = || Place::field(id, FIELD).row(row);
        if !is_token(&header.name) {
            bad_name(report, id, node, row, header);
        } else if let Some(other) = seen.before(row)
            // Where they are equal letter by letter, that was said already.
            && other != header.name
        {
            let message = format!(
                "The header “{}” of {} stands there as “{other}” too. Remove one of them.",
                header.name,
                report.name(id)
            );
            let fix = report.fix("Remove this one", bytes, || {
                without_row(id, node, FIELD, row)
            });
            report.add_with(rules::NAME_DUPLICATE, place(), message, fix);
        }
        match &header.value {
            Value::String(value) => bad_value(report, id, node, row, (&header.name, value)),
            _ => {
                let message = format!(
                    "The header “{}” of {} must have a text as its value.",
                    header.name,
                    report.name(id)
                );
                report.add(rules::FIELD_SHAPE, place(), message);
            }
        }
    }
}

/// Finds headers whose names are equal but for capitals. Most requests have so
/// few that comparing them is quicker than a table.
enum Seen<'a> {
    Few(&'a [Pair]),
    Many(&'a [Pair], FxHashMap<String, &'a str>),
}

impl<'a> Seen<'a> {
    fn among(headers: &'a [Pair]) -> Self {
        if headers.len() <= 16 {
            Self::Few(headers)
        } else {
            Self::Many(headers, FxHashMap::default())
        }
    }

    /// The last header before a row whose name is equal. Rows are asked for in
    /// order.
    fn before(&mut self, row: usize) -> Option<&'a str> {
        match self {
            Self::Few(headers) => {
                let (before, rest) = headers.split_at_checked(row)?;
                let name = &rest.first()?.name;
                let mut equal = before.iter().rev().map(|header| header.name.as_str());
                equal.find(|other| is_token(other) && other.eq_ignore_ascii_case(name))
            }
            Self::Many(headers, seen) => {
                let name = &headers.get(row)?.name;
                seen.insert(name.to_ascii_lowercase(), name)
            }
        }
    }
}

fn bad_name(report: &mut Report<'_>, id: &NodeId, node: &Node, row: usize, header: &Pair) {
    let name = &header.name;
    let message = if name.trim().is_empty() {
        format!(
            "A header of {} has no name. Name it or remove it.",
            report.name(id)
        )
    } else {
        format!(
            "“{name}” cannot be the name of a header. Use letters, digits and hyphens, as in Content-Type."
        )
    };
    let trimmed = name.trim();
    let bytes = pairs_bytes(node.pairs(FIELD));
    let is_empty = trimmed.is_empty() && header.value.as_str().is_some_and(str::is_empty);
    let fix = if is_empty {
        report.fix("Remove it", bytes, || without_row(id, node, FIELD, row))
    } else {
        let better = trimmed.replace(' ', "-");
        let pair = Pair {
            name: better.clone(),
            value: header.value.clone(),
        };
        let is_better = is_token(&better);
        let label = format!("Use {better}");
        is_better
            .then(|| report.fix(label, bytes, || with_row(id, node, row, pair)))
            .flatten()
    };
    let place = Place::field(id, FIELD).row(row);
    report.add_with(rules::HEADER_NAME_INVALID, place, message, fix);
}

fn bad_value(
    report: &mut Report<'_>,
    id: &NodeId,
    node: &Node,
    row: usize,
    (name, value): (&str, &str),
) {
    let is_bad = |c: char| c.is_control() && c != '\t';
    let Some((at, c)) = value.char_indices().find(|(_, c)| is_bad(*c)) else {
        return;
    };
    let message = format!(
        "The value of the header “{name}” of {} holds a line break or another control character. Remove it.",
        report.name(id)
    );
    let one_line = value.split(is_bad).filter(|part| !part.is_empty());
    let pair = Pair::text(name, one_line.collect::<Vec<_>>().join(" "));
    let bytes = value.len() + pairs_bytes(node.pairs(FIELD));
    let fix = report.fix("Make it one line", bytes, || with_row(id, node, row, pair));
    let place = Place::field(id, FIELD).row(row).span(at..at + c.len_utf8());
    report.add_with(rules::HEADER_VALUE_INVALID, place, message, fix);
}

fn with_row(id: &NodeId, node: &Node, row: usize, pair: Pair) -> crate::Op {
    let mut pairs = node.pairs(FIELD).to_vec();
    if let Some(slot) = pairs.get_mut(row) {
        *slot = pair;
    }
    set(id, FIELD, FieldValue::Pairs(pairs))
}
