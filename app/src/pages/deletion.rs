//! What a list offers to delete, after a question.

use dom::prelude::*;

use crate::{
    client::{Client, Failure},
    components::{Confirm, Toasts},
};

/// A deletion that somebody is asked about: `expect_context` gives it to the
/// rows of a list.
#[derive(Clone, Copy)]
pub struct Deletion {
    asking: RwSignal<bool>,
    busy: RwSignal<bool>,
    id: RwSignal<String>,
    name: RwSignal<String>,
    confirmed: Callback<()>,
}

impl Deletion {
    /// Deletes by `delete`, and calls `deleted` when that was done.
    pub fn new(
        delete: impl AsyncFn(Client, &str) -> Result<(), Failure> + Copy + 'static,
        deleted: Callback<()>,
    ) -> Self {
        let client = expect_context::<Client>();
        let toasts = expect_context::<Toasts>();
        let asking = RwSignal::new(false);
        let busy = RwSignal::new(false);
        let id = RwSignal::new(String::new());
        let name = RwSignal::new(String::new());
        let confirmed = Callback::new(move |()| {
            let (id, name) = (id.get_untracked(), name.get_untracked());
            busy.set(true);
            spawn_local(async move {
                let outcome = delete(client, &id).await;
                busy.try_set(false);
                asking.try_set(false);
                match outcome {
                    Ok(()) => {
                        toasts.success(format!("“{name}” was deleted."));
                        deleted.run(());
                    }
                    Err(failure) => toasts.failed(&format!("“{name}” was not deleted."), &failure),
                }
            });
        });
        Self {
            asking,
            busy,
            id,
            name,
            confirmed,
        }
    }

    /// Asks whether one is to be deleted.
    pub fn ask(self, id: String, name: String) {
        self.id.set(id);
        self.name.set(name);
        self.asking.set(true);
    }
}

/// Asks before something is deleted; once in the page.
#[component]
pub fn ConfirmDelete(
    /// What follows from a yes.
    text: &'static str,
    /// The yes, as a verb: `Delete flow`.
    action: &'static str,
) -> impl IntoView {
    let deletion = expect_context::<Deletion>();
    view! {
        <Confirm
            open=deletion.asking
            title=Signal::derive(move || format!("Delete “{}”?", deletion.name.get()))
            text
            action
            busy=deletion.busy
            on_confirm=move |()| deletion.confirmed.run(())
        />
    }
}
