//! When an edit is acknowledged, and what becomes of who does not listen.

use std::sync::Arc;

use api::socket::FromServer;
use flow::Transaction;
use serde_json::json;

use crate::{
    faulty_store::{Fault, Faults, FaultyStore, Gate},
    house::House,
    socket::{acknowledged, add_end, rename, welcomed},
};

#[tokio::test]
async fn nobody_hears_of_an_edit_before_it_is_committed() {
    let faults = Faults::default();
    let injected = faults.clone();
    let house = House::open_over(|store| Arc::new(FaultyStore::new(store, injected))).await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let mut author = ada.socket(&flow, None).await;
    let mut other = ada.socket(&flow, None).await;
    welcomed(&mut author).await;
    welcomed(&mut other).await;

    let gate = Gate::closed();
    faults.inject(&flow, Fault::Held(gate.clone()));
    author.submit("a-1", add_end("n1")).await;
    gate.reached().await;
    for socket in [&mut author, &mut other] {
        let said = socket.said_before_pong().await;
        let about_it = said
            .iter()
            .find(|message| !matches!(message, FromServer::People { .. }));
        assert_eq!(about_it, None);
    }
    assert!(!gate.is_committed());
    gate.open();
    assert_eq!(acknowledged(&mut author, "a-1").await, 1);
    assert!(gate.is_committed());
    assert!(matches!(
        other.heard().await,
        FromServer::Applied { seq: 1, .. }
    ));
}

#[tokio::test]
async fn a_browser_that_does_not_read_is_closed_as_too_slow_and_catches_up() {
    /// Each fits into the outbox; together they are more than it and the
    /// connection's buffers hold.
    const EDITS: u64 = 9;
    const OPS: usize = 4_000;
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let mut slow = ada.socket(&flow, None).await;
    welcomed(&mut slow).await;
    let path = format!("/api/flows/{flow}/transactions");
    let mut live = ada.socket(&flow, None).await;
    welcomed(&mut live).await;
    for number in 1..=EDITS {
        let name = format!("{number} {}", "x".repeat(200));
        let ops = (0..OPS).flat_map(|_| rename(&name).ops).collect();
        let body =
            json!({ "id": format!("a-{number}"), "transaction": Transaction::new("Rename", ops) });
        let answer: FromServer = ada.post(&path, body).await.json().await.expect("a message");
        assert!(
            matches!(answer, FromServer::Acknowledged { .. }),
            "{answer:?}"
        );
        let FromServer::Applied { seq, .. } = live.heard().await else {
            panic!("an edit");
        };
        assert_eq!(seq, number, "who reads misses nothing");
    }
    let mut seen = 0;
    let code = loop {
        match slow.next().await {
            Ok(FromServer::Applied { seq, .. }) => {
                assert_eq!(seq, seen + 1, "no gap before the end");
                seen = seq;
            }
            Ok(_) => {}
            Err(code) => break code,
        }
    };
    assert_eq!(code, 4008);
    assert!(seen < EDITS);
    let mut back = ada.socket(&flow, Some(seen)).await;
    assert!(matches!(
        back.heard().await,
        FromServer::Resumed { seq: EDITS, .. }
    ));
    for expected in seen + 1..=EDITS {
        let FromServer::Applied { seq, .. } = back.heard().await else {
            panic!("a missed edit");
        };
        assert_eq!(seq, expected);
    }
}
