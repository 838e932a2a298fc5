//! One person: what they may do, and removing them.

use api::{Account, Role};
use dom::prelude::*;

use super::people::People;
use crate::{
    client::{Client, Failure},
    components::{Avatar, Badge, Confirm, IconButton, Select, Toasts, Tone, TooltipSide},
    role::{role_name, role_summary},
};

#[component]
pub fn PersonRow(
    person: Account,
    /// Whether it is who is signed in: others decide on them.
    is_own: bool,
    people: People,
) -> impl IntoView {
    let name = person.name.clone();
    view! {
        <tr class="table__row">
            <td>
                <span class="table__name">
                    <Avatar name=person.name.clone() />
                    <span class="truncate">
                        {name}
                        {is_own.then(|| view! { <span class="text-muted">" (you)"</span> })}
                    </span>
                </span>
            </td>
            <td data-narrow="hide">{person.email.clone()}</td>
            {if is_own {
                view! { <Own role=person.role /> }.into_any()
            } else {
                view! { <Others person people /> }.into_any()
            }}
        </tr>
    }
}

#[component]
fn Own(role: Role) -> impl IntoView {
    let tone = if role == Role::Administrator {
        Tone::Accent
    } else {
        Tone::Neutral
    };
    view! {
        <td>
            <Badge tone attr:title=role_summary(role)>
                {role_name(role)}
            </Badge>
        </td>
        <td></td>
    }
}

#[component]
fn Others(person: Account, people: People) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let role = RwSignal::new(person.role);
    let changing = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let removing = RwSignal::new(false);
    let id = StoredValue::new(person.id);
    let name = StoredValue::new(person.name);

    let choose = move |chosen: String| {
        let before = role.get_untracked();
        let Some(wanted) = Role::ALL
            .into_iter()
            .find(|role| role_name(*role) == chosen)
        else {
            return;
        };
        // Shown at once, and taken back when the server does not agree.
        role.set(wanted);
        changing.set(true);
        spawn_local(async move {
            let answer = client.change_role(&id.get_value(), wanted).await;
            changing.try_set(false);
            let who = name.get_value();
            match answer {
                Ok(changed) => {
                    let words = role_name(changed.role).to_lowercase();
                    toasts.success(format!("The role of {who} is {words} now."));
                }
                Err(failure) => {
                    role.try_set(before);
                    toasts.failed(&format!("The role of {who} was not changed."), &failure);
                }
            }
        });
    };
    let remove = move |()| {
        removing.set(true);
        spawn_local(async move {
            let answer = client.remove_account(&id.get_value()).await;
            removing.try_set(false);
            asking.try_set(false);
            let who = name.get_value();
            match answer {
                Ok(()) => {
                    toasts.success(format!("{who} was removed."));
                    people.refetch();
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => toasts.danger(format!("{who} was not removed. {failure}")),
            }
        });
    };
    let roles: Vec<_> = Role::ALL
        .into_iter()
        .map(|role| (role_name(role).to_owned(), role_name(role).to_owned()))
        .collect();
    view! {
        <td title=move || role_summary(role.get())>
            <Select
                value=Signal::derive(move || role_name(role.get()).to_owned())
                on_change=choose
                options=roles
                disabled=changing
                label=Signal::derive(move || format!("Role of {}", name.get_value()))
            />
        </td>
        <td>
            <div class="table__actions">
                <IconButton
                    icon="trash"
                    label=format!("Remove {}", name.get_value())
                    side=TooltipSide::End
                    small=true
                    on_click=move |_| asking.set(true)
                />
            </div>
            <Confirm
                open=asking
                title=format!("Remove {}?", name.get_value())
                text="They are signed out everywhere and cannot sign in again. The flows that they made stay."
                action="Remove person"
                busy=removing
                on_confirm=remove
            />
        </td>
    }
}
