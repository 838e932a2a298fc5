//! What is known of one node: what it says by itself, and what its place in
//! the flow makes of that.

use std::sync::Arc;

use super::{
    Report,
    connect::Ends,
    exits, fields,
    reads::Answer,
    report::{Findings, Notes, Spent},
    types::{self, Contribution, Sets, Types},
};
use crate::{Node, NodeId, Setting, graph::Graph};

/// What is known of a node. The first part follows from the node alone and
/// lasts as long as it does; the rest follows from others too.
pub(super) struct Facts {
    pub(super) node: Arc<Node>,
    /// What is wrong with its fields.
    pub(super) fields: Findings,
    pub(super) notes: Notes,
    /// Whether it is a step that calls something.
    pub(super) calls: bool,
    /// What it sets.
    pub(super) settings: Vec<Setting>,
    /// What it contributes to what is known of variables.
    pub(super) contributed: Vec<Contribution>,
    /// What is wrong with the sorts of its values.
    pub(super) types: Findings,
    /// What is wrong with its exits.
    pub(super) exits: Findings,
    /// What is known of what it reads, in the order of its reads.
    pub(super) answers: Vec<Answer>,
}

impl Sets for (NodeId, Facts) {
    fn notes(&self) -> &Notes {
        &self.1.notes
    }

    fn contributed(&mut self) -> &mut Vec<Contribution> {
        &mut self.1.contributed
    }
}

impl Facts {
    /// What a node says by itself.
    pub(super) fn of(report: &mut Report<'_>, id: &NodeId, node: &Arc<Node>) -> Self {
        fields::node(report, id, node);
        let spec = node.kind.spec();
        Self {
            node: Arc::clone(node),
            fields: report.take(),
            notes: report.take_notes(),
            calls: node.callee().is_some(),
            settings: spec.map(|spec| (spec.sets)(node)).unwrap_or_default(),
            contributed: Vec::new(),
            types: Findings::default(),
            exits: Findings::default(),
            answers: Vec::new(),
        }
    }

    /// Looks at the sorts of its values.
    pub(super) fn check_types(&mut self, report: &mut Report<'_>, id: &NodeId, types: &Types) {
        types::node(report, (id, &self.node), &self.notes, types);
        self.types = report.take();
    }

    /// Looks at its exits.
    pub(super) fn check_exits(
        &mut self,
        report: &mut Report<'_>,
        (graph, ends): (&Graph, &Ends),
        index: usize,
    ) {
        exits::node(report, graph, ends, index);
        self.exits = report.take();
    }

    /// What its problems take of the budget.
    pub(super) fn spent(&self) -> Spent {
        let spent = self.findings().into_iter().map(|found| found.spent);
        spent.fold(Spent::default(), Spent::and)
    }

    /// What is wrong with it.
    pub(super) fn findings(&self) -> [&Findings; 3] {
        [&self.fields, &self.types, &self.exits]
    }
}
