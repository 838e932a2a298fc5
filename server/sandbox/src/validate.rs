//! Refuses flows that Genesys Cloud would refuse. Unknown keys pass: imported
//! flows keep what nobody here understands.

pub(crate) mod contact;
pub(crate) mod data_action;
mod definition;
mod edge;
mod field;
mod graph;
mod node;
mod reference;
mod request;
mod settings;
mod shared_flow;
mod template;

use serde_json::Value;

use field::Field;
pub(crate) use reference::{Referred, references};

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
    /// Its name; call flows may go without (spec, "Flow module").
    pub(crate) name: Option<String>,
    /// The version that it says, which an update must.
    pub(crate) version: Option<u64>,
}

/// Which form a document of `/api/v2/flows` has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A lookup flow.
    Lookup,
    /// A call flow: it has a `definition`.
    Call,
    /// A shared flow, or a flow that calls one: its `nodes` are a list.
    Shared,
}

impl Form {
    /// The form of a document, by what only that form has.
    pub(crate) fn of(document: &Value) -> Self {
        match (document.get("definition"), document.get("nodes")) {
            (Some(_), _) => Self::Call,
            (None, Some(Value::Array(_))) => Self::Shared,
            _ => Self::Lookup,
        }
    }
}

/// What a request does with the body that it sends.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sent<'a> {
    /// `POST`: it makes something new.
    New,
    /// `PUT` to this id, which the body must name (spec, decision 5).
    Change(&'a str),
}

/// Checks a flow.
pub(crate) fn flow(document: &Value, sent: Sent<'_>) -> Result<Draft, Vec<Problem>> {
    checked(document, sent, |root, problems| match Form::of(document) {
        Form::Lookup => lookup_flow(root, problems),
        Form::Call => {
            definition::check(root, problems);
            if root.optional("name").is_some() {
                name(root, problems);
            }
            version(root, sent, problems)
        }
        Form::Shared => {
            for key in ["name", "type"] {
                if let Some(field) = root.required(key, problems) {
                    field.text(problems);
                }
            }
            description(root, problems);
            shared_flow::check(root, problems);
            version(root, sent, problems)
        }
    })
}

/// Checks a flow module.
pub(crate) fn module(document: &Value, sent: Sent<'_>) -> Result<Draft, Vec<Problem>> {
    checked(document, sent, |root, problems| {
        name(root, problems);
        description(root, problems);
        definition::check(root, problems);
        version(root, sent, problems)
    })
}

fn checked(
    document: &Value,
    sent: Sent<'_>,
    check: impl FnOnce(&Field<'_>, &mut Vec<Problem>) -> Option<u64>,
) -> Result<Draft, Vec<Problem>> {
    let mut problems = Vec::new();
    let root = Field::root(document);
    if !root.is_object(&mut problems) {
        return Err(problems);
    }
    if let Sent::Change(id) = sent {
        same_id(&root, id, &mut problems);
    }
    let version = check(&root, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let name = document.get("name").and_then(Value::as_str);
    Ok(Draft {
        name: name.map(str::to_owned),
        version,
    })
}

fn same_id(root: &Field<'_>, id: &str, problems: &mut Vec<Problem>) {
    let Some(sent) = root.required("id", problems) else {
        return;
    };
    if sent.text(problems).is_some_and(|text| text != id) {
        sent.refuse("id.differs", "the id is not that of the path", problems);
    }
}

/// The version at the top, which only an update must name.
fn version(root: &Field<'_>, sent: Sent<'_>, problems: &mut Vec<Problem>) -> Option<u64> {
    match sent {
        Sent::New => root.optional("version")?.count(problems),
        Sent::Change(_) => root.required("version", problems)?.count(problems),
    }
}

fn name(root: &Field<'_>, problems: &mut Vec<Problem>) {
    if let Some(name) = root.required("name", problems) {
        name.text(problems);
    }
}

fn description(root: &Field<'_>, problems: &mut Vec<Problem>) {
    if let Some(description) = root.optional("description")
        && !description.value().is_string()
    {
        description.refuse("type.wrong", "a text is expected", problems);
    }
}

/// Checks a lookup flow; its version is that of its metadata.
fn lookup_flow(root: &Field<'_>, problems: &mut Vec<Problem>) -> Option<u64> {
    if let Some(kind) = root.required("type", problems) {
        kind.text(problems);
    }
    name(root, problems);
    description(root, problems);
    if let Some(graph) = root.required("nodes", problems)
        && graph.is_object(problems)
    {
        graph_of(&graph, problems);
    }
    let metadata = root
        .required("metadata", problems)
        .filter(|metadata| metadata.is_object(problems))?;
    if let Some(time) = metadata.required("lastModified", problems) {
        time.text(problems);
    }
    metadata.required("version", problems)?.count(problems)
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
