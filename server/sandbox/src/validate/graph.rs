//! Nodes and edges together: ids, ends, branches, one start, no cycle.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Problem;
use super::field::Field;
use super::node::case_label;

pub(super) fn check(
    graph: &Field<'_>,
    nodes: &[Field<'_>],
    edges: &[Field<'_>],
    problems: &mut Vec<Problem>,
) {
    unique_ids(nodes, problems);
    unique_ids(edges, problems);
    one_start(graph, nodes, problems);
    let by_id: HashMap<&str, &Field<'_>> = nodes
        .iter()
        .filter_map(|node| Some((text_of(node, "id")?, node)))
        .collect();
    let mut joined = Vec::new();
    for edge in edges {
        let ends = ["fromNodeId", "toNodeId"].map(|key| end(edge, key, &by_id, problems));
        if let [Some(from), Some(to)] = ends {
            joined.push((edge, from, to));
        }
    }
    branches(&joined, &by_id, problems);
    if let Some(edge) = edge_that_closes_a_cycle(&joined) {
        let message = "this edge leads back to where the flow has been";
        edge.refuse("graph.cycle", message, problems);
    }
}

fn text_of<'a>(field: &Field<'a>, key: &str) -> Option<&'a str> {
    field
        .value()
        .get(key)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
}

fn unique_ids(items: &[Field<'_>], problems: &mut Vec<Problem>) {
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

type Joined<'f, 'a> = (&'f Field<'a>, &'a str, &'a str);

/// The edges of a branching node carry the words of its branches, each once
/// (spec, the direct profile and decision 9).
fn branches(
    edges: &[Joined<'_, '_>],
    nodes: &HashMap<&str, &Field<'_>>,
    problems: &mut Vec<Problem>,
) {
    let mut taken = HashSet::new();
    for (edge, from, _) in edges {
        let Some(words) = nodes.get(from).and_then(|node| branch_words(node)) else {
            continue;
        };
        let word = text_of(edge, "label").unwrap_or_default();
        if !words.contains(&word) {
            let expected = words.join(", ");
            edge.refuse(
                "edge.branch.unknown",
                format!("its label must be one of {expected}"),
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

fn branch_words<'a>(node: &Field<'a>) -> Option<Vec<&'a str>> {
    match text_of(node, "type")? {
        "ConditionNode" => Some(vec!["true", "false"]),
        "SplitNode" => {
            let cases = node.optional("configuration")?.optional("cases")?;
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
fn edge_that_closes_a_cycle<'f, 'a>(edges: &[Joined<'f, 'a>]) -> Option<&'f Field<'a>> {
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
