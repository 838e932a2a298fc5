//! What was looked at and left out of a batch: it stands in it, and nothing is
//! done with it.

use api::{AuditEntry, BatchItemState, FlowSummary};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::{
    batches::{batch, link, states},
    house::House,
    kinds::calls,
};

const LEFT_OUT: BatchItemState = BatchItemState::LeftOut { is_here: true };

#[tokio::test]
async fn a_flow_that_is_left_out_stands_in_the_batch_and_is_as_it_was() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flows = [ada.call_flow(&house).await, ada.call_flow(&house).await];
    let ids: Vec<&str> = flows.iter().map(|flow| flow.id.as_str()).collect();
    let module = ada.published("shared-authentication").await.id;
    let there = house.sandbox().seed_flow(Some("Night line"), None);
    let there = there.expect("made").id;
    house.sandbox().clear_arrivals();
    let mut body = batch(&link(&module), &ids, true, "click");
    body["upstream"] = json!([there]);
    body["leaveOut"] = json!([ids[0], there]);
    let begun = ada.begin(body.clone()).await;
    assert_eq!(begun.title, "Link “Shared_Auth_Library_v1” into 1 flow");
    assert_eq!(ada.begin(body.clone()).await.id, begun.id, "one click");

    let ended = ada.batch_ended(&begun.id).await;
    let live = BatchItemState::Published { version: 2 };
    let left_there = BatchItemState::LeftOut { is_here: false };
    assert_eq!(states(&ended), [&LEFT_OUT, &live, &left_there]);
    assert_eq!(ended.items[2].name, there);
    let untouched: FlowSummary = ada.read(&format!("/api/flows/{}", ids[0])).await;
    assert_eq!(untouched.nodes, 1);
    let all: Vec<FlowSummary> = ada.read("/api/flows").await;
    assert_eq!(all.len(), 3, "what is left out there is not opened");
    let asked = ["GET /api/v2/flows/{id}", "PUT /api/v2/flows/{id}"];
    assert_eq!(calls(&house), asked, "nothing is asked for the others");

    let retry = format!("/api/batches/{}/retry", begun.id);
    let answer = ada.post(&retry, json!({})).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT, "nothing was missed");
    let entries: Vec<AuditEntry> = ada.read("/api/audit").await;
    let end = entries.iter().find(|entry| entry.action == "batch.end");
    let said = &end.expect("an entry").detail;
    assert!(
        said.contains("1 done, 0 with nothing to change, 2 left out"),
        "{said}"
    );

    // The same key with another choice is another click.
    body["leaveOut"] = json!([ids[1], there]);
    let answer = ada.post("/api/batches", body).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn only_flows_of_the_batch_are_left_out_and_never_all_of_them() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty-call-flow").await.id;
    let module = ada.flow("shared-authentication").await.id;
    for left_out in [json!([flow]), json!([flow, flow]), json!(["another"])] {
        let mut body = batch(&link(&module), &[&flow], false, "click");
        body["leaveOut"] = left_out.clone();
        let answer = ada.post("/api/batches", body).await;
        assert_eq!(
            answer.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{left_out}"
        );
        let problem: Value = answer.json().await.expect("a problem");
        assert_eq!(problem["errors"][0]["pointer"], "/leaveOut");
    }
}
