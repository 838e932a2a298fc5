use std::path::Path;

use api::{Outcome, Publish, PublishState, socket::FromServer};
use reqwest::StatusCode;
use sandbox::compare::{differences, shared_directory};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::{
    house::{House, Person},
    socket::{PATIENCE, add_end, rename},
};

impl Person {
    /// Asks for a publish.
    pub(crate) async fn publish(&self, flow: &str, key: &str) -> Publish {
        let answer = self
            .post(
                &format!("/api/flows/{flow}/publishes"),
                json!({ "key": key }),
            )
            .await;
        assert!(answer.status().is_success(), "{}", answer.status());
        answer.json().await.expect("a publish")
    }

    /// Waits for a publish to end.
    pub(crate) async fn ended(&self, publish: &Publish) -> Publish {
        let started = Instant::now();
        loop {
            let now: Publish = self.read(&format!("/api/publishes/{}", publish.id)).await;
            if now.state != PublishState::Running {
                return now;
            }
            assert!(started.elapsed() < 2 * PATIENCE, "still running: {now:?}");
            sleep(std::time::Duration::from_millis(20)).await;
        }
    }
}

pub(crate) fn version(publish: &Publish) -> u64 {
    match &publish.state {
        PublishState::Published { version, .. } => *version,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_template_publishes_with_exactly_the_expected_requests() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file = shared_directory(&workspace).join("expected/phone-lookup.json");
    let expected: Value = match std::fs::read_to_string(&file) {
        Ok(text) => serde_json::from_str(&text).expect("JSON"),
        // Not every checkout has the guides' expectations beside it.
        Err(_) => serde_json::from_str(include_str!("phone-lookup.json")).expect("JSON"),
    };
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await.id;
    let publish = ada.publish(&flow, "click").await;
    assert_eq!(version(&ada.ended(&publish).await), 1);
    assert_eq!(
        differences(&expected, &house.sandbox().arrivals()),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn an_edited_flow_publishes_as_the_next_version() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await.id;
    let first = ada.publish(&flow, "one").await;
    assert_eq!(version(&ada.ended(&first).await), 1);
    let summary: api::FlowSummary = ada.read(&format!("/api/flows/{flow}")).await;
    assert!(!summary.upstream.expect("it is there").changed_since);

    let path = format!("/api/flows/{flow}/transactions");
    let edit = json!({ "id": "a-1", "transaction": rename("Renamed") });
    ada.post(&path, edit).await;
    let summary: api::FlowSummary = ada.read(&format!("/api/flows/{flow}")).await;
    assert!(summary.upstream.expect("it is there").changed_since);
    house.sandbox().clear_arrivals();
    let second = ada.publish(&flow, "two").await;
    assert_eq!(version(&ada.ended(&second).await), 2);
    let calls: Vec<_> = house
        .sandbox()
        .arrivals()
        .into_iter()
        .map(|a| a.method)
        .collect();
    assert_eq!(calls, ["GET", "PUT", "GET", "POST"]);
    let names: Vec<_> = house
        .sandbox()
        .flows()
        .into_iter()
        .map(|flow| flow.name)
        .collect();
    assert_eq!(names, ["Renamed"]);

    let entries: Vec<api::AuditEntry> = ada.read("/api/audit").await;
    let publishes: Vec<_> = entries
        .iter()
        .filter(|entry| entry.action == "flow.publish")
        .map(|entry| entry.outcome)
        .collect();
    assert_eq!(publishes, [Outcome::Done, Outcome::Intended].repeat(2));
}

#[tokio::test]
async fn a_click_publishes_once_and_others_join_it() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await.id;
    let clicks = (0..20).map(|number| {
        let (ada, flow) = (ada.clone(), flow.clone());
        let key = format!("click-{}", number % 4);
        tokio::spawn(async move { ada.publish(&flow, &key).await.id })
    });
    let clicks: Vec<_> = clicks.collect();
    let mut ids = Vec::new();
    for click in clicks {
        ids.push(click.await.expect("an answer"));
    }
    ids.sort();
    ids.dedup();
    let all: Vec<Publish> = ada.read(&format!("/api/flows/{flow}/publishes")).await;
    assert_eq!(ids.len(), all.len());
    for publish in &all {
        ada.ended(publish).await;
    }
    let creates = house
        .sandbox()
        .arrivals()
        .iter()
        .filter(|call| call.method == "POST" && call.path == "/api/v2/flows")
        .count();
    assert_eq!(creates, 1);
    let again = ada.publish(&flow, "click-0").await;
    assert!(ids.contains(&again.id), "the same click later");
}

#[tokio::test]
async fn what_many_ask_for_at_once_is_published_once_and_again_when_asked_again() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await.id;
    let keys: Vec<_> = (0..20).map(|number| format!("person-{number}")).collect();
    let asked = keys.iter().map(|key| ada.publish(&flow, key));
    let answers = futures_util::future::join_all(asked).await;
    let first = answers.first().expect("an answer");
    assert!(answers.iter().all(|answer| answer.id == first.id));
    assert_eq!(version(&ada.ended(first).await), 1);
    let later = ada.publish(&flow, "person-7").await;
    assert_eq!(later.id, first.id, "the click stays with what it joined");
    let anew = ada.publish(&flow, "deliberately").await;
    assert_ne!(anew.id, first.id);
    ada.ended(&anew).await;
}

#[tokio::test]
async fn people_in_the_flow_watch_every_step() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await.id;
    let mut socket = ada.socket(&flow, None).await;
    ada.publish(&flow, "click").await;
    loop {
        let FromServer::Publish { publish, stamp } = socket.heard().await else {
            continue;
        };
        if let PublishState::Published { upstream_id, .. } = &publish.state {
            assert_eq!(stamp.upstream_id.as_ref(), Some(upstream_id));
            let steps: Vec<_> = publish.steps.iter().map(|step| step.state).collect();
            assert_eq!(steps, [api::StepState::Done; 5]);
            break;
        }
    }
}

#[tokio::test]
async fn a_flow_with_problems_is_not_sent() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let edit = json!({ "id": "a-1", "transaction": add_end("n1") });
    ada.post(&format!("/api/flows/{flow}/transactions"), edit)
        .await;
    let publish = ada.publish(&flow, "click").await;
    let PublishState::Failed { failure } = ada.ended(&publish).await.state else {
        panic!("it must fail");
    };
    assert_eq!(failure.code, "flow-has-problems");
    assert!(!failure.problems.is_empty());
    assert!(house.sandbox().arrivals().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_missing_flow_or_connection_is_not_published() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    for (flow, body, status) in [
        ("missing", json!({ "key": "k" }), StatusCode::NOT_FOUND),
        (
            &flow,
            json!({ "key": "k", "connection": "missing" }),
            StatusCode::NOT_FOUND,
        ),
        (
            &flow,
            json!({ "key": "" }),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
    ] {
        let answer = ada
            .post(&format!("/api/flows/{flow}/publishes"), body)
            .await;
        assert_eq!(answer.status(), status);
    }
}
