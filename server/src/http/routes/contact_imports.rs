//! Imports of contacts.

use super::table::{CONTACT_HANDLER, CONTACT_READER, DOCUMENT, Route, get, post, put};
use crate::contacts;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get(
            "/api/contact-imports",
            CONTACT_READER,
            contacts::list_imports,
        ),
        post(
            "/api/contact-imports",
            CONTACT_HANDLER,
            contacts::begin_import,
        )
        .takes(DOCUMENT),
        post(
            "/api/contact-imports/dry-run",
            CONTACT_HANDLER,
            contacts::try_import,
        )
        .takes(DOCUMENT),
        get(
            "/api/contact-imports/{import}",
            CONTACT_READER,
            contacts::show_import,
        ),
        put(
            "/api/contact-imports/{import}",
            CONTACT_HANDLER,
            contacts::change_import,
        ),
        get(
            "/api/contact-imports/{import}/rows",
            CONTACT_READER,
            contacts::list_rows,
        ),
        // It holds what the file held.
        get(
            "/api/contact-imports/{import}/result",
            CONTACT_HANDLER,
            contacts::show_result,
        )
        .asks_for_password(),
    ]
}
