//! What can be done with a flow from the list.

use api::{NewFlow, Start};
use dom::prelude::*;
use dom::route::{NavigateOptions, use_navigate};

use super::list::FlowList;
use crate::{
    client::{Client, Failure},
    components::{Confirm, Toasts, Tone},
    download::download_flow,
};

/// What can be done with flows: `expect_context::<FlowActions>()`.
#[derive(Clone, Copy)]
pub struct FlowActions {
    list: FlowList,
    client: Client,
    toasts: Toasts,
    open: Callback<String>,
    deletion: Deletion,
}

/// The flow whose deletion is asked about.
#[derive(Clone, Copy)]
struct Deletion {
    asking: RwSignal<bool>,
    busy: RwSignal<bool>,
    id: RwSignal<String>,
    name: RwSignal<String>,
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
            deletion: Deletion {
                asking: RwSignal::new(false),
                busy: RwSignal::new(false),
                id: RwSignal::new(String::new()),
                name: RwSignal::new(String::new()),
            },
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
                Err(failure) => self.tell("The flow was not made.", &failure),
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
                Err(failure) => self.tell(&format!("“{name}” was not duplicated."), &failure),
            }
            busy.try_set(false);
        });
    }

    /// Downloads a flow as Patchbay's own file.
    pub fn download(self, id: String, name: String) {
        download_flow(self.client, self.toasts, id, name);
    }

    /// Asks whether a flow is to be deleted.
    pub fn ask_to_delete(self, id: String, name: String) {
        self.deletion.id.set(id);
        self.deletion.name.set(name);
        self.deletion.asking.set(true);
    }

    fn delete(self) {
        let Deletion {
            asking,
            busy,
            id,
            name,
        } = self.deletion;
        let (id, name) = (id.get_untracked(), name.get_untracked());
        busy.set(true);
        spawn_local(async move {
            let outcome = self.client.delete_flow(&id).await;
            busy.try_set(false);
            asking.try_set(false);
            match outcome {
                Ok(()) => {
                    self.toasts.success(format!("“{name}” was deleted."));
                    self.list.load_again();
                }
                Err(failure) => self.tell(&format!("“{name}” was not deleted."), &failure),
            }
        });
    }

    fn tell(self, what: &str, failure: &Failure) {
        if *failure != Failure::SessionEnded {
            self.toasts.danger(format!("{what} {failure}"));
        }
    }
}

/// Asks before a flow is deleted; once in the page.
#[component]
pub fn ConfirmDelete() -> impl IntoView {
    let actions = expect_context::<FlowActions>();
    let Deletion {
        asking, busy, name, ..
    } = actions.deletion;
    view! {
        <Confirm
            open=asking
            title=Signal::derive(move || format!("Delete “{}”?", name.get()))
            text="It disappears from this list for everybody. What was published stays live in Genesys Cloud until somebody removes it there."
            action="Delete flow"
            busy
            on_confirm=move |()| actions.delete()
        />
    }
}
