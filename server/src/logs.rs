//! Structured logs on standard error.

use std::io::stderr;

use tracing_subscriber::EnvFilter;

/// What is logged unless `PATCHBAY_LOG` says otherwise. The session layer logs
/// cookies at its finest levels, and drivers log statements with their values.
const DEFAULT: &str =
    "info,sqlx=warn,tower_sessions=warn,tower_sessions_core=warn,hyper=warn,reqwest=warn";

/// Starts logging: as text, or as JSON lines with `PATCHBAY_LOG_FORMAT=json`.
pub(crate) fn start() {
    let filter = std::env::var("PATCHBAY_LOG")
        .ok()
        .filter(|text| !text.trim().is_empty())
        .and_then(|text| EnvFilter::try_new(text).ok())
        .unwrap_or_else(|| EnvFilter::new(DEFAULT));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(stderr);
    if std::env::var("PATCHBAY_LOG_FORMAT").is_ok_and(|format| format == "json") {
        logs.json().init();
    } else {
        logs.with_ansi(false).init();
    }
}
