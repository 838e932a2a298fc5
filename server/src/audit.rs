//! Audit entries: writing, reading, exporting and verifying them.

pub(crate) mod export;
pub(crate) mod list;
pub(crate) mod verify;

pub(crate) use export::export_audit;
pub(crate) use list::list_audit;
pub(crate) use verify::{Verifying, verify_audit};

use api::{AuditEntry, Outcome};
use store::{AuditRow, NewAudit};

use crate::clock;

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

/// An entry, as the API shows it.
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
