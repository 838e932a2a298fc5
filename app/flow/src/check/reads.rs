//! Variables that are read: set on every path that leads there, or declared
//! (spec, decision 12).

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::{
    Report,
    near::nearest,
    paths::steps,
    report::{NotedRead, TextAt, named},
    rules,
};
use crate::{
    DataType, Fix, Flow, FlowKind, FlowSetting, MAX_PARAMETERS, MAX_VARIABLES, Op, Parameter,
    Place, Variable,
    expression::Read,
    graph::{Graph, Link, id_at},
    variables::{Availability, Variables, given},
};

/// How many names are compared to find the one that was meant.
const MAX_COMPARED: usize = 500;
/// How many unknown names are compared with them: people mistype a few.
const MAX_UNKNOWN: usize = 200;

/// How many of the paths that miss a variable are looked for: a path may lead
/// through every node.
const MAX_PATHS: usize = 200;

/// What is known of a variable where it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is there, with the member that is read.
    Fine,
    /// It is there, and the member is not.
    NoSuchMember,
    /// It is there on some of the paths.
    OnSomePaths,
    /// It is not there.
    NotSet,
}

/// Reads of nodes, by the places of the nodes in document order.
pub(super) type Asked<'a> = Vec<(usize, &'a Read)>;

/// The answers to reads, in their order.
pub(super) fn answers(graph: &Graph, variables: &Variables, asked: &Asked<'_>) -> Vec<Answer> {
    let questions: Vec<_> = asked
        .iter()
        .map(|(node, read)| (*node, read.root()))
        .collect();
    let availabilities = variables.availabilities(graph, &questions);
    let answers = asked.iter().zip(availabilities);
    let answers = answers.map(|((node, read), availability)| match availability {
        // What no path reaches is a problem of its own.
        _ if graph.rank_of(*node).is_none() => Answer::Fine,
        Availability::Never => Answer::NotSet,
        Availability::OnSomePaths => Answer::OnSomePaths,
        Availability::Always if has_member(variables, read) => Answer::Fine,
        Availability::Always => Answer::NoSuchMember,
    });
    answers.collect()
}

fn has_member(variables: &Variables, read: &Read) -> bool {
    match (variables.members(read.root()), read.path.get(1)) {
        (Some(known), Some(member)) => known.contains(&member.as_str()),
        _ => true,
    }
}

/// Reports the reads that are not fine, by node in document order.
pub(super) fn reads<'r>(
    report: &mut Report<'_>,
    graph: &Graph,
    variables: &Variables,
    answered: impl Iterator<Item = (usize, &'r NotedRead, Answer)>,
) {
    let flow = report.flow;
    let mut near = Near::new(flow, variables);
    let mut paths = 0..MAX_PATHS;
    let mut unknown = Vec::new();
    for (node, noted, answer) in answered {
        let Some((id, value)) = flow.nodes.get_index(node) else {
            continue;
        };
        let placed = PlacedRead {
            text: noted.spot.of(id, value),
            read: &noted.read,
        };
        match answer {
            Answer::Fine => {}
            Answer::NoSuchMember => member(report, variables, &placed),
            Answer::OnSomePaths => {
                let root = noted.read.root();
                let path = paths.next();
                let path = path.map(|_| variables.path_without(graph, node, root));
                sometimes(report, path.as_deref(), &placed);
            }
            Answer::NotSet => {
                let near = near.to(noted.read.root());
                unknown.push((node, placed, near));
            }
        }
    }
    // What was meant helps only where it is there.
    let meant: Vec<_> = unknown
        .iter()
        .map(|(node, _, near)| (*node, near.as_deref().unwrap_or_default()))
        .collect();
    let answers = variables.availabilities(graph, &meant);
    for ((_, placed, near), availability) in unknown.iter().zip(answers) {
        let is_there = availability == Availability::Always;
        never(
            report,
            variables,
            near.as_deref().filter(|_| is_there),
            placed,
        );
    }
}

/// A read with the text that it stands in.
struct PlacedRead<'a> {
    text: TextAt<'a>,
    read: &'a Read,
}

/// The names that unknown ones probably mean, each found once.
struct Near<'a> {
    flow: &'a Flow,
    variables: &'a Variables,
    /// Listed when the first is asked for.
    names: Option<Vec<&'a str>>,
    found: FxHashMap<String, Option<SmolStr>>,
}

impl<'a> Near<'a> {
    fn new(flow: &'a Flow, variables: &'a Variables) -> Self {
        Self {
            flow,
            variables,
            names: None,
            found: FxHashMap::default(),
        }
    }

    fn to(&mut self, name: &str) -> Option<SmolStr> {
        if let Some(found) = self.found.get(name) {
            return found.clone();
        }
        if self.found.len() >= MAX_UNKNOWN {
            return None;
        }
        let (flow, variables) = (self.flow, self.variables);
        let names = self.names.get_or_insert_with(|| {
            let names = given(flow).chain(variables.set_names());
            names.take(MAX_COMPARED).collect()
        });
        let near = nearest(name, names.iter().copied()).map(SmolStr::new);
        self.found.insert(name.to_owned(), near.clone());
        near
    }
}

fn place(placed: &PlacedRead<'_>) -> Place {
    placed.text.place().span(placed.read.root_span.clone())
}

fn never(
    report: &mut Report<'_>,
    variables: &Variables,
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

fn sometimes(report: &mut Report<'_>, path: Option<&[Link]>, placed: &PlacedRead<'_>) {
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

fn member(report: &mut Report<'_>, variables: &Variables, placed: &PlacedRead<'_>) {
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
        if flow.interface.inputs.len() >= MAX_PARAMETERS {
            return None;
        }
        let label = format!("Declare “{name}” as an input");
        let bytes = 64 * (flow.interface.inputs.len() + 1);
        return report.fix(label, bytes, || {
            let mut inputs = flow.interface.inputs.clone();
            inputs.push(Parameter::new(name, DataType::default()));
            Op::SetFlow(FlowSetting::Inputs(inputs))
        });
    }
    if flow.variables.len() >= MAX_VARIABLES {
        return None;
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
