//! The routes of the product.

use leptos::prelude::*;
use leptos_router::{
    components::{Redirect, Route, Router, Routes},
    path,
};

use crate::{
    editor::EditorPage,
    pages::{ActivityPage, FlowsPage, NotFoundPage, SettingsPage, SetUpPage, SignInPage},
};

/// The whole product.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=|| view! { <Redirect path="/flows" /> } />
                <Route path=path!("/sign-in") view=SignInPage />
                <Route path=path!("/set-up") view=SetUpPage />
                <Route path=path!("/flows") view=FlowsPage />
                <Route path=path!("/flows/:id") view=EditorPage />
                <Route path=path!("/activity") view=ActivityPage />
                <Route path=path!("/settings") view=SettingsPage />
            </Routes>
        </Router>
    }
}
