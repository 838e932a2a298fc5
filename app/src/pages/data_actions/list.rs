//! The data actions as they are known, and when they are asked for again.

use std::time::Duration;

use api::{DataActionSummary, PublishState};
use dom::{ev, prelude::*};

use crate::{
    client::{Client, Failure},
    session::{Loaded, loaded},
};

/// The data actions: `expect_context::<ActionList>()`. What was loaded once
/// stays while it is loaded again, and when that fails.
#[derive(Clone, Copy)]
pub(super) struct ActionList {
    answer: Loaded<Vec<DataActionSummary>>,
    known: RwSignal<Option<Vec<DataActionSummary>>>,
}

impl ActionList {
    /// Loads them; again when somebody comes back to the tab, and every few
    /// seconds while one is being uploaded.
    pub(super) fn kept_fresh() -> Self {
        let client = expect_context::<Client>();
        let answer = loaded(move || client.data_actions());
        let known = RwSignal::new(None);
        Effect::new(move |_| {
            if let Some(Ok(actions)) = answer.get() {
                known.set(Some(actions));
            }
        });
        let list = Self { answer, known };
        let focused = window_event_listener(ev::focus, move |_| list.load_again());
        let ticking = set_interval_with_handle(
            move || {
                if list.is_uploading() {
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

    /// Loads them again.
    pub(super) fn load_again(self) {
        self.answer.refetch();
    }

    /// The data actions, once they were loaded.
    pub(super) fn known(self) -> Option<Vec<DataActionSummary>> {
        self.known.get()
    }

    /// How many there are; none before they were loaded.
    pub(super) fn count(self) -> Option<usize> {
        self.known.with(|known| known.as_ref().map(Vec::len))
    }

    /// Why they were not loaded the last time, where that is to be told here.
    pub(super) fn failure(self) -> Option<Failure> {
        match self.answer.get() {
            Some(Err(failure)) if failure != Failure::SessionEnded => Some(failure),
            _ => None,
        }
    }

    fn is_uploading(self) -> bool {
        self.known.with_untracked(|known| {
            let mut actions = known.iter().flatten();
            actions.any(|action| action.upload == Some(PublishState::Running))
        })
    }
}
