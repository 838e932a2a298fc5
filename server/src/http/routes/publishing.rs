//! Publishing flows, and what stands in its way.

use super::table::{PUBLISHER, READER, Route, delete, get, post};
use crate::publish;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get(
            "/api/flows/{flow}/publishes",
            READER,
            publish::list_publishes,
        ),
        post(
            "/api/flows/{flow}/publishes",
            PUBLISHER,
            publish::begin_publish,
        ),
        get("/api/publishes/{publish}", READER, publish::show_publish),
        delete(
            "/api/publishes/{publish}",
            PUBLISHER,
            publish::cancel_publish,
        ),
        get(
            "/api/publishes/{publish}/conflicts",
            READER,
            publish::show_conflicts,
        ),
        get(
            "/api/flows/{flow}/unpublished",
            READER,
            publish::show_unpublished,
        ),
    ]
}
