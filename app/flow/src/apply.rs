//! Applying a transaction: everything or nothing, with its inverse.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    EdgeId, Flow, FlowSetting, MAX_EDGES, MAX_NODES, MAX_TEXT_BYTES, NodeId, Op, Transaction,
};

/// What a transaction did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Applied {
    /// The edits that restore the flow exactly, order included.
    pub inverse: Vec<Op>,
    /// What may look different now.
    pub changes: Changes,
}

/// What to look at again after edits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Nodes that came, went, or hold something else.
    pub nodes: FxHashSet<NodeId>,
    /// Nodes that moved.
    pub moved: FxHashSet<NodeId>,
    /// Edges that came, went, or hold something else.
    pub edges: FxHashSet<EdgeId>,
    /// Whether a setting of the flow changed.
    pub settings: bool,
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.moved.is_empty() && self.edges.is_empty() && !self.settings
    }

    /// Whether something other than the layout changed.
    pub fn touches_logic(&self) -> bool {
        !self.nodes.is_empty() || !self.edges.is_empty() || self.settings
    }

    /// Adds what another transaction changed.
    pub fn extend(&mut self, other: Changes) {
        self.nodes.extend(other.nodes);
        self.moved.extend(other.moved);
        self.edges.extend(other.edges);
        self.settings |= other.settings;
    }
}

/// Why a transaction was refused. The flow is as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Refused {
    /// A node with this id is there already.
    #[error("there is already a node “{id}”")]
    NodeExists {
        /// The id.
        id: NodeId,
    },
    /// The node is not, or no longer, there.
    #[error("the node “{id}” is no longer there")]
    NodeMissing {
        /// The id.
        id: NodeId,
    },
    /// The edge is not, or no longer, there.
    #[error("the edge “{id}” is no longer there")]
    EdgeMissing {
        /// The id.
        id: EdgeId,
    },
    /// A position that is not a number.
    #[error("the position of node “{id}” is not a number")]
    NotFinite {
        /// The node.
        id: NodeId,
    },
    /// The flow would exceed a limit.
    #[error("a flow holds at most {limit} {what}")]
    TooMany {
        /// What there would be too many of.
        what: String,
        /// How many there may be.
        limit: usize,
    },
    /// A text over the limit.
    #[error("a text holds at most {limit} bytes")]
    TooLong {
        /// How many bytes there may be.
        limit: usize,
    },
}

/// Applies a transaction to a flow: all of it, or nothing and the reason.
pub fn apply(flow: &mut Flow, transaction: &Transaction) -> Result<Applied, Refused> {
    let mut applied = Applied::default();
    for ops in transaction.ops.chunk_by(both_remove_nodes) {
        let done = match ops {
            [Op::RemoveNode { .. }, ..] => remove_nodes(flow, ops, &mut applied),
            _ => ops
                .iter()
                .try_for_each(|op| apply_op(flow, op, &mut applied)),
        };
        if let Err(refused) = done {
            undo(flow, applied.inverse);
            return Err(refused);
        }
    }
    // Collected as the edits were made; undone from the last to the first.
    applied.inverse.reverse();
    Ok(applied)
}

/// Takes back what the first edits of a refused transaction did.
fn undo(flow: &mut Flow, inverse: Vec<Op>) {
    let mut ignored = Applied::default();
    for op in inverse.iter().rev() {
        let undone = apply_op(flow, op, &mut ignored);
        debug_assert!(
            undone.is_ok(),
            "an inverse always applies to the flow that it was made from"
        );
    }
}

fn apply_op(flow: &mut Flow, op: &Op, applied: &mut Applied) -> Result<(), Refused> {
    match op {
        Op::AddNode {
            id,
            node,
            position,
            index,
        } => {
            if flow.nodes.contains_key(id) {
                return Err(Refused::NodeExists { id: id.clone() });
            }
            if flow.nodes.len() >= MAX_NODES {
                return Err(Refused::TooMany {
                    what: "nodes".into(),
                    limit: MAX_NODES,
                });
            }
            if !position.is_finite() {
                return Err(Refused::NotFinite { id: id.clone() });
            }
            let at = index.unwrap_or(usize::MAX).min(flow.nodes.len());
            flow.nodes.shift_insert(at, id.clone(), Arc::clone(node));
            flow.positions.insert(id.clone(), *position);
            applied.inverse.push(Op::RemoveNode { id: id.clone() });
            applied.changes.nodes.insert(id.clone());
        }
        Op::RemoveNode { .. } => remove_nodes(flow, std::slice::from_ref(op), applied)?,
        Op::MoveNode { id, to } => {
            if !to.is_finite() {
                return Err(Refused::NotFinite { id: id.clone() });
            }
            if !flow.nodes.contains_key(id) {
                return Err(Refused::NodeMissing { id: id.clone() });
            }
            let from = flow.positions.insert(id.clone(), *to).unwrap_or_default();
            applied.inverse.push(Op::MoveNode {
                id: id.clone(),
                to: from,
            });
            applied.changes.moved.insert(id.clone());
        }
        Op::SetLabel { id, label } => {
            within_text_limit(label)?;
            let node = flow
                .nodes
                .get_mut(id)
                .ok_or_else(|| Refused::NodeMissing { id: id.clone() })?;
            let label = std::mem::replace(&mut Arc::make_mut(node).label, label.clone());
            applied.inverse.push(Op::SetLabel {
                id: id.clone(),
                label,
            });
            applied.changes.nodes.insert(id.clone());
        }
        Op::SetField { id, field, value } => {
            if let Some(crate::FieldValue::Text(text)) = value {
                within_text_limit(text)?;
            }
            let node = flow
                .nodes
                .get_mut(id)
                .ok_or_else(|| Refused::NodeMissing { id: id.clone() })?;
            let fields = &mut Arc::make_mut(node).fields;
            let before = match value {
                Some(value) => fields.insert(field.clone(), value.clone()),
                None => fields.remove(field),
            };
            applied.inverse.push(Op::SetField {
                id: id.clone(),
                field: field.clone(),
                value: before,
            });
            applied.changes.nodes.insert(id.clone());
        }
        Op::Connect { id, edge, index } => {
            for end in [&edge.source, &edge.target] {
                if !flow.nodes.contains_key(end) {
                    return Err(Refused::NodeMissing { id: end.clone() });
                }
            }
            let id = id.clone().unwrap_or_else(|| edge.key());
            if flow.edges.contains_key(&id) {
                return Ok(());
            }
            if flow.edges.len() >= MAX_EDGES {
                return Err(Refused::TooMany {
                    what: "edges".into(),
                    limit: MAX_EDGES,
                });
            }
            let at = index.unwrap_or(usize::MAX).min(flow.edges.len());
            flow.edges.shift_insert(at, id.clone(), Arc::clone(edge));
            applied.inverse.push(Op::Disconnect { id: id.clone() });
            applied.changes.edges.insert(id);
        }
        Op::Disconnect { id } => {
            if let Some((index, id, edge)) = flow.edges.shift_remove_full(id) {
                applied.changes.edges.insert(id.clone());
                applied.inverse.push(Op::Connect {
                    id: Some(id),
                    edge,
                    index: Some(index),
                });
            }
        }
        Op::SetEdgeLabel { id, label } => {
            within_text_limit(label)?;
            let edge = flow
                .edges
                .get_mut(id)
                .ok_or_else(|| Refused::EdgeMissing { id: id.clone() })?;
            let label = std::mem::replace(&mut Arc::make_mut(edge).label, label.clone());
            applied.inverse.push(Op::SetEdgeLabel {
                id: id.clone(),
                label,
            });
            applied.changes.edges.insert(id.clone());
        }
        Op::SetFlow(setting) => {
            let before = match setting {
                FlowSetting::Name(name) => {
                    within_text_limit(name)?;
                    FlowSetting::Name(std::mem::replace(&mut flow.name, name.clone()))
                }
                FlowSetting::Description(text) => {
                    within_text_limit(text)?;
                    FlowSetting::Description(std::mem::replace(&mut flow.description, text.clone()))
                }
                FlowSetting::Variables(variables) => FlowSetting::Variables(std::mem::replace(
                    &mut flow.variables,
                    variables.clone(),
                )),
            };
            applied.inverse.push(Op::SetFlow(before));
            applied.changes.settings = true;
        }
    }
    Ok(())
}

/// Whether two edits that follow one another both remove a node.
fn both_remove_nodes(one: &Op, next: &Op) -> bool {
    matches!((one, next), (Op::RemoveNode { .. }, Op::RemoveNode { .. }))
}

/// Removes nodes that are removed one after the other in one walk over nodes
/// and edges, however many they are.
fn remove_nodes(flow: &mut Flow, ops: &[Op], applied: &mut Applied) -> Result<(), Refused> {
    let mut gone = FxHashSet::default();
    for op in ops {
        if let Op::RemoveNode { id } = op
            && !(flow.nodes.contains_key(id) && gone.insert(id))
        {
            return Err(Refused::NodeMissing { id: id.clone() });
        }
    }
    // The inverse is undone from its last edit to its first: each node comes
    // back at its place, the first one first, and then each edge.
    let mut edges = Vec::new();
    let mut index = 0;
    flow.edges.retain(|id, edge| {
        let stays = !gone.contains(&edge.source) && !gone.contains(&edge.target);
        if !stays {
            edges.push((index, id.clone(), Arc::clone(edge)));
        }
        index += 1;
        stays
    });
    for (index, id, edge) in edges.into_iter().rev() {
        applied.changes.edges.insert(id.clone());
        applied.inverse.push(Op::Connect {
            id: Some(id),
            edge,
            index: Some(index),
        });
    }
    let mut nodes = Vec::new();
    let mut index = 0;
    flow.nodes.retain(|id, node| {
        let stays = !gone.contains(id);
        if !stays {
            nodes.push((index, id.clone(), Arc::clone(node)));
        }
        index += 1;
        stays
    });
    for (index, id, node) in nodes.into_iter().rev() {
        let position = flow.positions.swap_remove(&id).unwrap_or_default();
        applied.changes.nodes.insert(id.clone());
        applied.inverse.push(Op::AddNode {
            id,
            node,
            position,
            index: Some(index),
        });
    }
    Ok(())
}

fn within_text_limit(text: &str) -> Result<(), Refused> {
    if text.len() > MAX_TEXT_BYTES {
        Err(Refused::TooLong {
            limit: MAX_TEXT_BYTES,
        })
    } else {
        Ok(())
    }
}
