//! What belongs to no subject: the description of the API, health, and reports of browsers.

use super::table::{ANYONE, Route, get, post};
use crate::{http::reports, openapi};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/openapi.json", ANYONE, openapi::show_document),
        get("/healthz", ANYONE, openapi::say_healthy),
        post("/csp-report", ANYONE, reports::take_report).changes_nothing(),
    ]
}
