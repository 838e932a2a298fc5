//! Changes that are made in many flows at once: what each flow's edit is, what
//! it changes in words, and what would be wrong with the flow then.

mod link_module;
mod repoint;

pub use self::{
    link_module::{CannotLink, plan_link},
    repoint::plan_repoint,
};

use std::collections::HashMap;

use crate::{Code, Flow, NodeId, Problem, Transaction, Workspace, apply, check_in};

/// The edit of one flow, not made yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The edit.
    pub transaction: Transaction,
    /// What it changes, place by place.
    pub places: Vec<PlannedChange>,
    /// What is wrong with the flow after it and was not before: mappings that
    /// do not fit what is called then, above all.
    pub problems: Vec<Problem>,
}

/// What an edit changes at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedChange {
    /// The node.
    pub node: NodeId,
    /// What becomes of it, in a sentence.
    pub sentence: String,
}

impl Plan {
    /// A plan, with what would be wrong with the flow after it. None where the
    /// edit does not apply to the flow.
    fn of(
        flow: &Flow,
        workspace: &Workspace,
        transaction: Transaction,
        places: Vec<PlannedChange>,
    ) -> Option<Self> {
        let mut after = flow.clone();
        apply(&mut after, &transaction).ok()?;
        let problems = newly_wrong(&check_in(flow, workspace), check_in(&after, workspace));
        Some(Self {
            transaction,
            places,
            problems,
        })
    }
}

/// The problems that were not there before. What was wrong in the same way at
/// the same place is not new.
pub(crate) fn newly_wrong(before: &[Problem], after: Vec<Problem>) -> Vec<Problem> {
    let seen = |problem: &Problem| {
        let node = problem.place.node.clone();
        (problem.code, node, problem.message.clone())
    };
    let mut known: HashMap<(Code, Option<NodeId>, String), usize> = HashMap::new();
    for problem in before {
        *known.entry(seen(problem)).or_default() += 1;
    }
    let mut found = after;
    found.retain(|problem| match known.get_mut(&seen(problem)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    found
}
