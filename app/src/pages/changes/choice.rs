//! What is chosen before a change of many flows is made.

use std::collections::BTreeSet;

use api::{BatchChange, FlowSummary, NewBatch, PreviewBatch};
use dom::{prelude::*, route::use_query};
use flow::FlowKind;

use super::Sort;
use crate::client::Client;

/// What is chosen. The address says what is chosen at first.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    pub(super) sort: Sort,
    /// The flows here, once they are known.
    pub(super) known: RwSignal<Vec<FlowSummary>>,
    /// The module that is linked, or what is called now.
    pub(super) first: RwSignal<String>,
    /// What is called then; of a repointing only.
    pub(super) second: RwSignal<String>,
    /// The name of the step that executes the module; of a link only.
    pub(super) label: RwSignal<String>,
    /// The flows that are changed.
    pub(super) flows: RwSignal<BTreeSet<String>>,
    /// Call flows that exist only in Genesys, by their ids there; of a link only.
    pub(super) upstream: RwSignal<Vec<String>>,
    /// The flows that call what is called now; of a repointing only.
    pub(super) callers: RwSignal<Option<Vec<String>>>,
    pub(super) publish: RwSignal<bool>,
    /// The connection to publish through; the default one when none.
    pub(super) through: RwSignal<Option<String>>,
}

impl Choice {
    pub(super) fn new(sort: Sort, may_publish: bool) -> Self {
        let callee = match sort {
            Sort::Link => use_query("module"),
            Sort::Repoint => use_query("from"),
        };
        let flows = use_query("flows").get_untracked().unwrap_or_default();
        let flows = flows.split(',').filter(|id| !id.is_empty());
        Self {
            sort,
            known: RwSignal::new(Vec::new()),
            first: RwSignal::new(callee.get_untracked().unwrap_or_default()),
            second: RwSignal::new(String::new()),
            label: RwSignal::new(String::new()),
            flows: RwSignal::new(flows.map(str::to_owned).collect()),
            upstream: RwSignal::new(Vec::new()),
            callers: RwSignal::new(None),
            publish: RwSignal::new(may_publish),
            through: RwSignal::new(None),
        }
    }

    /// Takes in the flows that there are.
    pub(super) fn know(self, flows: Vec<FlowSummary>) {
        self.known.set(flows);
        let callees = self.callees();
        let is_known = |id: &String| callees.iter().any(|flow| flow.id == *id);
        if !self.first.with_untracked(is_known) {
            self.first.set(String::new());
        }
        self.name_step();
    }

    /// What can be linked, or called: of a repointing's second choice only what
    /// is of the sort of the first.
    pub(super) fn callees(self) -> Vec<FlowSummary> {
        let mut flows = self.known.get();
        flows.retain(|flow| match self.sort {
            Sort::Link => flow.kind == FlowKind::Module,
            Sort::Repoint => flow.kind.entity().is_some(),
        });
        flows
    }

    /// What can be called instead of the first choice.
    pub(super) fn others(self) -> Vec<FlowSummary> {
        let first = self.first.get();
        let mut flows = self.callees();
        let kind = flows.iter().find(|flow| flow.id == first);
        let kind = kind.map(|flow| flow.kind);
        flows.retain(|flow| flow.id != first && kind.is_none_or(|kind| flow.kind == kind));
        flows
    }

    /// The flows that can be changed.
    pub(super) fn offered(self) -> Vec<FlowSummary> {
        let callers = self.callers.get();
        let second = self.second.get();
        let mut flows = self.known.get();
        flows.retain(|flow| match self.sort {
            Sort::Link => flow.kind == FlowKind::Call,
            Sort::Repoint => {
                callers
                .as_ref()
                .is_some_and(|callers| callers.contains(&flow.id))
                // No flow calls itself.
                && flow.id != second
            }
        });
        flows
    }

    /// Chooses the first. Whoever calls it is asked for where that matters.
    pub(super) fn choose_first(self, id: String, client: Client) {
        self.first.set(id.clone());
        self.name_step();
        if self.sort == Sort::Link || id.is_empty() {
            return;
        }
        self.callers.set(None);
        spawn_local(async move {
            let found = client.consumers(&id, None).await.map(|found| {
                let flows = found.consumers.into_iter().map(|consumer| consumer.flow);
                flows.collect::<Vec<_>>()
            });
            if self.first.try_get_untracked() != Some(id) {
                return;
            }
            let callers = found.unwrap_or_default();
            // All of them, unless some were chosen before.
            self.flows.try_update(|flows| {
                flows.retain(|flow| callers.contains(flow));
                if flows.is_empty() {
                    flows.extend(callers.iter().cloned());
                }
            });
            self.callers.try_set(Some(callers));
        });
    }

    /// The step gets the module's name until somebody gives it another.
    fn name_step(self) {
        let name = |id: &String| {
            self.known.with_untracked(|known| {
                let found = known.iter().find(|flow| flow.id == *id);
                found.map(|flow| flow.name.clone())
            })
        };
        let is_own = self.label.with_untracked(|label| {
            !label.is_empty()
                && self.known.with_untracked(|known| {
                    known.iter().all(|flow| *label != step_name(&flow.name))
                })
        });
        if let Some(name) = self.first.with_untracked(name).filter(|_| !is_own) {
            self.label.set(step_name(&name));
        }
    }

    pub(super) fn toggle(self, id: &str, is_chosen: bool) {
        self.flows.update(|flows| {
            if is_chosen {
                flows.insert(id.to_owned());
            } else {
                flows.remove(id);
            }
        });
    }

    /// The flows that are chosen and can be changed, in the order of the list.
    pub(super) fn chosen(self) -> Vec<String> {
        let chosen = self.flows.get();
        let offered = self.offered().into_iter().map(|flow| flow.id);
        offered.filter(|id| chosen.contains(id)).collect()
    }

    /// What is still to be chosen, as a sentence that says what to do.
    pub(super) fn missing(self) -> Option<&'static str> {
        let is_empty = |text: RwSignal<String>| text.with(|text| text.trim().is_empty());
        match self.sort {
            Sort::Link if is_empty(self.first) => Some("Choose the module to link."),
            Sort::Link if is_empty(self.label) => Some("Give the step a name."),
            Sort::Repoint if is_empty(self.first) => Some("Choose what is called now."),
            Sort::Repoint if is_empty(self.second) => Some("Choose what is to be called then."),
            _ if self.chosen().is_empty() && self.upstream.with(Vec::is_empty) => {
                Some("Choose at least one flow.")
            }
            _ => None,
        }
    }

    fn change(self) -> BatchChange {
        match self.sort {
            Sort::Link => BatchChange::Link {
                module: self.first.get(),
                label: self.label.get().trim().to_owned(),
            },
            Sort::Repoint => BatchChange::Repoint {
                from: self.first.get(),
                to: self.second.get(),
            },
        }
    }

    /// The question what would be changed. Reacts to every choice.
    pub(super) fn preview(self) -> PreviewBatch {
        PreviewBatch {
            change: self.change(),
            flows: self.chosen(),
            upstream: self.upstream.get(),
            connection: None,
        }
    }

    /// The batch, of these flows.
    pub(super) fn batch(self, key: String, preview: PreviewBatch) -> NewBatch {
        NewBatch {
            key,
            change: preview.change,
            flows: preview.flows,
            upstream: preview.upstream,
            leave_out: Vec::new(),
            publish: self.publish.get_untracked(),
            connection: self.through.get_untracked(),
        }
    }
}

fn step_name(module: &str) -> String {
    format!("Execute {module}")
}
