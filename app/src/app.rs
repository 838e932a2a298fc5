//! The routes of the product, and what every page finds in its context.

use api::Role;
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Redirect, Route, Router, Routes},
    path,
};

use crate::{
    back_button::BackButton,
    client::Client,
    components::{Announcer, AnnouncerRegion, Clock, ToastRegion, Toasts},
    editor::EditorPage,
    frame::Frame,
    pages::{
        AccountPage, ActivityPage, AppearancePage, ConnectionsPage, FlowsPage, KeyboardPage,
        NotFoundPage, PeoplePage, SetUpPage, SettingsPage, SignInPage,
    },
    preferences::Preferences,
    session::SessionState,
    theme::Theme,
};

/// The whole product.
#[component]
pub fn App() -> impl IntoView {
    let session_ended = RwSignal::new(false);
    let client = Client::new(session_ended);
    let session = SessionState::new(session_ended);
    session.load(client);
    provide_context(client);
    provide_context(session);
    provide_context(BackButton::listening());
    provide_context(Theme::remembered());
    provide_context(Preferences::remembered());
    provide_context(Clock::ticking());
    provide_context(Toasts::new());
    provide_context(Announcer::new());
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=|| view! { <Redirect path="/flows" /> } />
                <Route path=path!("/sign-in") view=SignInPage />
                <Route path=path!("/set-up") view=SetUpPage />
                <ParentRoute path=path!("") view=Frame>
                    <Route path=path!("/flows") view=FlowsPage />
                    <Route path=path!("/flows/:id") view=EditorPage />
                    <Route path=path!("/activity") view=ActivityPage />
                    <ParentRoute path=path!("/settings") view=SettingsPage>
                        <Route path=path!("") view=FirstSettings />
                        <Route path=path!("/connections") view=ConnectionsPage />
                        <Route path=path!("/people") view=PeoplePage />
                        <Route path=path!("/account") view=AccountPage />
                        <Route path=path!("/appearance") view=AppearancePage />
                        <Route path=path!("/keyboard") view=KeyboardPage />
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        </Router>
        <ToastRegion />
        <AnnouncerRegion />
    }
}

/// The first of the settings that a person may see.
#[component]
fn FirstSettings() -> impl IntoView {
    let session = expect_context::<SessionState>();
    let path = if untrack(|| session.may(Role::Administrator)) {
        "/settings/connections"
    } else {
        "/settings/account"
    };
    view! { <Redirect path /> }
}
