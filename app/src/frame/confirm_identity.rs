//! Asks for the password before something that an open session alone does not
//! allow; what was being done then goes on.

use dom::{ev::SubmitEvent, prelude::*};

use crate::{
    client::{Client, Failure},
    components::{Banner, Button, ButtonKind, Dialog, Field, PasswordInput, Tone},
    confirming::Confirming,
    session::SessionState,
};

/// The dialog.
pub(crate) fn confirm_identity() -> View {
    view! { <ConfirmIdentity /> }
}

#[component]
fn ConfirmIdentity() -> impl IntoView {
    let confirming = expect_context::<Confirming>();
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    Effect::new(move |_| open.set(confirming.wanted()));
    view! {
        <Dialog
            open
            title="Confirm that it is you"
            busy
            over=true
            on_close=move |()| confirming.settle(false)
        >
            <Form open busy />
        </Dialog>
    }
}

#[component]
fn Form(open: RwSignal<bool>, busy: RwSignal<bool>) -> impl IntoView {
    let session = expect_context::<SessionState>();
    let client = expect_context::<Client>();
    let confirming = expect_context::<Confirming>();
    let password = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<Failure>);
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
            let answer = client.confirm(&password.get_untracked()).await;
            busy.set(false);
            match answer {
                Ok(()) => confirming.settle(true),
                // The page asks to sign in again, which proves as much.
                Err(Failure::SessionEnded) => confirming.settle(false),
                Err(failure) => {
                    refused.try_set(Some(failure));
                }
            }
        });
    };
    let wrong = move || refused.with(|refused| refused.as_ref()?.about("/password"));
    let banner = move || {
        let failure = refused.get()?;
        (!failure.is_about_only(&["/password"])).then(|| {
            view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> }
        })
    };
    view! {
        <form novalidate on:submit=submit>
            // Tells a password manager whose password is asked for.
            <input type="email" autocomplete="username" hidden readonly prop:value=email />
            <div class="dialog__body">
                <p>
                    "This is done only by somebody who gave their password within the last 15 minutes. Enter the password of "
                    <strong class="text-strong">{email}</strong> ", and what you began goes on."
                </p>
                {banner}
                <Field label="Password" error=Signal::derive(wrong)>
                    <PasswordInput value=password autofocus=true />
                </Field>
            </div>
            <footer class="dialog__foot">
                <Button disabled=busy on_click=move |_| open.set(false)>
                    "Cancel"
                </Button>
                <Button kind=ButtonKind::Primary submit=true busy>
                    "Confirm"
                </Button>
            </footer>
        </form>
    }
}
