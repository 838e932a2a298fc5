//! Checking again after an edit, at the cost of what the edit touches.
//!
//! The checker keeps what it knows of each node. Nodes and edges are shared
//! values, so that those which an edit left alone are found by looking whether
//! they are still the same ones. A first check and a check after an edit are
//! the same code: the first has nothing that it could keep.

mod changed;
mod readers;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

pub(super) use self::readers::Readers;
use self::{
    changed::{Changed, Settings},
    readers::in_order,
};
use super::{
    Report, calls,
    connect::Ends,
    disabled, exits,
    facts::Facts,
    ids, interface, open_inputs, paths,
    reads::{self, Answer},
    report::{Budget, Findings, Spent, in_document_order},
    settings,
    types::Types,
    within_limits,
};
use crate::{
    Edge, EdgeId, Flow, NodeId, Problem, Workspace, bypass::Bypass, graph::Graph,
    variables::Variables,
};

/// Checks a flow again and again while it is edited.
#[derive(Default)]
pub struct Checker {
    workspace: Arc<Workspace>,
    known: Known,
    /// What was left out of the flow at the last check.
    bypass: Option<Bypass>,
}

/// A check from scratch.
pub(super) fn once(flow: &Flow, workspace: &Workspace) -> Vec<Problem> {
    let bypass = Bypass::of(flow, None);
    Known::default().check(flow, bypass.as_ref(), workspace)
}

impl Checker {
    /// A checker of flows among these that they can refer to.
    pub fn new(workspace: Arc<Workspace>) -> Self {
        Self {
            workspace,
            ..Self::default()
        }
    }

    /// What flows can refer to from now on.
    pub fn set_workspace(&mut self, workspace: Arc<Workspace>) {
        if self.workspace != workspace {
            *self = Self::new(workspace);
        }
    }

    /// Everything that is wrong with a flow: what [`check_in`](super::check_in)
    /// finds, at the cost of what is not as it was at the last call.
    pub fn check(&mut self, flow: &Flow) -> Vec<Problem> {
        self.bypass = Bypass::of(flow, self.bypass.as_ref());
        self.known
            .check(flow, self.bypass.as_ref(), &self.workspace)
    }
}

/// What is known of a flow since it was last checked. By default nothing.
#[derive(Default)]
struct Known {
    settings: Option<Settings>,
    nodes: Vec<(NodeId, Facts)>,
    readers: Readers,
    edges: Vec<(EdgeId, Arc<Edge>)>,
    graph: Graph,
    ends: Ends,
    variables: Variables,
    types: Types,
    of_settings: Findings,
    of_disabled: Findings,
    of_calls: Findings,
    of_open_inputs: Findings,
    of_ids: Findings,
    of_loose_edges: Findings,
    of_paths: Findings,
    of_outputs: Findings,
}

impl Known {
    fn check(
        &mut self,
        flow: &Flow,
        bypass: Option<&Bypass>,
        workspace: &Workspace,
    ) -> Vec<Problem> {
        let mut budget = Budget::WHOLE;
        let mut report = Report::new(flow, bypass, workspace, &mut budget);
        if !within_limits(&mut report) {
            *self = Self::default();
            return in_document_order(flow, report.take().problems);
        }
        if self.settings.is_some() {
            let problems = self.update(&mut report);
            if !budget.is_exceeded && !Budget::WHOLE.less(self.spent(&problems)).is_exceeded {
                return in_document_order(flow, self.all(problems));
            }
            // What does not fit is left out in the order in which a whole
            // check finds it.
            *self = Self::default();
        }
        let mut budget = Budget::WHOLE;
        let mut report = Report::new(flow, bypass, workspace, &mut budget);
        let of_reads = self.update(&mut report);
        let problems = self.all(of_reads);
        if budget.is_exceeded {
            *self = Self::default();
        }
        in_document_order(flow, problems)
    }

    /// Brings everything up to date, and gives what is wrong with what nodes
    /// read, which is not kept.
    fn update(&mut self, report: &mut Report<'_>) -> Findings {
        let flow = report.flow;
        let changed = Changed::since(self, flow);
        self.settings = Some(Settings::of(flow));
        disabled::kept(report);
        self.of_disabled = report.take();
        if changed.settings {
            settings::settings(report);
            interface::interface(report);
            self.of_settings = report.take();
        }
        let before = self.look_at_nodes(report, &changed);
        let variables = self.follow_variables(flow, &changed, &before);
        self.check_types(report, &changed, &before);
        if changed.structure || changed.settings || before.calls {
            calls::cycles(report);
            self.of_calls = report.take();
        }
        let names = before.labels;
        // The fixes of ids hold whole nodes, and those of exits and of Starts
        // where nodes are drawn: what was found is looked at again each time.
        let ids_are_stale = self.of_ids.is_some();
        if changed.structure || changed.settings || before.wire_ids || names || ids_are_stale {
            ids::ids(report);
            self.of_ids = report.take();
        }
        self.check_exits(report, &changed);
        if changed.structure || changed.settings || self.of_paths.is_some() {
            paths::paths(report, &self.graph);
            self.of_paths = report.take();
        }
        self.answer(&changed, &variables);
        let of_reads = self.check_reads(report);
        if changed.structure
            || changed.settings
            || before.calls
            || before.assigned
            || variables.is_any()
        {
            let nodes = self.nodes.iter().enumerate();
            let calling = nodes.filter(|(_, (_, facts))| facts.calls);
            let calling = calling.map(|(index, _)| index);
            let known = (&self.graph, &self.variables, &self.types);
            open_inputs::open_inputs(report, calling, known);
            self.of_open_inputs = report.take();
        }
        let is_stale = names && self.of_outputs.is_some();
        if variables.is_any() || is_stale {
            interface::outputs(report, &self.graph, &self.variables);
            self.of_outputs = report.take();
        }
        of_reads
    }

    /// Looks at the nodes that are not as they were, and says what they were.
    fn look_at_nodes(&mut self, report: &mut Report<'_>, changed: &Changed) -> Before {
        let mut before = Before::default();
        let flow = report.flow;
        if !changed.structure {
            for index in &changed.nodes {
                let (Some((id, node)), Some((_, facts))) =
                    (flow.nodes.get_index(*index), self.nodes.get_mut(*index))
                else {
                    continue;
                };
                let mut old = std::mem::replace(facts, Facts::of(report, id, node));
                // What it contributes is taken back where that is worked out.
                facts.contributed = std::mem::take(&mut old.contributed);
                self.readers.note(*index, &facts.notes);
                before.note(*index, old, facts);
            }
            return before;
        }
        let mut old: FxHashMap<NodeId, Facts> = self.nodes.drain(..).collect();
        let is_same_sort = !changed.settings;
        for (id, node) in &flow.nodes {
            // What a node says by itself depends on the sort of flow too.
            let kept = old
                .remove(id)
                .filter(|facts| is_same_sort && Arc::ptr_eq(&facts.node, node));
            let facts = kept.unwrap_or_else(|| Facts::of(report, id, node));
            self.nodes.push((id.clone(), facts));
        }
        self.readers = Readers::default();
        let edges = flow.edges.iter();
        self.edges = edges
            .map(|(id, edge)| (id.clone(), Arc::clone(edge)))
            .collect();
        self.graph = Graph::new(flow);
        self.ends = Ends::of(flow);
        exits::loose(report, &self.graph);
        self.of_loose_edges = report.take();
        before
    }

    /// Brings up to date which node sets what.
    fn follow_variables(
        &mut self,
        flow: &Flow,
        changed: &Changed,
        before: &Before,
    ) -> ChangedVariables {
        if changed.structure || changed.settings {
            let settings = self
                .nodes
                .iter()
                .map(|(_, facts)| facts.settings.as_slice());
            self.variables = Variables::of(flow, &self.graph, settings);
            return ChangedVariables::All;
        }
        let mut names = FxHashSet::default();
        for (index, old) in &before.settings {
            let nodes = &self.nodes;
            let settings_of = |node: usize| {
                nodes
                    .get(node)
                    .map_or(&[][..], |(_, facts)| &facts.settings)
            };
            let now = settings_of(*index);
            names.extend(self.variables.change(*index, old, now, settings_of));
        }
        ChangedVariables::These(names)
    }

    fn check_types(&mut self, report: &mut Report<'_>, changed: &Changed, before: &Before) {
        let mut others = FxHashSet::default();
        let all = changed.structure || changed.settings;
        if all {
            for (_, facts) in &mut self.nodes {
                facts.contributed.clear();
            }
            self.types = Types::given(report.flow);
            let every: Vec<usize> = (0..self.nodes.len()).collect();
            self.types
                .update(&mut self.nodes, &every, &mut self.readers);
        } else if before.assigned {
            let readers = &mut self.readers;
            others = self.types.update(&mut self.nodes, &changed.nodes, readers);
        }
        if all {
            for (id, facts) in &mut self.nodes {
                facts.check_types(report, id, &self.types);
            }
            return;
        }
        let mut concerned = self.readers.of(&self.nodes, &others);
        concerned.extend(&changed.nodes);
        in_order(&mut concerned);
        for index in concerned {
            if let Some((id, facts)) = self.nodes.get_mut(index) {
                facts.check_types(report, id, &self.types);
            }
        }
    }

    fn check_exits(&mut self, report: &mut Report<'_>, changed: &Changed) {
        let at = (&self.graph, &self.ends);
        let all = changed.structure || changed.settings;
        let own: FxHashSet<usize> = changed.nodes.iter().copied().collect();
        for (index, (_, facts)) in self.nodes.iter_mut().enumerate() {
            // Messages name the nodes that edges lead to.
            if all || facts.exits.is_some() || own.contains(&index) {
                facts.check_exits(report, at, index);
            }
        }
    }

    /// Asks again where another answer is possible.
    fn answer(&mut self, changed: &Changed, variables: &ChangedVariables) {
        let own: FxHashSet<usize> = changed.nodes.iter().copied().collect();
        let concerned: Vec<usize> = match variables {
            ChangedVariables::All => (0..self.nodes.len()).collect(),
            ChangedVariables::These(names) => {
                let mut readers = self.readers.of(&self.nodes, names);
                readers.extend(&own);
                in_order(&mut readers);
                readers
            }
        };
        let is_asked = |index: usize, root: &str| match variables {
            ChangedVariables::All => true,
            ChangedVariables::These(names) => own.contains(&index) || names.contains(root),
        };
        let mut asked = Vec::new();
        let mut at = Vec::new();
        for index in concerned {
            let reads = self.nodes.get(index).map(|(_, facts)| &facts.notes.reads);
            for (number, noted) in reads.into_iter().flatten().enumerate() {
                if is_asked(index, noted.read.root()) {
                    at.push((index, number));
                }
            }
        }
        for (index, number) in &at {
            let noted = self
                .nodes
                .get(*index)
                .and_then(|(_, facts)| facts.notes.reads.get(*number));
            asked.extend(noted.map(|noted| (*index, &noted.read)));
        }
        let answers = reads::answers(&self.graph, &self.variables, &asked);
        for ((index, number), answer) in at.into_iter().zip(answers) {
            let Some((_, facts)) = self.nodes.get_mut(index) else {
                continue;
            };
            facts.answers.resize(facts.notes.reads.len(), Answer::Fine);
            if let Some(known) = facts.answers.get_mut(number) {
                *known = answer;
            }
        }
    }

    fn check_reads(&self, report: &mut Report<'_>) -> Findings {
        let nodes = self.nodes.iter().enumerate();
        let answered = nodes.flat_map(|(index, (_, facts))| {
            let answered = facts.notes.reads.iter().zip(&facts.answers);
            let wrong = answered.filter(|(_, answer)| **answer != Answer::Fine);
            wrong.map(move |(noted, answer)| (index, noted, *answer))
        });
        reads::reads(report, &self.graph, &self.variables, answered);
        report.take()
    }

    fn of_flow(&self) -> [&Findings; 8] {
        [
            &self.of_settings,
            &self.of_disabled,
            &self.of_calls,
            &self.of_open_inputs,
            &self.of_ids,
            &self.of_loose_edges,
            &self.of_paths,
            &self.of_outputs,
        ]
    }

    fn spent(&self, of_reads: &Findings) -> Spent {
        let nodes = self.nodes.iter().map(|(_, facts)| facts.spent());
        let rest = self.of_flow().into_iter().chain([of_reads]);
        let rest = rest.map(|findings| findings.spent);
        nodes.chain(rest).fold(Spent::default(), Spent::and)
    }

    fn all(&self, of_reads: Findings) -> Vec<Problem> {
        let of_flow = self.of_flow().into_iter().flat_map(|found| &found.problems);
        let mut all: Vec<Problem> = of_flow.cloned().collect();
        for (_, facts) in &self.nodes {
            for found in facts.findings() {
                all.extend(found.problems.iter().cloned());
            }
        }
        all.extend(of_reads.problems);
        all
    }
}

/// The variables of which another answer is possible.
enum ChangedVariables {
    All,
    These(FxHashSet<SmolStr>),
}

impl ChangedVariables {
    fn is_any(&self) -> bool {
        match self {
            Self::All => true,
            Self::These(names) => !names.is_empty(),
        }
    }
}

/// What is not as it was of the nodes that an edit touched.
#[derive(Default)]
struct Before {
    /// What they set before, by their places in document order.
    settings: Vec<(usize, Vec<crate::Setting>)>,
    /// Whether what they set variables to may be of another sort.
    assigned: bool,
    labels: bool,
    wire_ids: bool,
    /// Whether one of them calls something, or did.
    calls: bool,
}

impl Before {
    fn note(&mut self, index: usize, old: Facts, now: &Facts) {
        let assigns = |facts: &Facts| !facts.settings.is_empty();
        self.assigned |= (assigns(&old) || assigns(now)) && old.notes != now.notes;
        self.labels |= old.node.label != now.node.label;
        self.wire_ids |= old.node.wire_id != now.node.wire_id;
        self.calls |= old.calls || now.calls;
        if old.settings != now.settings {
            self.settings.push((index, old.settings));
        }
    }
}
