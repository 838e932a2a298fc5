//! What can be wrong with a flow.
//!
//! A node's own fields are checked node by node; what follows from the graph
//! is checked after that, over all nodes at once.

mod calls;
mod cases;
mod checker;
mod connect;
mod disabled;
mod drafts;
mod exits;
mod facts;
mod fields;
mod ids;
mod interface;
mod json_body;
mod mappings;
mod near;
mod open_inputs;
mod paths;
mod reads;
mod report;
mod request;
pub(crate) mod rule_table;
mod rules;
mod rules_page;
mod settings;
mod types;
mod url;
mod variable_names;

use serde::Serialize;

use crate::{
    Code, EntityRef, FieldValue, Flow, FlowKind, Interface, MAX_EDGES, MAX_NODES, MAX_PARAMETERS,
    MAX_VARIABLES, Node, NodeId, Place, Problem, Severity, Workspace, bypass::Bypass,
    kind::wire::Shape,
};

use self::report::Budget;
pub use self::{checker::Checker, report::named, rules::RULES, rules_page::rules_page};
pub(crate) use self::{
    report::{Report, in_document_order},
    rules::{DISABLED_BRANCHES, KIND_UNKNOWN},
    variable_names::is_variable_name,
};

/// A rule, as checks name it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The code.
    pub code: Code,
    /// How much breaking it matters.
    pub severity: Severity,
}

/// A rule in words, which nobody who only checks has to carry.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RuleText {
    /// The code.
    pub code: Code,
    /// How much breaking it matters.
    pub severity: Severity,
    /// What the rule wants, in a sentence.
    pub sentence: &'static str,
    /// Something that breaks it.
    pub example: &'static str,
    /// What a click does about it, where there is something that a click can
    /// do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<&'static str>,
}

/// What is checked of the nodes of a kind beyond what their fields say of
/// themselves. By name, so that who only draws a node carries no checks.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NodeRule {
    /// The headers of a request.
    Headers,
    /// A body in JSON.
    JsonBody,
    /// The cases of a split.
    SplitCases,
    /// The names of variables.
    VariableNames,
}

impl NodeRule {
    fn check(self, report: &mut Report<'_>, id: &NodeId, node: &Node) {
        match self {
            Self::Headers => request::headers(report, id, node),
            Self::JsonBody => json_body::json_body(report, id, node),
            Self::SplitCases => cases::split_cases(report, id, node),
            Self::VariableNames => variable_names::variable_names(report, id, node),
        }
    }
}

const REFUSED_CODE: Code = Code("refused-upstream");
const NOT_IN_CONNECTION_CODE: Code = Code("reference-not-in-connection");

/// What is known only once a flow was sent: the receiver refused a part of it.
/// No check finds it; the server reports it at the part that was meant.
pub const REFUSED_UPSTREAM: RuleText = RuleText {
    code: REFUSED_CODE,
    severity: Severity::Error,
    sentence: "What is sent is accepted by Genesys Cloud.",
    example: "a URL that the organisation does not allow",
    fix: None,
};

/// What is known only once a connection is chosen: what the flow calls was never
/// sent there. No check finds it; the server reports it at the call.
pub const NOT_IN_CONNECTION: RuleText = RuleText {
    code: NOT_IN_CONNECTION_CODE,
    severity: Severity::Error,
    sentence: "What a flow calls is in the connection that the flow is published to.",
    example: "a call flow that is published to “Production”, where its module never was",
    fix: None,
};

/// What no check finds, and publishing does.
static PUBLISHING: [RuleText; 2] = [REFUSED_UPSTREAM, NOT_IN_CONNECTION];

/// Every rule: those for flows, for data actions, for contacts, and those that
/// only publishing finds broken.
pub fn rules() -> impl Iterator<Item = &'static RuleText> {
    let of_documents = [
        RULES,
        crate::architect::RULES,
        crate::data_action::RULES,
        crate::contact::RULES,
    ];
    of_documents.into_iter().flatten().chain(&PUBLISHING)
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static RuleText> {
    rules().find(|rule| rule.code.as_str() == code)
}

/// The code that is written so.
pub(crate) fn code(text: &str) -> Option<Code> {
    let of_documents = [
        rules::CODES,
        crate::architect::CODES,
        crate::data_action::CODES,
        crate::contact::CODES,
        &[REFUSED_CODE, NOT_IN_CONNECTION_CODE],
    ];
    let codes = of_documents.into_iter().flatten().copied();
    codes.into_iter().find(|code| code.as_str() == text)
}

/// Everything that is wrong with a flow by itself. What it refers to cannot be
/// seen, which is a warning where it refers to something.
pub fn check(flow: &Flow) -> Vec<Problem> {
    check_in(flow, &Workspace::default())
}

/// Everything that is wrong with a flow among those that it can refer to, in
/// document order; of more than 10,000 problems, as only made-up flows have,
/// those that are found first.
pub fn check_in(flow: &Flow, workspace: &Workspace) -> Vec<Problem> {
    checker::once(flow, workspace)
}

/// Whether a flow is of a size that everything else can deal with.
fn within_limits(report: &mut Report<'_>) -> bool {
    let flow = report.drawn;
    let Interface { inputs, outputs } = &flow.interface;
    let counts = [
        (rules::TOO_MANY_NODES, "nodes", flow.nodes.len(), MAX_NODES),
        (rules::TOO_MANY_EDGES, "edges", flow.edges.len(), MAX_EDGES),
        (
            rules::TOO_MANY_VARIABLES,
            "variables",
            flow.variables.len(),
            MAX_VARIABLES,
        ),
        (
            rules::TOO_MANY_PARAMETERS,
            "inputs",
            inputs.len(),
            MAX_PARAMETERS,
        ),
        (
            rules::TOO_MANY_PARAMETERS,
            "outputs",
            outputs.len(),
            MAX_PARAMETERS,
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

/// What cannot be written at all: a step that the flow's form does not have,
/// one name with two values in what is a JSON object on the wire, a name where
/// an id belongs, a disabled node that cannot be left out.
pub(crate) fn unwritable(drawn: &Flow, bypass: Option<&Bypass>) -> Vec<Problem> {
    let unseen = Workspace::default();
    let mut budget = Budget::WHOLE;
    let mut report = Report::new(drawn, bypass, &unseen, &mut budget);
    let flow = report.flow;
    let Some(dialect) = flow.kind.dialect() else {
        let message = "A flow of the public platform cannot be written for the direct profile.";
        report.add(rules::KIND_UNKNOWN, Place::default(), message);
        return in_document_order(drawn, report.take().problems);
    };
    disabled::kept(&mut report);
    for (id, node) in &flow.nodes {
        let Some(spec) = node.kind.spec() else {
            let type_name = node.kind.foreign_type().unwrap_or(node.kind.as_str());
            // Only in shared flows may a node have no action, and so no type.
            if type_name.is_empty() && flow.kind != FlowKind::Shared {
                fields::unknown_kind(&mut report, id, node);
            }
            continue;
        };
        if !spec.is_in(flow.kind) {
            fields::unknown_kind(&mut report, id, node);
            continue;
        }
        for field in spec.fields {
            let shape = spec.wire(dialect).and_then(|wire| wire.shape_of(field.key));
            match (shape, node.field(field.key)) {
                (None | Some(Shape::List { .. }), Some(FieldValue::Pairs(_))) => {}
                // Whatever belongs there, pairs become the members of an object.
                (_, Some(FieldValue::Pairs(_))) => {
                    fields::equal_names(&mut report, id, node, field);
                }
                (_, Some(FieldValue::Reference(EntityRef::Name(name)))) => {
                    calls::by_name(&mut report, id, field, name);
                }
                _ => {}
            }
        }
    }
    in_document_order(drawn, report.take().problems)
}
