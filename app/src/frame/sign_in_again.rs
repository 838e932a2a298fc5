//! Asks to sign in again over a page whose session has ended, so that nothing
//! on it is lost.

use api::SignIn;
use dom::{ev::SubmitEvent, prelude::*};

use crate::{
    client::Client,
    components::{Banner, Button, ButtonKind, Dialog, Field, PasswordInput, Tone},
    session::SessionState,
};

/// The dialog.
pub(crate) fn sign_in_again() -> View {
    view! { <SignInAgain /> }
}

#[component]
fn SignInAgain() -> impl IntoView {
    let session = expect_context::<SessionState>();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(session.ended()));
    view! {
        <Dialog open title="Your session has ended" dismissible=false>
            <Form />
        </Dialog>
    }
}

#[component]
fn Form() -> impl IntoView {
    let session = expect_context::<SessionState>();
    let client = expect_context::<Client>();
    let password = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let email = move || {
        session
            .account()
            .map(|account| account.email)
            .unwrap_or_default()
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let sign_in = SignIn {
                email: untrack(email),
                password: password.get_untracked(),
            };
            match client.sign_in(&sign_in).await {
                Ok(answer) => session.begin(answer),
                Err(failure) => refused.set(Some(failure.to_string())),
            }
            busy.set(false);
        });
    };
    view! {
        <form on:submit=submit>
            // Tells a password manager whose password is asked for.
            <input type="email" autocomplete="username" hidden readonly prop:value=email />
            <div class="dialog__body">
                <p>
                    "Nothing on this page is lost. Sign in again as "
                    <strong class="text-strong">{email}</strong> " to go on."
                </p>
                {move || {
                    refused
                        .get()
                        .map(|text| view! { <Banner tone=Tone::Danger>{text}</Banner> })
                }}
                <Field label="Password">
                    <PasswordInput value=password autofocus=true />
                </Field>
            </div>
            <footer class="dialog__foot">
                <a class="button button--ghost" href="/sign-in" rel="external">
                    "Leave this page"
                </a>
                <Button kind=ButtonKind::Primary submit=true busy>
                    "Sign in"
                </Button>
            </footer>
        </form>
    }
}
