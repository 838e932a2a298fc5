//! A panic ends its request or its room only (ARCHITECTURE.md, invariant 10).

use std::sync::Arc;

use reqwest::StatusCode;
use serde_json::json;

use crate::{
    faulty_store::{Fault, Faults, FaultyStore},
    house::House,
    socket::{acknowledged, add_end, welcomed},
};

async fn house() -> (House, Faults) {
    let faults = Faults::default();
    let injected = faults.clone();
    let house = House::open_over(|store| Arc::new(FaultyStore::new(store, injected))).await;
    (house, faults)
}

#[tokio::test]
async fn a_panic_in_a_room_ends_that_room_only_and_browsers_come_back() {
    let (house, faults) = house().await;
    let ada = house.administrator().await;
    let failing = ada.flow("empty").await.id;
    let other = ada.flow("empty").await.id;
    let mut one = ada.socket(&failing, None).await;
    let mut two = ada.socket(&failing, None).await;
    let mut bystander = ada.socket(&other, None).await;
    for socket in [&mut one, &mut two, &mut bystander] {
        welcomed(socket).await;
    }
    one.submit("a-1", add_end("n1")).await;
    acknowledged(&mut one, "a-1").await;

    faults.inject(&failing, Fault::PanicAtEdit);
    one.submit("a-2", add_end("n2")).await;
    assert_eq!(one.closed().await, 1011, "who edited is told to come back");
    assert_eq!(two.closed().await, 1011, "and so is everybody in the room");
    bystander.submit("b-1", add_end("n1")).await;
    assert_eq!(acknowledged(&mut bystander, "b-1").await, 1);
    let body = json!({ "id": "a-3", "transaction": add_end("n3") });
    let path = format!("/api/flows/{failing}/transactions");
    let answer = ada.post(&path, body).await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);

    faults.clear(&failing);
    let mut back = ada.socket(&failing, None).await;
    let (seq, content) = welcomed(&mut back).await;
    assert_eq!((seq, content.nodes.len()), (1, 1), "what was acknowledged");
    back.submit("a-2", add_end("n2")).await;
    assert_eq!(acknowledged(&mut back, "a-2").await, 2);
}

#[tokio::test]
async fn a_panic_in_a_handler_fails_that_request_only_and_gives_a_reference() {
    let (house, faults) = house().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let path = format!("/api/flows/{flow}");
    faults.inject(&flow, Fault::PanicAtRead);
    let answer = ada.get(&path).await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let reference = answer.headers()["x-request-id"].clone();
    let problem: api::ProblemDetails = answer.json().await.expect("a problem");
    assert_eq!(problem.kind, "/problems/internal");
    assert_eq!(
        problem.reference.as_deref(),
        reference.to_str().ok(),
        "the log has the same one"
    );
    assert!(!problem.detail.contains("panics"), "{}", problem.detail);

    faults.clear(&flow);
    assert_eq!(ada.get(&path).await.status(), StatusCode::OK);
    assert_eq!(ada.get("/healthz").await.status(), StatusCode::OK);
}
