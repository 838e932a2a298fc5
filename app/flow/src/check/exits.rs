//! Edges and the exits that they leave.

use rustc_hash::FxHashMap;

use super::{Report, connect::Ends, disabled, rules};
use crate::{Edge, EdgeId, Exit, Fix, FlowKind, NodeId, Op, Place, Port, graph::Graph, kind::Kind};

/// Edges that have no end in the flow.
pub(super) fn loose(report: &mut Report<'_>, graph: &Graph) {
    // What has both its ends is a link of the graph.
    if graph.links.len() < report.flow.edges.len() {
        ends(report);
    }
}

/// The exits of a node, by its place in document order, and the edges that
/// leave them.
pub(super) fn node(report: &mut Report<'_>, graph: &Graph, ends: &Ends, index: usize) {
    let flow = report.flow;
    let Some((id, node)) = flow.nodes.get_index(index) else {
        return;
    };
    let exits = node.exits();
    let known = Known::new(&exits);
    let is_known_kind = node.kind.spec().is_some();
    let mut is_connected = vec![false; exits.len()];
    for link in graph.leaving(index) {
        let Some((edge_id, edge)) = link.edge_in(flow) else {
            continue;
        };
        let place = || Place::edge(edge_id, edge);
        let target = &edge.target;
        let number = known.number_of(&edge.port);
        match number.zip(number.and_then(|number| exits.get(number))) {
            None => {
                let message = gone(report, id, target, &edge.label, exits.is_empty());
                report.add_with(rules::EDGE_EXIT_MISSING, place(), message, removed(edge_id));
            }
            // What a foreign node does with several edges is not known.
            Some((number, exit)) if is_connected[number] && is_known_kind => {
                let message = format!(
                    "A second connection leaves {}{}, to {}. Only one can be followed: remove one of them.",
                    report.name(id),
                    exit_name(exit),
                    report.name(target)
                );
                report.add_with(
                    rules::EXIT_CONNECTED_TWICE,
                    place(),
                    message,
                    removed(edge_id),
                );
            }
            Some((number, _)) => is_connected[number] = true,
        }
        if flow.kind != FlowKind::Lookup && number.is_some() && !edge.label.is_empty() {
            text_not_sent(report, id, (edge_id, edge));
        }
        if graph.starts.binary_search(&link.target).is_ok() {
            let message = format!(
                "A connection leads from {} into {}, and nothing comes before a Start. Remove it.",
                report.name(id),
                report.name(target)
            );
            report.add_with(rules::EDGE_INTO_START, place(), message, removed(edge_id));
        }
    }
    // Outside of lookup flows a node of which no exit is connected ends the
    // flow or returns (spec, "Validation rules that the guides name").
    let may_end = flow.kind != FlowKind::Lookup && node.kind != Kind::START;
    if !is_known_kind || (may_end && !is_connected.contains(&true)) {
        return;
    }
    for (number, exit) in exits.iter().enumerate() {
        // Of two exits with one port only the first can be connected.
        let is_first = known.number_of(&exit.port) == Some(number);
        if is_first && !is_connected[number] {
            open(report, ends, id, exit);
        }
    }
}

fn text_not_sent(report: &mut Report<'_>, source: &NodeId, (id, edge): (&EdgeId, &Edge)) {
    let message = format!(
        "The text “{}” on the connection from {} stays in Patchbay: {} has no place for it.",
        edge.label,
        report.name(source),
        report.flow.kind.with_article()
    );
    let op = Op::SetEdgeLabel {
        id: id.clone(),
        label: String::new(),
    };
    let fix = Fix::new("Remove the text", vec![op]);
    let place = Place::edge(id, edge);
    report.add_with(rules::EDGE_TEXT_NOT_SENT, place, message, fix);
}

/// The exits of a node by their ports. Most nodes have so few that looking
/// through them is quicker than a table.
enum Known<'a> {
    Few(&'a [Exit]),
    Many(FxHashMap<&'a Port, usize>),
}

impl<'a> Known<'a> {
    fn new(exits: &'a [Exit]) -> Self {
        if exits.len() <= 16 {
            return Self::Few(exits);
        }
        // Of two exits with one port the first counts.
        let numbered = exits.iter().enumerate().rev();
        Self::Many(
            numbered
                .map(|(number, exit)| (&exit.port, number))
                .collect(),
        )
    }

    fn number_of(&self, port: &Port) -> Option<usize> {
        match self {
            Self::Few(exits) => exits.iter().position(|exit| exit.port == *port),
            Self::Many(numbers) => numbers.get(port).copied(),
        }
    }
}

/// Edges whose ends are not there: no edit leaves such, a program might.
fn ends(report: &mut Report<'_>) {
    let flow = report.flow;
    for (id, edge) in &flow.edges {
        for end in [&edge.source, &edge.target] {
            if !flow.nodes.contains_key(end) {
                let message =
                    format!("A connection ends at “{end}”, which is not there. Remove it.");
                let place = Place::edge(id, edge);
                report.add_with(rules::EDGE_END_MISSING, place, message, removed(id));
            }
        }
    }
}

fn open(report: &mut Report<'_>, ends: &Ends, id: &NodeId, exit: &Exit) {
    if disabled::leads_nowhere(report, id, exit) {
        return;
    }
    let place = Place::port(id, &exit.port);
    let fix = ends.fix(report.drawn, id, &exit.port);
    let name = report.name(id);
    if report.flow.kind != FlowKind::Lookup && exit.label.is_empty() {
        let message = format!(
            "Nothing follows {name}, so that the flow does nothing. Connect it to a first step."
        );
        report.add(rules::FLOW_EMPTY, place, message);
    } else if exit.label.is_empty() {
        let message =
            format!("The flow stops after {name}. Connect it to a next step or to an End.");
        report.add_with(rules::DEAD_END, place, message, fix);
    } else {
        let message = format!(
            "The exit “{}” of {name} leads nowhere. Connect it to a next step{}.",
            exit.label,
            if report.flow.kind == FlowKind::Lookup {
                " or to an End"
            } else {
                ", or disconnect the others so that the flow ends here"
            }
        );
        report.add_with(rules::EXIT_NOT_CONNECTED, place, message, fix);
    }
}

fn gone(
    report: &Report<'_>,
    source: &NodeId,
    target: &NodeId,
    label: &str,
    has_no_exits: bool,
) -> String {
    let (source, target) = (report.name(source), report.name(target));
    if has_no_exits {
        format!(
            "A connection leaves {source} to {target}, and nothing comes after it. Remove the connection."
        )
    } else if label.is_empty() {
        format!(
            "A connection leaves {source} to {target} by an exit that is no longer there. Remove it or draw it again."
        )
    } else {
        format!(
            "A connection leaves {source} to {target} by “{label}”, and it has no such exit. Remove it or draw it again."
        )
    }
}

fn exit_name(exit: &Exit) -> String {
    if exit.label.is_empty() {
        String::new()
    } else {
        format!(" by “{}”", exit.label)
    }
}

fn removed(id: &EdgeId) -> Fix {
    Fix::new(
        "Remove this connection",
        vec![Op::Disconnect { id: id.clone() }],
    )
}
