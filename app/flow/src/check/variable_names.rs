//! The names that a node gives to variables.

use super::{
    Report,
    report::{pairs_bytes, without_row},
    rules,
};
use crate::{FieldValue, Node, NodeId, Place};

const FIELD: &str = "variables";

/// Words of the language, and variables that the platform sets.
const RESERVED: &[&str] = &[
    "and",
    "externalContact",
    "false",
    "interaction",
    "json",
    "not",
    "null",
    "or",
    "true",
];

/// Whether a text can be a variable's name: a letter or `_`, then letters,
/// digits and `_`; dots lead to members.
pub(crate) fn is_variable_name(name: &str) -> bool {
    name.split('.').all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
            && chars.all(|c| c.is_alphanumeric() || c == '_')
    })
}

pub(crate) fn variable_names(report: &mut Report<'_>, id: &NodeId, node: &Node) {
    if matches!(node.field(FIELD), None | Some(FieldValue::Pairs(_)))
        && node.pairs(FIELD).is_empty()
    {
        let message = format!(
            "{} sets nothing. Add a variable or remove it.",
            report.name(id)
        );
        report.add(rules::VARIABLES_EMPTY, Place::field(id, FIELD), message);
    }
    names(report, id, node, FIELD);
}

/// Whether a name is a word of the language or a variable of the platform.
pub(super) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name.split('.').next().unwrap_or(name))
}

/// The names of the pairs of a field, where those are variables.
pub(super) fn names(report: &mut Report<'_>, id: &NodeId, node: &Node, field: &'static str) {
    for (row, pair) in node.pairs(field).iter().enumerate() {
        let name = pair.name.as_str();
        let place = || Place::field(id, field).row(row);
        let node_name = || report.name(id);
        if name.is_empty() {
            let message = format!(
                "A variable of {} has no name. Name it or remove it.",
                node_name()
            );
            let bytes = pairs_bytes(node.pairs(field));
            let fix = report.fix("Remove it", bytes, || without_row(id, node, field, row));
            report.add_with(rules::VARIABLE_NAME_MISSING, place(), message, fix);
        } else if !is_variable_name(name) {
            let message = format!(
                "“{name}” in {} cannot be a variable's name. Begin with a letter or “_”; letters, digits and “_” may follow.",
                node_name()
            );
            report.add(rules::VARIABLE_NAME_INVALID, place(), message);
        } else if is_reserved(name) {
            let message = format!(
                "“{name}” in {} has a meaning of its own and cannot be set. Choose another name.",
                node_name()
            );
            report.add(rules::VARIABLE_NAME_RESERVED, place(), message);
        }
    }
}
