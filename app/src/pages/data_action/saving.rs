//! Saving by itself, a moment after each edit. What is not saved is kept, said
//! and tried again; where somebody else saved meanwhile, both are brought
//! together.

use std::{sync::Arc, time::Duration};

use api::{OpenDataAction, SaveDataAction};
use dom::{ev, prelude::*};
use flow::data_action::{ActionPart, DataAction, merge};

use super::desk::ActionDesk;
use crate::{client::Failure, editor::debounce::Debounce};

/// How long after an edit it is saved.
const QUIET: Duration = Duration::from_millis(600);
/// How long after a save that did not come through it is tried again.
const AGAIN: Duration = Duration::from_secs(3);

/// How saving stands.
#[derive(Clone, Copy)]
pub(super) struct Saving {
    pub(super) state: RwSignal<SaveState>,
    /// What is on the server, as far as it is known.
    base: StoredValue<Arc<DataAction>>,
    /// Whether a save is on its way.
    sending: StoredValue<bool>,
    /// What both changed, with what the other made of it.
    pub(super) conflict: RwSignal<Option<Conflict>>,
}

/// How saving stands, for the bar.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum SaveState {
    /// Everything is on the server.
    Saved,
    /// It is about to be saved, or is being saved.
    Saving,
    /// The server did not answer; it is tried again.
    Kept,
    /// The server does not take it; the next edit tries again.
    Refused(Failure),
    /// Somebody else changed the same.
    Conflict,
    /// It was deleted here.
    Gone,
}

/// What both changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Conflict {
    /// What the other made of it.
    pub(super) theirs: OpenDataAction,
    /// The parts.
    pub(super) parts: Vec<ActionPart>,
}

impl Saving {
    pub(super) fn new(base: Arc<DataAction>) -> Self {
        Self {
            state: RwSignal::new(SaveState::Saved),
            base: StoredValue::new(base),
            sending: StoredValue::new(false),
            conflict: RwSignal::new(None),
        }
    }

    /// What is on the server is this now.
    pub(super) fn follow(self, base: Arc<DataAction>) {
        self.base.set_value(base);
    }

    /// What is on the server, as far as it is known.
    pub(super) fn base(self) -> Arc<DataAction> {
        self.base.get_value()
    }

    /// Whether something is nowhere but here. Reacts.
    pub(super) fn pending(self) -> usize {
        usize::from(self.state.with(|state| *state != SaveState::Saved))
    }

    /// Saves after each edit, and again when the network comes back.
    pub(super) fn keep(self, desk: ActionDesk) {
        let debounce = Debounce::new(QUIET);
        Effect::new(move |_| {
            let action = desk.action.get();
            let is_saved = self.base.with_value(|base| *base == action);
            let state = self.state.get_untracked();
            if is_saved {
                if !matches!(state, SaveState::Saved | SaveState::Gone) && !self.is_sending() {
                    self.state.set(SaveState::Saved);
                }
                return;
            }
            if matches!(state, SaveState::Conflict | SaveState::Gone) {
                return;
            }
            if state != SaveState::Kept {
                self.set(SaveState::Saving);
            }
            debounce.run(move || self.save(desk));
        });
        let online = window_event_listener(ev::online, move |_| self.try_again(desk));
        let again = set_interval_with_handle(move || self.try_again(desk), AGAIN);
        on_cleanup(move || {
            online.remove();
            if let Ok(again) = again {
                again.clear();
            }
        });
    }

    fn is_sending(self) -> bool {
        self.sending.try_get_value() != Some(false)
    }

    fn set(self, state: SaveState) {
        if self
            .state
            .try_get_untracked()
            .is_some_and(|before| before != state)
        {
            self.state.try_set(state);
        }
    }

    fn try_again(self, desk: ActionDesk) {
        if self.state.try_get_untracked() == Some(SaveState::Kept) {
            self.save(desk);
        }
    }

    fn save(self, desk: ActionDesk) {
        if self.is_sending() {
            // The answer that is awaited looks whether more is to be saved.
            return;
        }
        let Some(action) = desk.action.try_get_untracked() else {
            return;
        };
        let Some(revision) = desk.summary.try_with_untracked(|summary| summary.revision) else {
            return;
        };
        self.sending.set_value(true);
        spawn_local(async move {
            let id = desk.id.try_get_value().unwrap_or_default();
            let save = SaveDataAction {
                revision,
                action: (*action).clone(),
            };
            let answer = desk.client.save_data_action(&id, &save).await;
            self.sending.try_set_value(false);
            match answer {
                Ok(summary) => {
                    self.base.try_set_value(Arc::clone(&action));
                    desk.summary.try_set(summary);
                    self.saved_up_to(desk, &action);
                }
                Err(failure) if failure.is_status(409) => self.bring_together(desk, &id).await,
                Err(failure) if failure.is_status(404) => self.set(SaveState::Gone),
                Err(failure @ Failure::Refused { .. }) if !is_passing(&failure) => {
                    self.set(SaveState::Refused(failure));
                }
                Err(_) => self.set(SaveState::Kept),
            }
        });
    }

    /// What was saved may be behind what was typed meanwhile.
    fn saved_up_to(self, desk: ActionDesk, action: &Arc<DataAction>) {
        let now = desk.action.try_get_untracked();
        if now.as_ref().is_none_or(|now| now == action) {
            self.set(SaveState::Saved);
        } else {
            self.set(SaveState::Saving);
            self.save(desk);
        }
    }

    /// Somebody saved it meanwhile.
    async fn bring_together(self, desk: ActionDesk, id: &str) {
        let theirs = match desk.client.data_action(id).await {
            Ok(theirs) => theirs,
            Err(failure) if failure.is_status(404) => return self.set(SaveState::Gone),
            Err(_) => return self.set(SaveState::Kept),
        };
        let (Some(base), Some(ours)) = (self.base.try_get_value(), desk.action.try_get_untracked())
        else {
            return;
        };
        let merged = merge(&base, &ours, &theirs.action, &[]);
        if merged.conflicts.is_empty() {
            let said = format!(
                "{} changed {} meanwhile. Both changes are here.",
                theirs.summary.changed_by,
                listed(&merged.taken)
            );
            desk.toasts.warning(said);
            return self.go_on(desk, theirs, merged.action);
        }
        self.conflict.try_set(Some(Conflict {
            theirs,
            parts: merged.conflicts,
        }));
        self.set(SaveState::Conflict);
    }

    /// Ends a conflict: of what both changed, theirs stands in these parts.
    pub(super) fn settle(self, desk: ActionDesk, theirs_in: &[ActionPart]) {
        let Some(conflict) = self.conflict.get_untracked() else {
            return;
        };
        self.conflict.set(None);
        let (base, ours) = (self.base.get_value(), desk.action.get_untracked());
        let merged = merge(&base, &ours, &conflict.theirs.action, theirs_in);
        self.go_on(desk, conflict.theirs, merged.action);
    }

    /// Goes on with what came of merging, on top of what the other saved.
    fn go_on(self, desk: ActionDesk, theirs: OpenDataAction, merged: DataAction) {
        let merged = Arc::new(merged);
        let is_theirs = *merged == theirs.action;
        self.base.try_set_value(Arc::new(theirs.action));
        desk.summary.try_set(theirs.summary);
        self.set(if is_theirs {
            SaveState::Saved
        } else {
            SaveState::Saving
        });
        desk.action.try_set(merged);
    }
}

/// Whether the server may take it later: it is full or busy at the moment.
fn is_passing(failure: &Failure) -> bool {
    [429, 500, 502, 503, 504, 507]
        .into_iter()
        .any(|status| failure.is_status(status))
}

/// Parts as a sentence names them: "the name, the inputs and the script".
pub(super) fn listed(parts: &[ActionPart]) -> String {
    let titles: Vec<_> = parts.iter().map(|part| part.title()).collect();
    match titles.as_slice() {
        [] => "nothing else".to_owned(),
        [one] => (*one).to_owned(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

impl SaveState {
    /// What the bar says: the value of `data-state`, an icon, and the words.
    pub(super) fn said(&self) -> (&'static str, Option<&'static str>, String) {
        let (tone, icon, words) = match self {
            Self::Saved => ("saved", Some("check"), "Saved"),
            Self::Saving => ("saving", None, "Saving…"),
            Self::Kept => ("offline", Some("wifi-off"), "Offline, changes kept here"),
            Self::Refused(_) => ("error", Some("circle-alert"), "Not saved"),
            Self::Conflict => ("error", Some("circle-alert"), "Not saved: changed by two"),
            Self::Gone => ("error", Some("circle-alert"), "Not saved: deleted"),
        };
        (tone, icon, words.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use flow::data_action::ActionPart;

    use super::listed;

    #[test]
    fn parts_are_named_as_in_a_sentence() {
        for (parts, words) in [
            (&[ActionPart::Name][..], "the name"),
            (
                &[ActionPart::Name, ActionPart::Script],
                "the name and the script",
            ),
            (
                &[ActionPart::Inputs, ActionPart::Outputs, ActionPart::Rest],
                "the inputs, the outputs and further settings",
            ),
        ] {
            assert_eq!(listed(parts), words);
        }
    }
}
