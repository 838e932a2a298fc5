//! Contacts.

use super::table::{CONTACT, CONTACT_HANDLER, CONTACT_READER, Route, get, post, put};
use crate::contacts;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/contacts", CONTACT_READER, contacts::list_contacts),
        post("/api/contacts", CONTACT_HANDLER, contacts::register_contact).takes(CONTACT),
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
            "/api/contacts/{contact}/check",
            CONTACT_HANDLER,
            contacts::check_contact,
        ),
        post(
            "/api/contacts/{contact}/adopt",
            CONTACT_HANDLER,
            contacts::adopt_contact,
        ),
        post(
            "/api/contacts/{contact}/interactions",
            CONTACT_HANDLER,
            contacts::start_interaction,
        ),
    ]
}
