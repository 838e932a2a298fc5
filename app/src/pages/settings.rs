//! Settings: connections, people, one's own account, appearance, keyboard.

mod account;
mod appearance;
mod connection_card;
mod connection_form;
mod connections;
mod keyboard;
mod people;
mod person_form;
mod person_row;

use api::Role;
use dom::prelude::*;
use dom::route::use_location;

use crate::{components::EmptyState, session::SessionState};

pub use account::AccountPage;
pub use appearance::AppearancePage;
pub use connections::ConnectionsPage;
pub use keyboard::KeyboardPage;
pub use people::PeoplePage;

/// What the settings of one area are shown in.
#[component]
pub fn SettingsPage(
    /// The settings of the area.
    children: Children,
) -> impl IntoView {
    let session = expect_context::<SessionState>();
    view! {
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <h1 class="page__title title-page">"Settings"</h1>
            </header>
            <nav class="tabs" aria-label="Settings">
                <Show when=move || session.may(Role::Administrator)>
                    <Area href="/settings/connections" words="Connections" />
                    <Area href="/settings/people" words="People" />
                </Show>
                <Area href="/settings/account" words="Your account" />
                <Area href="/settings/appearance" words="Appearance" />
                <Area href="/settings/keyboard" words="Keyboard" />
            </nav>
            <div class="page__body">
                {children()}
            </div>
        </main>
    }
}

#[component]
fn Area(href: &'static str, words: &'static str) -> impl IntoView {
    let pathname = use_location().pathname;
    let current = move || pathname.with(|path| path == href);
    view! {
        <a
            class="tab"
            href=href
            aria-current=move || current().then_some("page")
        >
            {words}
        </a>
    }
}

/// Shows its children to administrators, and to others who may help.
#[component]
fn AdministratorsOnly(
    /// What others may not do.
    title: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let session = expect_context::<SessionState>();
    view! {
        <Show
            when=move || session.may(Role::Administrator)
            fallback=move || {
                view! {
                    <EmptyState
                        icon="lock"
                        title=title
                        text="Your account does not have this right. Ask an administrator of this Patchbay."
                    />
                }
            }
        >
            {children()}
        </Show>
    }
}
