//! What is live of a flow, in a word.

use api::Upstream;

use crate::components::Tone;

/// The colour and the word for what is live.
pub(crate) fn live_state(upstream: Option<&Upstream>) -> (Tone, String) {
    let live = upstream.and_then(|it| Some((it.published_version?, it.changed_since)));
    match live {
        Some((version, true)) => (Tone::Warning, format!("Changed since v{version}")),
        Some((version, false)) => (Tone::Success, format!("Published v{version}")),
        None => (Tone::Neutral, "Never published".to_owned()),
    }
}
