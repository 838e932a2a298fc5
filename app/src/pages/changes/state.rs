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
        BatchItemState::Cancelled => (Tone::Warning, "Left out".to_owned()),
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
        _ => None,
    }
}

/// How many of these are over.
pub(super) fn done(items: &[BatchItem]) -> usize {
    items.iter().filter(|item| item.state.is_over()).count()
}

/// How many can be tried again.
pub(super) fn not_done(items: &[BatchItem]) -> usize {
    let items = items.iter();
    items.filter(|item| item.state.can_be_retried()).count()
}
