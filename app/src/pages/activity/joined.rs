//! A call to Genesys Cloud leaves two entries, before it and after it. Read
//! together they are one line.

use api::{AuditEntry, Outcome};

/// A line of the page.
pub(super) struct Line {
    /// What it was, with how it ended if that is known.
    pub(super) entry: AuditEntry,
    /// What was said before it began.
    pub(super) intent: Option<String>,
}

/// The lines of entries, the latest first.
pub(super) fn joined(entries: Vec<AuditEntry>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for entry in entries {
        let is_its_beginning = |line: &&mut Line| {
            line.intent.is_none()
                && line.entry.outcome != Outcome::Intended
                && line.entry.action == entry.action
                && line.entry.object == entry.object
                && line.entry.actor == entry.actor
        };
        // The last of them so far is the nearest after it.
        let end = (entry.outcome == Outcome::Intended && entry.object.is_some())
            .then(|| lines.iter_mut().rev().find(is_its_beginning))
            .flatten();
        match end {
            Some(line) => line.intent = Some(entry.detail),
            None => lines.push(Line {
                entry,
                intent: None,
            }),
        }
    }
    lines
}
