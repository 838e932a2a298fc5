//! The page on which a flow is drawn.

use leptos::prelude::*;

/// The editor of one flow: `/flows/:id`.
#[component]
pub fn EditorPage() -> impl IntoView {
    view! { <main class="page"></main> }
}
