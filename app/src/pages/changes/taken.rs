//! Which of the flows that were looked at are changed: those that can be
//! published then, until somebody says otherwise.

use std::collections::BTreeSet;

use api::{FlowPreview, PreviewBatch, PreviewOutcome};
use dom::prelude::*;

/// A flow that was looked at, by its id here or, where it exists only in
/// Genesys, there.
pub(super) type Row = (String, FlowPreview);

/// The flows that are changed.
#[derive(Clone, Copy)]
pub(super) struct Taken {
    rows: StoredValue<Vec<Row>>,
    ids: RwSignal<BTreeSet<String>>,
}

/// How many flows of a preview there are of each sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counts {
    /// All that were looked at.
    pub(super) all: usize,
    /// Those that can be changed.
    pub(super) changeable: usize,
    /// Those that are.
    pub(super) taken: usize,
    /// Those of them that errors keep from being published.
    pub(super) blocked: usize,
}

impl Taken {
    /// What a preview answered, in the order in which it was asked.
    pub(super) fn of(asked: &PreviewBatch, previews: Vec<FlowPreview>) -> Self {
        let ids = asked.flows.iter().chain(&asked.upstream).cloned();
        let rows: Vec<Row> = ids.zip(previews).collect();
        let publishable = rows
            .iter()
            .filter(|(_, preview)| errors(preview) == Some(0));
        let ids = publishable.map(|(id, _)| id.clone()).collect();
        Self {
            rows: StoredValue::new(rows),
            ids: RwSignal::new(ids),
        }
    }

    pub(super) fn rows(self) -> Vec<Row> {
        self.rows.get_value()
    }

    /// Whether a flow is changed.
    pub(super) fn has(self, id: &str) -> bool {
        self.ids.with(|ids| ids.contains(id))
    }

    /// Takes a flow in, or leaves it out.
    pub(super) fn put(self, id: &str, is_taken: bool) {
        self.ids.update(|ids| {
            if is_taken {
                ids.insert(id.to_owned());
            } else {
                ids.remove(id);
            }
        });
    }

    pub(super) fn counts(self) -> Counts {
        self.ids.with(|ids| {
            self.rows.with_value(|rows| {
                let count = |is: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count();
                Counts {
                    all: rows.len(),
                    changeable: count(&|(_, preview)| errors(preview).is_some()),
                    taken: ids.len(),
                    blocked: count(&|(id, preview)| {
                        ids.contains(id) && errors(preview).is_some_and(|errors| errors > 0)
                    }),
                }
            })
        })
    }

    /// The flows that are left as they are, by the ids by which they were asked
    /// for.
    pub(super) fn left_out(self) -> Vec<String> {
        let mut ids = self
            .rows()
            .into_iter()
            .map(|(id, _)| id)
            .collect::<Vec<_>>();
        self.ids
            .with_untracked(|taken| ids.retain(|id| !taken.contains(id)));
        ids
    }
}

/// How many errors keep a flow from being published once it is changed; none
/// where it is not changed.
fn errors(preview: &FlowPreview) -> Option<usize> {
    match preview.outcome {
        PreviewOutcome::Changes { errors, .. } => Some(errors),
        PreviewOutcome::Nothing { .. } | PreviewOutcome::Impossible { .. } => None,
    }
}
