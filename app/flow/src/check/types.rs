//! Expressions whose values are of a sort that cannot work where they stand.

mod known;

use std::ops::Range;

use super::{
    Report,
    mappings::{accepts, mistyped},
    report::{Notes, TextAt, Use},
    rules,
};
use crate::{
    Fix, Node, NodeId, Place,
    expression::{BinaryOperator, Expression, ExpressionNode, Mismatch, Type, type_of},
};

pub(super) use self::known::{Contribution, Sets, Types};

/// Bytes of an expression that a message shows.
const SHOWN_BYTES: usize = 60;

/// The expressions of a node.
pub(super) fn node(
    report: &mut Report<'_>,
    (id, node): (&NodeId, &Node),
    notes: &Notes,
    types: &Types,
) {
    for noted in &notes.expressions {
        // Few have anything wrong, and a look at the text is a walk of its own.
        let text = || noted.spot.of(id, node);
        let mut mismatches = Vec::new();
        let datatype = type_of(&noted.expression, types, &mut mismatches);
        for mismatch in mismatches {
            report_mismatch(report, text(), &mismatch);
        }
        let span = || noted.expression.span.clone();
        match &noted.used {
            Use::Condition if may_decide(datatype) => {}
            Use::Condition => condition(report, text(), span(), datatype),
            Use::Split => split(report, id, datatype),
            Use::Input(input, wanted) => {
                if !accepts(*wanted, datatype) {
                    mistyped(report, text().place().span(span()), node, input, *wanted);
                }
            }
            Use::Text | Use::Assigned(_) => {}
        }
    }
}

/// A part of a text as a message shows it.
fn shown(at: TextAt<'_>, span: &Range<usize>) -> String {
    let text = at.text.get(span.clone()).unwrap_or_default();
    if text.len() <= SHOWN_BYTES {
        return format!("“{text}”");
    }
    let end = text.floor_char_boundary(SHOWN_BYTES);
    format!("“{}…”", text.get(..end).unwrap_or_default())
}

fn report_mismatch(report: &mut Report<'_>, at: TextAt<'_>, mismatch: &Mismatch<'_>) {
    let node = report.name(at.node);
    match mismatch {
        Mismatch::Compared {
            operator,
            left,
            right,
        } => {
            let span = left.0.span.start..right.0.span.end;
            let outcome = match operator {
                BinaryOperator::Equal => "they are never equal",
                BinaryOperator::NotEqual => "they are never equal and always differ",
                _ => "neither comes before the other",
            };
            let message = format!(
                "{} is {} and {} is {} in {node}, so that {outcome}. Compare values of one sort.",
                shown(at, &left.0.span),
                left.1.title(),
                shown(at, &right.0.span),
                right.1.title()
            );
            let fix =
                requoted(report, at, *left, *right).or_else(|| requoted(report, at, *right, *left));
            report.add_with(
                rules::COMPARISON_MISMATCH,
                at.place().span(span),
                message,
                fix,
            );
        }
        Mismatch::Calculated { operand, datatype } => {
            let span = operand.span.clone();
            let message = format!(
                "{} is {} in {node}, and only numbers can be calculated with. Use number(…) where a text holds one.",
                shown(at, &span),
                datatype.title()
            );
            let number = format!("number({})", at.text.get(span.clone()).unwrap_or_default());
            let is_text = *datatype == Type::Text;
            let fix = is_text
                .then(|| replaced(report, at, span.clone(), number))
                .flatten();
            report.add_with(
                rules::OPERAND_NOT_A_NUMBER,
                at.place().span(span),
                message,
                fix,
            );
        }
        Mismatch::Member { datatype, span } => {
            let message = format!(
                "{} reads a member of {} in {node}, which has none. Read the value itself.",
                shown(at, span),
                datatype.title()
            );
            report.add(
                rules::MEMBER_UNKNOWN,
                at.place().span(span.clone()),
                message,
            );
        }
    }
}

/// Takes the quotes off a text that is a number or `true`, or puts them round
/// a number, where the other value asks for it.
fn requoted(
    report: &mut Report<'_>,
    at: TextAt<'_>,
    (literal, _): (&Expression, Type),
    (_, wanted): (&Expression, Type),
) -> Option<Fix> {
    let better = match (&literal.node, wanted) {
        (ExpressionNode::Text(text), Type::Number) => is_number(text).then(|| text.clone()),
        (ExpressionNode::Text(text), Type::Boolean) => {
            matches!(text.as_str(), "true" | "false").then(|| text.clone())
        }
        (ExpressionNode::Number(_), Type::Text) => {
            let digits = at.text.get(literal.span.clone())?;
            Some(format!("\"{digits}\""))
        }
        _ => None,
    }?;
    replaced(report, at, literal.span.clone(), better)
}

fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(text),
    }
}

fn replaced(
    report: &mut Report<'_>,
    at: TextAt<'_>,
    span: Range<usize>,
    by: String,
) -> Option<Fix> {
    let node = report.flow.nodes.get(at.node)?;
    let label = format!("Write {by}");
    report.fix(label, at.bytes(node), || {
        let mut text = at.text.to_owned();
        text.replace_range(span, &by);
        at.replaced(node, text)
    })
}

/// Whether a value of this sort may be one that holds or does not.
fn may_decide(datatype: Type) -> bool {
    matches!(datatype, Type::Boolean | Type::Unknown | Type::Json)
}

fn condition(report: &mut Report<'_>, at: TextAt<'_>, span: Range<usize>, datatype: Type) {
    let message = format!(
        "{} is asked whether {} holds, which is {} and neither true nor false. Compare it with something.",
        report.name(at.node),
        shown(at, &span),
        datatype.title()
    );
    report.add(rules::CONDITION_NOT_BOOLEAN, at.place().span(span), message);
}

/// Cases that no value of a sort can equal.
fn split(report: &mut Report<'_>, id: &NodeId, datatype: Type) {
    let Some(node) = report.flow.nodes.get(id) else {
        return;
    };
    for (row, case) in node.cases("cases").iter().enumerate() {
        let value = case.value.trim();
        let can_be = match datatype {
            Type::Number => is_number(value.strip_prefix('-').unwrap_or(value)),
            Type::Boolean => matches!(value, "true" | "false"),
            _ => true,
        };
        // A value that is missing is a problem of its own.
        if can_be || value.is_empty() {
            continue;
        }
        let message = format!(
            "The case “{value}” of {} is never taken, as it splits on {}. Write a value that it can have.",
            report.name(id),
            datatype.title()
        );
        let place = Place {
            port: Some(case.port.clone()),
            ..Place::field(id, "cases").row(row)
        };
        report.add(rules::CASE_NEVER_TAKEN, place, message);
    }
}
