//! A data action that is open: what it is now, and whether it is saved.

use std::{ops::Range, sync::Arc, time::Duration};

use api::{ActionFinding, DataActionSummary, OpenDataAction, Right};
use dom::prelude::*;
use flow::{Severity, data_action::DataAction};

use super::saving::Saving;
use crate::{
    client::{Client, Failure},
    components::{Announcer, Toasts},
    editor::debounce::Debounce,
    session::SessionState,
};

/// How long after an edit it is checked again.
const QUIET: Duration = Duration::from_millis(250);

/// A data action that is open.
#[derive(Clone, Copy)]
pub(super) struct ActionDesk {
    pub(super) client: Client,
    pub(super) toasts: Toasts,
    pub(super) announcer: Announcer,
    pub(super) id: StoredValue<String>,
    /// What it is now.
    pub(super) action: RwSignal<Arc<DataAction>>,
    /// What the server says of it; its revision is the one that is followed.
    pub(super) summary: RwSignal<DataActionSummary>,
    pub(super) saving: Saving,
    pub(super) checked: RwSignal<Arc<Checked>>,
    /// A part of the script that is to be shown.
    pub(super) wanted_span: RwSignal<Option<Range<usize>>>,
    /// A part of the form that is to be shown, and its row.
    pub(super) wanted_field: RwSignal<Option<(String, Option<usize>)>>,
    pub(super) may_edit: Signal<bool>,
    pub(super) may_upload: Signal<bool>,
    /// The tab of the dock.
    pub(super) tab: RwSignal<&'static str>,
}

/// What the last check found, and in which script.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Checked {
    pub(super) code: String,
    pub(super) findings: Vec<ActionFinding>,
    /// Whether it was checked at all.
    pub(super) is_done: bool,
    /// Why the last check did not come to its end.
    pub(super) failure: Option<Failure>,
}

impl Checked {
    /// How many of the findings are errors.
    pub(super) fn errors(&self) -> usize {
        let errors = self.findings.iter();
        errors
            .filter(|finding| finding.problem.severity == Severity::Error)
            .count()
    }
}

impl ActionDesk {
    pub(super) fn new(opened: OpenDataAction) -> Self {
        let session = expect_context::<SessionState>();
        let OpenDataAction { summary, action } = opened;
        let action = Arc::new(action);
        let desk = Self {
            client: expect_context(),
            toasts: expect_context(),
            announcer: expect_context(),
            id: StoredValue::new(summary.id.clone()),
            saving: Saving::new(Arc::clone(&action)),
            action: RwSignal::new(action),
            summary: RwSignal::new(summary),
            checked: RwSignal::new(Arc::default()),
            wanted_span: RwSignal::new(None),
            wanted_field: RwSignal::new(None),
            may_edit: Signal::derive(move || session.may(Right::EditFlows)),
            may_upload: Signal::derive(move || session.may(Right::Publish)),
            tab: RwSignal::new("problems"),
        };
        desk.saving.keep(desk);
        desk.keep_checking();
        desk
    }

    /// Changes it, where that is allowed.
    pub(super) fn edit(self, change: impl FnOnce(&mut DataAction)) {
        if self.may_edit.get_untracked() {
            self.action.update(|action| change(Arc::make_mut(action)));
        }
    }

    /// The same text with a part of the script replaced.
    pub(super) fn replace(self, span: Range<usize>, by: &str) {
        self.edit(|action| {
            let code = &mut action.definition.code;
            if let Some(text) = code.text()
                && text.get(span.clone()).is_some()
            {
                let mut text = text.to_owned();
                text.replace_range(span, by);
                *code = flow::data_action::Script::Text(text);
            }
        });
    }

    /// Takes over what the server has.
    pub(super) fn take(self, opened: OpenDataAction) {
        let action = Arc::new(opened.action);
        self.saving.follow(Arc::clone(&action));
        self.summary.set(opened.summary);
        self.action.set(action);
    }

    /// Checks it after each edit. What an older check finds later is dropped.
    fn keep_checking(self) {
        let debounce = Debounce::new(QUIET);
        let asked = StoredValue::new(0u64);
        Effect::new(move |_| {
            let action = self.action.get();
            debounce.run(move || {
                let number = asked.get_value() + 1;
                asked.set_value(number);
                spawn_local(async move {
                    let code = action.definition.code.text().unwrap_or_default().to_owned();
                    let found = self.client.check_data_action((*action).clone()).await;
                    if asked.try_get_value() != Some(number) {
                        return;
                    }
                    self.take_findings(code, found);
                });
            });
        });
    }

    fn take_findings(self, code: String, found: Result<Vec<ActionFinding>, Failure>) {
        let checked = match found {
            Ok(findings) => Checked {
                code,
                findings,
                is_done: true,
                failure: None,
            },
            // What was found before stands; signing in again asks again.
            Err(failure) => {
                let Some(before) = self.checked.try_get_untracked() else {
                    return;
                };
                Checked {
                    code: before.code.clone(),
                    findings: before.findings.clone(),
                    is_done: before.is_done,
                    failure: Some(failure),
                }
            }
        };
        self.checked.try_set(Arc::new(checked));
    }
}
