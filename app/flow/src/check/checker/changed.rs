//! What is not as it was at the last check.

use std::sync::Arc;

use super::Known;
use crate::{Flow, FlowKind, Interface, Variable};

/// The settings of a flow that checks look at.
#[derive(PartialEq)]
pub(super) struct Settings {
    kind: FlowKind,
    name: String,
    interface: Interface,
    variables: Vec<Variable>,
}

impl Settings {
    pub(super) fn of(flow: &Flow) -> Self {
        Self {
            kind: flow.kind,
            name: flow.name.clone(),
            interface: flow.interface.clone(),
            variables: flow.variables.clone(),
        }
    }

    fn are_of(&self, flow: &Flow) -> bool {
        self.kind == flow.kind
            && self.name == flow.name
            && self.interface == flow.interface
            && self.variables == flow.variables
    }
}

/// What changed.
pub(super) struct Changed {
    /// Whether nodes or edges came, went or changed places, or a node became
    /// another sort of step.
    pub(super) structure: bool,
    /// Whether the flow's own settings changed.
    pub(super) settings: bool,
    /// Where the structure did not change: the nodes that hold something else,
    /// by their places in document order.
    pub(super) nodes: Vec<usize>,
}

impl Changed {
    pub(super) fn since(known: &Known, flow: &Flow) -> Self {
        let settings = known.settings.as_ref();
        let mut changed = Self {
            structure: known.nodes.len() != flow.nodes.len()
                || known.edges.len() != flow.edges.len()
                || settings.is_none(),
            settings: settings.is_none_or(|settings| !settings.are_of(flow)),
            nodes: Vec::new(),
        };
        // What every node says by itself depends on the sort of flow.
        changed.structure |= settings.is_none_or(|settings| settings.kind != flow.kind);
        let mut edges = known.edges.iter().zip(&flow.edges);
        changed.structure = changed.structure
            || edges.any(|((old_id, old), (id, edge))| !Arc::ptr_eq(old, edge) || old_id != id);
        if changed.structure {
            return changed;
        }
        for (index, ((old_id, old), (id, node))) in known.nodes.iter().zip(&flow.nodes).enumerate()
        {
            if old_id != id {
                changed.structure = true;
                break;
            }
            if !Arc::ptr_eq(&old.node, node) {
                changed.structure |= old.node.kind != node.kind;
                changed.nodes.push(index);
            }
        }
        changed
    }
}
