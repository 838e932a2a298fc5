//! The numbers as they come: asked for every other second while somebody looks.

use std::{collections::VecDeque, time::Duration};

use api::{Operations, OperationsPoint};
use dom::{ev, prelude::*};
use web_sys::VisibilityState;

use crate::client::{Client, Failure};

const EVERY: Duration = Duration::from_secs(2);

/// The numbers so far, and how to choose whose they are.
#[derive(Clone, Copy)]
pub(super) struct Feed {
    client: Client,
    /// The id of the connection that the points are of; empty for all.
    pub(super) connection: RwSignal<String>,
    points: RwSignal<VecDeque<OperationsPoint>>,
    latest: RwSignal<Option<Operations>>,
    failure: RwSignal<Option<Failure>>,
    /// Whether an answer is awaited: on a slow line questions do not pile up.
    asking: StoredValue<bool>,
}

impl Feed {
    /// Asks while the page is visible.
    pub(super) fn live() -> Self {
        let feed = Self {
            client: expect_context(),
            connection: RwSignal::new(String::new()),
            points: RwSignal::new(VecDeque::new()),
            latest: RwSignal::new(None),
            failure: RwSignal::new(None),
            asking: StoredValue::new(false),
        };
        feed.load();
        let ticking = set_interval_with_handle(move || feed.load_if_seen(), EVERY);
        // Who comes back sees at once how things are.
        let shown = window_event_listener(ev::focus, move |_| feed.load_if_seen());
        on_cleanup(move || {
            shown.remove();
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
        feed
    }

    fn load_if_seen(self) {
        if document().visibility_state() == VisibilityState::Visible {
            self.load();
        }
    }

    /// Asks for what is new.
    pub(super) fn load(self) {
        if self.asking.try_get_value() != Some(false) {
            return;
        }
        self.asking.set_value(true);
        spawn_local(async move {
            let connection = self.connection.get_untracked();
            // The step that was under way has gone on since.
            let since = self
                .latest
                .with_untracked(|latest| Some(latest.as_ref()?.step));
            let answer = self.client.operations(&connection, since).await;
            self.asking.try_set_value(false);
            if self.connection.try_get_untracked() != Some(connection) {
                return self.load();
            }
            match answer {
                Ok(answer) => self.take(answer),
                Err(Failure::SessionEnded) => {}
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    fn take(self, answer: Operations) {
        self.points.update(|points| {
            let first_new = answer.points.first().map(|point| point.step);
            let oldest = answer.step.saturating_sub(u64::from(answer.steps_kept));
            points.retain(|point| {
                point.step > oldest && first_new.is_none_or(|first| point.step < first)
            });
            points.extend(answer.points.iter().cloned());
        });
        self.failure.set(None);
        self.latest.set(Some(answer));
    }

    /// Shows another connection's points; of all without an id.
    pub(super) fn show(self, connection: String) {
        self.connection.set(connection);
        self.points.update(VecDeque::clear);
        self.latest.update(|latest| {
            if let Some(latest) = latest {
                latest.step = 0;
            }
        });
        self.load();
    }

    /// Looks at the last answer; none before the first.
    pub(super) fn with<T>(self, look: impl FnOnce(&Operations) -> T) -> Option<T> {
        self.latest.with(|latest| latest.as_ref().map(look))
    }

    /// Looks at the points, the oldest first, with the number of the last step.
    pub(super) fn with_points<T>(self, look: impl FnOnce(&VecDeque<OperationsPoint>) -> T) -> T {
        self.points.with(look)
    }

    /// Why the last question was not answered.
    pub(super) fn failure(self) -> Option<Failure> {
        self.failure.get()
    }
}
