//! The flow's own settings.

use super::{Report, is_variable_name, rules};
use crate::{FlowSetting, Op, Place};

/// Characters in a flow's name.
const MAX_NAME_CHARS: usize = 255;

pub(super) fn settings(report: &mut Report<'_>) {
    let flow = report.flow;
    let count = flow.name.chars().count();
    if flow.name.trim().is_empty() {
        let message = "The flow has no name. Give it one that is unique in the organisation.";
        report.add(rules::FLOW_NAME_MISSING, Place::default(), message);
    } else if count > MAX_NAME_CHARS {
        let message = format!(
            "The flow's name has {count} characters, and at most {MAX_NAME_CHARS} are possible. Shorten it."
        );
        report.add(rules::FLOW_NAME_TOO_LONG, Place::default(), message);
    }
    let entities = report.workspace.entities().iter();
    let is_same = |entity: &&crate::Entity| {
        Some(entity.kind) == flow.kind.entity() && entity.name == flow.name
    };
    // One of them is the flow itself.
    if entities.filter(is_same).count() > 1 {
        let message = format!(
            "There is another {} named “{}”, and names are unique in the organisation. Give it another name.",
            flow.kind.title().to_lowercase(),
            flow.name
        );
        report.add(rules::FLOW_NAME_TAKEN, Place::default(), message);
    }
    let mut seen = rustc_hash::FxHashSet::default();
    for (index, variable) in flow.variables.iter().enumerate() {
        let name = &variable.name;
        let without = || {
            let mut variables = flow.variables.clone();
            variables.remove(index);
            Op::SetFlow(FlowSetting::Variables(variables))
        };
        if !is_variable_name(name) {
            let message = format!(
                "“{name}” cannot be the name of a declared variable. Begin with a letter or “_”; letters, digits and “_” may follow."
            );
            report.add(rules::DECLARED_NAME_INVALID, Place::default(), message);
        } else if !seen.insert(name) {
            let message = format!("“{name}” is declared twice. Remove one declaration.");
            let bytes = 64 * flow.variables.len();
            let fix = report.fix("Remove the second declaration", bytes, without);
            report.add_with(rules::DECLARED_TWICE, Place::default(), message, fix);
        }
    }
}
