//! Expressions whose values are of a sort that cannot work where they stand.

use std::{cell::Cell, ops::Range};

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::{
    Report,
    mappings::{accepts, mistyped, type_of as type_of_values},
    report::{Notes, TextAt, Use},
    rules,
};
use crate::{
    Fix, Flow, KindSpec, Node, NodeId, Place,
    expression::{
        BinaryOperator, Environment, Expression, ExpressionNode, Mismatch, Type, type_of,
    },
};

/// How often the sorts of variables that are set from one another are looked
/// at. What is known after any number of rounds is true.
const ROUNDS: usize = 4;
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
        let text = noted.spot.of(id, node);
        let mut mismatches = Vec::new();
        let datatype = type_of(&noted.expression, types, &mut mismatches);
        for mismatch in mismatches {
            report_mismatch(report, text, &mismatch);
        }
        let span = || noted.expression.span.clone();
        match &noted.used {
            Use::Condition => condition(report, text, span(), datatype),
            Use::Split => split(report, text, datatype),
            Use::Input(input, wanted) => {
                if !accepts(*wanted, datatype) {
                    mistyped(report, text.place().span(span()), node, input, *wanted);
                }
            }
            Use::Text | Use::Assigned(_) => {}
        }
    }
}

/// What is known of the values of a flow's variables, wherever they are set.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Types {
    types: FxHashMap<SmolStr, Type>,
    members: FxHashMap<String, FxHashMap<&'static str, Type>>,
    /// Whether a variable was asked for of which nothing is known.
    misses_one: Cell<bool>,
}

impl Types {
    /// What is known, from what every node notes.
    pub(super) fn of<'n>(flow: &Flow, notes: impl Iterator<Item = &'n Notes> + Clone) -> Self {
        let given = given(flow);
        let mut known = Self {
            types: given.clone(),
            members: members(flow),
            misses_one: Cell::new(false),
        };
        let mut plain = Vec::new();
        let mut computed = Vec::new();
        for notes in notes {
            plain.extend(notes.assigned.iter());
            let expressions = notes.expressions.iter();
            computed.extend(expressions.filter_map(|noted| match &noted.used {
                Use::Assigned(name) => Some((name, &noted.expression)),
                _ => None,
            }));
        }
        for _ in 0..ROUNDS {
            let mut types = given.clone();
            let mut set = |name: &SmolStr, datatype: Type| match types.get_mut(name) {
                Some(known) => *known = known.or(datatype),
                None => {
                    types.insert(name.clone(), datatype);
                }
            };
            for (name, datatype) in &plain {
                set(name, *datatype);
            }
            known.misses_one.set(false);
            for (name, expression) in &computed {
                set(name, type_of(expression, &known, &mut Vec::new()));
            }
            let is_settled = types == known.types || !known.misses_one.get();
            known.types = types;
            if is_settled {
                break;
            }
        }
        known.misses_one.set(false);
        known
    }

    /// Whether the same is known of members as before.
    pub(super) fn has_members_of(&self, before: &Self) -> bool {
        self.members == before.members
    }

    /// The variables of which something else is known than before.
    pub(super) fn changed_from(&self, before: &Self) -> FxHashSet<SmolStr> {
        let differs = |name: &&SmolStr| self.types.get(*name) != before.types.get(*name);
        let names = self.types.keys().chain(before.types.keys());
        names.filter(differs).cloned().collect()
    }
}

/// What is there from the start (spec, decision 12).
fn given(flow: &Flow) -> FxHashMap<SmolStr, Type> {
    let mut types = FxHashMap::default();
    types.insert("phoneNumber".into(), Type::Text);
    types.insert("interaction".into(), Type::Json);
    types.extend(flow.variables.iter().map(|variable| {
        (
            variable.name.as_str().into(),
            type_of_values(variable.datatype),
        )
    }));
    let inputs = flow.interface.inputs.iter();
    types.extend(inputs.map(|input| {
        let datatype = input.datatype.known().map(type_of_values);
        (input.name.as_str().into(), datatype.unwrap_or_default())
    }));
    types
}

/// The members of what steps of the flow set. A kind sets the same for all of
/// its nodes, or what a node names, of which no members are known.
fn members(flow: &Flow) -> FxHashMap<String, FxHashMap<&'static str, Type>> {
    let mut members = FxHashMap::default();
    let mut seen: Vec<&'static KindSpec> = Vec::new();
    for node in flow.nodes.values() {
        let Some(spec) = node.kind.spec() else {
            continue;
        };
        if seen.iter().any(|seen| std::ptr::eq(*seen, spec)) {
            continue;
        }
        for setting in (spec.sets)(node) {
            if !seen.iter().any(|seen| std::ptr::eq(*seen, spec)) {
                seen.push(spec);
            }
            if let Some(names) = setting.members {
                let names = names.iter().copied();
                let typed = names.zip(setting.types.iter().copied()).collect();
                members.insert(setting.name, typed);
            }
        }
    }
    members
}

impl Environment for Types {
    fn type_of(&self, variable: &str, member: Option<&str>) -> Type {
        let datatype = self.types.get(variable);
        let members = self.members.get(variable);
        if datatype.is_none() && members.is_none() {
            self.misses_one.set(true);
        }
        let known = match member {
            None => datatype,
            // Somebody else set it too, so nothing is known of its members.
            Some(_) if datatype.is_some() => None,
            Some(member) => members.and_then(|of| of.get(member)),
        };
        known.copied().unwrap_or_default()
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

fn condition(report: &mut Report<'_>, at: TextAt<'_>, span: Range<usize>, datatype: Type) {
    if matches!(datatype, Type::Boolean | Type::Unknown | Type::Json) {
        return;
    }
    let message = format!(
        "{} is asked whether {} holds, which is {} and neither true nor false. Compare it with something.",
        report.name(at.node),
        shown(at, &span),
        datatype.title()
    );
    report.add(rules::CONDITION_NOT_BOOLEAN, at.place().span(span), message);
}

/// Cases that no value of a sort can equal.
fn split(report: &mut Report<'_>, at: TextAt<'_>, datatype: Type) {
    let id = at.node;
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
