//! The accounts of a workspace.

use super::table::{ADMINISTRATOR, Route, delete, get, post, put};
use crate::accounts;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/accounts", ADMINISTRATOR, accounts::list_accounts),
        post("/api/accounts", ADMINISTRATOR, accounts::add_account).asks_for_password(),
        put(
            "/api/accounts/{account}",
            ADMINISTRATOR,
            accounts::change_role,
        )
        .asks_for_password(),
        delete(
            "/api/accounts/{account}",
            ADMINISTRATOR,
            accounts::remove_account,
        )
        .asks_for_password(),
    ]
}
