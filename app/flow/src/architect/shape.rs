//! The shape that a flow must have to be nested: trees of steps, one for each
//! part of the flow or for each choice of a menu.

use rustc_hash::FxHashMap;

use super::{containers, rules};
use crate::{
    Edge, EdgeId, Flow, Node, NodeId, Place, Port, Problem, RegionId, RegionKind, Rule,
    graph::{Graph, Link},
};

/// Problems that are reported of one flow.
const MAX_PROBLEMS: usize = 10_000;

/// What was found to be wrong.
pub(super) struct Found<'a> {
    pub(super) flow: &'a Flow,
    pub(super) problems: Vec<Problem>,
}

impl Found<'_> {
    pub(super) fn add(&mut self, rule: Rule, place: Place, message: impl Into<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem {
                code: rule.code,
                severity: rule.severity,
                message: message.into(),
                place,
                fix: None,
            });
        }
    }

    /// A node by its place in document order, as messages name it.
    pub(super) fn name(&self, index: usize) -> String {
        let node = self.flow.nodes.get_index(index);
        node.map_or_else(String::new, |(_, node)| name(node))
    }
}

/// A node as messages name it: by its label, else by what it is.
pub(super) fn name(node: &Node) -> String {
    match node.kind.foreign_type() {
        Some(sort) if node.label.trim().is_empty() => format!("The step “{sort}”"),
        _ => crate::check::named(node),
    }
}

/// The steps of a flow by their places in document order.
pub(super) struct Shape<'a> {
    /// Where each part begins, and where what is in no part begins. A menu
    /// begins with each of its choices.
    pub(super) begins: FxHashMap<Option<&'a RegionId>, Vec<usize>>,
    /// The branches of each step with their first steps, in document order.
    pub(super) branches: Vec<Vec<(&'a Port, usize)>>,
    /// The step behind each step.
    pub(super) next: Vec<Option<usize>>,
}

/// The shape of a flow; where it has none, what is in the way is added to what
/// was found.
pub(super) fn shape<'a>(found: &mut Found<'a>) -> Shape<'a> {
    let flow = found.flow;
    let graph = Graph::of_parts(flow);
    let count = flow.nodes.len();
    let mut shape = Shape {
        begins: FxHashMap::default(),
        branches: vec![Vec::new(); count],
        next: vec![None; count],
    };
    for node in 0..count {
        entries(found, &graph, node);
        exits(found, &graph, node, &mut shape);
    }
    for knot in graph.knots() {
        circle(found, &knot);
    }
    for node in graph.starts.iter().copied() {
        begin(found, node, &mut shape);
    }
    shape
}

/// One edge at most leads to a step, and from the same part.
fn entries(found: &mut Found<'_>, graph: &Graph, node: usize) {
    let flow = found.flow;
    for (number, link) in graph.entering(node).enumerate() {
        let Some((id, edge)) = link.edge_in(flow) else {
            continue;
        };
        let (from, to) = (found.name(link.source), found.name(node));
        if number > 0 {
            let message = format!(
                "More than one way leads to {to}, also the one from {from}. Put {to} and what follows it into a task, and call that task on each way."
            );
            found.add(rules::JOINED, Place::edge(id, edge), message);
        }
        let region = |index| flow.nodes.get_index(index).map(|(_, node)| &node.region);
        if region(link.source) != region(node) {
            let message = format!(
                "The way from {from} to {to} leads into another part of the flow. Jump to that part, or call it, by a step for that."
            );
            found.add(rules::PART_LEFT, Place::edge(id, edge), message);
        }
    }
}

/// One edge at most leaves by an exit.
fn exits<'a>(found: &mut Found<'a>, graph: &Graph, node: usize, shape: &mut Shape<'a>) {
    let mut seen: FxHashMap<&Port, usize> = FxHashMap::default();
    for (id, edge, link) in edges(found.flow, graph.leaving(node)) {
        if let Some(first) = seen.insert(&edge.port, link.target) {
            let (from, first, other) =
                (found.name(node), found.name(first), found.name(link.target));
            let message = format!(
                "By one exit {from} leads to {first} and to {other}. Remove one of the two connections."
            );
            found.add(rules::EXIT_TWICE, Place::edge(id, edge), message);
        } else if edge.port == Port::OUT {
            shape.next[node] = Some(link.target);
        } else {
            shape.branches[node].push((&edge.port, link.target));
        }
    }
}

fn edges<'a, 'g>(
    flow: &'a Flow,
    links: impl Iterator<Item = &'g Link>,
) -> impl Iterator<Item = (&'a EdgeId, &'a Edge, Link)> {
    links.filter_map(|link| {
        let (id, edge) = link.edge_in(flow)?;
        Some((id, edge, *link))
    })
}

fn circle(found: &mut Found<'_>, knot: &[usize]) {
    let first = knot
        .first()
        .and_then(|node| found.flow.nodes.get_index(*node));
    if let Some((id, node)) = first {
        let message = format!(
            "{} leads back to itself. Put what is repeated into a loop, or into a task that jumps to itself.",
            name(node)
        );
        found.add(rules::CIRCLE, Place::node(id), message);
    }
}

/// A step that no edge enters begins its part, which begins once.
fn begin<'a>(found: &mut Found<'a>, index: usize, shape: &mut Shape<'a>) {
    let flow = found.flow;
    let Some((id, node)) = flow.nodes.get_index(index) else {
        return;
    };
    let region = node.region.as_ref();
    let kind = region
        .and_then(|id| flow.regions.get(id))
        .map(|part| &part.kind);
    let begins = shape.begins.entry(region).or_default();
    let first = begins.first().copied();
    begins.push(index);
    if kind == Some(&RegionKind::Menu) {
        if shape.next[index].is_some() {
            let edge = edge_out(flow, id);
            let message = format!(
                "{} is a choice of a menu, and another step follows it. Put that step on an exit of the choice.",
                name(node)
            );
            let place = edge.map_or_else(|| Place::node(id), |(key, edge)| Place::edge(key, edge));
            found.add(rules::CHOICE_CONTINUES, place, message);
        }
    } else if let Some(first) = first {
        let message = format!(
            "Nothing leads to {}, and {} begins this part of the flow already. Connect the step or remove it.",
            name(node),
            found.name(first)
        );
        found.add(rules::BEGINS_TWICE, Place::node(id), message);
    }
    home(found, id, node);
}

fn edge_out<'a>(flow: &'a Flow, id: &'a NodeId) -> Option<(&'a EdgeId, &'a Edge)> {
    let mut edges = flow.edges_from(id);
    edges.find(|(_, edge)| edge.port == Port::OUT)
}

/// Whether there is a list in the document for what begins here.
fn home(found: &mut Found<'_>, id: &NodeId, node: &Node) {
    let flow = found.flow;
    let has_home = match &node.region {
        Some(region) => flow.regions.contains_key(region),
        None => {
            let wire_type = flow.wire_type.as_deref().unwrap_or_default();
            let start = format!("/{}", containers::START);
            flow.extra.contains_key(&start) || containers::starts_with_actions(wire_type)
        }
    };
    if !has_home {
        let message = format!(
            "{} is in no part of the flow. Put it into a task, a state or a menu.",
            name(node)
        );
        found.add(rules::PART_MISSING, Place::node(id), message);
    }
}
