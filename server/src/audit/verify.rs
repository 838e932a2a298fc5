//! Verifying the audit log from the browser.

use api::{AuditVerification, Outcome};
use axum::{Json, extract::State, http::StatusCode};
use store::AuditVerdict;
use tokio::sync::Mutex;

use super::entry;
use crate::{
    accounts::Actor,
    app::App,
    http::{Problem, Result},
};

/// Held while the log is read: it is long, and once at a time is enough.
#[derive(Default)]
pub(crate) struct Verifying(Mutex<()>);

/// Reads the whole audit log and checks that every entry is where and as it was
/// written. Entries cut off at the end cannot be seen: compare the number of
/// entries with the last one known.
#[utoipa::path(post, path = "/api/audit/verification",
    responses((status = 200, body = AuditVerification), (status = 503)))]
pub(crate) async fn verify_audit(
    State(app): State<App>,
    actor: Actor,
) -> Result<Json<AuditVerification>> {
    let Ok(_alone) = app.verifying.0.try_lock() else {
        return Err(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "verification-busy",
            "The audit log is being verified already.",
        )
        .next("Try again in a moment.")
        .retry_after(5));
    };
    let (verdict, outcome, sentence) = match app.store.verify_audit().await? {
        AuditVerdict::Intact { entries } => (
            AuditVerification::Intact { entries },
            Outcome::Done,
            format!("Verified the audit log: {entries} entries are intact."),
        ),
        AuditVerdict::BrokenAt { seq } => (
            AuditVerification::BrokenAt { seq },
            Outcome::Failed,
            format!("Verified the audit log: it is broken at entry {seq}."),
        ),
    };
    let entry = entry("audit.verify", &actor.account.name, outcome).saying(sentence);
    app.store.append_audit(entry.into()).await?;
    Ok(Json(verdict))
}
