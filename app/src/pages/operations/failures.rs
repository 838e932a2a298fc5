//! The calls that failed last.

use api::FailedCall;
use dom::prelude::*;

use super::feed::Feed;
use crate::components::RelativeTime;

#[component]
pub(super) fn FailuresTable(feed: Feed) -> impl IntoView {
    // Made anew only when there is another failure.
    let failures = Memo::new(move |_| {
        feed.with(|latest| latest.failures.clone())
            .unwrap_or_default()
    });
    let body = move || {
        failures.with(|failures| {
            if failures.is_empty() {
                return view! { <p class="operations__none">"No call has failed since the server was started."</p> };
            }
            view! {
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"When"</th>
                            <th scope="col">"Connection"</th>
                            <th scope="col">"Call"</th>
                            <th scope="col">"Why"</th>
                            <th scope="col">"Correlation id"</th>
                        </tr>
                    </thead>
                    <tbody>{failures.iter().map(row).collect_view()}</tbody>
                </table>
            }
        })
    };
    view! {
        <section class="operations__part" aria-labelledby="operations-failures">
            <h2 class="title-section" id="operations-failures">"Last failures"</h2>
            {body}
        </section>
    }
}

fn row(call: &FailedCall) -> View {
    let attempts = match call.attempts {
        0 | 1 => "1 attempt".to_owned(),
        more => format!("{more} attempts"),
    };
    view! {
        <tr>
            <td>
                <RelativeTime at=call.at.clone() />
            </td>
            <td>{call.connection.clone()}</td>
            <td class="mono operations__route">{call.method.clone()} " " {call.path.clone()}</td>
            <td>
                {reason(&call.code)}
                <span class="table__note">{attempts}</span>
            </td>
            <td class="mono operations__route">
                {call.correlation_id.clone().unwrap_or_else(|| "–".to_owned())}
            </td>
        </tr>
    }
}

/// A failure's code in words; one that this page does not know yet, as it is.
fn reason(code: &str) -> String {
    let words = match code {
        "genesys.credentials-refused" => "The credentials were refused.",
        "genesys.sign-in-unavailable" => "No token could be had.",
        "genesys.permission-missing" => "A permission is missing.",
        "genesys.not-found" => "It was not found.",
        "genesys.version-conflict" => "It was changed there meanwhile.",
        "genesys.already-exists" => "Its name is taken there.",
        "genesys.conflict" => "It did not fit with what is there.",
        "genesys.rejected" => "What was sent was refused.",
        "genesys.throttled" => "The rate limit was reached.",
        "genesys.unavailable" => "Genesys Cloud was not available.",
        "genesys.unanswered" => "No answer came in time.",
        "genesys.unknown-outcome" => "The answer was lost.",
        "genesys.unexpected-answer" => "The answer could not be read.",
        "genesys.secure-connection-failed" => "No secure connection came about.",
        "genesys.answer-too-large" => "The answer was too large.",
        other => other,
    };
    words.to_owned()
}
