//! Changing the flow: making edits, taking them back, following others'.

use flow::{Applied, Changes, Op, Transaction};

use super::{Editor, Rights, announce};
use crate::{
    Update,
    history::{Step, Typing},
    words::{self, Deed},
};

impl Editor {
    /// Whether this person may edit; says so if not.
    pub(super) fn may_edit_or_says_no(&self, update: &mut Update) -> bool {
        if self.rights == Rights::Edit {
            return true;
        }
        announce(
            update,
            "You can look at this flow but not change it. Ask an administrator for the editor role.",
        );
        false
    }

    /// Makes an edit: one message to the server, one step of undo. Says whether
    /// something changed.
    pub(super) fn commit(
        &mut self,
        transaction: Transaction,
        typing: Option<Typing>,
        update: &mut Update,
    ) -> bool {
        let label = transaction.label.clone();
        // A field says itself what is typed into it.
        let told = typing.is_none().then(|| transaction.ops.clone());
        let Some(changes) = self.commit_untold(transaction, typing, update) else {
            return false;
        };
        if let Some(ops) = told {
            self.tell(&label, &ops, &changes, update);
        }
        true
    }

    /// The same for what says by itself what was done; gives what changed, if
    /// something did.
    pub(super) fn commit_untold(
        &mut self,
        transaction: Transaction,
        typing: Option<Typing>,
        update: &mut Update,
    ) -> Option<Changes> {
        if !self.may_edit_or_says_no(update) {
            return None;
        }
        let id = self.ids.next_transaction();
        let label = transaction.label.clone();
        match self.document.edit(id.clone(), transaction) {
            Ok(Some(Applied { inverse, changes })) => {
                let step = Step::new(label, id, inverse);
                self.history.push(step, typing);
                update.outbox.extend(self.document.newest().cloned());
                self.follow(changes.clone(), update);
                Some(changes)
            }
            Ok(None) => None,
            Err(refused) => {
                announce(update, format!("“{label}” was not done: {refused}."));
                None
            }
        }
    }

    /// Takes back the last own edit of which something can be taken back.
    pub(super) fn undo(&mut self, update: &mut Update) {
        if self.may_edit_or_says_no(update) {
            while let Some(step) = self.history.pop_undo() {
                let label = format!("Undo: {}", step.label);
                if let Some(back) = self.make(step, label, update) {
                    self.history.push_redo(back);
                    return;
                }
            }
            announce(update, "There is nothing to undo.");
        }
    }

    /// Makes the edit again that was last taken back.
    pub(super) fn redo(&mut self, update: &mut Update) {
        if self.may_edit_or_says_no(update) {
            while let Some(step) = self.history.pop_redo() {
                let label = format!("Redo: {}", step.label);
                if let Some(back) = self.make(step, label, update) {
                    self.history.push_redone(back);
                    return;
                }
            }
            announce(update, "There is nothing to redo.");
        }
    }

    /// Makes what still applies of a step; gives the step that takes it back.
    fn make(&mut self, step: Step, label: String, update: &mut Update) -> Option<Step> {
        let id = self.ids.next_transaction();
        let made = self
            .document
            .edit_what_applies(id.clone(), label.clone(), &step.ops);
        let Some(Applied { inverse, changes }) = made else {
            announce(
                update,
                format!(
                    "{label}: skipped, since others have removed or changed what it was about."
                ),
            );
            return None;
        };
        update.outbox.extend(self.document.newest().cloned());
        self.follow(changes, update);
        self.tell(&label, &[], &Changes::default(), update);
        Some(Step::new(step.label, id, inverse))
    }

    /// Says what was done.
    fn tell(&self, label: &str, ops: &[Op], changes: &Changes, update: &mut Update) {
        let deed = Deed {
            label,
            ops,
            changes,
        };
        let sentence = words::deed(self.document.shown(), &self.scene, &deed);
        announce(update, sentence);
    }

    /// Brings everything that depends on the flow up to date.
    pub(super) fn follow(&mut self, changes: Changes, update: &mut Update) {
        if changes.is_empty() {
            return;
        }
        let turned = self.scene.update(self.document.shown(), &changes);
        let flow = self.document.shown();
        if turned {
            update.changes.nodes.extend(flow.nodes.keys().cloned());
            update.changes.edges.extend(flow.edges.keys().cloned());
        }
        update.selection |= self.selection.retain_existing(flow);
        let gone = |id: &flow::NodeId| !flow.nodes.contains_key(id);
        if self.focus.as_ref().is_some_and(gone) {
            self.set_focus(None, update);
        }
        let notes = &self.document.shown().notes;
        let gone = |id: &flow::NoteId| !notes.contains_key(id);
        if self.note_focus.as_ref().is_some_and(gone) {
            self.set_note_focus(None, update);
        }
        update.changes.extend(changes);
        self.reconcile_tool(update);
    }
}
