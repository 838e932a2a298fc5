//! Adding, changing and removing receivers.

use ::webhooks::Secret;
use api::{
    DisabledReason, Outcome, WEBHOOK_EVENTS, Webhook, WebhookDraft, WebhookSwitch,
    WebhookWithSecret,
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use secrecy::ExposeSecret;
use store::{Disabled, EndpointRow, EndpointSummary, StoreError};

use super::{
    keys,
    list::{found, shown},
};
use crate::{
    accounts::Actor,
    app::App,
    audit,
    http::{Body, Problem, Result},
    random,
};

const LONGEST_NAME: usize = 100;
/// Each event is sent to each of them, and each has a place of its own.
const MOST_WEBHOOKS: usize = 50;
const MOST_EVENTS: usize = 50;

/// Adds a receiver. The answer holds its secret, which is not shown again.
#[utoipa::path(post, path = "/api/webhooks", request_body = WebhookDraft,
    responses((status = 201, body = WebhookWithSecret), (status = 409), (status = 422)))]
pub(crate) async fn add_webhook(
    State(app): State<App>,
    actor: Actor,
    Body(draft): Body<WebhookDraft>,
) -> Result<(StatusCode, Json<WebhookWithSecret>)> {
    let draft = checked(&app, draft).await?;
    if app.store.endpoints().await?.len() >= MOST_WEBHOOKS {
        return Err(Problem::conflict(
            "too-many-webhooks",
            format!("There are {MOST_WEBHOOKS} webhooks already."),
        )
        .next("Delete one that is no longer needed."));
    }
    let (id, now) = (random::id(), app.webhooks.now_millis());
    let (secret, keys) = keys::renewed(&app, &id, None, now)?;
    let endpoint = EndpointRow {
        id,
        name: draft.name,
        url: draft.url,
        events: draft.events,
        disabled: None,
        keys,
        failing_since_millis: None,
        paused_until_millis: None,
        created_by: actor.account.name.clone(),
        created_at_millis: now,
    };
    let entry = audit::entry("webhook.add", &actor.account.name, Outcome::Done)
        .about(Some(endpoint.id.clone()))
        .saying(format!(
            "Added the webhook “{}” to {}.",
            endpoint.name,
            without_query(&endpoint.url)
        ));
    app.store
        .add_endpoint(&endpoint, entry.into())
        .await
        .map_err(taken)?;
    let summary = EndpointSummary {
        endpoint,
        waiting: 0,
        failed: 0,
    };
    let answer = with_secret(shown(summary, now), &secret);
    Ok((StatusCode::CREATED, Json(answer)))
}

/// Changes name, address and events of a receiver.
#[utoipa::path(put, path = "/api/webhooks/{webhook}", request_body = WebhookDraft,
    params(("webhook" = String, Path)),
    responses((status = 200, body = Webhook), (status = 404), (status = 422)))]
pub(crate) async fn change_webhook(
    State(app): State<App>,
    Path(webhook): Path<String>,
    actor: Actor,
    Body(draft): Body<WebhookDraft>,
) -> Result<Json<Webhook>> {
    found(&app, &webhook).await?;
    let draft = checked(&app, draft).await?;
    let entry = audit::entry("webhook.change", &actor.account.name, Outcome::Done)
        .about(Some(webhook.clone()))
        .saying(format!(
            "Changed the webhook “{}” to {}.",
            draft.name,
            without_query(&draft.url)
        ));
    let changed = app
        .store
        .change_endpoint(
            &webhook,
            &draft.name,
            &draft.url,
            &draft.events,
            entry.into(),
        )
        .await
        .map_err(taken)?;
    answer(&app, &webhook, changed).await
}

/// Enables or disables a receiver. What waits for one that is disabled is given
/// up, to be replayed.
#[utoipa::path(put, path = "/api/webhooks/{webhook}/switch", request_body = WebhookSwitch,
    params(("webhook" = String, Path)),
    responses((status = 200, body = Webhook), (status = 404)))]
pub(crate) async fn switch_webhook(
    State(app): State<App>,
    Path(webhook): Path<String>,
    actor: Actor,
    Body(switch): Body<WebhookSwitch>,
) -> Result<Json<Webhook>> {
    let endpoint = found(&app, &webhook).await?.endpoint;
    if endpoint.disabled.is_none() == switch.enabled {
        return answer(&app, &webhook, true).await;
    }
    let (action, word) = if switch.enabled {
        ("webhook.enable", "Enabled")
    } else {
        ("webhook.disable", "Disabled")
    };
    let disabled = (!switch.enabled).then(|| Disabled {
        reason: DisabledReason::ByHand,
        at_millis: app.webhooks.now_millis(),
    });
    let entry = audit::entry(action, &actor.account.name, Outcome::Done)
        .about(Some(webhook.clone()))
        .saying(format!("{word} the webhook “{}”.", endpoint.name));
    let switched = app
        .store
        .switch_endpoint(&webhook, disabled, entry.into())
        .await?;
    answer(&app, &webhook, switched).await
}

/// Makes a new secret. The one before signs too for a day, the one before that
/// no longer.
#[utoipa::path(post, path = "/api/webhooks/{webhook}/secret",
    params(("webhook" = String, Path)),
    responses((status = 200, body = WebhookWithSecret), (status = 404)))]
pub(crate) async fn rotate_secret(
    State(app): State<App>,
    Path(webhook): Path<String>,
    actor: Actor,
) -> Result<Json<WebhookWithSecret>> {
    let endpoint = found(&app, &webhook).await?.endpoint;
    let now = app.webhooks.now_millis();
    let (secret, keys) = keys::renewed(&app, &webhook, Some(&endpoint.keys), now)?;
    let entry = audit::entry("webhook.rotate", &actor.account.name, Outcome::Done)
        .about(Some(webhook.clone()))
        .saying(format!(
            "Made a new signing secret for the webhook “{}”.",
            endpoint.name
        ));
    let set = app
        .store
        .set_endpoint_keys(&webhook, &keys, entry.into())
        .await?;
    let Json(webhook) = answer(&app, &webhook, set).await?;
    Ok(Json(with_secret(webhook, &secret)))
}

/// Removes a receiver with its deliveries.
#[utoipa::path(delete, path = "/api/webhooks/{webhook}", params(("webhook" = String, Path)),
    responses((status = 204), (status = 404)))]
pub(crate) async fn delete_webhook(
    State(app): State<App>,
    Path(webhook): Path<String>,
    actor: Actor,
) -> Result<StatusCode> {
    let endpoint = found(&app, &webhook).await?.endpoint;
    let entry = audit::entry("webhook.delete", &actor.account.name, Outcome::Done)
        .about(Some(webhook.clone()))
        .saying(format!(
            "Deleted the webhook “{}” to {}.",
            endpoint.name,
            without_query(&endpoint.url)
        ));
    if !app.store.delete_endpoint(&webhook, entry.into()).await? {
        return Err(Problem::not_found("webhook"));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The receiver as it is after a change, if it was there to be changed.
async fn answer(app: &App, id: &str, changed: bool) -> Result<Json<Webhook>> {
    if !changed {
        return Err(Problem::not_found("webhook"));
    }
    // What was queued meanwhile is due.
    app.webhooks.wake();
    let summary = found(app, id).await?;
    Ok(Json(shown(summary, app.webhooks.now_millis())))
}

fn with_secret(webhook: Webhook, secret: &Secret) -> WebhookWithSecret {
    WebhookWithSecret {
        webhook,
        secret: secret.text().expose_secret().to_owned(),
    }
}

/// A draft that is as it must be.
async fn checked(app: &App, draft: WebhookDraft) -> Result<WebhookDraft> {
    let name = draft.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(Problem::field("/name", "A name has 1 to 100 characters."));
    }
    if draft.events.len() > MOST_EVENTS {
        return Err(Problem::field("/events", "At most 50 events can be named."));
    }
    let names = WEBHOOK_EVENTS.map(|(name, _)| name);
    let mut events: Vec<String> = Vec::new();
    for (index, event) in draft.events.into_iter().enumerate() {
        if !names.contains(&event.as_str()) {
            return Err(Problem::field(
                &format!("/events/{index}"),
                &format!(
                    "There is no event “{event}”. There are: {}.",
                    names.join(", ")
                ),
            ));
        }
        if !events.contains(&event) {
            events.push(event);
        }
    }
    let url = draft.url.trim().to_owned();
    app.webhooks
        .caller
        .examine(&url)
        .await
        .map_err(|error| Problem::field("/url", &error.to_string()))?;
    Ok(WebhookDraft { name, url, events })
}

/// The address as the log shows it: what follows a question mark may be a
/// secret of the receiver's.
fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

fn taken(error: StoreError) -> Problem {
    match error {
        StoreError::Taken(_) => Problem::field("/name", "Another webhook has this name."),
        error => error.into(),
    }
}
