//! Flows as they are in Genesys Cloud.

use super::table::{EDITOR, PUBLISHER, Route, get, post, put};
use crate::upstream;

pub(super) fn routes() -> Vec<Route> {
    vec![
        put(
            "/api/flows/{flow}/upstream",
            PUBLISHER,
            upstream::relink_flow,
        ),
        post("/api/flows/open", EDITOR, upstream::open_upstream),
        get(
            "/api/connections/{connection}/flows",
            EDITOR,
            upstream::list_upstream,
        ),
    ]
}
