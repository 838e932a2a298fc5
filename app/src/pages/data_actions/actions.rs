//! What can be done with a data action from the list.

use api::ActionStart;
use dom::prelude::*;
use dom::route::{NavigateOptions, use_navigate};

use super::list::ActionList;
use crate::{
    client::{Client, Failure},
    components::{Confirm, Toasts},
    download::download_data_action,
};

/// What can be done with data actions: `expect_context::<Actions>()`.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    list: ActionList,
    pub(super) client: Client,
    toasts: Toasts,
    open: Callback<String>,
    /// Whether one is being made.
    busy: RwSignal<bool>,
    deletion: Deletion,
}

/// The one whose deletion is asked about.
#[derive(Clone, Copy)]
struct Deletion {
    asking: RwSignal<bool>,
    busy: RwSignal<bool>,
    id: RwSignal<String>,
    name: RwSignal<String>,
}

impl Actions {
    /// The actions on those of a list, which is loaded again after each.
    pub(super) fn new(list: ActionList) -> Self {
        let navigate = StoredValue::new_local(use_navigate());
        Self {
            list,
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
            deletion: Deletion {
                asking: RwSignal::new(false),
                busy: RwSignal::new(false),
                id: RwSignal::new(String::new()),
                name: RwSignal::new(String::new()),
            },
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
                Err(failure) => self.tell("The data action was not made.", &failure),
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

    /// Asks whether one is to be deleted.
    pub(super) fn ask_to_delete(self, id: String, name: String) {
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
            let outcome = self.client.delete_data_action(&id).await;
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

/// Asks before one is deleted; once in the page.
#[component]
pub(super) fn ConfirmDelete() -> impl IntoView {
    let actions = expect_context::<Actions>();
    let Deletion {
        asking, busy, name, ..
    } = actions.deletion;
    view! {
        <Confirm
            open=asking
            title=Signal::derive(move || format!("Delete “{}”?", name.get()))
            text="It disappears from this list for everybody. What was uploaded stays in Genesys Cloud, and flows that use it go on."
            action="Delete data action"
            busy
            on_confirm=move |()| actions.delete()
        />
    }
}
