//! Variables that are read: set on every path that leads there, or declared
//! (spec, decision 12).

use rustc_hash::FxHashMap;

use super::{
    Report,
    near::nearest,
    paths::steps,
    report::{PlacedRead, named},
    rules,
};
use crate::{
    DataType, Fix, FlowKind, FlowSetting, NodeId, Op, Parameter, Place, Variable,
    graph::{Link, id_at},
    variables::{Availability, Variables},
};

/// How many names are compared to find the one that was meant.
const MAX_COMPARED: usize = 500;
/// How many unknown names are compared with them: people mistype a few.
const MAX_UNKNOWN: usize = 200;

/// How many of the paths that miss a variable are looked for: a path may lead
/// through every node.
const MAX_PATHS: usize = 200;

pub(super) fn reads(report: &mut Report<'_>, variables: &Variables<'_>) {
    let flow = report.flow;
    let reads = std::mem::take(&mut report.reads);
    let mut last: Option<(&NodeId, usize)> = None;
    let numbered = reads.iter().filter_map(|placed| {
        // The reads of a node follow one another.
        let id = placed.text.node;
        let known = last.filter(|(other, _)| std::ptr::eq(*other, id));
        let node = match known {
            Some((_, node)) => node,
            None => flow.nodes.get_index_of(id)?,
        };
        last = Some((id, node));
        // What no path reaches is a problem of its own.
        variables.graph.rank_of(node)?;
        Some((node, placed))
    });
    let numbered: Vec<_> = numbered.collect();
    let questions = numbered
        .iter()
        .map(|(node, placed)| (*node, placed.read.root()));
    let answers = variables.availabilities(&questions.collect::<Vec<_>>());

    let mut near = Near::new(variables);
    let mut paths = 0..MAX_PATHS;
    let mut unknown = Vec::new();
    for ((node, placed), availability) in numbered.into_iter().zip(answers) {
        match availability {
            Availability::Never => unknown.push((node, placed, near.to(placed.read.root()))),
            Availability::OnSomePaths => {
                let path = paths
                    .next()
                    .map(|_| variables.path_without(node, placed.read.root()));
                sometimes(report, path.as_deref(), placed);
            }
            Availability::Always => member(report, variables, placed),
        }
    }
    // What was meant helps only where it is there.
    let meant = unknown
        .iter()
        .map(|(node, _, near)| (*node, near.unwrap_or_default()));
    let answers = variables.availabilities(&meant.collect::<Vec<_>>());
    for ((_, placed, near), availability) in unknown.into_iter().zip(answers) {
        let is_there = availability == Availability::Always;
        never(report, variables, near.filter(|_| is_there), placed);
    }
}

/// The names that unknown ones probably mean, each found once.
struct Near<'a> {
    names: Vec<&'a str>,
    found: FxHashMap<String, Option<&'a str>>,
}

impl<'a> Near<'a> {
    fn new(variables: &'a Variables<'_>) -> Self {
        Self {
            names: variables.names().take(MAX_COMPARED).collect(),
            found: FxHashMap::default(),
        }
    }

    fn to(&mut self, name: &str) -> Option<&'a str> {
        if self.found.len() >= MAX_UNKNOWN && !self.found.contains_key(name) {
            return None;
        }
        let names = &self.names;
        *self
            .found
            .entry(name.to_owned())
            .or_insert_with(|| nearest(name, names.iter().copied()))
    }
}

fn place(placed: &PlacedRead<'_>) -> Place {
    placed.text.place().span(placed.read.root_span.clone())
}

fn never(
    report: &mut Report<'_>,
    variables: &Variables<'_>,
    near: Option<&str>,
    placed: &PlacedRead<'_>,
) {
    let name = placed.read.root();
    let setter = variables
        .set_by(name)
        .first()
        .and_then(|index| id_at(report.flow, *index));
    let advice = match (near, setter) {
        (Some(near), _) => format!("Did you mean “{near}”?"),
        (None, Some(setter)) => format!(
            "{} sets it, which comes later or on another path. Move it before this, or declare the variable.",
            report.name(setter)
        ),
        (None, None) if report.flow.kind.entity().is_some() => {
            "Declare it as an input, or set it in a node before this.".to_owned()
        }
        (None, None) => {
            "Set it in a node before this, or declare it in the flow's settings.".to_owned()
        }
    };
    let message = format!(
        "“{name}” is read in {} and never set before it. {advice}",
        report.name(placed.text.node)
    );
    let fix = match near {
        Some(near) => renamed(report, placed, placed.read.root_span.clone(), near),
        None => declared(report, name),
    };
    // Who links a module may hand in what it reads (spec, decision 12).
    let rule = if report.flow.kind == FlowKind::Module && setter.is_none() {
        rules::INPUT_NOT_DECLARED
    } else {
        rules::VARIABLE_NOT_SET
    };
    report.add_with(rule, place(placed), message, fix);
}

fn sometimes(report: &mut Report<'_>, path: Option<&[&Link<'_>]>, placed: &PlacedRead<'_>) {
    let name = placed.read.root();
    let path = path.map(|path| format!(": not on {}", steps(report, path)));
    let message = format!(
        "“{name}” is read in {} and not set on every path to it{}. Set it there too, or declare the variable.",
        report.name(placed.text.node),
        path.unwrap_or_default()
    );
    let fix = declared(report, name);
    report.add_with(rules::VARIABLE_PARTLY_SET, place(placed), message, fix);
}

fn member(report: &mut Report<'_>, variables: &Variables<'_>, placed: &PlacedRead<'_>) {
    let name = placed.read.root();
    let (Some(known), Some(member)) = (variables.members(name), placed.read.path.get(1)) else {
        return;
    };
    if known.contains(&member.as_str()) {
        return;
    }
    let near = nearest(member, known.iter().copied());
    let advice = near.map_or_else(
        || format!("It has {}.", known.join(", ")),
        |near| format!("Did you mean “{near}”?"),
    );
    let message = format!(
        "“{name}” has no member “{member}”, which {} reads. {advice}",
        report.name(placed.text.node)
    );
    let span = placed.read.span.clone();
    // The member's own name, where it is written behind a dot.
    let after = placed.text.text.get(placed.read.root_span.end..span.end);
    let offset = after.and_then(|after| after.find(member.as_str()));
    let member_span = offset.map(|offset| {
        let start = placed.read.root_span.end + offset;
        start..start + member.len()
    });
    let fix = near
        .zip(member_span.clone())
        .and_then(|(near, span)| renamed(report, placed, span, near));
    let place = placed.text.place().span(member_span.unwrap_or(span));
    report.add_with(rules::MEMBER_UNKNOWN, place, message, fix);
}

/// Puts another name at a place of the text.
fn renamed(
    report: &mut Report<'_>,
    placed: &PlacedRead<'_>,
    span: std::ops::Range<usize>,
    name: &str,
) -> Option<Fix> {
    let node = report.flow.nodes.get(placed.text.node)?;
    let label = format!("Use “{name}” in {}", named(node));
    report.fix(label, placed.text.bytes(node), || {
        let mut text = placed.text.text.to_owned();
        text.replace_range(span, name);
        placed.text.replaced(node, text)
    })
}

/// Declares a variable.
fn declared(report: &mut Report<'_>, name: &str) -> Option<Fix> {
    if !super::is_variable_name(name) {
        return None;
    }
    let flow = report.flow;
    if flow.kind.entity().is_some() {
        let label = format!("Declare “{name}” as an input");
        let bytes = 64 * (flow.interface.inputs.len() + 1);
        return report.fix(label, bytes, || {
            let mut inputs = flow.interface.inputs.clone();
            inputs.push(Parameter::new(name, DataType::default()));
            Op::SetFlow(FlowSetting::Inputs(inputs))
        });
    }
    let label = format!("Declare “{name}” as a variable");
    report.fix(label, 64 * (flow.variables.len() + 1), || {
        let mut variables = flow.variables.clone();
        variables.push(Variable {
            name: name.to_owned(),
            datatype: DataType::default(),
            description: String::new(),
        });
        Op::SetFlow(FlowSetting::Variables(variables))
    })
}
