//! Where paths begin, what they reach, and whether they come back.

use super::{Report, connect, rules};
use crate::{
    Fix, Op, Place,
    graph::{Graph, Link, id_at},
};

/// How many steps of a path a message names.
const SHOWN_STEPS: usize = 6;

pub(super) fn paths(report: &mut Report<'_>, graph: &Graph) {
    starts(report, graph);
    // Without a Start nothing can be reached; one problem says that.
    if !graph.starts.is_empty() {
        unreachable(report, graph);
    }
    for knot in graph.knots() {
        cycle(report, graph, &knot);
    }
}

fn starts(report: &mut Report<'_>, graph: &Graph) {
    let flow = report.flow;
    if graph.starts.is_empty() {
        let message = "The flow has no Start. Add one and connect it to the first step.";
        let fix = connect::start(flow, report.drawn);
        report.add_with(rules::START_MISSING, Place::default(), message, fix);
    }
    for index in graph.starts.iter().skip(1) {
        let Some(id) = id_at(flow, *index) else {
            continue;
        };
        let message = format!(
            "{} is a second Start, and a flow begins at one place only. Remove one of them.",
            report.name(id)
        );
        let fix = Fix::new("Remove this Start", vec![Op::RemoveNode { id: id.clone() }]);
        report.add_with(rules::START_DUPLICATE, Place::node(id), message, fix);
    }
}

fn unreachable(report: &mut Report<'_>, graph: &Graph) {
    for (index, id) in report.flow.nodes.keys().enumerate() {
        if graph.rank_of(index).is_none() {
            let message = format!(
                "No path leads from Start to {}. Connect it or remove it.",
                report.name(id)
            );
            report.add(rules::NODE_UNREACHABLE, Place::node(id), message);
        }
    }
}

fn cycle(report: &mut Report<'_>, graph: &Graph, knot: &[usize]) {
    // Where the paths come in, so that the last edge is the one that goes back.
    let entry = knot
        .iter()
        .copied()
        .min_by_key(|node| (graph.rank_of(*node).unwrap_or(usize::MAX), *node));
    let cycle = graph.cycle(knot, entry.unwrap_or(0));
    let ends = cycle.first().zip(cycle.last());
    let edges = ends.and_then(|(first, last)| {
        Some((first.edge_in(report.flow)?.1, last.edge_in(report.flow)?))
    });
    let Some((first, (last_id, last))) = edges else {
        return;
    };
    let message = format!(
        "{} is a cycle, and a flow never comes back to a step. Remove one of its connections.",
        steps(report, &cycle)
    );
    let fix = Fix::new(
        format!(
            "Remove the connection from {} to {}",
            report.name(&last.source),
            report.name(&last.target)
        ),
        vec![Op::Disconnect {
            id: last_id.clone(),
        }],
    );
    let place = Place {
        edge: Some(last_id.clone()),
        ..Place::node(&first.source)
    };
    report.add_with(rules::CYCLE, place, message, fix);
}

/// The steps of a path as messages name them, the middle of a long one left
/// out.
pub(super) fn steps(report: &Report<'_>, path: &[Link]) -> String {
    let name = |node| id_at(report.flow, node).map_or_else(String::new, |id| report.name(id));
    let Some(first) = path.first() else {
        return String::new();
    };
    let mut steps = vec![name(first.source)];
    for (index, link) in path.iter().enumerate() {
        let is_left_out = path.len() > SHOWN_STEPS
            && (SHOWN_STEPS / 2..path.len() - SHOWN_STEPS / 2).contains(&index);
        if !is_left_out {
            steps.push(name(link.target));
        } else if steps.last().is_some_and(|step| step != "…") {
            steps.push("…".to_owned());
        }
    }
    steps.join(" → ")
}
