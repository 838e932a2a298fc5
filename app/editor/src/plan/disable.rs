//! Leaving nodes out of what is sent, and sending them again.

use flow::{CannotDisable, Flow, NodeId, Op, Transaction};

use super::count_of_nodes;
use crate::{scene::Scene, selection::OrderedSet};

/// What becomes of nodes whose state is to be the other one.
pub(crate) struct Disabling {
    /// The edit; none where nothing would change.
    pub(crate) plan: Option<Transaction>,
    /// Whether it disables.
    pub(crate) disables: bool,
    /// The nodes that cannot be disabled, and why.
    pub(crate) refused: Vec<(NodeId, CannotDisable)>,
}

/// Disables those of the nodes that can be; where all are disabled already,
/// enables them.
pub(crate) fn plan_disable(flow: &Flow, scene: &Scene, nodes: &OrderedSet<NodeId>) -> Disabling {
    let mut enabled = Vec::new();
    let mut refused = Vec::new();
    let mut all: Vec<&NodeId> = Vec::new();
    for id in nodes {
        let Some(node) = flow.nodes.get(id) else {
            continue;
        };
        all.push(id);
        if node.disabled {
            continue;
        }
        let leaving = scene.graph().outgoing(id).iter();
        let leaving = leaving.filter_map(|edge| flow.edges.get(edge));
        match CannotDisable::of(node, leaving.map(|edge| &**edge)) {
            None => enabled.push(id),
            Some(why) => refused.push((id.clone(), why)),
        }
    }
    let disables = !enabled.is_empty() || !refused.is_empty();
    let (verb, changed) = if disables {
        ("Disable", enabled)
    } else {
        ("Enable", all)
    };
    let ops: Vec<_> = changed
        .iter()
        .map(|id| Op::SetDisabled {
            id: (*id).clone(),
            disabled: disables,
        })
        .collect();
    let label = || format!("{verb} {}", count_of_nodes(flow, changed.iter().copied()));
    Disabling {
        plan: (!ops.is_empty()).then(|| Transaction::new(label(), ops)),
        disables,
        refused,
    }
}
