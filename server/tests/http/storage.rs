//! A store that takes nothing for a while: full, or locked by somebody else.

use std::sync::Arc;

use api::socket::{FromServer, Refusal};
use flow::Transaction;
use reqwest::StatusCode;
use serde_json::json;
use store::SqliteStore;

use crate::{
    house::House,
    socket::{Socket, acknowledged, add_end, welcomed},
};

/// More than fits into what is left of a page.
fn large(prefix: &str) -> Transaction {
    let ops = (0..200).flat_map(|number| add_end(&format!("{prefix}-{number}")).ops);
    Transaction::new("Paste", ops.collect())
}

async fn not_stored(socket: &mut Socket, expected: &str) -> String {
    match socket.heard().await {
        FromServer::Refused {
            id,
            reason: Refusal::NotStored { sentence },
        } => {
            assert_eq!(id, expected);
            sentence
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_full_disk_refuses_edits_in_words_lets_people_read_and_recovers_without_a_restart() {
    let mut store = None;
    let house = House::open_over(|opened: Arc<SqliteStore>| {
        store = Some(opened.clone());
        opened
    })
    .await;
    let store = store.expect("the store");
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let mut one = ada.socket(&flow, None).await;
    let mut two = ada.socket(&flow, None).await;
    welcomed(&mut one).await;
    welcomed(&mut two).await;

    store.limit_pages(1).await.expect("a limit");
    one.submit("a-1", large("a")).await;
    let sentence = not_stored(&mut one, "a-1").await;
    assert!(sentence.contains("storage is full"), "{sentence}");
    let path = format!("/api/flows/{flow}/transactions");
    let body = json!({ "id": "b-1", "transaction": large("b") });
    let message: FromServer = ada.post(&path, body).await.json().await.expect("a message");
    assert!(matches!(message, FromServer::Refused { .. }), "{message:?}");
    let new = json!({ "start": { "template": "phone-lookup" } });
    let mut refused = ada.post("/api/flows", new.clone()).await;
    // Rows go into what is left of the pages first.
    while refused.status() == StatusCode::CREATED {
        refused = ada.post("/api/flows", new.clone()).await;
    }
    assert_eq!(refused.status(), StatusCode::INSUFFICIENT_STORAGE);
    let problem: api::ProblemDetails = refused.json().await.expect("a problem");
    assert_eq!(problem.kind, "/problems/storage-full");
    assert!(problem.next_step.is_some());
    for read in [
        "/api/flows",
        "/api/audit",
        &format!("/api/flows/{flow}/file"),
    ] {
        assert_eq!(ada.get(read).await.status(), StatusCode::OK, "{read}");
    }
    let mut reader = ada.socket(&flow, None).await;
    let (seq, content) = welcomed(&mut reader).await;
    assert_eq!((seq, content.nodes.len()), (0, 0), "nothing half stored");

    store.limit_pages(u32::MAX / 2).await.expect("room");
    one.submit("a-1", large("a")).await;
    assert_eq!(acknowledged(&mut one, "a-1").await, 1);
    assert!(matches!(
        two.heard().await,
        FromServer::Applied { seq: 1, .. }
    ));
}

#[tokio::test]
async fn a_locked_database_refuses_edits_in_words_and_loses_none() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let mut socket = ada.socket(&flow, None).await;
    welcomed(&mut socket).await;
    let mut other = house.database().await;
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .expect("the lock");
    socket.submit("a-1", add_end("n1")).await;
    let sentence = not_stored(&mut socket, "a-1").await;
    assert!(sentence.contains("slow"), "{sentence}");
    let file = ada.get(&format!("/api/flows/{flow}/file")).await;
    assert_eq!(file.status(), StatusCode::OK, "reading works");
    sqlx::query("ROLLBACK")
        .execute(&mut other)
        .await
        .expect("the lock is gone");
    socket.submit("a-1", add_end("n1")).await;
    assert_eq!(acknowledged(&mut socket, "a-1").await, 1);
}
