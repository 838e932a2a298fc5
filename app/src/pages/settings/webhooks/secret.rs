//! A signing secret, shown the one time that it can be.

use api::WebhookWithSecret;
use dom::prelude::*;

use crate::{
    clipboard::copy_text,
    components::{Button, ButtonKind, Dialog, Field, TextInput, Toasts},
};

/// The secret that is shown now.
#[derive(Clone, Copy)]
pub(super) struct ShownSecret {
    open: RwSignal<bool>,
    text: RwSignal<String>,
    name: RwSignal<String>,
}

impl ShownSecret {
    pub(super) fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            text: RwSignal::new(String::new()),
            name: RwSignal::new(String::new()),
        }
    }

    /// Shows what was just made.
    pub(super) fn show(self, made: WebhookWithSecret) {
        self.text.set(made.secret);
        self.name.set(made.webhook.name);
        self.open.set(true);
    }
}

#[component]
pub(super) fn SecretDialog(secret: ShownSecret) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let copy = move |_| {
        copy_text(
            toasts,
            secret.text.get_untracked(),
            "The secret is on the clipboard.",
        );
    };
    view! {
        <Dialog
            open=secret.open
            title=Signal::derive(move || format!("Signing secret of “{}”", secret.name.get()))
            on_close=move |()| secret.text.set(String::new())
        >
            <div class="dialog__body">
                <p>
                    "Copy it to the receiver now. It is kept sealed here and not shown again; a lost one is rotated."
                </p>
                <Field
                    label="Signing secret"
                    hint="The receiver verifies every message with it, as Standard Webhooks describes."
                >
                    <TextInput value=secret.text on_input=|_| {} code=true read_only=true />
                </Field>
            </div>
            <footer class="dialog__foot">
                <Button icon="copy" on_click=copy>
                    "Copy secret"
                </Button>
                <Button
                    kind=ButtonKind::Primary
                    attr:autofocus=true
                    on_click=move |_| secret.open.set(false)
                >
                    "Done"
                </Button>
            </footer>
        </Dialog>
    }
}
