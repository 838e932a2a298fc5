//! Webhooks as administrators set them up and receivers meet them.

use std::time::Duration;

use api::{
    AuditEntry, DeliveryState, DisabledReason, Replayed, Role, Webhook, WebhookDelivery,
    WebhookDeliveryDetail, WebhookWithSecret,
};
use reqwest::StatusCode;
use sandbox::{Arrival, Fault, FaultKind, HostKind, Route, Times};
use serde_json::{Value, json};

use crate::house::{House, Person};

const HOOK: &str = "https://hooks.sandbox.invalid/crm";

fn draft(name: &str, url: &str) -> Value {
    json!({ "name": name, "url": url, "events": [] })
}

async fn add(person: &Person, name: &str, url: &str) -> WebhookWithSecret {
    let answer = person.post("/api/webhooks", draft(name, url)).await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    answer.json().await.expect("a webhook")
}

async fn send_test(person: &Person, webhook: &Webhook) -> WebhookDelivery {
    let path = format!("/api/webhooks/{}/test", webhook.id);
    let answer = person.post(&path, json!(null)).await;
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    answer.json().await.expect("a delivery")
}

/// The delivery once it is as it should be; each call of a receiver is stored
/// a moment after it was answered.
async fn delivery_when(
    person: &Person,
    webhook: &Webhook,
    delivery: &str,
    is_so: impl Fn(&WebhookDelivery) -> bool,
) -> WebhookDeliveryDetail {
    let path = format!("/api/webhooks/{}/deliveries/{delivery}", webhook.id);
    let waiting = async {
        loop {
            let detail: WebhookDeliveryDetail = person.read(&path).await;
            if is_so(&detail.delivery) {
                return detail;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waiting)
        .await
        .expect("the delivery becomes so")
}

fn fault(times: Times, kind: FaultKind) -> Fault {
    Fault {
        route: Route::Webhook,
        times,
        kind,
    }
}

fn status(status: u16, headers: &[(&str, &str)]) -> FaultKind {
    let headers = headers.iter();
    FaultKind::Status {
        status,
        headers: headers
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: Some("{\"why\":\"\u{202e}no\"}".to_owned()),
    }
}

fn hooks(house: &House) -> Vec<Arrival> {
    let mut arrivals = house.sandbox().arrivals();
    arrivals.retain(|arrival| arrival.host == HostKind::Webhook);
    arrivals
}

#[tokio::test]
async fn an_event_arrives_signed_and_is_in_the_log() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let made = add(&ada, "CRM", HOOK).await;
    assert!(made.secret.starts_with("whsec_"));
    let sent = send_test(&ada, &made.webhook).await;
    let delivered = |delivery: &WebhookDelivery| delivery.state == DeliveryState::Delivered;
    let detail = delivery_when(&ada, &made.webhook, &sent.id, delivered).await;
    assert_eq!(detail.attempts.len(), 1);
    let attempt = detail.attempts.first().expect("an attempt");
    // The sandbox answers so only to a signature that fits.
    assert_eq!(attempt.status, Some(200), "{attempt:?}");
    assert_eq!(attempt.body_preview, "{\"received\":true}");

    let arrived = hooks(&house);
    let arrival = arrived.first().expect("an arrival");
    assert_eq!((arrived.len(), arrival.path.as_str()), (1, "/hooks/crm"));
    let body: Value = serde_json::from_str(&detail.body).expect("JSON");
    assert_eq!(arrival.body.as_ref(), Some(&body), "sent as it was queued");

    // The secret is nowhere: in no list, no log, no record of the sandbox.
    let key = made.secret.trim_start_matches("whsec_").to_owned();
    for path in ["/api/webhooks", "/api/audit"] {
        let text = ada.get(path).await.text().await.expect("a body");
        assert!(!text.contains(&key), "{path}");
    }
    assert!(!format!("{arrived:?}").contains(&key));
    let data = std::fs::read(house.directory.path().join("data/patchbay.db-wal")).expect("it");
    let stored = data
        .windows(key.len())
        .any(|window| window == key.as_bytes());
    assert!(!stored, "the secret is sealed at rest");

    let audit: Vec<AuditEntry> = ada.read("/api/audit").await;
    for action in ["webhook.add", "webhook.queue", "webhook.send"] {
        assert!(audit.iter().any(|entry| entry.action == action), "{action}");
    }
}

#[tokio::test]
async fn both_secrets_sign_after_a_rotation_and_the_receiver_knows_either() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let made = add(&ada, "CRM", HOOK).await;
    let path = format!("/api/webhooks/{}/secret", made.webhook.id);
    let rotated: WebhookWithSecret = ada
        .post(&path, json!(null))
        .await
        .json()
        .await
        .expect("a secret");
    assert_ne!(rotated.secret, made.secret);
    assert!(rotated.webhook.previous_secret_until.is_some());
    let sent = send_test(&ada, &rotated.webhook).await;
    let delivered = |delivery: &WebhookDelivery| delivery.state == DeliveryState::Delivered;
    delivery_when(&ada, &rotated.webhook, &sent.id, delivered).await;
}

#[tokio::test]
async fn an_address_that_leads_inside_is_refused_at_once_with_its_reason() {
    let house = House::open().await;
    let ada = house.administrator().await;
    for (url, reason) in [
        ("crm", "not a web address"),
        ("http://crm.acme.com/", "https://"),
        ("https://127.0.0.1/", "not a public address"),
        ("https://2130706433/", "not a public address"),
        ("https://localhost/", "inside a network"),
        ("https://crm.acme.com:80/", "443 or 8443"),
        ("https://u:p@crm.acme.com/", "password"),
        ("https://x.sandbox.invalid/", "inside a network"),
    ] {
        let answer = ada.post("/api/webhooks", draft("CRM", url)).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{url}");
        let text = answer.text().await.expect("a body");
        assert!(
            text.contains(reason) && text.contains("/url"),
            "{url}: {text}"
        );
    }
    for (body, pointer) in [
        (json!({ "name": " ", "url": HOOK }), "/name"),
        (
            json!({ "name": "a", "url": HOOK, "events": ["contact_interaction_createdd"] }),
            "/events/0",
        ),
    ] {
        let answer = ada.post("/api/webhooks", body).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let text = answer.text().await.expect("a body");
        assert!(text.contains(pointer), "{pointer}: {text}");
    }
    add(&ada, "CRM", HOOK).await;
    let again = ada.post("/api/webhooks", draft("CRM", HOOK)).await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let all: Vec<Webhook> = ada.read("/api/webhooks").await;
    assert_eq!(all.len(), 1, "what was refused is not there");
}

#[tokio::test]
async fn a_failure_is_attempted_again_and_its_reason_is_shown() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let made = add(&ada, "CRM", HOOK).await;
    house
        .sandbox()
        .inject(fault(Times::Count(1), status(500, &[])));
    let sent = send_test(&ada, &made.webhook).await;
    let failed_once = |delivery: &WebhookDelivery| delivery.attempts == 1;
    let detail = delivery_when(&ada, &made.webhook, &sent.id, failed_once).await;
    let attempt = detail.attempts.first().expect("an attempt");
    assert_eq!(
        attempt.reason.as_deref(),
        Some("The receiver answered 500.")
    );
    assert_eq!(attempt.body_preview, "{\"why\":\"\\u{202e}no\"}");
    assert_eq!(detail.delivery.state, DeliveryState::Waiting);
    assert!(detail.delivery.next_attempt_at.is_some());

    // By hand there is no need to wait.
    let replay = format!(
        "/api/webhooks/{}/deliveries/{}/replay",
        made.webhook.id, sent.id
    );
    let answer = ada.post(&replay, json!(null)).await;
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    let delivered = |delivery: &WebhookDelivery| delivery.state == DeliveryState::Delivered;
    let detail = delivery_when(&ada, &made.webhook, &sent.id, delivered).await;
    assert_eq!(detail.attempts.len(), 2);
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_disabled_and_can_be_taken_up_again() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let made = add(&ada, "CRM", HOOK).await;
    house
        .sandbox()
        .inject(fault(Times::Count(1), status(410, &[])));
    let sent = send_test(&ada, &made.webhook).await;
    let failed = |delivery: &WebhookDelivery| delivery.state == DeliveryState::Failed;
    delivery_when(&ada, &made.webhook, &sent.id, failed).await;
    let all: Vec<Webhook> = ada.read("/api/webhooks").await;
    let shown = all.first().expect("it is there");
    let reason = shown.disabled.as_ref().map(|disabled| disabled.reason);
    assert_eq!((reason, shown.failed), (Some(DisabledReason::Gone), 1));

    let base = format!("/api/webhooks/{}", made.webhook.id);
    for path in [format!("{base}/test"), format!("{base}/replay")] {
        let refused = ada.post(&path, json!(null)).await;
        assert_eq!(refused.status(), StatusCode::CONFLICT, "{path}");
    }
    let enabled: Webhook = ada
        .put(&format!("{base}/switch"), json!({ "enabled": true }))
        .await
        .json()
        .await
        .expect("it");
    assert_eq!(enabled.disabled, None);
    let replayed: Replayed = ada
        .post(&format!("{base}/replay"), json!(null))
        .await
        .json()
        .await
        .expect("a number");
    assert_eq!(replayed.deliveries, 1);
    let delivered = |delivery: &WebhookDelivery| delivery.state == DeliveryState::Delivered;
    delivery_when(&ada, &made.webhook, &sent.id, delivered).await;
    assert_eq!(hooks(&house).len(), 2);
}

#[tokio::test]
async fn a_receiver_that_hangs_delays_nobody_else() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let slow = add(&ada, "Slow", "https://hooks.sandbox.invalid/slow").await;
    let quick = add(&ada, "Quick", "https://hooks.sandbox.invalid/quick").await;
    house
        .sandbox()
        .inject(fault(Times::Count(1), FaultKind::NeverAnswer));
    let hanging = send_test(&ada, &slow.webhook).await;
    house.sandbox().wait_for_arrivals(1).await;
    let behind = send_test(&ada, &slow.webhook).await;
    let delivered = |delivery: &WebhookDelivery| delivery.state == DeliveryState::Delivered;
    for _ in 0..10 {
        let sent = send_test(&ada, &quick.webhook).await;
        delivery_when(&ada, &quick.webhook, &sent.id, delivered).await;
    }
    // All ten went through while the first call hangs, and none beside it.
    for waiting in [hanging, behind] {
        let as_it_is = delivery_when(&ada, &slow.webhook, &waiting.id, |_| true).await;
        assert_eq!(as_it_is.delivery.attempts, 0);
        assert_eq!(as_it_is.delivery.state, DeliveryState::Waiting);
    }
    house.sandbox().clear_faults();
}

#[tokio::test]
async fn a_pause_that_a_receiver_asks_for_ends_and_nobody_who_tests_waits_for_it() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let made = add(&ada, "CRM", HOOK).await;
    let pause = || status(503, &[("Retry-After", "99999999")]);
    let failed_once = |delivery: &WebhookDelivery| delivery.attempts == 1;
    let delivered = |delivery: &WebhookDelivery| delivery.state == DeliveryState::Delivered;
    house.sandbox().inject(fault(Times::Count(1), pause()));
    let first = send_test(&ada, &made.webhook).await;
    let detail = delivery_when(&ada, &made.webhook, &first.id, failed_once).await;
    let reason = detail.attempts.first().and_then(|a| a.reason.clone());
    let reason = reason.expect("a reason");
    assert!(reason.contains("3600 s are waited at most"), "{reason}");

    // What is asked for by hand is sent all the same, new or again.
    let second = send_test(&ada, &made.webhook).await;
    delivery_when(&ada, &made.webhook, &second.id, delivered).await;
    house.sandbox().inject(fault(Times::Count(1), pause()));
    let third = send_test(&ada, &made.webhook).await;
    delivery_when(&ada, &made.webhook, &third.id, failed_once).await;
    let again = format!(
        "/api/webhooks/{}/deliveries/{}/replay",
        made.webhook.id, first.id
    );
    let replayed = ada.post(&again, json!(null)).await;
    assert_eq!(replayed.status(), StatusCode::ACCEPTED);
    delivery_when(&ada, &made.webhook, &first.id, delivered).await;
}

#[tokio::test]
async fn the_secret_in_a_receivers_address_is_not_logged() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let made = add(&ada, "CRM", &format!("{HOOK}?token=hushhush")).await;
    let changed = ada
        .put(
            &format!("/api/webhooks/{}", made.webhook.id),
            draft("CRM", &format!("{HOOK}?token=hushagain")),
        )
        .await;
    assert_eq!(changed.status(), StatusCode::OK);
    let log: Value = ada.read("/api/audit").await;
    let log = log.to_string();
    assert!(log.contains(HOOK), "{log}");
    assert!(!log.contains("hush"), "{log}");
}

#[tokio::test]
async fn what_waits_survives_a_restart_and_a_removed_webhook_gets_nothing() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let made = add(&ada, "CRM", HOOK).await;
    house
        .sandbox()
        .inject(fault(Times::Count(1), status(503, &[])));
    let sent = send_test(&ada, &made.webhook).await;
    let failed_once = |delivery: &WebhookDelivery| delivery.attempts == 1;
    delivery_when(&ada, &made.webhook, &sent.id, failed_once).await;
    let house = house.restart().await;
    let ada = house.administrator().await;
    let delivered = |delivery: &WebhookDelivery| delivery.state == DeliveryState::Delivered;
    let detail = delivery_when(&ada, &made.webhook, &sent.id, delivered).await;
    assert_eq!(detail.attempts.len(), 2);

    let path = format!("/api/webhooks/{}", made.webhook.id);
    assert_eq!(ada.delete(&path).await.status(), StatusCode::NO_CONTENT);
    for (path, expected) in [
        (format!("{path}/test"), StatusCode::NOT_FOUND),
        (format!("{path}/replay"), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(ada.post(&path, json!(null)).await.status(), expected);
    }
    let log = ada.get(&format!("{path}/deliveries")).await;
    assert_eq!(log.status(), StatusCode::NOT_FOUND);
    assert_eq!(ada.delete(&path).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn publishers_see_no_webhooks() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let ben = house.person(&ada, Role::Publisher, "Ben").await;
    let refused = ben.get("/api/webhooks").await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
}
