//! An address that leads nowhere.

use dom::prelude::*;

use super::PageTitle;
use crate::components::EmptyState;

#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <PageTitle title="Not found" />
        <main class="sign-in" id="main">
            <div class="sign-in__card">
                <EmptyState
                    icon="unlink"
                    title="There is nothing at this address"
                    text="The link may be old or mistyped."
                >
                    <a class="button button--primary" href="/flows">
                        "Go to flows"
                    </a>
                </EmptyState>
            </div>
        </main>
    }
}
