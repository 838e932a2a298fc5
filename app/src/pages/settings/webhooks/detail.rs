//! One delivery: what was sent, and every attempt.

use api::{WebhookAttempt, WebhookDeliveryDetail};
use dom::prelude::*;

use crate::{
    client::{Client, Failure},
    components::{ErrorState, Spinner, exact},
    session::loaded,
};

#[component]
pub(super) fn Detail(webhook: String, delivery: String) -> impl IntoView {
    let client = expect_context::<Client>();
    let ids = StoredValue::new((webhook, delivery));
    let detail = loaded(move || {
        let (webhook, delivery) = ids.get_value();
        async move { client.delivery(&webhook, &delivery).await }
    });
    move || match detail.get() {
        None | Some(Err(Failure::SessionEnded)) => {
            view! { <Spinner label="The delivery is being loaded" /> }.into_any()
        }
        Some(Err(failure)) => view! {
            <ErrorState
                failure
                title="The delivery could not be loaded"
                compact=true
                retry=move |()| detail.refetch()
            />
        }
        .into_any(),
        Some(Ok(detail)) => view! { <Told detail /> }.into_any(),
    }
}

#[component]
fn Told(detail: WebhookDeliveryDetail) -> impl IntoView {
    view! {
        <div class="delivery">
            <dl class="facts">
                <dt>"webhook-id"</dt>
                <dd class="mono">{detail.delivery.id}</dd>
            </dl>
            <h3 class="delivery__title">"Sent"</h3>
            <pre class="delivery__text">{detail.body}</pre>
            <h3 class="delivery__title">"Attempts"</h3>
            {if detail.attempts.is_empty() {
                view! { <p class="text-muted">"None yet."</p> }.into_any()
            } else {
                view! {
                    <ol class="delivery__attempts" reversed=true>
                        {detail
                            .attempts
                            .into_iter()
                            .map(|attempt| view! { <Attempt attempt /> })
                            .collect_view()}
                    </ol>
                }
                .into_any()
            }}
        </div>
    }
}

#[component]
fn Attempt(attempt: WebhookAttempt) -> impl IntoView {
    let status = match attempt.status {
        Some(status) => format!("answered {status}"),
        None => "no answer".to_owned(),
    };
    view! {
        <li>
            <p>
                {format!(
                    "{}: {status} after {} ms. ",
                    exact(&attempt.at),
                    attempt.duration_millis,
                )}
                {attempt.reason}
            </p>
            {(!attempt.body_preview.is_empty())
                .then(|| view! { <pre class="delivery__text">{attempt.body_preview}</pre> })}
        </li>
    }
}
