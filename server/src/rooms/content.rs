//! The flow that a room holds, and how edits come into it.

mod quarantine;
mod weight;

use std::{collections::HashMap, sync::Arc};

use api::socket::Refusal;
use flow::{Flow, Op, Stamp, Transaction};
use store::{Append, Damage, FlowRow, LoadedFlow, NewChange, Store, StoreError, UpstreamRow};

use super::{Submission, mailbox::NoRoom};
use crate::clock;
use weight::Weight;

/// Changes after which a snapshot saves reading them all again.
const SNAPSHOT_EVERY: u64 = 100;

/// A flow as it stands.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// The flow.
    pub(crate) flow: Flow,
    /// What is known of it otherwise.
    pub(crate) row: FlowRow,
}

impl Reading {
    /// What a generated document needs to know beside the flow.
    pub(crate) fn stamp(&self) -> Stamp {
        stamp(&self.row)
    }
}

/// What a generated document needs to know beside the flow.
pub(crate) fn stamp(row: &FlowRow) -> Stamp {
    Stamp {
        upstream_id: row.upstream.id.clone(),
        version: row.upstream.version,
        last_modified: clock::rfc3339(row.last_modified_millis),
    }
}

/// What a room holds.
pub(super) struct Content {
    pub(super) reading: Reading,
    weight: Weight,
    store: Arc<dyn Store>,
    snapshot_seq: u64,
    /// The numbers of the edits taken since the room opened, by their ids.
    taken: HashMap<String, u64>,
}

/// What became of an edit.
pub(super) enum Taken {
    /// It is on the disk, with this number.
    Stored { seq: u64, transaction: Transaction },
    /// It was on the disk before.
    Known { seq: u64 },
    /// It was planned on the flow as it was before.
    Outdated,
    /// It was not taken.
    Refused(Refusal),
}

/// The room cannot go on.
pub(super) enum Fatal {
    /// The flow was moved on by somebody else, or is gone: read it again.
    Stale,
    /// What was written may not be on the disk.
    Unsure,
}

impl Content {
    /// Reads a flow: its snapshot, and the changes after it.
    pub(super) async fn load(store: Arc<dyn Store>, flow_id: &str) -> Result<Self, NoRoom> {
        let unreadable = |error: &dyn std::fmt::Display| NoRoom::Unreadable(error.to_string());
        let loaded = store
            .load_flow(flow_id)
            .await
            .map_err(|error| unreadable(&error))?
            .ok_or(NoRoom::NoFlow)?;
        let LoadedFlow {
            row,
            snapshot: mut flow,
            snapshot_seq,
            changes,
            mut damage,
        } = loaded;
        let mut taken = HashMap::new();
        for change in changes {
            if let Err(error) = flow::apply(&mut flow, &change.transaction) {
                let reason = error.to_string();
                let seq = change.seq;
                damage.push(Damage::Change { seq, reason });
                break;
            }
            taken.insert(change.tx_id, change.seq);
        }
        let mut content = Self {
            weight: Weight::of(&flow),
            reading: Reading { flow, row },
            store,
            snapshot_seq,
            taken,
        };
        for damage in damage {
            let handled = content.quarantine(damage).await;
            handled.map_err(|error| unreadable(&error))?;
        }
        Ok(content)
    }

    /// Takes edits in order, and stores those that apply together: when this
    /// returns they are on the disk. The answers are in the same order.
    pub(super) async fn take(
        &mut self,
        submissions: &[Submission],
    ) -> Result<Vec<Taken>, (Fatal, Refusal)> {
        let mut taken = Vec::with_capacity(submissions.len());
        let mut changes = Vec::new();
        let mut inverses: Vec<Vec<Op>> = Vec::new();
        let mut new_ids: HashMap<&str, u64> = HashMap::new();
        let before = self.reading.row.clone();
        for submission in submissions {
            if let Some(outcome) = self.known_or_refused(submission, &new_ids).await {
                taken.push(outcome);
                continue;
            }
            if submission.is_outdated(self.reading.row.head_seq) {
                taken.push(Taken::Outdated);
                continue;
            }
            let flow = &mut self.reading.flow;
            let applied = match self.weight.apply(flow, &submission.transaction) {
                Ok(applied) => applied,
                Err(refused) => {
                    taken.push(Taken::Refused(Refusal::DoesNotApply { refused }));
                    continue;
                }
            };
            let now = clock::now_millis();
            let row = &mut self.reading.row;
            row.head_seq += 1;
            row.changed_by.clone_from(&submission.author);
            row.changed_at_millis = now;
            if applied.changes.touches_logic() {
                row.last_modified_millis = now;
                row.logic_seq = row.head_seq;
            }
            inverses.push(applied.inverse);
            new_ids.insert(&submission.id, row.head_seq);
            changes.push(NewChange {
                tx_id: submission.id.clone(),
                author: submission.author.clone(),
                at_millis: now,
                transaction: submission.transaction.clone(),
            });
            taken.push(Taken::Stored {
                seq: row.head_seq,
                transaction: submission.transaction.clone(),
            });
        }
        self.reading.row.name.clone_from(&self.reading.flow.name);
        self.reading.row.nodes = self.reading.flow.nodes.len() as u64;
        if let Err(error) = self.append(before.head_seq, &changes).await {
            self.take_back(before, inverses);
            let refusal = not_stored(&error);
            return match error {
                StoreError::HeadMoved | StoreError::Taken(_) => Err((Fatal::Stale, refusal)),
                StoreError::Unsure(_) => Err((Fatal::Unsure, refusal)),
                _ => Ok(refuse_stored(taken, &refusal)),
            };
        }
        let new_ids = new_ids.into_iter().map(|(id, seq)| (id.to_owned(), seq));
        self.taken.extend(new_ids);
        Ok(taken)
    }

    /// The answer to an edit that need not be applied: one that was taken
    /// before, or one whose author may not edit.
    async fn known_or_refused(
        &self,
        submission: &Submission,
        new_ids: &HashMap<&str, u64>,
    ) -> Option<Taken> {
        if !submission.role.may(api::Right::EditFlows) {
            return Some(Taken::Refused(Refusal::NotAllowed));
        }
        let id = submission.id.as_str();
        if let Some(seq) = new_ids.get(id).or_else(|| self.taken.get(id)) {
            return Some(Taken::Known { seq: *seq });
        }
        let flow_id = &self.reading.row.id;
        match self.store.seq_of_change(flow_id, id).await {
            Ok(seq) => seq.map(|seq| Taken::Known { seq }),
            Err(error) => Some(Taken::Refused(not_stored(&error))),
        }
    }

    async fn append(&self, expected_head: u64, changes: &[NewChange]) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        let row = &self.reading.row;
        self.store
            .append_changes(Append {
                flow_id: &row.id,
                expected_head,
                changes,
                name: &row.name,
                nodes: self.reading.flow.nodes.len(),
                last_modified_millis: row.last_modified_millis,
                logic_seq: row.logic_seq,
            })
            .await
    }

    /// What was not stored did not happen.
    fn take_back(&mut self, before: FlowRow, inverses: Vec<Vec<Op>>) {
        for inverse in inverses.into_iter().rev() {
            let undo = Transaction::new("", inverse);
            if let Err(error) = flow::apply(&mut self.reading.flow, &undo) {
                tracing::error!(%error, "an edit could not be taken back");
            }
        }
        self.weight = Weight::of(&self.reading.flow);
        self.reading.row = before;
    }

    /// Writes a snapshot when there are enough changes since the last one, or
    /// any at all where the room is about to close.
    pub(super) async fn snapshot(&mut self, closing: bool) {
        let since = self.reading.row.head_seq - self.snapshot_seq;
        if since == 0 || (!closing && since < SNAPSHOT_EVERY) {
            return;
        }
        let (row, flow) = (&self.reading.row, &self.reading.flow);
        match self.store.save_snapshot(&row.id, row.head_seq, flow).await {
            Ok(()) => self.snapshot_seq = row.head_seq,
            // The changes are stored; the next one tries again.
            Err(error) => tracing::warn!(%error, flow_id = row.id, "no snapshot was saved"),
        }
    }

    /// What was learned of the flow upstream.
    pub(super) fn set_upstream(&mut self, upstream: UpstreamRow) {
        self.reading.row.upstream = upstream;
    }
}

/// Nothing of a batch is stored unless all of it is.
fn refuse_stored(taken: Vec<Taken>, refusal: &Refusal) -> Vec<Taken> {
    taken
        .into_iter()
        .map(|outcome| match outcome {
            Taken::Stored { .. } => Taken::Refused(refusal.clone()),
            // The first of two with one id was in this batch.
            Taken::Known { .. } => Taken::Refused(refusal.clone()),
            other @ (Taken::Outdated | Taken::Refused(_)) => other,
        })
        .collect()
}

fn not_stored(error: &StoreError) -> Refusal {
    tracing::error!(%error, "an edit was not stored");
    let sentence = match error {
        StoreError::Full => "The server's storage is full. Your changes are kept in this browser.",
        StoreError::Busy => "Saving is slow at the moment. Your changes are kept in this browser.",
        _ => "The server could not save this. Your changes are kept in this browser.",
    };
    Refusal::NotStored {
        sentence: sentence.to_owned(),
    }
}
