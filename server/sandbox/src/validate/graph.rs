//! Nodes and edges together: ids, ends, branches, one start, no cycle.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Problem;
use super::field::Field;
use super::node::case_label;

/// The words that a form of flow has for its edges and its branching nodes.
pub(super) struct Words {
    /// The key of the node that an edge leaves.
    pub(super) from: &'static str,
    /// The key of the node that it leads to.
    pub(super) to: &'static str,
    /// The key of the branch that it belongs to.
    pub(super) branch: &'static str,
    /// The key of what is set on a node.
    pub(super) settings: &'static str,
    /// The type of a node with the branches `true` and `false`.
    pub(super) condition: &'static str,
    /// The type of a node with a branch for each case.
    pub(super) split: &'static str,
}

const LOOKUP: Words = Words {
    from: "fromNodeId",
    to: "toNodeId",
    branch: "label",
    settings: "configuration",
    condition: "ConditionNode",
    split: "SplitNode",
};

pub(super) fn check(
    graph: &Field<'_>,
    nodes: &[Field<'_>],
    edges: &[Field<'_>],
    problems: &mut Vec<Problem>,
) {
    one_start(graph, nodes, problems);
    check_wiring(&LOOKUP, None, nodes, edges, problems);
}

/// Checks ids, the ends of edges, branches and cycles. Edges may leave
/// `implicit`, which no node is.
pub(super) fn check_wiring(
    words: &Words,
    implicit: Option<&'static str>,
    nodes: &[Field<'_>],
    edges: &[Field<'_>],
    problems: &mut Vec<Problem>,
) {
    unique_ids(nodes, problems);
    unique_ids(edges, problems);
    let by_id: HashMap<&str, &Field<'_>> = nodes
        .iter()
        .filter_map(|node| Some((text_of(node, "id")?, node)))
        .collect();
    let mut joined = Vec::new();
    for edge in edges {
        let leaves = text_of(edge, words.from);
        let from = if leaves.is_some() && leaves == implicit {
            leaves
        } else {
            end(edge, words.from, &by_id, problems)
        };
        let to = end(edge, words.to, &by_id, problems);
        if let (Some(from), Some(to)) = (from, to) {
            joined.push((edge, from, to));
        }
    }
    branches(words, &joined, &by_id, problems);
    if let Some(edge) = edge_that_closes_a_cycle(&joined) {
        let message = "this edge leads back to where the flow has been";
        edge.refuse("graph.cycle", message, problems);
    }
}

pub(super) fn text_of<'a>(field: &Field<'a>, key: &str) -> Option<&'a str> {
    field
        .value()
        .get(key)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
}

pub(super) fn unique_ids(items: &[Field<'_>], problems: &mut Vec<Problem>) {
    let mut seen = HashSet::new();
    for item in items {
        if let Some(text) = text_of(item, "id")
            && !seen.insert(text)
            && let Some(id) = item.optional("id")
        {
            id.refuse(
                "id.duplicate",
                format!("the id {text} is there twice"),
                problems,
            );
        }
    }
}

fn one_start(graph: &Field<'_>, nodes: &[Field<'_>], problems: &mut Vec<Problem>) {
    let mut starts = nodes
        .iter()
        .filter(|node| text_of(node, "type") == Some("StartNode"));
    if starts.next().is_none()
        && let Some(list) = graph.optional("nodes")
    {
        list.refuse("start.missing", "a flow has one StartNode", problems);
    }
    for further in starts {
        further.refuse("start.duplicate", "a flow has only one StartNode", problems);
    }
}

fn end<'a>(
    edge: &Field<'a>,
    key: &str,
    nodes: &HashMap<&str, &Field<'_>>,
    problems: &mut Vec<Problem>,
) -> Option<&'a str> {
    let id = text_of(edge, key)?;
    if nodes.contains_key(id) {
        return Some(id);
    }
    if let Some(field) = edge.optional(key) {
        field.refuse(
            "edge.end.unknown",
            format!("there is no node {id}"),
            problems,
        );
    }
    None
}

pub(super) type Joined<'f, 'a> = (&'f Field<'a>, &'a str, &'a str);

/// The edges of a branching node carry the words of its branches, each once
/// (spec, the direct profile and decision 9).
fn branches(
    words: &Words,
    edges: &[Joined<'_, '_>],
    nodes: &HashMap<&str, &Field<'_>>,
    problems: &mut Vec<Problem>,
) {
    let mut taken = HashSet::new();
    for (edge, from, _) in edges {
        let Some(expected) = nodes.get(from).and_then(|node| branch_words(words, node)) else {
            continue;
        };
        let word = text_of(edge, words.branch).unwrap_or_default();
        if !expected.contains(&word) {
            let expected = expected.join(", ");
            edge.refuse(
                "edge.branch.unknown",
                format!("its {} must be one of {expected}", words.branch),
                problems,
            );
        } else if !taken.insert((*from, word)) {
            edge.refuse(
                "edge.branch.duplicate",
                format!("the branch {word} has an edge already"),
                problems,
            );
        }
    }
}

fn branch_words<'a>(words: &Words, node: &Field<'a>) -> Option<Vec<&'a str>> {
    match text_of(node, "type")? {
        kind if kind == words.condition => Some(vec!["true", "false"]),
        kind if kind == words.split => {
            let cases = node.optional(words.settings)?.optional("cases")?;
            let mut words: Vec<&str> = cases
                .items(&mut Vec::new())?
                .iter()
                .filter_map(case_label)
                .collect();
            words.push("default");
            Some(words)
        }
        _ => None,
    }
}

/// Depth first without recursion, as a chain may be long.
pub(super) fn edge_that_closes_a_cycle<'f, 'a>(edges: &[Joined<'f, 'a>]) -> Option<&'f Field<'a>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        OnPath,
        Left,
    }
    let mut exits: HashMap<&str, Vec<Joined<'f, 'a>>> = HashMap::new();
    for edge in edges {
        exits.entry(edge.1).or_default().push(*edge);
    }
    let exits_of = |id: &str| exits.get(id).map(Vec::as_slice).unwrap_or_default().iter();
    let mut marks: HashMap<&str, Mark> = HashMap::new();
    for (_, root, _) in edges {
        if marks.contains_key(root) {
            continue;
        }
        marks.insert(root, Mark::OnPath);
        let mut path = vec![(*root, exits_of(root))];
        while let Some((node, exits)) = path.last_mut() {
            let Some((edge, _, to)) = exits.next() else {
                marks.insert(node, Mark::Left);
                path.pop();
                continue;
            };
            match marks.get(to) {
                Some(Mark::OnPath) => return Some(edge),
                Some(Mark::Left) => {}
                None => {
                    marks.insert(to, Mark::OnPath);
                    path.push((to, exits_of(to)));
                }
            }
        }
    }
    None
}
