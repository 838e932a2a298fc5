//! What can be wrong with a flow.

mod rules;

use crate::{Code, Flow, Node, NodeId, Problem, Severity};

pub use self::rules::RULES;

/// A rule: what a code stands for.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The code.
    pub code: Code,
    /// How much breaking it matters.
    pub severity: Severity,
    /// What the rule wants, in a sentence.
    pub sentence: &'static str,
    /// Something that breaks it.
    pub example: &'static str,
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.as_str() == code)
}

/// Everything that is wrong with a flow, in document order.
pub fn check(_flow: &Flow) -> Vec<Problem> {
    Vec::new()
}

/// What a kind checks of a node beyond what its fields say of themselves.
pub(crate) type NodeRule = fn(&mut Report<'_>, &NodeId, &Node);

pub(crate) struct Report<'a>(&'a Flow);
pub(crate) fn cases(_: &mut Report<'_>, _: &NodeId, _: &Node) {}
pub(crate) fn set_variables(_: &mut Report<'_>, _: &NodeId, _: &Node) {}
pub(crate) fn request(_: &mut Report<'_>, _: &NodeId, _: &Node) {}
pub(crate) fn unwritable(_: &Flow) -> Vec<Problem> {
    Vec::new()
}
