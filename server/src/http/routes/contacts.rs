//! Contacts.

use super::table::{CONTACT, CONTACT_HANDLER, CONTACT_READER, Route, delete, get, post, put};
use crate::contacts;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/contacts", CONTACT_READER, contacts::list_contacts),
        post("/api/contacts", CONTACT_HANDLER, contacts::register_contact).takes(CONTACT),
        post(
            "/api/contacts/comparison",
            CONTACT_HANDLER,
            contacts::compare_contact,
        )
        .takes(CONTACT),
        post(
            "/api/contacts/checks",
            CONTACT_HANDLER,
            contacts::check_contacts,
        ),
        get(
            "/api/contacts/{contact}",
            CONTACT_READER,
            contacts::show_contact,
        ),
        put(
            "/api/contacts/{contact}",
            CONTACT_HANDLER,
            contacts::save_contact,
        )
        .takes(CONTACT),
        post(
            "/api/contacts/{contact}/comparison",
            CONTACT_HANDLER,
            contacts::compare_changes,
        )
        .takes(CONTACT),
        post(
            "/api/contacts/{contact}/check",
            CONTACT_HANDLER,
            contacts::check_contact,
        ),
        post(
            "/api/contacts/{contact}/adopt",
            CONTACT_HANDLER,
            contacts::adopt_contact,
        ),
        delete(
            "/api/contacts/{contact}/proposal",
            CONTACT_HANDLER,
            contacts::drop_proposal,
        ),
        post(
            "/api/contacts/{contact}/interactions",
            CONTACT_HANDLER,
            contacts::start_interaction,
        ),
    ]
}
