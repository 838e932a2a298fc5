//! What can be wrong with a flow.

use crate::{Code, Flow, Problem, Severity};

/// A rule: what a code stands for.
#[derive(Debug)]
pub struct Rule {
    /// The code.
    pub code: Code,
    /// How much breaking it matters.
    pub severity: Severity,
    /// What the rule wants, in a sentence.
    pub sentence: &'static str,
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.as_str() == code)
}

/// Every rule, by code.
pub static RULES: &[Rule] = &[];

/// Everything that is wrong with a flow, in document order.
pub fn check(_flow: &Flow) -> Vec<Problem> {
    Vec::new()
}
