//! Empties the outbox.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use ::webhooks::{CallError, InvalidSecret, Message};
use api::{DisabledReason, Outcome};
use store::{AfterAttempt, NewAudit, NextDelivery, StoreError};
use tokio::task::{Id, JoinError, JoinSet};

use super::{
    keys,
    verdict::{Ended, judge},
};
use crate::{app::App, audit, clock};

/// How long what was queued without a word can lie, at most.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// How long the outbox is left alone when the store does not take what came of
/// a call: what is sent again without end is worse than what is sent late.
const STORE_PAUSE: Duration = Duration::from_secs(5);
/// How long a stop waits for calls under way; they are repeated after it.
const GOODBYE: Duration = Duration::from_secs(3);
/// How long deliveries that have ended are kept, and how often the old ones
/// are removed.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);
const TIDY: Duration = Duration::from_secs(60 * 60);

/// Sends what is queued, until the server is to stop.
pub(crate) async fn send_all(app: App) {
    let mut workers = Workers::default();
    let mut tidied: Option<Instant> = None;
    loop {
        if tidied.is_none_or(|at| at.elapsed() >= TIDY) {
            tidied = Some(Instant::now());
            forget_old(&app).await;
        }
        let pause = match app.store.next_deliveries().await {
            Ok(next) => workers.begin(&app, next),
            Err(error) => {
                tracing::warn!(%error, "the outbox of webhooks cannot be read");
                STORE_PAUSE
            }
        };
        let webhooks = &app.webhooks;
        tokio::select! {
            () = app.life.stopping.cancelled() => break,
            () = webhooks.queued.notified() => {}
            () = webhooks.clock.sleep(pause.min(LOOK_AGAIN)) => {}
            Some(ended) = workers.calls.join_next_with_id() => workers.ended(ended),
        }
    }
    // What is not answered by then is sent again at the next start.
    let finishing = async { while workers.calls.join_next().await.is_some() {} };
    if tokio::time::timeout(GOODBYE, finishing).await.is_err() {
        tracing::info!("webhooks under way are sent again after the start");
    }
}

/// The calls under way: one per receiver at most.
#[derive(Default)]
struct Workers {
    calls: JoinSet<()>,
    receivers: HashMap<Id, String>,
}

impl Workers {
    /// Begins what is due and gives how long it is to the next.
    fn begin(&mut self, app: &App, next: Vec<NextDelivery>) -> Duration {
        let now = app.webhooks.now_millis();
        let mut pause = LOOK_AGAIN;
        for delivery in next {
            let id = &delivery.endpoint.id;
            if self.receivers.values().any(|busy| busy == id) {
                continue;
            }
            match u64::try_from(delivery.due_at_millis - now) {
                Ok(millis @ 1..) => pause = pause.min(Duration::from_millis(millis)),
                // Due.
                _ => {
                    let id = id.clone();
                    let call = self.calls.spawn(attempt(app.clone(), delivery));
                    self.receivers.insert(call.id(), id);
                }
            }
        }
        pause
    }

    fn ended(&mut self, ended: Result<(Id, ()), JoinError>) {
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => {
                tracing::error!(%error, "a webhook's call ended badly");
                error.id()
            }
        };
        self.receivers.remove(&id);
    }
}

/// Sends one message once and stores what came of it.
async fn attempt(app: App, delivery: NextDelivery) {
    let webhooks = &app.webhooks;
    let began_at_millis = webhooks.now_millis();
    let began = Instant::now();
    let called = call(&app, &delivery, began_at_millis).await;
    let took = began.elapsed();
    let ended = judge(&delivery, began_at_millis, took, called, &*webhooks.clock);
    let stored = app
        .store
        .finish_attempt(
            &delivery.endpoint.id,
            &delivery.message_id,
            &ended.attempt,
            &ended.after,
            entries(&delivery, &ended),
        )
        .await;
    match stored {
        Ok(_) => {}
        Err(StoreError::Unsure(error)) => {
            tracing::error!(%error, "the disk did not confirm a write");
            app.life.unsure.cancel();
        }
        Err(error) => {
            tracing::error!(%error, "what came of a webhook's call is not stored");
            // Holds the receiver's place meanwhile.
            webhooks.clock.sleep(STORE_PAUSE).await;
        }
    }
}

async fn call(
    app: &App,
    delivery: &NextDelivery,
    now_millis: i64,
) -> Result<::webhooks::Reply, CallError> {
    let webhooks = &app.webhooks;
    let secrets = keys::signing(app, &delivery.endpoint, now_millis);
    if secrets.is_empty() {
        return Err(InvalidSecret.into());
    }
    let url = &delivery.endpoint.url;
    if let (Some(sandbox), Some(path)) = (&webhooks.sandbox, webhooks.caller.path_at_stand_in(url))
    {
        // As an administrator would paste them there.
        let texts = secrets.iter().map(|secret| secret.text().clone());
        sandbox.trust_webhook_secrets(path, texts.collect());
    }
    let message = Message {
        id: &delivery.message_id,
        timestamp_seconds: now_millis.div_euclid(1000),
        body: &delivery.body,
    };
    webhooks.caller.call(url, &secrets, &message).await
}

/// What the audit log says of an attempt.
fn entries(delivery: &NextDelivery, ended: &Ended) -> Vec<NewAudit> {
    let (event, name) = (&delivery.event, &delivery.endpoint.name);
    let reason = ended.attempt.reason.as_deref().unwrap_or_default();
    let (outcome, detail) = match &ended.after {
        AfterAttempt::Delivered => (Outcome::Done, format!("Sent {event} to “{name}”.")),
        AfterAttempt::Again { at_millis, .. } => (
            Outcome::Failed,
            format!(
                "“{name}” did not take {event}. {reason} Again from {} on.",
                clock::rfc3339(*at_millis)
            ),
        ),
        AfterAttempt::GivenUp | AfterAttempt::Disabled(_) => (
            Outcome::Failed,
            format!("“{name}” did not take {event}, which was given up. {reason}"),
        ),
    };
    let sent = audit::entry("webhook.send", "system", outcome)
        .about(Some(delivery.message_id.clone()))
        .saying(detail);
    let mut entries = vec![sent.into()];
    if let AfterAttempt::Disabled(why) = ended.after {
        let because = match why {
            DisabledReason::Failing => "it had taken nothing for five days",
            DisabledReason::Gone | DisabledReason::ByHand => "it answered that it wants no more",
        };
        let disabled = audit::entry("webhook.disable", "system", Outcome::Done)
            .about(Some(delivery.endpoint.id.clone()))
            .saying(format!("Disabled the webhook “{name}”: {because}."));
        entries.push(disabled.into());
    }
    entries
}

async fn forget_old(app: &App) {
    let kept = i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX);
    let before = app.webhooks.now_millis().saturating_sub(kept);
    match app.store.forget_deliveries(before).await {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "old deliveries of webhooks were removed"),
        Err(error) => tracing::warn!(%error, "old deliveries of webhooks cannot be removed"),
    }
}
