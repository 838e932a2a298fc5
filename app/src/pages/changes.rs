//! Changes of many flows at once: linking a module, repointing references, how
//! such a change goes on, and what flows refer to.

mod begin;
mod choice;
mod flows;
mod list;
mod plan;
mod preview;
mod progress;
mod references;
mod state;
mod taken;

use dom::prelude::*;

use super::PageTitle;
use crate::{
    address::Changes,
    components::{EmptyState, Icon},
    session::SessionState,
};

/// What a change of many flows does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// A module is linked into call flows.
    Link,
    /// What calls one thing calls another.
    Repoint,
}

#[component]
pub fn ChangesPage(of: Memo<Changes>) -> impl IntoView {
    let session = expect_context::<SessionState>();
    move || {
        let of = of.get();
        let may_edit = session.may(api::Right::EditFlows);
        match of {
            Changes::Batch(id) => view! { <progress::ProgressPage id /> },
            Changes::All => view! { <list::BatchesPage /> },
            _ if !may_edit => view! { <NotAllowed /> },
            Changes::Link => view! { <plan::PlanPage sort=Sort::Link /> },
            Changes::Repoint => view! { <plan::PlanPage sort=Sort::Repoint /> },
            Changes::References => view! { <references::ReferencesPage /> },
        }
    }
}

/// The way back from these pages.
#[component]
fn BackToFlows() -> impl IntoView {
    view! {
        <a
            class="button button--ghost button--icon"
            href="/flows"
            aria-label="Back to flows"
            data-tooltip="Back to flows"
        >
            <Icon name="arrow-left" />
        </a>
    }
}

#[component]
fn NotAllowed() -> impl IntoView {
    view! {
        <PageTitle title="Changes" />
        <main class="page" id="main" tabindex="-1">
            <EmptyState
                icon="lock"
                title="Changes are for editors"
                text="Ask an administrator for the role of an editor, or of a publisher if the flows are to be published too."
            />
        </main>
    }
}
