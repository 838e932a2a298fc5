//! Connections to Genesys Cloud.

use super::table::{ADMINISTRATOR, Route, VIEWER, delete, get, post, put};
use crate::connections;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/connections", VIEWER, connections::list_connections),
        post(
            "/api/connections",
            ADMINISTRATOR,
            connections::add_connection,
        )
        .asks_for_password(),
        put(
            "/api/connections/{connection}",
            ADMINISTRATOR,
            connections::change_connection,
        )
        .asks_for_password(),
        delete(
            "/api/connections/{connection}",
            ADMINISTRATOR,
            connections::delete_connection,
        )
        .asks_for_password(),
        post(
            "/api/connections/{connection}/default",
            ADMINISTRATOR,
            connections::make_default,
        )
        .asks_for_password(),
        post(
            "/api/connections/{connection}/check",
            ADMINISTRATOR,
            connections::check_connection,
        ),
    ]
}
