//! Opening what exists upstream only.

use api::{FlowSummary, Role, UpstreamEntry, UpstreamKind};
use flow::FlowKind;
use serde_json::json;

use crate::{house::House, kinds::calls, publishes::version};

#[tokio::test]
async fn what_exists_upstream_opens_once_with_id_and_version() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let made = house.sandbox().seed_flow(Some("Main line"), None);
    let id = made.expect("made").id;
    let open = |which: serde_json::Value| json!({ "kind": "flow", "which": which });
    let answer = ada
        .post("/api/flows/open", open(json!({ "name": "Main line" })))
        .await;
    assert_eq!(answer.status().as_u16(), 201);
    let opened: FlowSummary = answer.json().await.expect("a flow");
    assert_eq!(
        (opened.kind, opened.name.as_str()),
        (FlowKind::Call, "Main line")
    );
    let upstream = opened.upstream.expect("it is there");
    assert_eq!((upstream.id.as_str(), upstream.version), (id.as_str(), 1));
    assert!(!upstream.changed_since);

    let again = ada.post("/api/flows/open", open(json!({ "id": id }))).await;
    assert_eq!(again.status().as_u16(), 200);
    let again: FlowSummary = again.json().await.expect("a flow");
    assert_eq!(again.id, opened.id);

    let connections: Vec<api::Connection> = ada.read("/api/connections").await;
    let listed: Vec<UpstreamEntry> = ada
        .read(&format!("/api/connections/{}/flows", connections[0].id))
        .await;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].kind, UpstreamKind::Flow);
    assert_eq!(listed[0].title, "Call flow");
    assert_eq!(listed[0].flow.as_ref(), Some(&opened.id));

    house.sandbox().clear_arrivals();
    let ended = ada.ended(&ada.publish(&opened.id, "one").await).await;
    assert_eq!(version(&ended), 2);
    assert_eq!(
        calls(&house),
        ["GET /api/v2/flows/{id}", "PUT /api/v2/flows/{id}"]
    );
    assert_eq!(house.sandbox().flows()[0].name, "Main line");
}

#[tokio::test]
async fn a_module_opens_with_what_nobody_here_understands() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("shared-authentication").await;
    version(&ada.ended(&ada.publish(&flow.id, "one").await).await);
    let id = house.sandbox().modules().pop().expect("a module").id;
    house
        .sandbox()
        .change_upstream(&id, |held| held["theirs"] = json!({"kept": true}));
    ada.delete(&format!("/api/flows/{}", flow.id)).await;
    let body = json!({ "kind": "module", "which": { "id": id } });
    let answer = ada.post("/api/flows/open", body).await;
    assert_eq!(
        answer.status().as_u16(),
        201,
        "what is in the bin is not it"
    );
    let opened: FlowSummary = answer.json().await.expect("a flow");
    assert_eq!(opened.kind, FlowKind::Module);
    assert_eq!(opened.upstream.expect("it is there").version, 3);
    version(&ada.ended(&ada.publish(&opened.id, "two").await).await);
    let held = house.sandbox().modules().pop().expect("a module");
    assert_eq!(held.draft["theirs"], json!({"kept": true}));
}

#[tokio::test]
async fn what_is_not_there_is_not_opened() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let nowhere = "0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a11";
    for (which, status) in [
        (json!({ "id": nowhere }), 404),
        (json!({ "id": "../flows" }), 422),
        (json!({ "name": "Nothing" }), 404),
    ] {
        for kind in ["flow", "module"] {
            let body = json!({ "kind": kind, "which": which });
            let answer = ada.post("/api/flows/open", body).await;
            assert_eq!(answer.status().as_u16(), status, "{kind} {which}");
        }
    }
    let viewer = house.person(&ada, Role::Viewer, "Vera").await;
    let body = json!({ "kind": "flow", "which": { "id": nowhere } });
    let answer = viewer.post("/api/flows/open", body).await;
    assert_eq!(answer.status().as_u16(), 403);
    let flows: Vec<FlowSummary> = ada.read("/api/flows").await;
    assert!(flows.is_empty());
}
