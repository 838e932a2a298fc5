//! Reports of browsers about content that the policy blocked.

use axum::http::StatusCode;
use bytes::Bytes;
use serde::Deserialize;

#[derive(Deserialize)]
struct Report {
    #[serde(rename = "csp-report")]
    report: Violation,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Violation {
    #[serde(default)]
    effective_directive: String,
    #[serde(default)]
    violated_directive: String,
    #[serde(default)]
    blocked_uri: String,
}

/// Takes a report of a blocked script, style or connection into the log.
#[utoipa::path(post, path = "/csp-report", responses((status = 204)))]
pub(crate) async fn take_report(body: Bytes) -> StatusCode {
    if let Ok(Report { report }) = serde_json::from_slice(&body) {
        // Anybody can send one: each part is cut to a length that cannot
        // flood the log, and query strings stay out of it.
        let cut = |text: &str| -> String {
            let end = text.find(['?', '#']).unwrap_or(text.len());
            text.chars().take(end.min(200)).collect()
        };
        tracing::warn!(
            directive = cut(&report.effective_directive),
            violated = cut(&report.violated_directive),
            blocked = cut(&report.blocked_uri),
            "a browser blocked content by our policy"
        );
    }
    StatusCode::NO_CONTENT
}
