//! A flow's state in a word.

use api::{FlowSummary, PublishState};
use leptos::prelude::*;

use crate::components::{Badge, Tone};

/// The colour, the word, and what more there is to say.
fn state(flow: &FlowSummary) -> (Tone, String, Option<String>) {
    let live = flow
        .upstream
        .as_ref()
        .and_then(|upstream| Some((upstream.published_version?, upstream.changed_since)));
    match (&flow.publish, live) {
        (Some(PublishState::Running), _) => (Tone::Info, "Publishing".to_owned(), None),
        (Some(PublishState::Failed { failure }), _) => (
            Tone::Danger,
            "Publish failed".to_owned(),
            Some(format!("{} {}", failure.sentence, failure.next_step)),
        ),
        (_, Some((version, true))) => {
            (Tone::Warning, format!("Changed since v{version}"), None)
        }
        (_, Some((version, false))) => (Tone::Success, format!("Published v{version}"), None),
        (_, None) => (Tone::Neutral, "Never published".to_owned(), None),
    }
}

/// A flow's state in a word; why a publish failed is told on hover.
#[component]
pub fn StateBadge(flow: FlowSummary) -> impl IntoView {
    let (tone, word, more) = state(&flow);
    view! {
        <Badge tone dot=true attr:title=more>
            {word}
        </Badge>
    }
}
