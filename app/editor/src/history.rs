//! Undo and redo: own edits only, as edits that take them back.
//!
//! Others' edits come in between, so a step holds edits, not states. Those of
//! them that no longer apply when their turn comes are left out.

use flow::{EdgeId, FieldKey, GroupId, NodeId, NoteId, Op};

/// Keystrokes further apart than this are steps of their own.
const TYPING_PAUSE_MILLIS: f64 = 1_000.0;
/// Steps that are kept.
const MAX_STEPS: usize = 500;

/// What can be taken back and made again, the newest last.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    typing: Option<Typing>,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    /// What was done, as people read it.
    pub(crate) label: String,
    /// The transactions that did it: several where keystrokes were merged.
    ids: Vec<String>,
    /// The edits that take it back.
    pub(crate) ops: Vec<Op>,
}

/// Where a person types. Keystrokes in the same place merge into one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypingPlace {
    Label(NodeId),
    Field(NodeId, FieldKey),
    EdgeLabel(EdgeId),
    NoteText(NoteId),
    GroupTitle(GroupId),
    FlowName,
    FlowDescription,
    FlowVariables,
    FlowWireType,
    FlowInputs,
    FlowOutputs,
    FlowMembers,
}

/// A keystroke.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Typing {
    pub(crate) place: TypingPlace,
    pub(crate) at_millis: f64,
}

impl Step {
    pub(crate) fn new(label: String, id: String, inverse: Vec<Op>) -> Self {
        Self {
            label,
            ids: vec![id],
            ops: inverse,
        }
    }
}

impl History {
    /// Remembers an edit. What had been taken back cannot be made again.
    pub(crate) fn push(&mut self, step: Step, typing: Option<Typing>) {
        self.redo.clear();
        let goes_on = match (&self.typing, &typing) {
            (Some(before), Some(now)) => {
                before.place == now.place
                    && (0.0..=TYPING_PAUSE_MILLIS).contains(&(now.at_millis - before.at_millis))
            }
            _ => false,
        };
        self.typing = typing;
        match self.undo.last_mut() {
            // What takes the first keystroke back takes all of them back.
            Some(last) if goes_on => last.ids.extend(step.ids),
            _ => push_bounded(&mut self.undo, step),
        }
    }

    /// The next keystroke is a step of its own.
    pub(crate) fn end_typing(&mut self) {
        self.typing = None;
    }

    /// The step to take back.
    pub(crate) fn pop_undo(&mut self) -> Option<Step> {
        self.end_typing();
        self.undo.pop()
    }

    /// The step to make again.
    pub(crate) fn pop_redo(&mut self) -> Option<Step> {
        self.end_typing();
        self.redo.pop()
    }

    /// A step was taken back; this makes it again.
    pub(crate) fn push_redo(&mut self, step: Step) {
        push_bounded(&mut self.redo, step);
    }

    /// A step was made again; this takes it back.
    pub(crate) fn push_redone(&mut self, step: Step) {
        push_bounded(&mut self.undo, step);
    }

    /// An edit was applied anew after somebody else's: it is now taken back in
    /// another way, which keeps theirs.
    pub(crate) fn rebase(&mut self, id: &str, inverse: Vec<Op>) {
        let newest_first = self.undo.iter_mut().rev().chain(self.redo.iter_mut().rev());
        for step in newest_first {
            if step.ids.first().is_some_and(|first| first == id) {
                step.ops = inverse;
                return;
            }
        }
    }

    /// An edit was not taken: there is nothing to take back.
    pub(crate) fn forget(&mut self, id: &str) {
        for steps in [&mut self.undo, &mut self.redo] {
            for step in steps.iter_mut() {
                step.ids.retain(|other| other != id);
            }
            steps.retain(|step| !step.ids.is_empty());
        }
    }

    pub(crate) fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|step| step.label.as_str())
    }

    pub(crate) fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|step| step.label.as_str())
    }
}

fn push_bounded(steps: &mut Vec<Step>, step: Step) {
    if steps.len() >= MAX_STEPS {
        steps.remove(0);
    }
    steps.push(step);
}
