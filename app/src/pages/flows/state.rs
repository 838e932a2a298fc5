//! A flow's state in a word.

use api::{FlowSummary, PublishState};
use dom::prelude::*;

use crate::{
    components::{Badge, Tone},
    live_state::live_state,
};

/// The colour, the word, and what more there is to say.
fn state(flow: &FlowSummary) -> (Tone, String, Option<String>) {
    match &flow.publish {
        Some(PublishState::Running) => (Tone::Info, "Publishing".to_owned(), None),
        Some(PublishState::Failed { failure }) => (
            Tone::Danger,
            "Publish failed".to_owned(),
            Some(format!("{} {}", failure.sentence, failure.next_step)),
        ),
        _ => {
            let (tone, word) = live_state(flow.upstream.as_ref());
            (tone, word, None)
        }
    }
}

/// A flow's state in a word; why a publish failed is told on hover.
#[component]
pub fn StateBadge(flow: FlowSummary) -> impl IntoView {
    let (tone, word, more) = state(&flow);
    // What failed says nothing of what is live.
    let live = more.is_some().then(|| live_state(flow.upstream.as_ref()));
    let live = live.map(|(tone, word)| view! { <Badge tone>{word}</Badge> });
    view! {
        <span class="badges">
            <Badge tone dot=true attr:title=more>
                {word}
            </Badge>
            {live}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use api::{Failure, Upstream};

    use super::*;

    fn flow(live: Option<(u64, bool)>, publish: Option<PublishState>) -> FlowSummary {
        FlowSummary {
            kind: flow::FlowKind::Lookup,
            id: "f".to_owned(),
            name: "Flow".to_owned(),
            nodes: 2,
            changed_at: String::new(),
            changed_by: String::new(),
            upstream: live.map(|(version, changed_since)| Upstream {
                id: "u".to_owned(),
                version,
                published_version: Some(version),
                published_at: None,
                changed_since,
            }),
            publish,
        }
    }

    #[test]
    fn what_is_under_way_or_failed_is_said_before_what_is_live() {
        let failed = PublishState::Failed {
            failure: Failure {
                code: "credentials-refused".to_owned(),
                sentence: "Genesys refused our credentials.".to_owned(),
                next_step: "Renew them.".to_owned(),
                correlation_id: None,
                problems: Vec::new(),
            },
        };
        for (live, publish, expected) in [
            (None, None, "Never published"),
            (Some((2, false)), None, "Published v2"),
            (Some((2, true)), None, "Changed since v2"),
            (None, Some(PublishState::Running), "Publishing"),
            (Some((2, true)), Some(PublishState::Running), "Publishing"),
            (Some((2, false)), Some(failed), "Publish failed"),
        ] {
            let (_, word, _) = state(&flow(live, publish));
            assert_eq!(word, expected);
        }
    }
}
