//! kill -9 while webhooks are sent: what was acknowledged as queued arrives,
//! under the same id however often.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use api::{DeliveryState, Webhook, WebhookDelivery, WebhookDraft, WebhookWithSecret};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use fastrand::Rng;
use tests::{Context, Person, Result, Setup, ensure, eventually, find_no_secret};
use tokio::net::TcpListener;
use tokio::time::sleep;

use crate::designer::{rounds, seed};

/// How often the server is killed; `PATCHBAY_WEBHOOK_KILLS` sets it, 50 for the
/// whole.
const KILLS: usize = 10;
/// Deliveries between two kills.
const EACH: usize = 20;
/// From the last acknowledgement of a round to the kill.
const LIFE_MILLIS: std::ops::RangeInclusive<u64> = 0..=40;
/// Of a hundred calls of the receiver so many fail.
const FAILING: u32 = 30;
/// How fast the server’s clock runs: the longest pause is over in seconds.
const CLOCK_FACTOR: &str = "10000";

/// What a receiver got: for each id the body, and how often it was taken.
#[derive(Default)]
struct Received {
    taken: HashMap<String, (Bytes, usize)>,
    calls: usize,
    broken: Vec<String>,
}

struct Receiver {
    received: Mutex<Received>,
    random: Mutex<Rng>,
}

impl Receiver {
    /// Listens in the test's process, which no kill reaches.
    async fn listen(seed: u64) -> Result<(Arc<Self>, String)> {
        let receiver = Arc::new(Self {
            received: Mutex::default(),
            random: Mutex::new(Rng::with_seed(seed)),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let router = Router::new()
            .route("/hooks/{*path}", post(receive))
            .with_state(Arc::clone(&receiver));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok((receiver, address))
    }

    fn received<T>(&self, look: impl FnOnce(&mut Received) -> T) -> T {
        look(&mut self.received.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Takes a message, or fails by chance: before it has it or after.
async fn receive(
    State(receiver): State<Arc<Receiver>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let (fails, pause) = {
        let mut random = receiver
            .random
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        (random.u32(0..100) < FAILING, random.u64(0..4))
    };
    // Some kills meet the call on its way.
    sleep(Duration::from_millis(pause)).await;
    receiver.received(|received| {
        received.calls += 1;
        let id = headers.get("webhook-id").and_then(|id| id.to_str().ok());
        let signed = headers.contains_key("webhook-signature");
        let Some(id) = id.filter(|_| signed) else {
            received
                .broken
                .push("a call without id or signature".to_owned());
            return StatusCode::BAD_REQUEST;
        };
        if fails {
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
        let taken = received.taken.entry(id.to_owned());
        let (first, times) = taken.or_insert_with(|| (body.clone(), 0));
        *times += 1;
        if *first != body {
            received.broken.push(format!("{id} has two bodies"));
        }
        StatusCode::OK
    })
}

#[tokio::test]
async fn no_delivery_is_lost_over_kills_and_each_keeps_its_id() -> Result<()> {
    let seed = seed();
    let figures = survive(seed).await;
    eprintln!(
        "{}",
        figures.with_context(|| format!("PATCHBAY_SEED={seed}"))?
    );
    Ok(())
}

async fn survive(seed: u64) -> Result<String> {
    let mut random = Rng::with_seed(seed);
    let (receiver, address) = Receiver::listen(random.u64(..)).await?;
    let mut server = Setup::default()
        .environment("PATCHBAY_SANDBOX_HOOKS", address)
        .environment("PATCHBAY_CLOCK_FACTOR", CLOCK_FACTOR)
        .start()
        .await?;
    let ada = Person::demonstration(&server).await?;
    let draft = WebhookDraft {
        name: "CRM".to_owned(),
        url: "https://hooks.sandbox.invalid/crm".to_owned(),
        events: Vec::new(),
    };
    let made: WebhookWithSecret = ada.post("/api/webhooks", &draft).await?;
    let test = format!("/api/webhooks/{}/test", made.webhook.id);
    let kills = rounds("PATCHBAY_WEBHOOK_KILLS", KILLS);
    let mut queued = Vec::new();
    for round in 1..=kills {
        for _ in 0..EACH {
            let delivery: WebhookDelivery = ada.post(&test, &()).await?;
            queued.push(delivery.id);
        }
        sleep(Duration::from_millis(random.u64(LIFE_MILLIS))).await;
        server.kill_nine().await?;
        let story = || format!("round {round}");
        server.restart().await.with_context(story)?;
    }
    // While it still arrives there is no reason to lose patience.
    let mut arrived = 0;
    while arrived < queued.len() {
        let before = arrived;
        arrived = eventually("another delivery to arrive", async || {
            let now = receiver.received(|received| received.taken.len());
            Ok((now > before).then_some(now))
        })
        .await
        .with_context(|| format!("{before} of {} have arrived", queued.len()))?;
    }
    let failed = format!("/api/webhooks/{}/deliveries?state=failed", made.webhook.id);
    eventually("the server to know of all", async || {
        let all: Vec<Webhook> = ada.get("/api/webhooks").await?;
        Ok(all.iter().all(|webhook| webhook.waiting == 0).then_some(()))
    })
    .await?;
    let failed: Vec<WebhookDelivery> = ada.get(&failed).await?;
    ensure!(failed.is_empty(), "{} were given up", failed.len());
    for id in queued.iter().rev().take(20) {
        let path = format!("/api/webhooks/{}/deliveries/{id}", made.webhook.id);
        let detail: api::WebhookDeliveryDetail = ada.get(&path).await?;
        ensure!(detail.delivery.state == DeliveryState::Delivered, "{id}");
    }
    let (lost, strange, repeated, calls) = receiver.received(|received| {
        let lost = queued.iter().filter(|id| !received.taken.contains_key(*id));
        let strange = received.taken.keys().filter(|id| !queued.contains(id));
        let repeated = received.taken.values().filter(|(_, times)| *times > 1);
        (
            lost.count(),
            strange.count(),
            repeated.count(),
            received.calls,
        )
    });
    receiver.received(|received| {
        ensure!(received.broken.is_empty(), "{:?}", received.broken);
        Ok(())
    })?;
    ensure!(lost == 0, "{lost} deliveries were lost");
    ensure!(
        strange == 0,
        "{strange} arrived under an id that nobody knows"
    );
    // The secret was shown to her once, when she made the webhook.
    find_no_secret(&server, &[], None).await?;
    Ok(format!(
        "{kills} kills: {} deliveries queued, {calls} calls, {lost} lost, {repeated} taken more \
         than once, each under its id",
        queued.len()
    ))
}
