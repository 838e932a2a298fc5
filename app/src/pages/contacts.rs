//! Contacts: the list, one contact, and imports.

mod contact;
mod differences;
mod exists;
mod form;
mod import;
mod import_dry_run;
mod import_rows;
mod import_run;
mod interactions;
mod list;
mod list_filter;
mod metadata;
mod stage;
mod start;

use dom::prelude::*;

use crate::address::ContactsPlace;

/// What is shown of contacts.
#[component]
pub fn ContactsPage(
    /// Where among them.
    place: Memo<ContactsPlace>,
) -> impl IntoView {
    move || match place.get() {
        ContactsPlace::List => view! { <list::ListPage /> },
        ContactsPlace::One(id) => view! { <contact::ContactPage id /> },
        ContactsPlace::Import => view! { <import::ImportPage /> },
        ContactsPlace::Running(id) => view! { <import_run::ImportRunPage id /> },
    }
}
