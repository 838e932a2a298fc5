//! The document between this browser and the server: what is acknowledged,
//! what is pending, and what is shown.
//!
//! The server orders all edits. What is shown is what it acknowledged with the
//! pending edits on top; when an edit of somebody else arrives, the pending
//! ones are taken back, it is applied, and they are applied again.

use std::collections::VecDeque;

use flow::{Applied, Changes, Flow, Op, Refused, Transaction, apply};

use crate::{
    FromServer,
    difference::difference,
    pending::{Pending, Unacknowledged},
};

/// The document.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    acknowledged: Flow,
    shown: Flow,
    seq: u64,
    pending: VecDeque<Unacknowledged>,
    /// Whether messages were found missing and the flow was asked for anew.
    resync_asked: bool,
}

/// What a message of the server led to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Received {
    /// What of the shown flow may look different.
    pub(crate) changes: Changes,
    /// Own edits that were applied anew, with what takes them back now.
    pub(crate) rebased: Vec<(String, Vec<Op>)>,
    /// An own edit that the server did not take, and why.
    pub(crate) lost: Option<(Pending, String)>,
    /// Whether the flow has to be asked for anew.
    pub(crate) resync: bool,
}

impl Document {
    pub(crate) fn new(flow: Flow, seq: u64) -> Self {
        Self {
            acknowledged: flow.clone(),
            shown: flow,
            seq,
            pending: VecDeque::new(),
            resync_asked: false,
        }
    }

    /// What is shown.
    pub(crate) fn shown(&self) -> &Flow {
        &self.shown
    }

    /// The number of the server's last edit that is contained.
    pub(crate) fn seq(&self) -> u64 {
        self.seq
    }

    /// The edits that wait for the server, in order.
    pub(crate) fn pending(&self) -> impl Iterator<Item = &Pending> {
        self.pending.iter().map(|waiting| &waiting.pending)
    }

    /// Applies an own edit. One that changes nothing does not become pending.
    pub(crate) fn edit(
        &mut self,
        id: String,
        transaction: Transaction,
    ) -> Result<Option<Applied>, Refused> {
        let applied = apply(&mut self.shown, &transaction)?;
        if applied.inverse.is_empty() {
            return Ok(None);
        }
        self.wait_for(Pending { id, transaction }, &applied);
        Ok(Some(applied))
    }

    /// Applies those of the edits that still apply. None if nothing is left
    /// or nothing changes.
    pub(crate) fn edit_what_applies(
        &mut self,
        id: String,
        label: String,
        ops: &[Op],
    ) -> Option<Applied> {
        let mut transaction = Transaction::new(label, ops.to_vec());
        let applied = match apply(&mut self.shown, &transaction) {
            Ok(applied) => applied,
            Err(_) => {
                transaction.ops.clear();
                let mut inverses = Vec::new();
                let mut changes = Changes::default();
                for op in ops {
                    let single = Transaction::new("", vec![op.clone()]);
                    if let Ok(applied) = apply(&mut self.shown, &single) {
                        transaction.ops.extend(single.ops);
                        inverses.push(applied.inverse);
                        changes.extend(applied.changes);
                    }
                }
                Applied {
                    inverse: inverses.into_iter().rev().flatten().collect(),
                    changes,
                }
            }
        };
        if applied.inverse.is_empty() {
            return None;
        }
        self.wait_for(Pending { id, transaction }, &applied);
        Some(applied)
    }

    fn wait_for(&mut self, pending: Pending, applied: &Applied) {
        self.pending.push_back(Unacknowledged {
            pending,
            taken_back_by: Some(Transaction::new("", applied.inverse.clone())),
            may_be_contained: false,
        });
    }

    /// The edit that was made last, as it goes to the server.
    pub(crate) fn newest(&self) -> Option<&Pending> {
        self.pending.back().map(|waiting| &waiting.pending)
    }

    /// Takes a message of the server.
    pub(crate) fn receive(&mut self, message: FromServer) -> Received {
        match message {
            FromServer::Welcome { seq, flow } => self.welcome(seq, *flow),
            FromServer::Applied {
                seq, transaction, ..
            } => self.applied(seq, &transaction),
            FromServer::Acknowledged { id, seq } => self.confirmed(&id, seq),
            FromServer::Refused { id, reason } => self.refused(&id, reason),
        }
    }

    fn welcome(&mut self, seq: u64, flow: Flow) -> Received {
        self.seq = seq;
        self.resync_asked = false;
        let before = std::mem::replace(&mut self.shown, flow.clone());
        self.acknowledged = flow;
        for waiting in &mut self.pending {
            waiting.taken_back_by = None;
            waiting.may_be_contained = true;
        }
        let mut received = Received::default();
        self.apply_pending(&mut received);
        received.changes = difference(&before, &self.shown);
        received
    }

    fn applied(&mut self, seq: u64, transaction: &Transaction) -> Received {
        if seq <= self.seq {
            return Received::default();
        }
        if seq != self.seq + 1 {
            return self.ask_for_resync();
        }
        self.rebase(|document| document.advance(seq, transaction))
    }

    fn confirmed(&mut self, id: &str, seq: u64) -> Received {
        let Some(index) = self.index_of(id) else {
            // Said twice; or about an edit that is not here, which is a gap.
            return if seq <= self.seq {
                Received::default()
            } else {
                self.ask_for_resync()
            };
        };
        if seq <= self.seq {
            // Contained in what came since; known only now.
            return self.rebase(|document| {
                document.pending.remove(index);
                Some(Changes::default())
            });
        }
        if seq != self.seq + 1 {
            return self.ask_for_resync();
        }
        let is_first_and_shown = index == 0
            && self
                .pending
                .front()
                .is_some_and(|first| first.taken_back_by.is_some());
        if is_first_and_shown {
            let Some(waiting) = self.pending.pop_front() else {
                return Received::default();
            };
            return match self.advance_acknowledged(seq, &waiting.pending.transaction) {
                Some(_) => Received::default(),
                None => self.ask_for_resync(),
            };
        }
        self.rebase(|document| {
            let waiting = document.pending.remove(index)?;
            document.advance(seq, &waiting.pending.transaction)
        })
    }

    fn refused(&mut self, id: &str, reason: String) -> Received {
        let Some(index) = self.index_of(id) else {
            return Received::default();
        };
        let mut lost = None;
        let mut received = self.rebase(|document| {
            lost = document.pending.remove(index);
            Some(Changes::default())
        });
        received.lost = lost.map(|waiting| (waiting.pending, reason));
        received
    }

    fn index_of(&self, id: &str) -> Option<usize> {
        self.pending
            .iter()
            .position(|waiting| waiting.pending.id == id)
    }

    fn ask_for_resync(&mut self) -> Received {
        Received {
            resync: !std::mem::replace(&mut self.resync_asked, true),
            ..Received::default()
        }
    }

    /// Takes the pending edits back, lets the base change, and applies them
    /// again. A base that cannot change as the server says has gone astray.
    fn rebase(&mut self, change: impl FnOnce(&mut Self) -> Option<Changes>) -> Received {
        let mut received = Received::default();
        received.changes.extend(self.take_back_pending());
        match change(self) {
            Some(changes) => received.changes.extend(changes),
            None => received.resync = self.ask_for_resync().resync,
        }
        self.apply_pending(&mut received);
        received
    }

    /// Applies an edit of the server's to both flows, with no pending edit in
    /// the shown one.
    fn advance(&mut self, seq: u64, transaction: &Transaction) -> Option<Changes> {
        let changes = self.advance_acknowledged(seq, transaction)?;
        if apply(&mut self.shown, transaction).is_err() {
            self.shown = self.acknowledged.clone();
        }
        Some(changes)
    }

    fn advance_acknowledged(&mut self, seq: u64, transaction: &Transaction) -> Option<Changes> {
        let applied = apply(&mut self.acknowledged, transaction).ok()?;
        self.seq = seq;
        self.resync_asked = false;
        Some(applied.changes)
    }

    fn take_back_pending(&mut self) -> Changes {
        let mut changes = Changes::default();
        let mut taken_back = true;
        for waiting in self.pending.iter_mut().rev() {
            if let Some(inverse) = waiting.taken_back_by.take() {
                match apply(&mut self.shown, &inverse) {
                    Ok(applied) => changes.extend(applied.changes),
                    Err(_) => taken_back = false,
                }
            }
        }
        debug_assert!(taken_back, "an inverse applies to what it was made from");
        if !taken_back {
            changes.extend(difference(&self.shown, &self.acknowledged));
            self.shown = self.acknowledged.clone();
        }
        changes
    }

    fn apply_pending(&mut self, received: &mut Received) {
        for waiting in &mut self.pending {
            if let Ok(applied) = apply(&mut self.shown, &waiting.pending.transaction) {
                received.changes.extend(applied.changes);
                if !waiting.may_be_contained {
                    let id = waiting.pending.id.clone();
                    received.rebased.push((id, applied.inverse.clone()));
                }
                waiting.taken_back_by = Some(Transaction::new("", applied.inverse));
            }
        }
    }

    #[cfg(test)]
    pub(crate) fn acknowledged(&self) -> &Flow {
        &self.acknowledged
    }

    /// Panics unless what is shown is what is acknowledged with the pending
    /// edits on top.
    #[cfg(test)]
    pub(crate) fn assert_shown_is_acknowledged_and_pending(&self) {
        let mut rebuilt = self.acknowledged.clone();
        for waiting in &self.pending {
            let applies = apply(&mut rebuilt, &waiting.pending.transaction).is_ok();
            assert_eq!(applies, waiting.taken_back_by.is_some());
        }
        crate::testing::assert_same_flow(&self.shown, &rebuilt);
    }
}
