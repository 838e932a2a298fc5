//! Servers that stopped in the middle of a publish: the journal says how far it
//! came, and the next start finds out how it ended.

use api::PublishState;
use serde_json::{Value, json};

use crate::{house::House, publishes::version};

/// Publishes the template, then has the server start again as if it had been
/// killed in this phase. Gives how the publish ended, as a version or a code,
/// and the calls that the new server made.
async fn killed_in(phase: impl FnOnce(&str, &str) -> Value) -> (Result<u64, String>, Vec<String>) {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await.id;
    let publish = ada.publish(&flow, "click").await;
    assert_eq!(version(&ada.ended(&publish).await), 1);
    let sent = house.sandbox().arrivals().into_iter().find_map(|call| {
        let is_create = call.method == "POST" && call.path == "/api/v2/flows";
        call.body.filter(|_| is_create)
    });
    let document = sent.expect("what was sent").to_string();
    let upstream = house
        .sandbox()
        .flows()
        .pop()
        .expect("a flow")
        .id
        .to_string();
    let journal = phase(&upstream, &document).to_string();
    let house = house
        .restart_after(async |data| {
            let file = data.join("patchbay.db");
            let file = file.to_string_lossy();
            let pool = sqlx::SqlitePool::connect(&file)
                .await
                .expect("the database");
            let running = r#"{"state":"running"}"#;
            sqlx::query("UPDATE publishes SET running = TRUE, state_json = $1, journal_json = $2")
                .bind(running)
                .bind(journal)
                .execute(&pool)
                .await
                .expect("a running publish");
            sqlx::query("DELETE FROM flow_links")
                .execute(&pool)
                .await
                .expect("no link");
            sqlx::query("UPDATE flows SET upstream_id = NULL, published_seq = NULL")
                .execute(&pool)
                .await
                .expect("a flow that was never published");
            pool.close().await;
        })
        .await;
    let ada = house.administrator().await;
    let ended = match ada.ended(&publish).await.state {
        PublishState::Published { version, .. } => Ok(version),
        PublishState::Failed { failure } => Err(failure.code),
        PublishState::Running => Err("running".to_owned()),
    };
    let calls = house.sandbox().arrivals().into_iter();
    let calls = calls.filter(|call| call.path.starts_with("/api"));
    let calls = calls.map(|call| {
        let path = call.path.replace(&upstream, "{id}");
        format!("{} {path}", call.method)
    });
    (ended, calls.collect())
}

const FIND: &str = "GET /api/v2/flows";
const GET: &str = "GET /api/v2/flows/{id}";
const PUBLISH: &str = "POST /api/v2/flows/{id}/publish";

fn creating(name: &str, document: &str) -> Value {
    json!({
        "phase": "sending", "document": document,
        "request": { "request": "create", "name": name },
    })
}

fn publishing(upstream: &str, published_before: Option<u64>) -> Value {
    json!({
        "phase": "publishing", "upstreamId": upstream, "version": 1,
        "publishedBefore": published_before,
    })
}

#[tokio::test]
async fn before_anything_was_sent_nothing_is() {
    let (ended, calls) = killed_in(|_, _| json!({ "phase": "intended" })).await;
    assert_eq!(ended, Err("interrupted".to_owned()));
    assert!(calls.is_empty(), "{calls:?}");
}

#[tokio::test]
async fn what_had_arrived_is_found_and_made_live_without_sending_it_again() {
    let (ended, calls) = killed_in(|_, document| creating("Dev: Phone Lookup", document)).await;
    assert_eq!(ended, Ok(1));
    assert_eq!(calls, [FIND, GET, GET, PUBLISH]);
}

#[tokio::test]
async fn what_had_not_arrived_is_not_sent_behind_the_users_back() {
    let (ended, calls) = killed_in(|_, document| creating("Another name", document)).await;
    assert_eq!(ended, Err("not-carried-out".to_owned()));
    assert_eq!(calls, [FIND]);
}

#[tokio::test]
async fn what_had_been_made_live_is_found_to_be() {
    let (ended, calls) = killed_in(|upstream, _| publishing(upstream, None)).await;
    assert_eq!(ended, Ok(1));
    assert_eq!(calls, [GET]);
}

#[tokio::test]
async fn what_was_live_before_proves_nothing() {
    let (ended, calls) = killed_in(|upstream, _| publishing(upstream, Some(1))).await;
    assert_eq!(ended, Err("not-carried-out".to_owned()));
    assert_eq!(calls, [GET]);
}
