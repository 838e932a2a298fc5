//! One's own account: what it is, and its password.

use api::PasswordChange;
use dom::{ev::SubmitEvent, prelude::*};

use crate::{
    client::{Client, Failure},
    components::{Banner, Button, ButtonKind, Field, PasswordInput, Toasts, Tone},
    new_password::{length_rule, password_problem},
    pages::PageTitle,
    role::{role_name, role_summary},
    session::SessionState,
};

#[component]
pub fn AccountPage() -> impl IntoView {
    let session = expect_context::<SessionState>();
    let facts = move || {
        session.account().map(|account| {
            view! {
                <dl class="facts">
                    <dt>"Name"</dt>
                    <dd>{account.name}</dd>
                    <dt>"Email address"</dt>
                    <dd>{account.email}</dd>
                    <dt>"Role"</dt>
                    <dd>{role_name(account.role)} ". " {role_summary(account.role)}</dd>
                </dl>
            }
        })
    };
    view! {
        <PageTitle title="Your account" />
        <header class="page__head">
            <div class="page__title">
                <h2 class="title-section">"Your account"</h2>
                <p class="page__text">"An administrator can change what you may do."</p>
            </div>
        </header>
        <div class="page__column">
            <section class="card" aria-label="Your account">
                {facts}
            </section>
            <section class="card" aria-labelledby="password-title">
                <header class="card__head">
                    <h3 class="card__title" id="password-title">
                        "Password"
                    </h3>
                </header>
                <PasswordForm />
            </section>
        </div>
    }
}

#[component]
fn PasswordForm() -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let current = RwSignal::new(String::new());
    let new = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Failure>);

    let current_problem = move || {
        current
            .with(String::is_empty)
            .then(|| "Enter your password until now.".to_owned())
    };
    let new_problem = move || new.with(|new| password_problem(new));
    let shown = move |own: Option<String>, pointer: &str| {
        let refused = refused.with(|refused| refused.as_ref()?.about(pointer));
        refused.or_else(|| own.filter(|_| tried.get()))
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        refused.set(None);
        let complete = untrack(|| current_problem().is_none() && new_problem().is_none());
        if !complete || busy.get_untracked() {
            return;
        }
        busy.set(true);
        let change = PasswordChange {
            current: current.get_untracked(),
            new: new.get_untracked(),
        };
        spawn_local(async move {
            let answer = client.change_password(&change).await;
            busy.try_set(false);
            match answer {
                Ok(_) => {
                    tried.try_set(false);
                    current.try_set(String::new());
                    new.try_set(String::new());
                    toasts
                        .success("Your password was changed. Your other browsers were signed out.");
                }
                Err(failure) => {
                    refused.try_set(Some(failure));
                }
            }
        });
    };
    let banner = move || {
        let failure = refused.get()?;
        let in_fields = ["/current", "/new"];
        (failure != Failure::SessionEnded && !failure.is_about_only(&in_fields)).then(|| {
            view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> }
        })
    };
    view! {
        <form novalidate on:submit=submit>
            {banner}
            <Field
                label="Current password"
                error=Signal::derive(move || shown(current_problem(), "/current"))
            >
                <PasswordInput value=current what="current password" />
            </Field>
            <Field
                label="New password"
                hint=Signal::derive(move || {
                    length_rule(new.with(|new| new.chars().count()))
                })
                error=Signal::derive(move || shown(new_problem(), "/new"))
            >
                <PasswordInput value=new what="new password" autocomplete="new-password" />
            </Field>
            <div class="card__foot">
                <Button kind=ButtonKind::Primary submit=true busy>
                    "Change password"
                </Button>
            </div>
        </form>
    }
}
