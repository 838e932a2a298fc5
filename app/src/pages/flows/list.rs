//! The flows as they are known, and when they are asked for again.

use std::time::Duration;

use api::{FlowSummary, PublishState};
use dom::{ev, prelude::*};

use crate::{
    client::{Client, Failure},
    session::{Loaded, loaded},
};

/// The flows: `expect_context::<FlowList>()`. What was loaded once stays while
/// it is loaded again, and when that fails.
#[derive(Clone, Copy)]
pub struct FlowList {
    answer: Loaded<Vec<FlowSummary>>,
    known: RwSignal<Option<Vec<FlowSummary>>>,
}

impl FlowList {
    /// Loads the flows; again when somebody comes back to the tab, and every
    /// few seconds while one is being published.
    pub fn kept_fresh() -> Self {
        let client = expect_context::<Client>();
        let answer = loaded(move || client.flows());
        let known = RwSignal::new(None);
        Effect::new(move |_| {
            if let Some(Ok(flows)) = answer.get() {
                known.set(Some(flows));
            }
        });
        let list = Self { answer, known };
        let focused = window_event_listener(ev::focus, move |_| list.load_again());
        let ticking = set_interval_with_handle(
            move || {
                if list.is_publishing() {
                    list.load_again();
                }
            },
            Duration::from_secs(3),
        );
        on_cleanup(move || {
            focused.remove();
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
        list
    }

    /// Loads the flows again.
    pub fn load_again(self) {
        self.answer.refetch();
    }

    /// The flows, once they were loaded.
    pub fn known(self) -> Option<Vec<FlowSummary>> {
        self.known.get()
    }

    /// How many flows there are; none before they were loaded.
    pub fn count(self) -> Option<usize> {
        self.known.with(|known| known.as_ref().map(Vec::len))
    }

    /// Why they were not loaded the last time, where that is to be told here.
    pub fn failure(self) -> Option<Failure> {
        match self.answer.get() {
            Some(Err(failure)) if failure != Failure::SessionEnded => Some(failure),
            _ => None,
        }
    }

    fn is_publishing(self) -> bool {
        self.known.with_untracked(|known| {
            known
                .iter()
                .flatten()
                .any(|flow| flow.publish == Some(PublishState::Running))
        })
    }
}
