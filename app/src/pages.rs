//! The pages around the editor.

use leptos::prelude::*;

macro_rules! page { ($($n:ident)*) => { $(
#[component]
pub fn $n() -> impl IntoView { view! { <main class="page"></main> } })* } }
page!(ActivityPage FlowsPage NotFoundPage SettingsPage SetUpPage SignInPage);
