//! Setting an installation up: its first administrator.

use api::SetUp;
use dom::route::{NavigateOptions, use_navigate};
use dom::{
    ev::{self, SubmitEvent},
    prelude::*,
};
use wasm_bindgen::JsValue;

use super::{PageTitle, sign_in::Wordmark};
use crate::{
    client::{Client, Failure},
    components::{Banner, Button, ButtonKind, Field, PasswordInput, TextInput, Tone},
    new_password::{length_rule, password_problem},
    session::SessionState,
};

#[component]
pub fn SetUpPage() -> impl IntoView {
    let session = expect_context::<SessionState>();
    let navigate = use_navigate();
    let from_link = RwSignal::new(token_from_link());
    // A link that is pasted while the page is open loads nothing anew.
    let pasted = window_event_listener(ev::hashchange, move |_| {
        if let Some(token) = token_from_link() {
            from_link.set(Some(token));
        }
    });
    on_cleanup(move || pasted.remove());
    let done = RwSignal::new(false);
    // Who comes with a link stays even where somebody can sign in already, such
    // as to a demonstration: whether the link still works is for the server to say.
    Effect::new(move |_| {
        if let Some(Ok(answer)) = session.answer()
            && (done.get() || !(answer.needs_set_up || from_link.with(Option::is_some)))
        {
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate(
                if answer.account.is_some() {
                    "/flows"
                } else {
                    "/sign-in"
                },
                options,
            );
        }
    });
    view! {
        <PageTitle title="Set up" />
        <main class="sign-in" id="main">
            <div class="sign-in__card sign-in__card--wide">
                <Wordmark />
                <h1 class="sign-in__title">"Set up Patchbay"</h1>
                <p class="sign-in__text">
                    "Make your own account. It is an administrator's: it adds other people and the connection to Genesys Cloud."
                </p>
                <Form from_link done />
            </div>
            <p class="sign-in__foot">{concat!("Patchbay ", env!("CARGO_PKG_VERSION"))}</p>
        </main>
    }
}

#[component]
fn Form(from_link: RwSignal<Option<String>>, done: RwSignal<bool>) -> impl IntoView {
    let session = expect_context::<SessionState>();
    let client = expect_context::<Client>();
    let has_link = move || from_link.with(Option::is_some);
    let token = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(given) = from_link.get() {
            token.set(given);
        }
    });
    let name = RwSignal::new(String::new());
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Failure>);

    let problem = move |own: Option<String>, pointer: &str| {
        let refused = refused.with(|refused| refused.as_ref()?.about(pointer));
        refused.or_else(|| own.filter(|_| tried.get()))
    };
    let missing = |value: RwSignal<String>, words: &str| {
        value
            .with(|value| value.trim().is_empty())
            .then(|| words.to_owned())
    };
    let token_problem = move || missing(token, "Paste the link or its token.");
    let name_problem = move || missing(name, "Enter your name.");
    let email_problem = move || missing(email, "Enter your email address.");
    let own_password_problem = move || password.with(|password| password_problem(password));
    let complete = move || {
        untrack(|| {
            token_problem().is_none()
                && name_problem().is_none()
                && email_problem().is_none()
                && own_password_problem().is_none()
        })
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        refused.set(None);
        if busy.get_untracked() || !complete() {
            return;
        }
        busy.set(true);
        let set_up = SetUp {
            token: token_of(&token.get_untracked()).to_owned(),
            email: email.get_untracked().trim().to_owned(),
            name: name.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
        };
        spawn_local(async move {
            match client.set_up(&set_up).await {
                Ok(answer) => {
                    session.begin(answer);
                    done.set(true);
                }
                Err(failure) => refused.set(Some(failure)),
            }
            busy.set(false);
        });
    };
    let banner = move || {
        let failure = refused.get()?;
        (!failure.is_about_only(&["/token", "/name", "/email", "/password"])).then(|| {
            view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> }
        })
    };
    view! {
        <form class="sign-in__form" novalidate on:submit=submit>
            {banner}
            <Show when=move || !has_link()>
                <Field
                    label="Set-up link"
                    hint="The server writes it to its output when it starts for the first time."
                    error=Signal::derive(move || problem(token_problem(), "/token"))
                >
                    <TextInput
                        value=token
                        on_input=move |text| token.set(text)
                        code=true
                        autofocus=true
                    />
                </Field>
            </Show>
            <Field
                label="Your name"
                error=Signal::derive(move || problem(name_problem(), "/name"))
            >
                <TextInput
                    value=name
                    on_input=move |text| name.set(text)
                    autocomplete="name"
                    autofocus=untrack(has_link)
                />
            </Field>
            <Field
                label="Email address"
                hint="You sign in with it."
                error=Signal::derive(move || problem(email_problem(), "/email"))
            >
                <TextInput
                    value=email
                    on_input=move |text| email.set(text)
                    kind="email"
                    autocomplete="username"
                />
            </Field>
            <Field
                label="Password"
                hint=Signal::derive(move || length_rule(password.with(|password| password.chars().count())))
                error=Signal::derive(move || problem(own_password_problem(), "/password"))
            >
                <PasswordInput value=password autocomplete="new-password" />
            </Field>
            <Button kind=ButtonKind::Primary wide=true submit=true busy>
                "Create account and sign in"
            </Button>
        </form>
    }
}

/// The token behind the `#` of the one-time link. It is taken out of the
/// address at once, so that it stays neither on the screen nor in the history.
fn token_from_link() -> Option<String> {
    let hash = window().location().hash().ok()?;
    let token = hash.strip_prefix('#').filter(|token| !token.is_empty())?;
    let history = window().history().ok()?;
    let cleared = history.replace_state_with_url(&JsValue::NULL, "", Some("/set-up"));
    if cleared.is_err() {
        dom::warn("The token could not be taken out of the address.");
    }
    Some(token.to_owned())
}

/// The token in what somebody pasted: the whole link or the token alone.
fn token_of(pasted: &str) -> &str {
    let pasted = pasted.trim();
    pasted.rsplit_once('#').map_or(pasted, |(_, token)| token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_in_a_whole_link_and_alone() {
        for pasted in ["tok", " tok\n", "http://127.0.0.1:3000/set-up#tok"] {
            assert_eq!(token_of(pasted), "tok", "{pasted:?}");
        }
    }
}
