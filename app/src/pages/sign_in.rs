//! Signing in.

use std::time::Duration;

use api::SignIn;
use dom::route::{NavigateOptions, use_navigate, use_query};
use dom::{ev::SubmitEvent, prelude::*};

use super::PageTitle;
use crate::{
    client::{Client, Failure},
    components::{Banner, Button, ButtonKind, Field, Icon, PasswordInput, TextInput, Tone},
    session::SessionState,
};

#[component]
pub fn SignInPage() -> impl IntoView {
    let session = expect_context::<SessionState>();
    let navigate = use_navigate();
    let next = use_query("next");
    // Who is signed in already, or has just signed in, goes where they wanted.
    Effect::new(move |_| {
        let Some(Ok(answer)) = session.answer() else {
            return;
        };
        let to = if answer.account.is_some() {
            wanted(next.get_untracked().as_deref())
        } else if answer.needs_set_up {
            "/set-up".to_owned()
        } else {
            return;
        };
        let options = NavigateOptions {
            replace: true,
            ..NavigateOptions::default()
        };
        navigate(&to, options);
    });
    view! {
        <PageTitle title="Sign in" />
        <main class="sign-in" id="main">
            <div class="sign-in__card">
                <Wordmark />
                <h1 class="sign-in__title">"Sign in"</h1>
                <p class="sign-in__text">"Draw, check and publish Genesys Cloud flows."</p>
                <Form />
            </div>
            <p class="sign-in__foot">{concat!("Patchbay ", env!("CARGO_PKG_VERSION"))}</p>
        </main>
    }
}

/// The mark and the name, large.
#[component]
pub fn Wordmark() -> impl IntoView {
    view! {
        <span class="wordmark wordmark--large">
            <span class="wordmark__mark">
                <Icon name="mark" />
            </span>
            "Patchbay"
        </span>
    }
}

/// Only addresses of this site are followed: a link must not lead elsewhere
/// through the sign-in page.
fn wanted(next: Option<&str>) -> String {
    match next {
        Some(next) if next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') => {
            next.to_owned()
        }
        _ => "/flows".to_owned(),
    }
}

#[component]
fn Form() -> impl IntoView {
    let session = expect_context::<SessionState>();
    let client = expect_context::<Client>();
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let tried = RwSignal::new(false);
    let refused = RwSignal::new(None::<Failure>);
    let wait_seconds = RwSignal::new(0u32);
    let ticking = set_interval_with_handle(
        move || {
            if wait_seconds.get_untracked() > 0 {
                wait_seconds.update(|seconds| *seconds -= 1);
                if wait_seconds.get_untracked() == 0 {
                    refused.set(None);
                }
            }
        },
        Duration::from_secs(1),
    );
    on_cleanup(move || {
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
    let email_missing = move || {
        (tried.get() && email.with(|email| email.trim().is_empty()))
            .then(|| "Enter the email address of your account.".to_owned())
    };
    let password_missing = move || {
        (tried.get() && password.with(String::is_empty)).then(|| "Enter your password.".to_owned())
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let sign_in = SignIn {
            email: email.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
        };
        let incomplete = sign_in.email.is_empty() || sign_in.password.is_empty();
        if incomplete || busy.get_untracked() || wait_seconds.get_untracked() > 0 {
            return;
        }
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            match client.sign_in(&sign_in).await {
                Ok(answer) => session.begin(answer),
                Err(failure) => {
                    wait_seconds.set(failure.retry_after_seconds().unwrap_or_default());
                    refused.set(Some(failure));
                }
            }
            busy.set(false);
        });
    };
    let button_words = move || match wait_seconds.get() {
        0 => "Sign in".to_owned(),
        seconds => format!("Try again in {}", duration_in_words(seconds)),
    };
    view! {
        <form class="sign-in__form" novalidate on:submit=submit>
            {move || {
                refused
                    .get()
                    .map(|failure| {
                        view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> }
                    })
            }}
            <Field label="Email address" error=Signal::derive(email_missing)>
                <TextInput
                    value=email
                    on_input=move |text| email.set(text)
                    kind="email"
                    autocomplete="username"
                    autofocus=true
                />
            </Field>
            <Field label="Password" error=Signal::derive(password_missing)>
                <PasswordInput value=password />
            </Field>
            <Button
                kind=ButtonKind::Primary
                wide=true
                submit=true
                busy
                disabled=Signal::derive(move || wait_seconds.get() > 0)
            >
                {button_words}
            </Button>
        </form>
    }
}

fn duration_in_words(seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_to_the_wanted_page_of_this_site_and_nowhere_else() {
        for (next, leads_to) in [
            (None, "/flows"),
            (Some("/flows/f1"), "/flows/f1"),
            (Some("/settings/people"), "/settings/people"),
            (Some("https://example.org"), "/flows"),
            (Some("//example.org"), "/flows"),
            (Some("/\\example.org"), "/flows"),
            (Some("javascript:alert(1)"), "/flows"),
            (Some(""), "/flows"),
        ] {
            assert_eq!(wanted(next), leads_to, "{next:?}");
        }
    }

    #[test]
    fn a_wait_is_said_in_minutes_and_seconds() {
        for (seconds, words) in [(5, "5 s"), (60, "1 min"), (75, "1 min 15 s")] {
            assert_eq!(duration_in_words(seconds), words);
        }
    }
}
