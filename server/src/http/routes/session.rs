//! Signing in and out, and what one does to one's own account.

use super::table::{ANYONE, Route, SIGNED_IN, delete, get, post, put};
use crate::accounts;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/session", ANYONE, accounts::show_session),
        post("/api/session", ANYONE, accounts::sign_in),
        delete("/api/session", ANYONE, accounts::sign_out),
        put(
            "/api/session/password",
            SIGNED_IN,
            accounts::change_password,
        ),
        post(
            "/api/session/confirmation",
            SIGNED_IN,
            accounts::confirm_session,
        ),
        post("/api/set-up", ANYONE, accounts::set_up),
    ]
}
