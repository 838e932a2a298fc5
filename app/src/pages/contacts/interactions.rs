//! The interactions with a contact.

use api::{Interaction, InteractionState};
use dom::prelude::*;

use super::contact::channel_name;
use crate::components::{Badge, RelativeTime, Tone};

#[component]
pub fn Interactions(interactions: Vec<Interaction>) -> impl IntoView {
    let body = if interactions.is_empty() {
        view! { <p class="text-muted">"None was started yet."</p> }
    } else {
        let rows = interactions.into_iter().map(row).collect_view();
        view! { <ul class="interactions">{rows}</ul> }
    };
    view! {
        <section class="card" aria-label="Interactions">
            <header class="card__head">
                <h2 class="card__title">"Interactions"</h2>
            </header>
            {body}
        </section>
    }
}

fn row(interaction: Interaction) -> View {
    let (tone, word) = match interaction.state {
        InteractionState::Starting => (Tone::Info, "Starting"),
        InteractionState::Started => (Tone::Success, "Started"),
        InteractionState::Failed => (Tone::Danger, "Failed"),
        InteractionState::Unknown => (Tone::Warning, "Unknown"),
    };
    let latency = interaction
        .latency_ms
        .map(|millis| format!(" in {millis} ms"));
    view! {
        <li class="interactions__row">
            <span class="text-strong">{channel_name(interaction.channel)}</span>
            <Badge tone dot=true>
                {word}
            </Badge>
            <span class="text-muted text-small">
                <RelativeTime at=interaction.started_at />
                " by "
                {interaction.started_by}
                {latency}
            </span>
            {interaction
                .conversation_id
                .map(|id| view! { <span class="mono text-small">{id}</span> })}
            {interaction
                .notice
                .map(|notice| {
                    view! { <p class="interactions__notice">{notice.sentence}" "{notice.next_step}</p> }
                })}
        </li>
    }
}
