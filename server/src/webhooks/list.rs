//! Listing receivers.

use api::{Webhook, WebhookDisabled};
use axum::{Json, extract::State};
use store::EndpointSummary;

use crate::{
    app::App,
    clock,
    http::{Problem, Result},
};

/// A receiver, as settings show it.
pub(super) fn shown(summary: EndpointSummary, now_millis: i64) -> Webhook {
    let row = summary.endpoint;
    let previous = row.keys.previous.map(|key| key.until_millis);
    Webhook {
        id: row.id,
        name: row.name,
        url: row.url,
        events: row.events,
        disabled: row.disabled.map(|disabled| WebhookDisabled {
            reason: disabled.reason,
            at: clock::rfc3339(disabled.at_millis),
        }),
        secret_set_at: clock::rfc3339(row.keys.set_at_millis),
        previous_secret_until: previous
            .filter(|until| now_millis < *until)
            .map(clock::rfc3339),
        failing_since: row.failing_since_millis.map(clock::rfc3339),
        created_by: row.created_by,
        waiting: summary.waiting,
        failed: summary.failed,
    }
}

/// The receiver of this id.
pub(super) async fn found(app: &App, id: &str) -> Result<EndpointSummary> {
    let endpoint = app.store.endpoint(id).await?;
    endpoint.ok_or_else(|| Problem::not_found("webhook"))
}

/// All receivers, by name. Secrets do not come out.
#[utoipa::path(get, path = "/api/webhooks", responses((status = 200, body = Vec<Webhook>)))]
pub(crate) async fn list_webhooks(State(app): State<App>) -> Result<Json<Vec<Webhook>>> {
    let now = app.webhooks.now_millis();
    let all = app.store.endpoints().await?.into_iter();
    Ok(Json(all.map(|summary| shown(summary, now)).collect()))
}
