//! What belongs to no subject: the description of the API, health, the way to
//! the sandbox, and reports of browsers.

use super::table::{ANYONE, PUBLISHER, Route, get, post};
use crate::{http::reports, openapi, sandbox_page};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/openapi.json", ANYONE, openapi::show_document),
        get("/api/sandbox", PUBLISHER, sandbox_page::enter_sandbox),
        get("/healthz", ANYONE, openapi::say_healthy),
        post("/csp-report", ANYONE, reports::take_report).changes_nothing(),
    ]
}
