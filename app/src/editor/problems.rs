//! What is wrong with the flow, found again a moment after each edit.

use dom::prelude::*;
use flow::Sort as _;
use std::{sync::Arc, time::Duration};

use editor::{Command, Found};
use flow::{Checker, FieldKey, Fix, Flow, NodeId, Place, Problem, Severity, Workspace};
use rustc_hash::FxHashMap;
use wasm_bindgen::JsCast;

use super::{
    super::{part::fetched, parts},
    debounce::Debounce,
    desk::{Desk, FieldTarget, RowPart},
};

/// How long after an edit the flow is checked again.
const QUIET: Duration = Duration::from_millis(40);

/// Why problems are not shown.
const NOT_LOADED: &str = "What checks the flow could not be loaded, so its problems are not shown. \
                          It is asked for again with the next edit.";

/// How far it is known what is wrong with the flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Checking {
    /// Nobody has looked yet: what checks it is on its way, or not needed.
    #[default]
    Waiting,
    /// What checks it could not be loaded.
    NotLoaded,
    /// It was looked at.
    Done,
}

/// The problems of a flow, with what cards and tabs show of them.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct ProblemList {
    /// Errors before warnings, each in document order.
    pub(crate) all: Vec<Problem>,
    /// How many errors there are.
    pub(crate) errors: usize,
    /// How far that is known; there are problems only when it is.
    pub(crate) checking: Checking,
    by_node: FxHashMap<NodeId, Found>,
}

impl ProblemList {
    fn of(mut all: Vec<Problem>) -> Self {
        all.order_by_key(|problem| problem.severity);
        let mut by_node: FxHashMap<NodeId, Found> = FxHashMap::default();
        for problem in &all {
            if let Some(node) = &problem.place.node {
                let found = by_node.entry(node.clone()).or_default();
                match problem.severity {
                    Severity::Error => found.errors += 1,
                    Severity::Warning => found.warnings += 1,
                }
            }
        }
        Self {
            errors: all
                .iter()
                .filter(|problem| problem.severity == Severity::Error)
                .count(),
            all,
            by_node,
            checking: Checking::Done,
        }
    }

    /// How many warnings there are.
    pub(crate) fn warnings(&self) -> usize {
        self.all.len() - self.errors
    }

    /// The most severe problem of a node and how many it has.
    pub(crate) fn of_node(&self, node: &NodeId) -> Option<(Severity, usize)> {
        let Found { errors, warnings } = self.counted(node);
        match (errors, warnings) {
            (0, 0) => None,
            (0, warnings) => Some((Severity::Warning, warnings)),
            (errors, warnings) => Some((Severity::Error, errors + warnings)),
        }
    }

    /// How many problems of each sort a node has.
    pub(crate) fn counted(&self, node: &NodeId) -> Found {
        self.by_node.get(node).copied().unwrap_or_default()
    }

    /// The problems of a field of a node.
    pub(crate) fn of_field<'a>(
        &'a self,
        node: &'a NodeId,
        field: &'a FieldKey,
    ) -> impl Iterator<Item = &'a Problem> {
        self.all.iter().filter(move |problem| {
            problem.place.node.as_ref() == Some(node) && problem.place.field.as_ref() == Some(field)
        })
    }

    /// The count in words: "2 errors, 1 warning".
    pub(crate) fn in_words(&self) -> String {
        if self.checking != Checking::Done {
            return "Not checked yet".to_owned();
        }
        let counted = |count: usize, one: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            many => Some(format!("{many} {one}s")),
        };
        let parts: Vec<_> = [
            counted(self.errors, "error"),
            counted(self.warnings(), "warning"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() {
            "No problems".to_owned()
        } else {
            parts.join(", ")
        }
    }
}

/// Finds what is wrong with a flow. The page sees it as this, so that the rules
/// come with the piece that has them.
pub(crate) trait Check {
    /// All that is wrong with the flow, among these others.
    fn check(&mut self, flow: &Flow, workspace: Arc<Workspace>) -> Vec<Problem>;
}

impl Check for Checker {
    fn check(&mut self, flow: &Flow, workspace: Arc<Workspace>) -> Vec<Problem> {
        self.set_workspace(workspace);
        Self::check(self, flow)
    }
}

/// Who finds what is wrong with the open flow.
pub(crate) fn checker() -> Box<dyn Check> {
    Box::new(Checker::default())
}

/// Checks the flow after each edit, and when more is known of what it refers
/// to. What an edit left alone is not looked at again. The rules are fetched
/// once there is something to check.
pub(crate) fn keep_checking(desk: Desk) {
    let debounce = Debounce::new(QUIET);
    let checker = StoredValue::new_local(None::<Box<dyn Check>>);
    let ready = RwSignal::new(false);
    let make = fetched(parts::checker, move |make| match make {
        Some(make) => {
            checker.set_value(Some(make()));
            desk.failure_is_over(NOT_LOADED);
            ready.set(true);
        }
        None => {
            set_checking(desk, Checking::NotLoaded);
            desk.tell_of_failure(NOT_LOADED);
        }
    });
    let waits = Memo::new(move |_| {
        desk.problems
            .with(|problems| problems.checking == Checking::Waiting)
    });
    // What did not come is asked for again with the next edit.
    Effect::new(move |_| {
        desk.revision.track();
        check_again(desk);
    });
    Effect::new(move |_| {
        desk.revision.track();
        let workspace = desk.workspace.known();
        if !ready.get() {
            if waits.get() && desk.flow.with_untracked(|flow| flow.nodes > 0) {
                make.run(());
            }
            return;
        }
        debounce.run(move || {
            let found = checker.try_update_value(|checker| {
                let checker = checker.as_mut()?;
                Some(desk.read(|editor| checker.check(editor.flow(), workspace)))
            });
            let Some(found) = found.flatten().map(ProblemList::of) else {
                return;
            };
            if desk.problems.with_untracked(|before| **before != found) {
                desk.problems.set(Arc::new(found));
            }
        });
    });
}

/// Asks again for what checks the flow, if it could not be loaded.
pub(crate) fn check_again(desk: Desk) {
    let failed = |problems: &Arc<ProblemList>| problems.checking == Checking::NotLoaded;
    if desk.problems.with_untracked(failed) {
        set_checking(desk, Checking::Waiting);
    }
}

fn set_checking(desk: Desk, checking: Checking) {
    desk.problems.set(Arc::new(ProblemList {
        checking,
        ..ProblemList::default()
    }));
}

/// Says that errors are in the way of publishing, above their list, and goes to
/// the first of them there.
pub(crate) fn hold_up(desk: Desk) {
    desk.held_up.set(true);
    // In the next frame the list is there.
    request_animation_frame(|| {
        let first = "[data-panel='problems'] [data-severity='error'] .problem__message";
        let found = document().query_selector(first).ok().flatten();
        if let Some(first) = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Focus fails on an element that is gone, and then nothing is lost.
            let _ = first.focus();
        }
    });
}

/// Goes to where a problem is.
pub(crate) fn go_to(desk: Desk, problem: &Problem) {
    desk.visited.set(Some(problem.clone()));
    show(desk, &problem.place);
    desk.announce(problem.message.clone());
}

/// Shows a place: its field beside the canvas, or what is drawn there.
pub(crate) fn show(desk: Desk, place: &Place) {
    match (&place.node, &place.edge) {
        (Some(node), _) => desk.go_to(field_target(place, node)),
        (None, Some(edge)) => {
            desk.run(Command::SelectEdge(edge.clone()));
            desk.run(Command::FitSelection);
        }
        (None, None) => {
            desk.run(Command::Clear);
        }
    }
}

fn field_target(place: &Place, node: &NodeId) -> FieldTarget {
    FieldTarget {
        node: node.clone(),
        field: place.field.clone(),
        // Only texts have spans, and the text of a row is its value.
        row: place.row.map(|row| match place.span {
            Some(_) => (row, RowPart::Value),
            None => (row, RowPart::Name),
        }),
    }
}

/// Does what a problem at a place offers. The button goes away with the
/// problem, so the focus goes on to what was mended: to the field, else to the
/// node, else to the canvas.
pub(crate) fn apply(desk: Desk, place: &Place, fix: &Fix) {
    desk.run(Command::ApplyFix(fix.clone()));
    let exists = |id: &&NodeId| desk.read(|editor| editor.flow().nodes.contains_key(*id));
    let node = place.node.as_ref().filter(exists);
    match node {
        Some(node) => desk.focus_node(node.clone()),
        None => desk.focus_home(),
    }
    if let Some(node) = node {
        if place.field.is_some() {
            desk.go_to(field_target(place, node));
        } else {
            desk.select_and_reveal(node);
        }
    }
}
