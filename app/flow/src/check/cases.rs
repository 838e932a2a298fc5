//! The cases of a split.

use rustc_hash::FxHashSet;

use super::{Report, report::set, rules};
use crate::{Case, FieldValue, Fix, Node, NodeId, Place, Port};

const FIELD: &str = "cases";
/// About how many bytes a case takes.
const CASE_BYTES: usize = 96;

pub(crate) fn split_cases(report: &mut Report<'_>, id: &NodeId, node: &Node) {
    let Some(FieldValue::Cases(cases)) = node.field(FIELD) else {
        return;
    };
    if cases.is_empty() {
        let message = format!(
            "{} has no case, so that everything takes the default way. Add a case or remove the split.",
            report.name(id)
        );
        report.add(rules::CASES_EMPTY, Place::field(id, FIELD), message);
    }
    let bytes = CASE_BYTES * cases.len();
    let (mut values, mut names, mut ports) = (
        FxHashSet::default(),
        FxHashSet::default(),
        FxHashSet::default(),
    );
    for (row, case) in cases.iter().enumerate() {
        let place = || Place {
            port: Some(case.port.clone()),
            ..Place::field(id, FIELD).row(row)
        };
        let without = || {
            let mut cases = cases.clone();
            cases.remove(row);
            set(id, FIELD, FieldValue::Cases(cases))
        };
        let node = || report.name(id);
        if case.value.is_empty() {
            let message = format!(
                "A case of {} has no value to compare with. Fill it in.",
                node()
            );
            let fix = case.label.is_empty();
            let fix = fix
                .then(|| report.fix("Remove this case", bytes, without))
                .flatten();
            report.add_with(rules::CASE_VALUE_MISSING, place(), message, fix);
        } else if !values.insert(&case.value) {
            let message = format!(
                "{} has two cases for “{}”, and only the first is ever taken. Remove one of them.",
                node(),
                case.value
            );
            let fix = report.fix("Remove this case", bytes, without);
            report.add_with(rules::CASE_VALUE_DUPLICATE, place(), message, fix);
        } else if case.name() == Port::DEFAULT.as_str() {
            let message = format!(
                "A case of {} is called “default”, which is the name of the exit that no case takes. Give it another label.",
                node()
            );
            report.add(rules::CASE_NAME_RESERVED, place(), message);
        } else if !names.insert(case.name()) || !ports.insert(&case.port) {
            let message = format!(
                "{} has two cases called “{}”, so that their connections cannot be told apart. Give one another label.",
                node(),
                case.name()
            );
            let fix = relabelled(report, id, cases, row);
            report.add_with(rules::CASE_NAME_DUPLICATE, place(), message, fix);
        }
    }
}

/// The case without its label, where its value alone tells it from the others.
fn relabelled(report: &mut Report<'_>, id: &NodeId, cases: &[Case], row: usize) -> Option<Fix> {
    // Looking for a free name among more would take too long, and nobody draws them.
    if cases.len() > 1_000 {
        return None;
    }
    let case = cases.get(row)?;
    let is_taken = cases
        .iter()
        .enumerate()
        .any(|(other, case_there)| other != row && case_there.name() == case.value);
    if case.label.is_empty() || is_taken {
        return None;
    }
    let label = format!("Call it “{}”", case.value);
    report.fix(label, CASE_BYTES * cases.len(), || {
        let mut cases = cases.to_vec();
        if let Some(case) = cases.get_mut(row) {
            case.label.clear();
        }
        set(id, FIELD, FieldValue::Cases(cases))
    })
}
