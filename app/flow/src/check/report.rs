//! What checks collect while they go through a flow.

use crate::Sort as _;
use smol_str::SmolStr;

use crate::{
    DataType, FieldKey, FieldValue, Fix, Flow, Node, NodeId, Op, Pair, Place, Problem, Workspace,
    bypass::Bypass,
    check::Rule,
    expression::{Expression, Read, Type},
};

/// Problems that are reported of one flow.
pub(super) const MAX_PROBLEMS: usize = 10_000;
/// Bytes that the fixes of one flow may take together: each holds the whole
/// value that it sets, and a large value may have many problems.
const MAX_FIX_BYTES: usize = 4 * 1024 * 1024;
/// Expressions of one flow that are kept to look at the sorts of their values:
/// more than any real flow has, and no more than memory can well hold.
const MAX_EXPRESSIONS: usize = 100_000;
/// Characters of a label that a message names.
const SHOWN_LABEL: usize = 60;

/// What may still be reported of a flow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    problems: usize,
    fix_bytes: usize,
    expressions: usize,
    /// Whether something was left out for want of room.
    pub(super) is_exceeded: bool,
}

impl Budget {
    /// The budget of a whole flow.
    pub(super) const WHOLE: Self = Self {
        problems: MAX_PROBLEMS,
        fix_bytes: MAX_FIX_BYTES,
        expressions: MAX_EXPRESSIONS,
        is_exceeded: false,
    };

    /// What is left when something was spent of it.
    pub(super) fn less(self, spent: Spent) -> Self {
        Self {
            problems: self.problems.saturating_sub(spent.problems),
            fix_bytes: self.fix_bytes.saturating_sub(spent.fix_bytes),
            expressions: self.expressions.saturating_sub(spent.expressions),
            is_exceeded: self.is_exceeded
                || spent.problems > self.problems
                || spent.fix_bytes > self.fix_bytes
                || spent.expressions > self.expressions,
        }
    }
}

/// What some problems take of a flow's budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spent {
    problems: usize,
    fix_bytes: usize,
    expressions: usize,
}

impl Spent {
    /// What both take together.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            problems: self.problems + other.problems,
            fix_bytes: self.fix_bytes + other.fix_bytes,
            expressions: self.expressions + other.expressions,
        }
    }
}

/// Problems that were found together, with what they take of the budget.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) problems: Vec<Problem>,
    pub(super) spent: Spent,
}

impl Findings {
    /// Whether anything was found.
    pub(super) fn is_some(&self) -> bool {
        !self.problems.is_empty()
    }
}

/// The problems found so far, and what nodes were seen to read and set.
pub(crate) struct Report<'a> {
    /// The flow as it goes over the wire.
    pub(crate) flow: &'a Flow,
    /// The flow as it was drawn, to which edits are made: it has the disabled
    /// nodes, too.
    pub(super) drawn: &'a Flow,
    /// What was left out of it; none where nothing is disabled.
    pub(super) bypass: Option<&'a Bypass>,
    /// What the flow can refer to.
    pub(crate) workspace: &'a Workspace,
    budget: &'a mut Budget,
    found: Findings,
    pub(super) notes: Notes,
}

/// What a node does with variables.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Notes {
    /// What it reads, in the order of its texts.
    pub(super) reads: Vec<NotedRead>,
    /// The expressions of which the sorts of their values matter.
    pub(super) expressions: Vec<NotedExpression>,
    /// The variables that it sets to something else than one expression, each
    /// with the sort of its value.
    pub(super) assigned: Vec<(SmolStr, Type)>,
}

/// An expression in a text of a node.
#[derive(Debug, PartialEq)]
pub(super) struct NotedExpression {
    pub(super) spot: Spot,
    pub(super) expression: Expression,
    pub(super) used: Use,
}

/// What the value of an expression is used for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Use {
    /// It is put into a text.
    Text,
    /// It decides which of two ways is gone.
    Condition,
    /// It decides which of many ways is gone.
    Split,
    /// It is what a variable is set to.
    Assigned(SmolStr),
    /// It is what the input of this name and type is given.
    Input(SmolStr, DataType),
}

/// A variable that is read in a text of a node.
#[derive(Debug, PartialEq)]
pub(super) struct NotedRead {
    pub(super) spot: Spot,
    pub(super) read: Read,
}

/// Which text of a node: a field's, or that of one row of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) field: &'static str,
    pub(super) row: Option<usize>,
}

impl Spot {
    /// The text of a node at this spot; empty where there is none.
    pub(super) fn of<'a>(self, node: &'a NodeId, value: &'a Node) -> TextAt<'a> {
        let text = match self.row {
            None => value.text(self.field),
            Some(row) => {
                let pair = value.pairs(self.field).get(row);
                pair.and_then(|pair| pair.value.as_str())
                    .unwrap_or_default()
            }
        };
        TextAt {
            node,
            field: self.field,
            row: self.row,
            text,
        }
    }
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
    pub(super) fn spot(&self) -> Spot {
        Spot {
            field: self.field,
            row: self.row,
        }
    }

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
    pub(super) fn new(
        drawn: &'a Flow,
        bypass: Option<&'a Bypass>,
        workspace: &'a Workspace,
        budget: &'a mut Budget,
    ) -> Self {
        Self {
            flow: bypass.map_or(drawn, |bypass| &bypass.flow),
            drawn,
            bypass,
            workspace,
            budget,
            found: Findings::default(),
            notes: Notes::default(),
        }
    }

    /// What was found since the last time.
    pub(super) fn take(&mut self) -> Findings {
        std::mem::take(&mut self.found)
    }

    /// What was noted since the last time, in no more room than it needs: it is
    /// kept for every node of a flow.
    pub(super) fn take_notes(&mut self) -> Notes {
        Notes {
            reads: self.notes.reads.drain(..).collect(),
            expressions: self.notes.expressions.drain(..).collect(),
            assigned: self.notes.assigned.drain(..).collect(),
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
        let Some(left) = self.budget.fix_bytes.checked_sub(bytes) else {
            self.budget.is_exceeded = true;
            return None;
        };
        self.budget.fix_bytes = left;
        self.found.spent.fix_bytes += bytes;
        Some(Fix::new(label, vec![op()]))
    }

    /// Keeps an expression of which the sort of its value matters.
    pub(super) fn keep(&mut self, text: TextAt<'_>, expression: Expression, used: Use) {
        let Some(left) = self.budget.expressions.checked_sub(1) else {
            self.budget.is_exceeded = true;
            return;
        };
        self.budget.expressions = left;
        self.found.spent.expressions += 1;
        self.notes.expressions.push(NotedExpression {
            spot: text.spot(),
            expression,
            used,
        });
    }

    /// Notes that a variable is set to a value of a sort.
    pub(super) fn assign(&mut self, name: &str, datatype: Type) {
        self.notes.assigned.push((SmolStr::new(name), datatype));
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
        let Some(left) = self.budget.problems.checked_sub(1) else {
            self.budget.is_exceeded = true;
            return;
        };
        self.budget.problems = left;
        self.found.spent.problems += 1;
        self.found.problems.push(Problem {
            code: rule.code,
            severity: rule.severity,
            message: message.into(),
            place,
            fix: fix.into(),
        });
    }

    /// A node as messages name it: by its label, else by what it is.
    pub(super) fn name(&self, id: &NodeId) -> String {
        self.drawn
            .nodes
            .get(id)
            .map_or_else(|| format!("“{id}”"), |node| named(node))
    }
}

/// Puts problems in order: those of the flow first, then node by node, fields
/// in the inspector's order, then exits and edges.
pub(crate) fn in_document_order(flow: &Flow, mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.order_by_key(|problem| {
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

/// A node as sentences name it: by its label, or by its kind.
pub fn named(node: &Node) -> String {
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
