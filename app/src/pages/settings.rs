//! Settings: connections, webhooks, people, one's own account, appearance, keyboard.

mod account;
mod appearance;
mod areas;
mod connection_card;
mod connection_form;
mod connections;
mod keyboard;
mod people;
mod person_form;
mod person_row;
mod webhooks;

use api::Right;
use dom::prelude::*;
use dom::route::use_location;

use crate::{address::Area, app::Redirect, components::EmptyState, session::SessionState};

use account::AccountPage;
use appearance::AppearancePage;
use connections::ConnectionsPage;
use keyboard::KeyboardPage;
use people::PeoplePage;
use webhooks::WebhooksPage;

/// What the settings of one area are shown in.
#[component]
pub fn SettingsPage(
    /// What they are about.
    area: Memo<Area>,
) -> impl IntoView {
    let session = expect_context::<SessionState>();
    view! {
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <h1 class="page__title title-page">"Settings"</h1>
            </header>
            <nav class="tabs" aria-label="Settings">
                <Show when=move || session.may(Right::Administer)>
                    <AreaTab href="/settings/connections" words="Connections" />
                    <AreaTab href="/settings/webhooks" words="Webhooks" />
                    <AreaTab href="/settings/people" words="People" />
                </Show>
                <AreaTab href="/settings/account" words="Your account" />
                <AreaTab href="/settings/appearance" words="Appearance" />
                <AreaTab href="/settings/keyboard" words="Keyboard" />
            </nav>
            <div class="page__body">
                {move || settings(area.get())}
            </div>
        </main>
    }
}

#[component]
fn AreaTab(href: &'static str, words: &'static str) -> impl IntoView {
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
            when=move || session.may(Right::Administer)
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

fn settings(area: Area) -> View {
    match area {
        Area::First => view! { <FirstSettings /> },
        Area::Connections => view! { <ConnectionsPage /> },
        Area::Webhooks => view! { <WebhooksPage /> },
        Area::People => view! { <PeoplePage /> },
        Area::Account => view! { <AccountPage /> },
        Area::Appearance => view! { <AppearancePage /> },
        Area::Keyboard => view! { <KeyboardPage /> },
    }
}

/// The first of the settings that a person may see.
#[component]
fn FirstSettings() -> impl IntoView {
    let session = expect_context::<SessionState>();
    let to = if untrack(|| session.may(Right::Administer)) {
        "/settings/connections"
    } else {
        "/settings/account"
    };
    view! { <Redirect to /> }
}
