//! The pages around the editor.

mod activity;
mod changes;
mod flows;
mod not_found;
mod page_title;
mod set_up;
mod settings;
mod sign_in;

pub use not_found::NotFoundPage;
pub use page_title::PageTitle;

use dom::prelude::*;

use crate::address::{Area, Changes};

/// The way in.
pub(crate) fn sign_in() -> View {
    view! { <sign_in::SignInPage /> }
}

/// The first account.
pub(crate) fn set_up() -> View {
    view! { <set_up::SetUpPage /> }
}

/// All flows.
pub(crate) fn flows() -> View {
    view! { <flows::FlowsPage /> }
}

/// What was done.
pub(crate) fn activity() -> View {
    view! { <activity::ActivityPage /> }
}

/// Changes of many flows.
pub(crate) fn changes(of: Memo<Changes>) -> View {
    view! { <changes::ChangesPage of /> }
}

/// The settings of one area.
pub(crate) fn settings(area: Memo<Area>) -> View {
    view! { <settings::SettingsPage area /> }
}
