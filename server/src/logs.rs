//! Structured logs on standard error.

use std::io::stderr;

use tracing_subscriber::EnvFilter;

/// What is logged unless `PATCHBAY_LOG` says otherwise.
const DEFAULT: &str = "info,sqlx=warn";

/// Whatever is asked for, these say no more than this: at finer levels they
/// log session ids, headers and message bodies.
const CAPPED: [&str; 7] = [
    "h2=info",
    "hyper=info",
    "hyper_util=info",
    "reqwest=info",
    "tower_sessions=warn",
    "tower_sessions_core=warn",
    "tungstenite=info",
];

/// Starts logging: as text, or as JSON lines with `PATCHBAY_LOG_FORMAT=json`.
pub(crate) fn start() {
    let filter = std::env::var("PATCHBAY_LOG")
        .ok()
        .filter(|text| !text.trim().is_empty())
        .and_then(|text| EnvFilter::try_new(text).ok())
        .unwrap_or_else(|| EnvFilter::new(DEFAULT));
    let filter = CAPPED
        .iter()
        .filter_map(|directive| directive.parse().ok())
        .fold(filter, EnvFilter::add_directive);
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(stderr);
    if std::env::var("PATCHBAY_LOG_FORMAT").is_ok_and(|format| format == "json") {
        logs.json().init();
    } else {
        logs.with_ansi(false).init();
    }
}
