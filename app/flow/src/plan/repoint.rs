//! Repointing: what called one thing calls another (shared-flows guide, step 3).

use super::{Plan, PlannedChange};
use crate::{Entity, Flow, Transaction, Workspace, check::named, link::calls_instead};

/// The edit after which every node of a flow that calls `from` calls `to`, with
/// the mappings that no longer fit among the plan's problems. None where no node
/// calls `from`, and where both are the same.
pub fn plan_repoint(
    flow: &Flow,
    from: &Entity,
    to: &Entity,
    workspace: &Workspace,
) -> Option<Plan> {
    let reference = to.reference();
    // What is meant already stays as it is written.
    let calls = from
        .calls_in(flow)
        .filter(|call| call.kind == to.kind && *call.reference != reference);
    let (mut ops, mut places) = (Vec::new(), Vec::new());
    for call in calls {
        let label = flow
            .nodes
            .get(call.node)
            .map_or_else(String::new, |node| named(node));
        places.push(PlannedChange {
            node: call.node.clone(),
            sentence: format!("{label} calls “{}” instead of “{}”.", to.name, from.name),
        });
        ops.push(calls_instead(call, &reference));
    }
    if ops.is_empty() {
        return None;
    }
    let label = format!("Repoint “{}” to “{}”", from.name, to.name);
    Plan::of(flow, workspace, Transaction::new(label, ops), places)
}
