//! Webhooks and what was delivered to them.

use super::table::{ADMINISTRATOR, Route, delete, get, post, put};
use crate::webhooks;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/webhooks", ADMINISTRATOR, webhooks::list_webhooks),
        post("/api/webhooks", ADMINISTRATOR, webhooks::add_webhook).asks_for_password(),
        put(
            "/api/webhooks/{webhook}",
            ADMINISTRATOR,
            webhooks::change_webhook,
        )
        .asks_for_password(),
        delete(
            "/api/webhooks/{webhook}",
            ADMINISTRATOR,
            webhooks::delete_webhook,
        )
        .asks_for_password(),
        put(
            "/api/webhooks/{webhook}/switch",
            ADMINISTRATOR,
            webhooks::switch_webhook,
        )
        .asks_for_password(),
        post(
            "/api/webhooks/{webhook}/secret",
            ADMINISTRATOR,
            webhooks::rotate_secret,
        )
        .asks_for_password(),
        post(
            "/api/webhooks/{webhook}/test",
            ADMINISTRATOR,
            webhooks::test_webhook,
        ),
        get(
            "/api/webhooks/{webhook}/deliveries",
            ADMINISTRATOR,
            webhooks::list_deliveries,
        ),
        get(
            "/api/webhooks/{webhook}/deliveries/{delivery}",
            ADMINISTRATOR,
            webhooks::show_delivery,
        ),
        post(
            "/api/webhooks/{webhook}/deliveries/{delivery}/replay",
            ADMINISTRATOR,
            webhooks::replay_delivery,
        ),
        post(
            "/api/webhooks/{webhook}/replay",
            ADMINISTRATOR,
            webhooks::replay_failed,
        ),
    ]
}
