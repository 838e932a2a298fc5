//! What checks collect while they go through a flow.

use crate::{
    DataType, FieldKey, FieldValue, Fix, Flow, FlowKind, Node, NodeId, Op, Pair, Parameter, Place,
    Problem, Workspace,
    check::Rule,
    expression::{Expression, Read, Type},
};

/// Problems that are reported of one flow.
const MAX_PROBLEMS: usize = 10_000;
/// Bytes that the fixes of one flow may take together: each holds the whole
/// value that it sets, and a large value may have many problems.
const MAX_FIX_BYTES: usize = 4 * 1024 * 1024;
/// Expressions of one flow that are kept to look at the sorts of their values:
/// more than any real flow has, and no more than memory can well hold.
const MAX_EXPRESSIONS: usize = 100_000;
/// Characters of a label that a message names.
const SHOWN_LABEL: usize = 60;

/// The problems found so far, and the variables read.
pub(crate) struct Report<'a> {
    pub(crate) flow: &'a Flow,
    /// What the flow can refer to.
    pub(crate) workspace: &'a Workspace,
    problems: Vec<Problem>,
    fix_bytes: usize,
    pub(super) reads: Vec<PlacedRead<'a>>,
    /// The expressions of which the sorts of their values matter.
    pub(super) expressions: Vec<PlacedExpression<'a>>,
    /// The variables that are set to something else than one expression, each
    /// with the sort of its value.
    pub(super) assigned: Vec<(&'a str, Type)>,
}

/// An expression in a text of a node.
pub(super) struct PlacedExpression<'a> {
    pub(super) text: TextAt<'a>,
    pub(super) expression: Expression,
    pub(super) used: Use<'a>,
}

/// What the value of an expression is used for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Use<'a> {
    /// It is put into a text.
    Text,
    /// It decides which of two ways is gone.
    Condition,
    /// It decides which of many ways is gone.
    Split,
    /// It is what a variable is set to.
    Assigned(&'a str),
    /// It is what an input of this type is given.
    Input(&'a Parameter, DataType),
}

/// A variable that is read in a text of a node.
pub(super) struct PlacedRead<'a> {
    pub(super) text: TextAt<'a>,
    pub(super) read: Read,
}

/// A text of a node: a field's, or that of one row of it.
#[derive(Clone, Copy)]
pub(super) struct TextAt<'a> {
    pub(super) node: &'a NodeId,
    pub(super) field: &'static str,
    pub(super) row: Option<usize>,
    pub(super) text: &'a str,
}

impl TextAt<'_> {
    pub(super) fn place(&self) -> Place {
        Place::field(self.node, self.field).row(self.row)
    }

    /// About how many bytes the edit takes that makes the text another one.
    pub(super) fn bytes(&self, node: &Node) -> usize {
        self.text.len() + self.row.map_or(0, |_| pairs_bytes(node.pairs(self.field)))
    }

    /// The edit that makes the text another one.
    pub(super) fn replaced(&self, node: &Node, text: String) -> Op {
        let value = match self.row {
            None => FieldValue::Text(text),
            Some(row) => {
                let mut pairs = node.pairs(self.field).to_vec();
                if let Some(pair) = pairs.get_mut(row) {
                    *pair = Pair::text(pair.name.clone(), text);
                }
                FieldValue::Pairs(pairs)
            }
        };
        set(self.node, self.field, value)
    }
}

/// The edit that sets a field.
pub(super) fn set(node: &NodeId, field: &'static str, value: FieldValue) -> Op {
    Op::SetField {
        id: node.clone(),
        field: FieldKey::of(field),
        value: Some(value),
    }
}

/// About how many bytes some pairs take.
pub(super) fn pairs_bytes(pairs: &[Pair]) -> usize {
    /// A name and a value as designers write them.
    const PAIR: usize = 128;
    pairs.len() * PAIR
}

/// The edit that removes a row of pairs.
pub(super) fn without_row(id: &NodeId, node: &Node, field: &'static str, row: usize) -> Op {
    let mut pairs = node.pairs(field).to_vec();
    if row < pairs.len() {
        pairs.remove(row);
    }
    set(id, field, FieldValue::Pairs(pairs))
}

impl<'a> Report<'a> {
    pub(super) fn new(flow: &'a Flow, workspace: &'a Workspace) -> Self {
        Self {
            flow,
            workspace,
            problems: Vec::new(),
            fix_bytes: 0,
            reads: Vec::new(),
            expressions: Vec::new(),
            assigned: Vec::new(),
        }
    }

    /// A fix that sets a value of about this many bytes, unless there are so
    /// many that they would fill the memory.
    pub(super) fn fix(
        &mut self,
        label: impl Into<String>,
        bytes: usize,
        op: impl FnOnce() -> Op,
    ) -> Option<Fix> {
        self.fix_bytes += bytes;
        (self.fix_bytes <= MAX_FIX_BYTES).then(|| Fix::new(label, vec![op()]))
    }

    /// Keeps an expression of which the sort of its value matters.
    pub(super) fn keep(&mut self, text: TextAt<'a>, expression: Expression, used: Use<'a>) {
        if self.expressions.len() < MAX_EXPRESSIONS {
            self.expressions.push(PlacedExpression {
                text,
                expression,
                used,
            });
        }
    }

    /// Adds a problem without a fix.
    pub(super) fn add(&mut self, rule: Rule, place: Place, message: impl Into<String>) {
        self.add_with(rule, place, message, None);
    }

    /// Adds a problem with the fix that it has, if any.
    pub(super) fn add_with(
        &mut self,
        rule: Rule,
        place: Place,
        message: impl Into<String>,
        fix: impl Into<Option<Fix>>,
    ) {
        if self.problems.len() >= MAX_PROBLEMS {
            return;
        }
        self.problems.push(Problem {
            code: rule.code,
            severity: rule.severity,
            message: message.into(),
            place,
            fix: fix.into(),
        });
    }

    /// A node as messages name it: by its label, else by what it is.
    pub(super) fn name(&self, id: &NodeId) -> String {
        self.flow
            .nodes
            .get(id)
            .map_or_else(|| format!("“{id}”"), |node| named(node))
    }

    /// The problems, those of the flow first, then node by node: fields in the
    /// inspector's order, then exits and edges.
    pub(super) fn in_document_order(self) -> Vec<Problem> {
        let flow = self.flow;
        let mut problems = self.problems;
        problems.sort_by_cached_key(|problem| {
            let place = &problem.place;
            let node = place.node.as_ref();
            let field = place.field.as_ref().map(|key| {
                let kind = node.and_then(|id| flow.nodes.get(id)?.kind.spec());
                let mut fields = kind.map_or(&[][..], |spec| spec.fields).iter();
                fields.position(|field| field.key == key.as_str())
            });
            (
                node.map(|id| flow.nodes.get_index_of(id)),
                place.edge.as_ref().map(|id| flow.edges.get_index_of(id)),
                place.port.is_some(),
                field,
                place.row,
                place.span.as_ref().map(|span| span.start),
            )
        });
        problems
    }
}

/// The sort of a flow as a sentence names it: "a lookup flow".
pub(super) fn flow_kind(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::Lookup => "a lookup flow",
        FlowKind::Call => "a call flow",
        FlowKind::Module => "a module",
        FlowKind::Shared => "a shared flow",
        FlowKind::Architect => "a flow of the public platform",
    }
}

pub(crate) fn named(node: &Node) -> String {
    let label = node.label.trim();
    if !label.is_empty() {
        return match label.char_indices().nth(SHOWN_LABEL) {
            Some((end, _)) => format!("“{}…”", label.get(..end).unwrap_or_default()),
            None => format!("“{label}”"),
        };
    }
    match node.kind.spec() {
        Some(spec) => format!("The node “{}”", spec.title),
        None => "The node without a label".to_owned(),
    }
}
