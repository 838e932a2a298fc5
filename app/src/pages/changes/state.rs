//! How a flow of a batch stands, in a word and in a sentence.

use api::{BatchItem, BatchItemState};

use crate::components::Tone;

/// The colour and the word.
pub(super) fn word(state: &BatchItemState) -> (Tone, String) {
    match state {
        BatchItemState::Waiting => (Tone::Neutral, "Waiting".to_owned()),
        BatchItemState::Changing => (Tone::Info, "Changing".to_owned()),
        BatchItemState::Publishing { .. } => (Tone::Info, "Publishing".to_owned()),
        BatchItemState::Changed => (Tone::Success, "Changed here".to_owned()),
        BatchItemState::Published { version } => (Tone::Success, format!("Published v{version}")),
        BatchItemState::Nothing { .. } => (Tone::Neutral, "Nothing to change".to_owned()),
        BatchItemState::Failed { .. } => (Tone::Danger, "Failed".to_owned()),
        BatchItemState::Cancelled => (Tone::Warning, "Stopped before".to_owned()),
        BatchItemState::LeftOut { .. } => (Tone::Neutral, "Left out".to_owned()),
    }
}

/// What there is to say beyond the word: what happened, and what to do.
pub(super) fn sentence(item: &BatchItem) -> Option<String> {
    match &item.state {
        BatchItemState::Nothing { sentence } => Some(sentence.clone()),
        BatchItemState::Failed {
            sentence,
            next_step,
        } => Some(format!("{sentence} {next_step}")),
        BatchItemState::Changed => Some("It is changed here, and not published yet.".to_owned()),
        BatchItemState::Cancelled if item.is_changed => {
            Some("It was changed here, and the change is not live.".to_owned())
        }
        BatchItemState::Cancelled => Some("It is as it was.".to_owned()),
        BatchItemState::LeftOut { .. } => {
            Some("It was left out in the preview, and is as it was.".to_owned())
        }
        _ => None,
    }
}

/// How the flows of a batch stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// Those that are changed.
    pub(super) all: usize,
    /// Those of them that are over.
    pub(super) done: usize,
    /// Those of them that can be tried again.
    pub(super) not_done: usize,
    /// Those that were left out in the preview.
    pub(super) left_out: usize,
}

impl Standing {
    pub(super) fn of(items: &[BatchItem]) -> Self {
        let count = |is: fn(&BatchItemState) -> bool| {
            let items = items.iter();
            items.filter(|item| is(&item.state)).count()
        };
        let left_out = count(|state| matches!(state, BatchItemState::LeftOut { .. }));
        Self {
            all: items.len() - left_out,
            done: count(BatchItemState::is_over) - left_out,
            not_done: count(BatchItemState::can_be_retried),
            left_out,
        }
    }
}
