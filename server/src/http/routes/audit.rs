//! The audit log.

use super::table::{AUDITOR, Route, get, post};
use crate::audit;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/audit", AUDITOR, audit::list_audit),
        get("/api/audit/export", AUDITOR, audit::export_audit),
        post("/api/audit/verification", AUDITOR, audit::verify_audit),
    ]
}
