//! Rows that cannot be read, in a real file.

use api::{AuditEntry, socket::FromServer};
use sqlx::SqlitePool;

use crate::{
    house::{House, Person},
    socket::{acknowledged, add_end, welcomed},
};

/// A stopped server's database after this statement.
async fn tamper(data: &std::path::Path, statement: &'static str) {
    let file = data.join("patchbay.db");
    let pool = SqlitePool::connect(&file.to_string_lossy())
        .await
        .expect("the database");
    let done = sqlx::query(statement)
        .execute(&pool)
        .await
        .expect(statement);
    assert!(done.rows_affected() > 0, "{statement}");
    pool.close().await;
}

async fn notices(administrator: &Person) -> Vec<AuditEntry> {
    let entries: Vec<AuditEntry> = administrator.read("/api/audit").await;
    entries
        .into_iter()
        .filter(|entry| entry.action == "flow.quarantine")
        .collect()
}

/// A house with a flow of five edits, after this was done to its database.
async fn damaged(statement: &'static str) -> (House, Person, String) {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let mut socket = ada.socket(&flow, None).await;
    welcomed(&mut socket).await;
    for number in 1..=5 {
        let id = format!("a-{number}");
        socket.submit(&id, add_end(&id)).await;
        acknowledged(&mut socket, &id).await;
    }
    drop(socket);
    // The snapshot of the stop would hide the changes before it.
    let house = house
        .restart_after(async |data| {
            tamper(data, "DELETE FROM flow_snapshots WHERE seq > 0").await;
            tamper(data, statement).await;
        })
        .await;
    let ada = house.administrator().await;
    (house, ada, flow)
}

#[tokio::test]
async fn a_flow_with_an_unreadable_change_opens_at_its_last_good_one_and_goes_on() {
    for statement in [
        "UPDATE flow_changes SET transaction_json = '{\"label' WHERE seq = 4",
        "UPDATE flow_changes SET transaction_json = x'ff00fe' WHERE seq = 4",
        "UPDATE flow_changes SET transaction_json = '{\"label\":\"\",\"ops\":[{\"removeNode\":{\"id\":\"n\"}}]}' WHERE seq = 4",
        "DELETE FROM flow_changes WHERE seq = 4",
    ] {
        let (house, ada, flow) = damaged(statement).await;
        // A browser that saw all five gets the whole flow, not a gap.
        let mut socket = ada.socket(&flow, Some(5)).await;
        let (seq, content) = welcomed(&mut socket).await;
        assert_eq!((seq, content.nodes.len()), (6, 3), "{statement}");
        socket.submit("b-1", add_end("b-1")).await;
        assert_eq!(acknowledged(&mut socket, "b-1").await, 7);
        drop(socket);

        let notices_now = notices(&ada).await;
        assert_eq!(notices_now.len(), 1, "{statement}");
        let words = &notices_now[0].detail;
        assert!(words.contains("Change 4"), "{words}");
        assert_eq!(notices_now[0].object.as_ref(), Some(&flow));

        let house = house
            .restart_after(async |data| {
                tamper(data, "UPDATE flow_changes_quarantine SET tx_id = tx_id").await;
            })
            .await;
        let ada = house.administrator().await;
        let mut socket = ada.socket(&flow, Some(6)).await;
        assert!(matches!(
            socket.heard().await,
            FromServer::Resumed { seq: 7, .. }
        ));
        let summary: api::FlowSummary = ada.read(&format!("/api/flows/{flow}")).await;
        assert_eq!(summary.nodes, 4, "{statement}");
        assert_eq!(notices(&ada).await.len(), 1, "it is healed");
    }
}

#[tokio::test]
async fn a_flow_with_an_unreadable_snapshot_is_built_from_its_changes() {
    let (house, ada, flow) = damaged(
        "INSERT INTO flow_snapshots SELECT flow_id, 5, '{' FROM flow_snapshots WHERE seq = 0",
    )
    .await;
    let mut socket = ada.socket(&flow, None).await;
    let (seq, content) = welcomed(&mut socket).await;
    assert_eq!((seq, content.nodes.len()), (5, 5), "nothing is lost");
    drop(socket);
    assert_eq!(notices(&ada).await.len(), 1);
    let house = house.restart().await;
    let ada = house.administrator().await;
    let mut socket = ada.socket(&flow, Some(5)).await;
    assert!(matches!(
        socket.heard().await,
        FromServer::Resumed { seq: 5, .. }
    ));
    assert_eq!(notices(&ada).await.len(), 1, "it is healed");
}

#[tokio::test]
async fn a_damaged_flow_harms_no_other() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let lost = ada.flow("empty").await.id;
    let other = ada.flow("empty").await.id;
    let house = house
        .restart_after(async |data| {
            let file = data.join("patchbay.db");
            let pool = SqlitePool::connect(&file.to_string_lossy())
                .await
                .expect("the database");
            sqlx::query("UPDATE flow_snapshots SET flow_json = '{' WHERE flow_id = $1")
                .bind(&lost)
                .execute(&pool)
                .await
                .expect("damage");
            pool.close().await;
        })
        .await;
    let ada = house.administrator().await;
    let answer = ada.get(&format!("/api/flows/{lost}/file")).await;
    assert_eq!(answer.status(), 500, "nothing of it can be read");
    let answer = ada.get(&format!("/api/flows/{other}/file")).await;
    assert_eq!(answer.status(), 200);
    let flows: Vec<api::FlowSummary> = ada.read("/api/flows").await;
    assert_eq!(flows.len(), 2, "the list names both");
}
