//! The delivery log, and sending by hand: a test, and what was given up.

use api::{
    DeliveryState, Outcome, Replayed, WebhookAttempt, WebhookDelivery, WebhookDeliveryDetail,
};
use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
};
use serde::Deserialize;
use serde_json::json;
use store::{AttemptRow, DeliveryRow, NewEvent};

use super::list::found;
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    http::{Problem, Result},
    random,
};

/// Deliveries of one page.
const PAGE: u32 = 50;
/// The event that shows whether a receiver works.
const TEST_EVENT: &str = "webhook_test";

/// Which deliveries to show.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    /// Those in this state; all without it.
    state: Option<DeliveryState>,
    /// Those before this one; the latest without it.
    before: Option<u64>,
}

/// The deliveries to a receiver, the latest first.
#[utoipa::path(get, path = "/api/webhooks/{webhook}/deliveries",
    params(("webhook" = String, Path), ("state" = Option<DeliveryState>, Query),
        ("before" = Option<u64>, Query, description = "Deliveries before this number")),
    responses((status = 200, body = Vec<WebhookDelivery>), (status = 404)))]
pub(crate) async fn list_deliveries(
    State(app): State<App>,
    Path(webhook): Path<String>,
    Query(page): Query<Page>,
) -> Result<Json<Vec<WebhookDelivery>>> {
    found(&app, &webhook).await?;
    let rows = app
        .store
        .deliveries(&webhook, page.state, page.before, PAGE)
        .await?;
    Ok(Json(rows.into_iter().map(shown).collect()))
}

/// One delivery with what is sent and every attempt.
#[utoipa::path(get, path = "/api/webhooks/{webhook}/deliveries/{delivery}",
    params(("webhook" = String, Path), ("delivery" = String, Path)),
    responses((status = 200, body = WebhookDeliveryDetail), (status = 404)))]
pub(crate) async fn show_delivery(
    State(app): State<App>,
    Path((webhook, delivery)): Path<(String, String)>,
) -> Result<Json<WebhookDeliveryDetail>> {
    let stored = app.store.delivery(&webhook, &delivery).await?;
    let (row, attempts) = stored.ok_or_else(|| Problem::not_found("delivery"))?;
    Ok(Json(WebhookDeliveryDetail {
        body: row.body.clone(),
        delivery: shown(row),
        attempts: attempts.into_iter().map(attempt).collect(),
    }))
}

/// Queues an event for this receiver alone, whatever events it gets.
#[utoipa::path(post, path = "/api/webhooks/{webhook}/test", params(("webhook" = String, Path)),
    responses((status = 202, body = WebhookDelivery), (status = 404), (status = 409)))]
pub(crate) async fn test_webhook(
    State(app): State<App>,
    Path(webhook): Path<String>,
    actor: Actor,
) -> Result<(StatusCode, Json<WebhookDelivery>)> {
    let endpoint = found(&app, &webhook).await?.endpoint;
    let (id, now) = (random::id(), app.webhooks.now_millis());
    let body = json!({
        "event": TEST_EVENT,
        "webhook": endpoint.name,
        "timestamp": clock::rfc3339(now),
    });
    let event = NewEvent {
        // On nothing but itself: it follows no other test that waits.
        object: id.clone(),
        id,
        event: TEST_EVENT.to_owned(),
        body: body.to_string(),
        at_millis: now,
    };
    let queued = app
        .store
        .queue_event_for(&webhook, &event, &actor.account.name)
        .await?;
    if !queued {
        return Err(disabled());
    }
    app.webhooks.wake();
    let stored = app.store.delivery(&webhook, &event.id).await?;
    let (row, _) = stored.ok_or_else(|| Problem::not_found("webhook"))?;
    Ok((StatusCode::ACCEPTED, Json(shown(row))))
}

/// Sends a delivery again, now and from then on as if it were new.
#[utoipa::path(post, path = "/api/webhooks/{webhook}/deliveries/{delivery}/replay",
    params(("webhook" = String, Path), ("delivery" = String, Path)),
    responses((status = 202, body = WebhookDelivery), (status = 404), (status = 409)))]
pub(crate) async fn replay_delivery(
    State(app): State<App>,
    Path((webhook, delivery)): Path<(String, String)>,
    actor: Actor,
) -> Result<(StatusCode, Json<WebhookDelivery>)> {
    if replay(&app, &webhook, Some(&delivery), &actor).await? == 0 {
        return Err(Problem::not_found("delivery"));
    }
    let stored = app.store.delivery(&webhook, &delivery).await?;
    let (row, _) = stored.ok_or_else(|| Problem::not_found("delivery"))?;
    Ok((StatusCode::ACCEPTED, Json(shown(row))))
}

/// Sends all deliveries again that were given up.
#[utoipa::path(post, path = "/api/webhooks/{webhook}/replay", params(("webhook" = String, Path)),
    responses((status = 202, body = Replayed), (status = 404), (status = 409)))]
pub(crate) async fn replay_failed(
    State(app): State<App>,
    Path(webhook): Path<String>,
    actor: Actor,
) -> Result<(StatusCode, Json<Replayed>)> {
    let deliveries = replay(&app, &webhook, None, &actor).await?;
    Ok((StatusCode::ACCEPTED, Json(Replayed { deliveries })))
}

async fn replay(app: &App, webhook: &str, delivery: Option<&str>, actor: &Actor) -> Result<u64> {
    let endpoint = found(app, webhook).await?.endpoint;
    if endpoint.disabled.is_some() {
        return Err(disabled());
    }
    let what = delivery.map_or("everything that was given up", |_| "a delivery");
    let entry = audit::entry("webhook.replay", &actor.account.name, Outcome::Done)
        .about(Some(delivery.unwrap_or(webhook).to_owned()))
        .saying(format!("Sent {what} again to “{}”.", endpoint.name));
    let now = app.webhooks.now_millis();
    let replayed = app
        .store
        .replay_deliveries(webhook, delivery, now, entry.into())
        .await?;
    app.webhooks.wake();
    Ok(replayed)
}

fn disabled() -> Problem {
    Problem::conflict("webhook-disabled", "This webhook is disabled.").next("Enable it first.")
}

fn shown(row: DeliveryRow) -> WebhookDelivery {
    let waits = row.state == DeliveryState::Waiting;
    WebhookDelivery {
        id: row.message_id,
        seq: row.seq,
        event: row.event,
        object: row.object,
        state: row.state,
        queued_at: clock::rfc3339(row.queued_at_millis),
        next_attempt_at: waits.then(|| clock::rfc3339(row.next_attempt_at_millis)),
        attempts: row.latest.as_ref().map_or(0, |latest| latest.number),
        latest: row.latest.map(attempt),
    }
}

fn attempt(row: AttemptRow) -> WebhookAttempt {
    WebhookAttempt {
        number: row.number,
        at: clock::rfc3339(row.attempt.at_millis),
        duration_millis: row.attempt.duration_millis,
        status: row.attempt.status,
        reason: row.attempt.reason,
        body_preview: row.attempt.body_preview,
    }
}
