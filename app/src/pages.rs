//! The pages around the editor.

mod activity;
mod changes;
mod contacts;
mod data_action;
mod data_actions;
mod deletion;
mod flows;
mod kept_list;
mod not_found;
mod operations;
mod page_title;
mod set_up;
mod settings;
mod sign_in;
mod style;
mod through;

pub use not_found::NotFoundPage;
pub use page_title::PageTitle;

use dom::prelude::*;

use crate::address::{Area, Changes, ContactsPlace};

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
    style::adopt();
    view! { <flows::FlowsPage /> }
}

/// What was done.
pub(crate) fn activity() -> View {
    style::adopt();
    view! { <activity::ActivityPage /> }
}

/// How calls go.
pub(crate) fn operations() -> View {
    style::adopt();
    view! { <operations::OperationsPage /> }
}

/// All data actions.
pub(crate) fn data_actions() -> View {
    style::adopt();
    view! { <data_actions::DataActionsPage /> }
}

/// The editor of a data action.
pub(crate) fn data_action(id: Memo<String>) -> View {
    style::adopt();
    view! { <data_action::DataActionPage id /> }
}

/// Contacts and imports.
pub(crate) fn contacts(place: Memo<ContactsPlace>) -> View {
    style::adopt();
    view! { <contacts::ContactsPage place /> }
}

/// Changes of many flows.
pub(crate) fn changes(of: Memo<Changes>) -> View {
    style::adopt();
    view! { <changes::ChangesPage of /> }
}

/// The settings of one area.
pub(crate) fn settings(area: Memo<Area>) -> View {
    style::adopt();
    view! { <settings::SettingsPage area /> }
}
