//! The words in the browser's tab.

use dom::prelude::*;

/// Names the page in the browser's tab: "Flows · Patchbay".
#[component]
pub fn PageTitle(
    /// What the page shows.
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    Effect::new(move |_| {
        title.with(|title| document().set_title(&format!("{title} · Patchbay")));
    });
}
