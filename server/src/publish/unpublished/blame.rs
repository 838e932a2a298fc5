//! Who changed what since a publish, from the log of edits.

use std::collections::{BTreeSet, HashMap};

use api::UnpublishedChange;

use super::thing::{Key, Thing};
use crate::{app::App, clock, http::Result};

/// Edits that are read at once.
const PAGE: u32 = 2_000;
/// Pages that are read: who changed something before the last hundred thousand
/// edits is not said.
const MOST_PAGES: u32 = 50;

/// Who changed each thing, and when last.
#[derive(Default)]
pub(super) struct Blame {
    by_thing: HashMap<Key, (BTreeSet<String>, i64)>,
}

impl Blame {
    /// Reads the edits after one.
    pub(super) async fn since(app: &App, flow: &str, seq: u64) -> Result<Self> {
        let mut blame = Self::default();
        let mut after = seq;
        for _ in 0..MOST_PAGES {
            let rows = app.store.changes_since(flow, after, PAGE).await?;
            let is_last = rows.len() < PAGE as usize;
            for row in rows {
                after = row.seq;
                let things = row.transaction.ops.iter().flat_map(Key::changed_by);
                for thing in things.collect::<BTreeSet<_>>() {
                    let (authors, at) = blame.by_thing.entry(thing).or_default();
                    authors.insert(row.author.clone());
                    *at = (*at).max(row.at_millis);
                }
            }
            if is_last {
                break;
            }
        }
        Ok(blame)
    }

    /// A thing that differs, with who changed it.
    pub(super) fn of(&self, thing: Thing) -> UnpublishedChange {
        let known = self.by_thing.get(&thing.key);
        let node = match &thing.key {
            Key::Node(id) => Some(id.to_string()),
            _ => None,
        };
        UnpublishedChange {
            title: thing.title,
            node,
            change: thing.change,
            authors: known.map_or_else(Vec::new, |(authors, _)| authors.iter().cloned().collect()),
            at: known.map(|(_, at)| clock::rfc3339(*at)),
            details: thing.details,
            more: thing.more as u64,
        }
    }
}
