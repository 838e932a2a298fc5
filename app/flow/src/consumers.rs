//! Who calls a module or a shared flow, and what a change of its interface
//! breaks there. The change is live for its callers (spec, decision 19).

use std::collections::HashSet;

use crate::{Entity, Flow, Interface, NodeId, Problem, Workspace, check_in, plan::newly_wrong};

/// How the codes of the rules for mappings begin.
const MAPPINGS: &str = "mapping-";

/// What is wrong with a flow once `callee` is published as it is, and is not
/// while it is as it was `published`. Where that is not known: the mappings that
/// do not fit, whether they did before or not. Empty for a flow that does not
/// call it.
pub fn broken_by(
    callee: &Entity,
    published: Option<&Interface>,
    consumer: &Flow,
    workspace: &Workspace,
) -> Vec<Problem> {
    let calling: HashSet<&NodeId> = callee.calls_in(consumer).map(|call| call.node).collect();
    if calling.is_empty() {
        return Vec::new();
    }
    let after = check_in(consumer, &workspace.with(callee.clone()));
    match published {
        Some(interface) => {
            let as_published = Entity {
                interface: Some(interface.clone()),
                ..callee.clone()
            };
            newly_wrong(&check_in(consumer, &workspace.with(as_published)), after)
        }
        None => {
            let mut found = after;
            found.retain(|problem| {
                let at = problem.place.node.as_ref();
                at.is_some_and(|node| calling.contains(node))
                    && problem.code.as_str().starts_with(MAPPINGS)
            });
            found
        }
    }
}
