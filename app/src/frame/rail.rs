//! The rail: where one can go, and who one is.

use api::Right;
use dom::prelude::*;
use dom::route::use_location;

use crate::{
    client::{Client, Failure},
    components::{Avatar, Icon, Menu, MenuHandle, MenuItem, MenuLabel, MenuSeparator, Toasts},
    preferences::Preferences,
    role::role_name,
    session::SessionState,
    theme::Theme,
};

/// Where changes of many flows are made.
const CHANGES: [&str; 4] = ["/link", "/repoint", "/references", "/batches"];

#[component]
pub fn Rail() -> impl IntoView {
    let session = expect_context::<SessionState>();
    view! {
        <nav class="rail" aria-label="Main">
            <a class="rail__brand wordmark" href="/flows" aria-label="Patchbay">
                <span class="wordmark__mark">
                    <Icon name="mark" />
                </span>
                <span class="rail__name">"Patchbay"</span>
            </a>
            <RailLink href="/flows" icon="workflow" name="Flows" />
            <RailLink href="/data-actions" icon="square-function" name="Data actions" />
            <RailLink href="/contacts" icon="contact-round" name="Contacts" />
            <Show when=move || session.may(Right::ReadAudit)>
                <RailLink href="/activity" icon="activity" name="Activity" />
            </Show>
            <Show when=move || session.may(Right::WatchOperations)>
                <RailLink href="/operations" icon="server" name="Operations" />
            </Show>
            <RailLink href="/settings" icon="settings" name="Settings" />
            {move || {
                session
                    .sandbox()
                    .map(|address| {
                        view! {
                            <a
                                class="rail__item"
                                href=address
                                target="_blank"
                                rel="noopener"
                                aria-label="Sandbox, opens in a new tab"
                                data-tooltip="Sandbox, opens in a new tab"
                                data-side="right"
                            >
                                <Icon name="flask-conical" />
                                <span class="rail__name">"Sandbox"</span>
                            </a>
                        }
                    })
            }}
            <span class="rail__spacer"></span>
            <AccountMenu />
        </nav>
    }
}

#[component]
fn RailLink(href: &'static str, icon: &'static str, name: &'static str) -> impl IntoView {
    let pathname = use_location().pathname;
    let current = move || {
        let is_here = |path: &String| {
            // Changes of many flows belong to them.
            let is_change = |path: &str| CHANGES.iter().any(|of| path.starts_with(of));
            path.starts_with(href) || (href == "/flows" && is_change(path))
        };
        pathname.with(is_here).then_some("page")
    };
    view! {
        <a
            class="rail__item"
            href=href
            aria-label=name
            aria-current=current
            data-tooltip=name
            data-side="right"
        >
            <Icon name=icon />
            <span class="rail__name">{name}</span>
        </a>
    }
}

#[component]
fn AccountMenu() -> impl IntoView {
    let session = expect_context::<SessionState>();
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let theme = expect_context::<Theme>();
    let preferences = expect_context::<Preferences>();
    let menu = MenuHandle::new();
    let name = Signal::derive(move || {
        session
            .account()
            .map(|account| account.name)
            .unwrap_or_default()
    });
    let sign_out = move |()| {
        spawn_local(async move {
            match client.sign_out().await {
                // A fresh page: nothing of the last session stays in memory.
                Ok(()) | Err(Failure::SessionEnded) => {
                    theme.keep();
                    preferences.keep();
                    leave_for("/sign-in");
                }
                Err(failure) => toasts.danger(format!("You are still signed in. {failure}")),
            }
        });
    };
    view! {
        <button
            class="rail__item rail__item--account"
            type="button"
            popovertarget=menu.target()
            aria-label=move || format!("Account: {}", name.get())
            aria-haspopup="menu"
            aria-expanded=move || menu.is_open().to_string()
            data-tooltip=name
            data-side="right"
        >
            <Avatar name />
            <span class="rail__name">{name}</span>
        </button>
        <Menu handle=menu label="Account">
            <MenuLabel>
                {move || {
                    session
                        .account()
                        .map(|account| format!("{} · {}", account.email, role_name(account.role)))
                }}
            </MenuLabel>
            <MenuSeparator />
            <MenuItem icon="log-out" on_choose=sign_out>
                "Sign out"
            </MenuItem>
        </Menu>
    }
}

fn leave_for(address: &str) {
    if window().location().assign(address).is_err() {
        dom::warn(&format!("The page could not be left for {address}."));
    }
}
