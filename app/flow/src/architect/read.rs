//! From a document to a flow.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use super::{
    SOURCE, branch, containers, keys,
    lift::{kept, lift},
    list,
};
use crate::{
    Edge, Exit, FieldKey, FieldValue, Flow, FlowKind, Kind, MAX_JSON_DEPTH, MAX_NODES, MAX_REGIONS,
    Node, NodeId, Port, Region, RegionId, RegionKind, import::layout, pointer::token,
};

/// What a person reads at the exit to the next action of a list, where there
/// are others.
const NEXT: &str = "next";

/// Why a document is no flow, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{message}{}", if path.is_empty() { String::new() } else { format!(" (at {path})") })]
pub struct ReadError {
    /// What is wrong and what to do.
    pub message: String,
    /// The JSON pointer of the value; empty for the document as a whole.
    pub path: String,
}

impl ReadError {
    fn new(message: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            path: path.into(),
        }
    }
}

/// Reads a document of the public platform, given as the tree that its YAML
/// stands for with the members of objects in their order.
///
/// # Errors
/// A document that is not one flow under its type, is nested more than
/// [`MAX_JSON_DEPTH`] deep, or is larger than a flow may be.
pub fn read(document: Value) -> Result<Flow, ReadError> {
    if let Some(path) = too_deep(&document, MAX_JSON_DEPTH) {
        let message = format!("The document is nested more than {MAX_JSON_DEPTH} deep.");
        return Err(ReadError::new(message, path));
    }
    let (wire_type, mut body) = top(document)?;
    let [name, description] = lift(&mut body, ["name", "description"]);
    let mut reader = Reader {
        flow: Flow::new(FlowKind::Architect, name),
    };
    for (member, value) in &mut body {
        if containers::is_container(member) && list::is_list_of_objects(value) {
            let path = format!("/{}/{member}", token(&wire_type));
            reader.regions(member, list::take(value), &path)?;
        } else if member == containers::START && list::is_list(value) {
            reader.sequence(list::take(value), None, containers::START, None)?;
        }
    }
    let mut flow = reader.flow;
    flow.wire_type = Some(wire_type);
    flow.description = description;
    flow.extra = kept(body);
    layout::place_the_unplaced(&mut flow);
    Ok(flow)
}

/// The type of the flow and what it holds.
fn top(document: Value) -> Result<(String, Map<String, Value>), ReadError> {
    const WHAT: &str = "A flow of the public platform is an object with one member: the type of the flow, such as “inboundCall”, with what it holds.";
    let Value::Object(members) = document else {
        return Err(ReadError::new(WHAT, ""));
    };
    let count = members.len();
    let mut members = members.into_iter();
    match (count, members.next()) {
        (1, Some((wire_type, Value::Object(body)))) => Ok((wire_type, body)),
        (1, Some((wire_type, _))) => Err(ReadError::new(
            "What a flow holds is an object, and this is not one.",
            format!("/{}", token(&wire_type)),
        )),
        _ => Err(ReadError::new(WHAT, "")),
    }
}

/// Where a value is nested deeper than this. Goes as deep as that, and no
/// deeper.
pub(super) fn too_deep(value: &Value, left: usize) -> Option<String> {
    let below = |name: String, value: &Value| {
        let inner = too_deep(value, left.checked_sub(1)?)?;
        Some(format!("/{name}{inner}"))
    };
    match value {
        Value::Object(_) | Value::Array(_) if left == 0 => Some(String::new()),
        Value::Object(members) => members
            .iter()
            .find_map(|(name, value)| below(token(name), value)),
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, value)| below(index.to_string(), value))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// A flow that is being read.
struct Reader {
    flow: Flow,
}

impl Reader {
    fn regions(
        &mut self,
        container: &str,
        items: Vec<(String, Value)>,
        path: &str,
    ) -> Result<(), ReadError> {
        if self.flow.regions.len() + items.len() > MAX_REGIONS {
            let message = format!(
                "The flow has more than {MAX_REGIONS} menus, tasks and states. Spread it over several flows."
            );
            return Err(ReadError::new(message, path));
        }
        for (index, (sort, body)) in items.into_iter().enumerate() {
            let Value::Object(mut body) = body else {
                continue;
            };
            let [name, wire_id] = lift(&mut body, ["name", "refId"]);
            let kind = containers::kind(container, &sort);
            let steps = body
                .get_mut(containers::steps(&kind))
                .filter(|steps| list::is_list(steps))
                .map(list::take)
                .unwrap_or_default();
            let id = keys::of_region(&self.flow, &wire_id, &format!("{container}/{index}"));
            let is_menu = kind == RegionKind::Menu;
            let region = Region {
                kind,
                name,
                wire_id: (wire_id != id.as_str()).then_some(wire_id),
                extra: kept(body),
            };
            self.flow.regions.insert(id.clone(), Arc::new(region));
            if is_menu {
                self.choices(steps, &id)?;
            } else {
                self.sequence(steps, Some(&id), id.as_str(), None)?;
            }
        }
        Ok(())
    }

    /// Actions of which each leads to the next.
    fn sequence(
        &mut self,
        actions: Vec<(String, Value)>,
        region: Option<&RegionId>,
        path: &str,
        mut from: Option<(NodeId, Port)>,
    ) -> Result<(), ReadError> {
        for (index, action) in actions.into_iter().enumerate() {
            let id = self.step(action, region, &format!("{path}/{index}"), from.take())?;
            from = Some((id, Port::OUT));
        }
        Ok(())
    }

    /// Choices of a menu, of which none leads to the next.
    fn choices(
        &mut self,
        choices: Vec<(String, Value)>,
        region: &RegionId,
    ) -> Result<(), ReadError> {
        for (index, choice) in choices.into_iter().enumerate() {
            self.step(choice, Some(region), &format!("{region}/{index}"), None)?;
        }
        Ok(())
    }

    /// An action with all that is nested in it. Calls itself as deep as actions
    /// are nested, which a document's depth bounds.
    fn step(
        &mut self,
        (sort, mut source): (String, Value),
        region: Option<&RegionId>,
        path: &str,
        from: Option<(NodeId, Port)>,
    ) -> Result<NodeId, ReadError> {
        if self.flow.nodes.len() >= MAX_NODES {
            let message = format!(
                "The flow has more than {MAX_NODES} actions. Spread it over several flows."
            );
            return Err(ReadError::new(message, ""));
        }
        let id = keys::of_node(&self.flow, &sort, &source, path);
        let branches = branch::take(&mut source);
        let label = match &mut source {
            Value::Object(members) => {
                let [name] = lift(members, ["name"]);
                name
            }
            _ => String::new(),
        };
        let mut node = Node {
            label,
            region: region.cloned(),
            exits: exits(&branches),
            ..Node::of(&Kind::foreign(&sort))
        };
        if source != Value::Object(Map::new()) {
            let source = FieldValue::Json(source);
            node.fields.insert(FieldKey::of(SOURCE), source);
        }
        self.flow.nodes.insert(id.clone(), Arc::new(node));
        if let Some((source, port)) = from {
            self.connect(Edge::new(source, port, id.clone()));
        }
        for branch in branches {
            let path = format!("{id}/{}", branch.port);
            let from = Some((id.clone(), branch.port));
            self.sequence(branch.actions, region, &path, from)?;
        }
        Ok(id)
    }

    fn connect(&mut self, edge: Edge) {
        let key = keys::of_edge(&self.flow, &edge);
        self.flow.edges.insert(key, Arc::new(edge));
    }
}

/// The exits of an action with branches: the one to the next action, and one
/// for each branch. An action without has the one that every node has.
fn exits(branches: &[branch::Branch]) -> Vec<Exit> {
    if branches.is_empty() {
        return Vec::new();
    }
    let next = Exit {
        port: Port::OUT,
        label: NEXT.to_owned(),
    };
    let named = branches.iter().map(|branch| Exit {
        port: branch.port.clone(),
        label: branch.label.clone(),
    });
    std::iter::once(next).chain(named).collect()
}
