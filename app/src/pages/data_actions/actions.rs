//! What can be done with a data action from the list.

use api::ActionStart;
use dom::prelude::*;
use dom::route::{NavigateOptions, use_navigate};

use crate::{client::Client, components::Toasts, download::download_data_action};

/// What can be done with data actions: `expect_context::<Actions>()`.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    pub(super) client: Client,
    toasts: Toasts,
    open: Callback<String>,
    /// Whether one is being made.
    busy: RwSignal<bool>,
}

impl Actions {
    /// None is under way.
    pub(super) fn new() -> Self {
        let navigate = StoredValue::new_local(use_navigate());
        Self {
            client: expect_context(),
            toasts: expect_context(),
            open: Callback::new(move |id: String| {
                navigate.with_value(|navigate| {
                    navigate(
                        &["/data-actions/", &id].concat(),
                        NavigateOptions::default(),
                    );
                });
            }),
            busy: RwSignal::new(false),
        }
    }

    /// Makes one and opens it.
    pub(super) fn make(self, start: ActionStart) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match self.client.add_data_action(start).await {
                Ok(made) => self.open(made.summary.id),
                Err(failure) => self
                    .toasts
                    .failed("The data action was not made.", &failure),
            }
            self.busy.try_set(false);
        });
    }

    /// Opens one.
    pub(super) fn open(self, id: String) {
        self.open.run(id);
    }

    /// Downloads one as Patchbay's own file.
    pub(super) fn download(self, id: String, name: String) {
        download_data_action(self.client, self.toasts, id, name);
    }
}
