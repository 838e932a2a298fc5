//! How each connection stands at this moment.

use api::{Breaker, ConnectionOperations};
use dom::prelude::*;

use super::{feed::Feed, numbers::count};
use crate::components::{Badge, Tone};

#[component]
pub(super) fn ConnectionsTable(feed: Feed) -> impl IntoView {
    let rows = move || {
        feed.with(|latest| latest.connections.iter().map(row).collect_view())
            .unwrap_or(View::Empty)
    };
    view! {
        <section class="operations__part" aria-labelledby="operations-connections">
            <h2 class="title-section" id="operations-connections">"Connections now"</h2>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Connection"</th>
                        <th scope="col">"Calls"</th>
                        <th scope="col" class="table__number">"Waiting"</th>
                        <th scope="col" class="table__number">"Left of the rate limit"</th>
                        <th scope="col" class="table__number">"Tokens asked for"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn row(connection: &ConnectionOperations) -> View {
    let (tone, words) = match (connection.breaker, connection.pause_millis) {
        (Breaker::Open, _) => (Tone::Danger, "Held back after failures".to_owned()),
        (Breaker::Probing, _) => (Tone::Warning, "One at a time, to try".to_owned()),
        (Breaker::Closed, Some(millis)) => {
            let seconds = millis.div_ceil(1_000);
            (Tone::Warning, format!("Wait {seconds} s, as Genesys asked"))
        }
        (Breaker::Closed, None) => (Tone::Success, "Let through".to_owned()),
    };
    let headroom = match connection.headroom {
        Some(headroom) => format!(
            "{} of {}",
            count(headroom.left.into()),
            count(headroom.allowed.into())
        ),
        None => "Not told".to_owned(),
    };
    view! {
        <tr>
            <th scope="row">{connection.name.clone()}</th>
            <td>
                <Badge tone dot=true>
                    {words}
                </Badge>
            </td>
            <td class="table__number">{count(connection.queued.into())}</td>
            <td class="table__number">{headroom}</td>
            <td class="table__number">{count(connection.token_requests)}</td>
        </tr>
    }
}
