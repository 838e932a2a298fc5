//! Giving somebody access.

use api::{NewAccount, Role};
use dom::{ev::SubmitEvent, prelude::*};

use super::people::People;
use crate::{
    client::{Client, Failure},
    components::{
        Banner, Button, ButtonKind, Field, PasswordInput, Select, TextInput, Toasts, Tone,
    },
    new_password::{length_rule, password_problem},
    role::{role_name, role_summary},
};

#[component]
pub fn PersonForm(
    /// The dialog that the form is in; closed when it is done.
    open: RwSignal<bool>,
    /// Loaded again when it is done.
    people: People,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let name = RwSignal::new(String::new());
    let email = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Editor);
    let password = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Failure>);

    let missing = move |value: RwSignal<String>, words: &str| {
        value
            .with(|value| value.trim().is_empty())
            .then(|| words.to_owned())
    };
    let name_problem = move || missing(name, "Enter the person's name.");
    let email_problem = move || missing(email, "Enter the person's email address.");
    let own_password_problem = move || password.with(|password| password_problem(password));
    let shown = move |own: Option<String>, pointer: &str| {
        let refused = refused.with(|refused| refused.as_ref()?.about(pointer));
        refused.or_else(|| own.filter(|_| tried.get()))
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        refused.set(None);
        let complete = untrack(|| {
            name_problem().is_none()
                && email_problem().is_none()
                && own_password_problem().is_none()
        });
        if !complete || busy.get_untracked() {
            return;
        }
        busy.set(true);
        let account = NewAccount {
            email: email.get_untracked().trim().to_owned(),
            name: name.get_untracked().trim().to_owned(),
            role: role.get_untracked(),
            password: password.get_untracked(),
        };
        spawn_local(async move {
            let answer = client.add_account(&account).await;
            busy.try_set(false);
            match answer {
                Ok(added) => {
                    open.try_set(false);
                    toasts.success(format!("{} can sign in now.", added.name));
                    people.refetch();
                }
                Err(failure) => {
                    refused.try_set(Some(failure));
                }
            }
        });
    };
    let banner = move || {
        let failure = refused.get()?;
        let in_fields = ["/name", "/email", "/password"];
        (failure != Failure::SessionEnded && !failure.is_about_only(&in_fields)).then(|| {
            view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> }
        })
    };
    let choose = move |chosen: String| {
        if let Some(found) = Role::ALL
            .into_iter()
            .find(|role| role_name(*role) == chosen)
        {
            role.set(found);
        }
    };
    let roles: Vec<_> = Role::ALL
        .into_iter()
        .map(|role| (role_name(role).to_owned(), role_name(role).to_owned()))
        .collect();
    view! {
        <form novalidate on:submit=submit>
            <div class="dialog__body">
                {banner}
                <Field label="Name" error=Signal::derive(move || shown(name_problem(), "/name"))>
                    <TextInput value=name on_input=move |text| name.set(text) autofocus=true />
                </Field>
                <Field
                    label="Email address"
                    hint="They sign in with it."
                    error=Signal::derive(move || shown(email_problem(), "/email"))
                >
                    <TextInput value=email on_input=move |text| email.set(text) kind="email" />
                </Field>
                <Field
                    label="Role"
                    hint=Signal::derive(move || role_summary(role.get()).to_owned())
                >
                    <Select
                        value=Signal::derive(move || role_name(role.get()).to_owned())
                        on_change=choose
                        options=roles
                    />
                </Field>
                <Field
                    label="First password"
                    hint=Signal::derive(move || {
                        length_rule(password.with(|password| password.chars().count()))
                    })
                    error=Signal::derive(move || shown(own_password_problem(), "/password"))
                >
                    <PasswordInput value=password autocomplete="new-password" />
                </Field>
            </div>
            <footer class="dialog__foot">
                <Button disabled=busy on_click=move |_| open.set(false)>
                    "Cancel"
                </Button>
                <Button kind=ButtonKind::Primary submit=true busy>
                    "Add person"
                </Button>
            </footer>
        </form>
    }
}
