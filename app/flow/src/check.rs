//! What can be wrong with a flow.
//!
//! A node's own fields are checked node by node; what follows from the graph
//! is checked after that, over all nodes at once.

mod cases;
mod connect;
mod exits;
mod fields;
mod ids;
mod json_body;
mod near;
mod paths;
mod reads;
mod report;
mod request;
mod rules;
mod settings;
mod types;
mod url;
mod variable_names;

use crate::{
    Code, Flow, MAX_EDGES, MAX_NODES, MAX_VARIABLES, Node, NodeId, Place, Problem, Severity,
    graph::Graph, kind::wire::Shape, variables::Variables,
};

pub use self::rules::RULES;
pub(crate) use self::{
    cases::split_cases,
    json_body::json_body,
    report::{Report, named},
    request::headers,
    variable_names::{is_variable_name, variable_names},
};

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

/// What a kind checks of a node beyond what its fields say of themselves.
pub(crate) type NodeRule = fn(&mut Report<'_>, &NodeId, &Node);

/// What is known only once a flow was sent: the receiver refused a part of it.
/// No check finds it; the server reports it at the part that was meant.
pub static REFUSED_UPSTREAM: Rule = Rule {
    code: Code("refused-upstream"),
    severity: Severity::Error,
    sentence: "What is sent is accepted by Genesys Cloud.",
    example: "a URL that the organisation does not allow",
};

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .chain(crate::data_action::RULES)
        .chain([&REFUSED_UPSTREAM])
        .find(|rule| rule.code.as_str() == code)
}

/// Everything that is wrong with a flow, in document order; of more than
/// 10,000 problems, as only made-up flows have, those that are found first.
pub fn check(flow: &Flow) -> Vec<Problem> {
    let mut report = Report::new(flow);
    if !within_limits(&mut report) {
        return report.in_document_order();
    }
    settings::settings(&mut report);
    for (id, node) in &flow.nodes {
        fields::node(&mut report, id, node);
    }
    types::types(&mut report);
    ids::ids(&mut report);
    let graph = Graph::new(flow);
    exits::exits(&mut report, &graph);
    paths::paths(&mut report, &graph);
    reads::reads(&mut report, &Variables::new(flow, &graph));
    report.in_document_order()
}

/// Whether a flow is of a size that everything else can deal with.
fn within_limits(report: &mut Report<'_>) -> bool {
    let counts = [
        (
            rules::TOO_MANY_NODES,
            "nodes",
            report.flow.nodes.len(),
            MAX_NODES,
        ),
        (
            rules::TOO_MANY_EDGES,
            "edges",
            report.flow.edges.len(),
            MAX_EDGES,
        ),
        (
            rules::TOO_MANY_VARIABLES,
            "variables",
            report.flow.variables.len(),
            MAX_VARIABLES,
        ),
    ];
    let mut is_within = true;
    for (rule, what, count, limit) in counts {
        if count > limit {
            let message = format!(
                "The flow has {count} {what}, and at most {limit} are possible. Spread it over several flows."
            );
            report.add(rule, Place::default(), message);
            is_within = false;
        }
    }
    is_within
}

/// What cannot be written in any form: one name with two values in what is a
/// JSON object on the wire.
pub(crate) fn unwritable(flow: &Flow) -> Vec<Problem> {
    let mut report = Report::new(flow);
    for (id, node) in &flow.nodes {
        let Some(spec) = node.kind.spec() else {
            continue;
        };
        for field in spec.fields {
            if spec.direct.shape_of(field.key) == Some(Shape::Map) {
                fields::equal_names(&mut report, id, node, field);
            }
        }
    }
    report.in_document_order()
}
