//! Refuses flows that Genesys Cloud would refuse. Unknown keys pass: imported
//! flows keep what nobody here understands.

mod edge;
mod field;
mod graph;
mod node;
mod request;
mod template;

use serde_json::Value;

use field::Field;

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// A JSON pointer into the body as it was sent.
    pub(crate) pointer: String,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// The id of the node or edge concerned.
    pub(crate) entity: Option<String>,
}

/// What the store needs to know of an accepted body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) name: String,
    /// `metadata.version`.
    pub(crate) version: u64,
}

/// Checks the body of a `POST`.
pub(crate) fn new_flow(document: &Value) -> Result<Draft, Vec<Problem>> {
    let mut problems = Vec::new();
    let draft = flow(&Field::root(document), &mut problems);
    finish(draft, problems)
}

/// Checks the body of a `PUT` to the flow `id`, which it must name (spec,
/// decision 5).
pub(crate) fn changed_flow(document: &Value, id: &str) -> Result<Draft, Vec<Problem>> {
    let mut problems = Vec::new();
    let root = Field::root(document);
    let sent = root.required("id", &mut problems);
    if let Some(sent) = sent.and_then(|field| field.text(&mut problems).map(|text| (field, text)))
        && sent.1 != id
    {
        sent.0.refuse(
            "id.differs",
            "the id is not that of the path",
            &mut problems,
        );
    }
    let draft = flow(&root, &mut problems);
    finish(draft, problems)
}

fn finish(draft: Option<Draft>, problems: Vec<Problem>) -> Result<Draft, Vec<Problem>> {
    match draft {
        Some(draft) if problems.is_empty() => Ok(draft),
        _ => Err(problems),
    }
}

fn flow(root: &Field<'_>, problems: &mut Vec<Problem>) -> Option<Draft> {
    if !root.value().is_object() {
        root.refuse("type.wrong", "an object is expected", problems);
        return None;
    }
    if let Some(kind) = root.required("type", problems) {
        kind.text(problems);
    }
    let name = root
        .required("name", problems)
        .and_then(|name| name.text(problems).map(str::to_owned));
    if let Some(description) = root.optional("description")
        && !description.value().is_string()
    {
        description.refuse("type.wrong", "a text is expected", problems);
    }
    if let Some(graph) = root.required("nodes", problems)
        && graph.is_object(problems)
    {
        graph_of(&graph, problems);
    }
    let version = root
        .required("metadata", problems)
        .filter(|metadata| metadata.is_object(problems))
        .and_then(|metadata| {
            if let Some(time) = metadata.required("lastModified", problems) {
                time.text(problems);
            }
            metadata.required("version", problems)?.count(problems)
        });
    Some(Draft {
        name: name?,
        version: version?,
    })
}

fn graph_of(graph: &Field<'_>, problems: &mut Vec<Problem>) {
    let nodes = graph
        .required("nodes", problems)
        .and_then(|nodes| nodes.items(problems));
    let edges = graph
        .required("edges", problems)
        .and_then(|edges| edges.items(problems));
    let (Some(nodes), Some(edges)) = (nodes, edges) else {
        return;
    };
    for node in &nodes {
        node::check(node, problems);
    }
    for edge in &edges {
        edge::check(edge, problems);
    }
    graph::check(graph, &nodes, &edges, problems);
}

#[cfg(test)]
mod tests;
