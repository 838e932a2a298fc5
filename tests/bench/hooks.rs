//! What receivers of webhooks wait for when another one hangs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use api::{WebhookDelivery, WebhookDraft, WebhookWithSecret};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use tests::{Person, Result, Setup, bail};
use tokio::net::TcpListener;
use tokio::time::sleep;

use crate::Figure;

/// Receivers that answer.
const RECEIVERS: usize = 5;
/// Messages to each of them.
const MESSAGES: usize = 100;
/// Messages to the one that does not.
const STUCK: usize = 20;
const PATIENCE: Duration = Duration::from_secs(30);

/// When each message arrived, by its id.
type Arrived = Arc<Mutex<HashMap<String, Instant>>>;

/// The delay from queueing a message to its arrival, with
/// every receiver well and with one that hangs, and the ratio of both.
pub(crate) async fn measure() -> Result<Vec<Figure>> {
    let arrived = Arrived::default();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    let router = Router::new()
        .route("/hooks/{name}", post(receive))
        .with_state(arrived.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let server = Setup::default()
        .environment("PATCHBAY_SANDBOX_HOOKS", address)
        .start()
        .await?;
    let ada = Person::demonstration(&server).await?;
    let mut receivers = Vec::new();
    for number in 0..RECEIVERS {
        receivers.push(webhook(&ada, &format!("well-{number}")).await?);
    }
    let well = delays(&ada, &receivers, &arrived).await?;
    let stuck = webhook(&ada, "stuck").await?;
    for _ in 0..STUCK {
        queue(&ada, &stuck).await?;
    }
    let beside = delays(&ada, &receivers, &arrived).await?;

    let mut figures = Vec::new();
    for share in [50, 99] {
        let (without, with) = (at(&well, share), at(&beside, share));
        figures.extend([
            Figure::new(format!("a webhook's delay: p{share}"), without, "ms"),
            Figure::new(format!("beside one that hangs: p{share}"), with, "ms"),
            Figure::new(format!("ratio of both: p{share}"), with / without, "times"),
        ]);
    }
    Ok(figures)
}

/// Takes a message; the one that is stuck keeps its caller waiting.
async fn receive(
    State(arrived): State<Arrived>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> StatusCode {
    if name == "stuck" {
        std::future::pending::<()>().await;
    }
    let id = headers.get("webhook-id").and_then(|id| id.to_str().ok());
    let Some(id) = id else {
        return StatusCode::BAD_REQUEST;
    };
    let mut arrived = arrived.lock().unwrap_or_else(PoisonError::into_inner);
    arrived.insert(id.to_owned(), Instant::now());
    StatusCode::OK
}

async fn webhook(person: &Person, name: &str) -> Result<String> {
    let draft = WebhookDraft {
        name: name.to_owned(),
        url: format!("https://hooks.sandbox.invalid/{name}"),
        events: Vec::new(),
    };
    let made: WebhookWithSecret = person.post("/api/webhooks", &draft).await?;
    Ok(made.webhook.id)
}

async fn queue(person: &Person, webhook: &str) -> Result<String> {
    let path = format!("/api/webhooks/{webhook}/test");
    let delivery: WebhookDelivery = person.post(&path, &()).await?;
    Ok(delivery.id)
}

/// How long messages took to arrive after they were queued, in milliseconds,
/// sorted; they are queued one after the other, to one receiver after the other.
async fn delays(person: &Person, receivers: &[String], arrived: &Arrived) -> Result<Vec<f64>> {
    let mut delays = Vec::new();
    for _ in 0..MESSAGES {
        for receiver in receivers {
            let begun = Instant::now();
            let id = queue(person, receiver).await?;
            let at = loop {
                let there = {
                    let arrived = arrived.lock().unwrap_or_else(PoisonError::into_inner);
                    arrived.get(&id).copied()
                };
                if let Some(at) = there {
                    break at;
                }
                if begun.elapsed() > PATIENCE {
                    bail!("message {id} did not arrive");
                }
                sleep(Duration::from_millis(1)).await;
            };
            delays.push(at.duration_since(begun).as_secs_f64() * 1000.0);
        }
    }
    delays.sort_by(f64::total_cmp);
    Ok(delays)
}

/// The delay that this share of the messages, in percent, did not exceed.
fn at(sorted: &[f64], share: usize) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * share / 100).copied().unwrap_or(f64::NAN)
}
