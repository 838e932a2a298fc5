//! One person: what they may do, and removing them.

use api::{Account, Role};
use dom::prelude::*;

use super::people::People;
use crate::{
    client::{Client, Failure},
    components::{
        Avatar, Badge, Button, ButtonKind, Confirm, IconButton, Select, Toasts, Tone, TooltipSide,
    },
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
    // A list that is typed into passes other roles on the way to the one that
    // is meant, so a choice alone changes nothing.
    let wanted = RwSignal::new(person.role);
    let is_other = Memo::new(move |_| wanted.get() != role.get());
    let changing = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let removing = RwSignal::new(false);
    let id = StoredValue::new(person.id);
    let name = StoredValue::new(person.name);

    let choose = move |chosen: String| {
        let mut roles = Role::ALL.into_iter();
        if let Some(chosen) = roles.find(|role| role_name(*role) == chosen) {
            wanted.set(chosen);
        }
    };
    let change = move |_| {
        let chosen = wanted.get_untracked();
        changing.set(true);
        spawn_local(async move {
            let answer = client.change_role(&id.get_value(), chosen).await;
            changing.try_set(false);
            let who = name.get_value();
            match answer {
                Ok(changed) => {
                    role.try_set(changed.role);
                    wanted.try_set(changed.role);
                    let words = role_name(changed.role).to_lowercase();
                    toasts.success(format!("The role of {who} is {words} now."));
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
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
                Err(failure) => toasts.danger(format!("{who} was not deleted. {failure}")),
            }
        });
    };
    let roles: Vec<_> = Role::ALL
        .into_iter()
        .map(|role| (role_name(role).to_owned(), role_name(role).to_owned()))
        .collect();
    view! {
        <td title=move || role_summary(wanted.get())>
            <div class="field">
            <Select
                value=Signal::derive(move || role_name(wanted.get()).to_owned())
                on_change=choose
                options=roles
                disabled=changing
                label=Signal::derive(move || format!("Role of {}", name.get_value()))
            />
            <Show when=move || is_other.get()>
                <p class="field__hint">{move || role_summary(wanted.get())}</p>
                <div class="button-group">
                    <Button kind=ButtonKind::Primary small=true busy=changing on_click=change>
                        "Change role"
                    </Button>
                    <Button
                        kind=ButtonKind::Ghost
                        small=true
                        disabled=changing
                        on_click=move |_| wanted.set(role.get_untracked())
                    >
                        "Keep "
                        {move || role_name(role.get()).to_lowercase()}
                    </Button>
                </div>
            </Show>
            </div>
        </td>
        <td>
            <div class="table__actions">
                <IconButton
                    icon="trash"
                    label=format!("Delete {}", name.get_value())
                    side=TooltipSide::End
                    small=true
                    on_click=move |_| asking.set(true)
                />
            </div>
            <Confirm
                open=asking
                title=format!("Delete {}?", name.get_value())
                text="They are signed out everywhere and cannot sign in again. The flows that they made stay."
                action="Delete person"
                busy=removing
                on_confirm=remove
            />
        </td>
    }
}
