//! What a flow takes from those who call it, and what it gives back.

use rustc_hash::FxHashSet;

use super::{Report, is_variable_name, rules, variable_names::is_reserved};
use crate::{
    Fix, FlowKind, FlowSetting, Op, Parameter, Place,
    graph::{Graph, id_at},
    variables::{Availability, Variables},
};

/// The two sides of an interface.
#[derive(Clone, Copy)]
enum Side {
    Inputs,
    Outputs,
}

impl Side {
    fn title(self) -> &'static str {
        match self {
            Self::Inputs => "input",
            Self::Outputs => "output",
        }
    }

    fn set(self, parameters: Vec<Parameter>) -> Op {
        Op::SetFlow(match self {
            Self::Inputs => FlowSetting::Inputs(parameters),
            Self::Outputs => FlowSetting::Outputs(parameters),
        })
    }
}

/// Names and types of inputs and outputs.
pub(super) fn interface(report: &mut Report<'_>) {
    let flow = report.flow;
    if flow.kind.entity().is_none() && !flow.interface.is_empty() {
        let message = format!(
            "Nobody can call {}, so that it has neither inputs nor outputs. Remove them, or make it a module or a shared flow.",
            flow.kind.with_article()
        );
        let ops = vec![Side::Inputs.set(Vec::new()), Side::Outputs.set(Vec::new())];
        let fix = Fix::new("Remove inputs and outputs", ops);
        report.add_with(rules::INTERFACE_UNUSED, Place::default(), message, fix);
    }
    side(report, Side::Inputs, &flow.interface.inputs);
    side(report, Side::Outputs, &flow.interface.outputs);
}

fn side(report: &mut Report<'_>, side: Side, parameters: &[Parameter]) {
    let what = side.title();
    let mut seen = FxHashSet::default();
    for (row, parameter) in parameters.iter().enumerate() {
        let name = &parameter.name;
        if !is_variable_name(name) || name.contains('.') || is_reserved(name) {
            let message = format!(
                "“{name}” cannot be the name of an {what}. Begin with a letter or “_”; letters, digits and “_” may follow, and no word of the language or of the platform is possible."
            );
            report.add(rules::PARAMETER_NAME_INVALID, Place::default(), message);
        } else if !seen.insert(name) {
            let message = format!("The {what} “{name}” is declared twice. Remove one of them.");
            let fix = report.fix(
                format!("Remove the second {what}"),
                64 * parameters.len(),
                || {
                    let mut parameters = parameters.to_vec();
                    parameters.remove(row);
                    side.set(parameters)
                },
            );
            report.add_with(rules::PARAMETER_DUPLICATE, Place::default(), message, fix);
        }
        if parameter.datatype.known().is_none() {
            let message = format!(
                "The {what} “{name}” has a type that is not known. Choose string, integer, number, boolean, datetime, object or array."
            );
            report.add(rules::PARAMETER_TYPE_UNKNOWN, Place::default(), message);
        }
    }
}

/// Whether the outputs are set where the flow ends. A flow in which nothing
/// happens yet has a problem of its own.
pub(super) fn outputs(report: &mut Report<'_>, graph: &Graph, variables: &Variables) {
    let flow = report.flow;
    let ends: Vec<usize> = match flow.kind {
        FlowKind::Module | FlowKind::Shared => graph.ends().collect(),
        FlowKind::Lookup | FlowKind::Call | FlowKind::Architect => return,
    };
    for output in &flow.interface.outputs {
        let name = output.name.split('.').next().unwrap_or(&output.name);
        let questions: Vec<_> = ends.iter().map(|end| (*end, name)).collect();
        let answers = variables.availabilities(graph, &questions);
        // What the last node sets itself counts too.
        let is_set = |end: &usize, before: Availability| {
            before == Availability::Always || variables.set_by(name).binary_search(end).is_ok()
        };
        let missing = ends
            .iter()
            .zip(answers)
            .find(|(end, before)| !is_set(end, *before));
        let Some((end, _)) = missing else {
            continue;
        };
        let is_never_set = variables.set_by(name).is_empty();
        let name = &output.name;
        let message = if is_never_set {
            format!("The output “{name}” is never set. Set a variable of that name.")
        } else {
            let end = id_at(flow, *end).map(|id| report.name(id));
            format!(
                "The output “{name}” is not set where the flow ends at {}. Set it there too.",
                end.unwrap_or_default()
            )
        };
        report.add(rules::OUTPUT_NOT_SET, Place::default(), message);
    }
}
