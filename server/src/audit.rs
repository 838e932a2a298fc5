//! Audit entries, and the page that shows them.

use api::{AuditEntry, Outcome};
use axum::{
    Json,
    extract::{Query, State},
};
use serde::Deserialize;
use store::{AuditRow, NewAudit};

use crate::{app::App, clock, http::Result};

/// Entries of one page.
const PAGE: u32 = 200;

/// An entry in the making.
pub(crate) struct Entry(NewAudit);

/// An entry of now: what was done, by whom, and how it went.
pub(crate) fn entry(action: &'static str, actor: &str, outcome: Outcome) -> Entry {
    Entry(NewAudit {
        at_millis: clock::now_millis(),
        actor: actor.to_owned(),
        action,
        object: None,
        outcome,
        detail: String::new(),
        correlation_id: None,
    })
}

impl Entry {
    /// The id of what it was done to.
    pub(crate) fn about(mut self, object: Option<String>) -> Self {
        self.0.object = object;
        self
    }

    /// A sentence on it, without secrets.
    pub(crate) fn saying(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = detail.into();
        self
    }

    /// The correlation id that Genesys gave.
    pub(crate) fn correlated(mut self, id: Option<String>) -> Self {
        self.0.correlation_id = id;
        self
    }
}

impl From<Entry> for NewAudit {
    fn from(entry: Entry) -> Self {
        entry.0
    }
}

/// Which entries to show.
#[derive(Deserialize)]
pub(crate) struct Page {
    /// Those before this one; the latest without it.
    before: Option<u64>,
}

/// The audit log, the latest entry first.
#[utoipa::path(get, path = "/api/audit",
    params(("before" = Option<u64>, Query, description = "Entries before this number")),
    responses((status = 200, body = Vec<AuditEntry>)))]
pub(crate) async fn list_audit(
    State(app): State<App>,
    Query(page): Query<Page>,
) -> Result<Json<Vec<AuditEntry>>> {
    let rows = app.store.audit(page.before, PAGE).await?;
    Ok(Json(rows.into_iter().map(shown).collect()))
}

fn shown(row: AuditRow) -> AuditEntry {
    AuditEntry {
        seq: row.seq,
        at: clock::rfc3339(row.at_millis),
        actor: row.actor,
        action: row.action,
        object: row.object,
        outcome: row.outcome,
        detail: row.detail,
        correlation_id: row.correlation_id,
    }
}
