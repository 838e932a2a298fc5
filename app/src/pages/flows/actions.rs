//! What can be done with a flow from the list.

use api::{NewFlow, Start};
use dom::prelude::*;
use dom::route::{NavigateOptions, use_navigate};

use super::list::FlowList;
use crate::{
    client::Client,
    components::{Toasts, Tone},
    download::download_flow,
};

/// What can be done with flows: `expect_context::<FlowActions>()`.
#[derive(Clone, Copy)]
pub struct FlowActions {
    list: FlowList,
    client: Client,
    toasts: Toasts,
    open: Callback<String>,
}

impl FlowActions {
    /// The actions on the flows of a list, which is loaded again after each.
    pub fn new(list: FlowList) -> Self {
        let navigate = StoredValue::new_local(use_navigate());
        Self {
            list,
            client: expect_context(),
            toasts: expect_context(),
            open: Callback::new(move |id: String| {
                navigate.with_value(|navigate| {
                    navigate(&format!("/flows/{id}"), NavigateOptions::default());
                });
            }),
        }
    }

    /// Makes a flow and opens it.
    pub fn make(self, start: Start, busy: RwSignal<bool>) {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match self.client.add_flow(&NewFlow { start, name: None }).await {
                Ok(made) => self.open.run(made.id),
                Err(failure) => self.toasts.failed("The flow was not made.", &failure),
            }
            busy.try_set(false);
        });
    }

    /// Opens a flow that was imported.
    pub fn open(self, id: String) {
        self.open.run(id);
    }

    /// Copies a flow. The copy stands in the list; the toast leads to it.
    pub fn duplicate(self, id: String, name: String, busy: RwSignal<bool>) {
        busy.set(true);
        let new = NewFlow {
            start: Start::Copy(id),
            name: None,
        };
        spawn_local(async move {
            match self.client.add_flow(&new).await {
                Ok(made) => {
                    self.list.load_again();
                    self.toasts.offer(
                        Tone::Success,
                        format!("“{}” was made.", made.name),
                        "Open",
                        Callback::new(move |()| self.open.run(made.id.clone())),
                    );
                }
                Err(failure) => self
                    .toasts
                    .failed(&format!("“{name}” was not duplicated."), &failure),
            }
            busy.try_set(false);
        });
    }

    /// Downloads a flow as Patchbay's own file.
    pub fn download(self, id: String, name: String) {
        download_flow(self.client, self.toasts, id, name);
    }
}
