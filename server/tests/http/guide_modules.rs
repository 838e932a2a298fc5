//! The guide on modules over our routes, with every request compared: the scopes
//! that the token is asked with and the reading of what is opened included.

use api::FlowSummary;
use sandbox::compare::{differences, shared_directory};
use serde_json::{Value, json};
use std::path::Path;
use tokio::time::{Instant, sleep};

use crate::{house::House, organisation::Organisation, socket::PATIENCE};

const SCOPES: [&str; 4] = [
    "flow:flow:write",
    "flow:flow:read",
    "flow:flowmodule:write",
    "flow:flowmodule:read",
];

/// The guide's requests. A flow is shown before it is changed, and so it is
/// read when it is opened, and again before the update, which has to follow the
/// version that is there then: the first is in no guide.
fn expected() -> Option<Value> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file = shared_directory(&workspace).join("expected/flow-modules.json");
    // Not every checkout has the guides' expectations beside it.
    let text = std::fs::read_to_string(&file).ok()?;
    let all: Value = serde_json::from_str(&text).expect("JSON");
    let requests = all["requests"].as_array().expect("a list").iter();
    let mut requests: Vec<_> = requests.filter(|one| one["method"].is_string()).collect();
    let is_read = |one: &&&Value| {
        let path = one["path"].as_str().unwrap_or_default();
        one["method"] == "GET" && path.starts_with("/api/v2/flows/<flow ")
    };
    let opened: Vec<_> = requests.iter().filter(is_read).copied().collect();
    assert_eq!(opened.len(), 2, "{file:?}");
    requests.splice(1..1, opened);
    Some(json!({ "requests": requests }))
}

#[tokio::test]
async fn the_guide_on_modules_leaves_with_its_scopes_and_all_its_requests() {
    let Some(expected) = expected() else {
        eprintln!("SKIPPED: the guides' expectations are not there");
        return;
    };
    let house = House::open().await;
    let ada = house.administrator().await;
    let organisation = Organisation::open_asking(&ada, "Guide", true, &SCOPES).await;
    let mut flows = Vec::new();
    for _ in 0..2 {
        let which = json!({ "id": organisation.seeded(None) });
        let body = json!({ "kind": "flow", "which": which });
        let answer = ada.post("/api/flows/open", body).await;
        let opened: FlowSummary = answer.json().await.expect("a flow");
        flows.push(opened.id);
    }
    let module = ada.flow("shared-authentication").await.id;
    let published = ada.ended(&ada.publish(&module, "one").await).await;
    assert_eq!(crate::publishes::version(&published), 2);
    let change = json!({ "link": { "module": module, "label": "Execute Shared Auth" } });
    let body = json!({ "key": "link", "change": change, "flows": flows, "publish": true });
    let answer = ada.post("/api/batches", body).await;
    let begun: api::Batch = answer.json().await.expect("a batch");
    let started = Instant::now();
    loop {
        let batch: api::Batch = ada.read(&format!("/api/batches/{}", begun.id)).await;
        if batch.state == api::BatchState::Ended {
            break;
        }
        assert!(started.elapsed() < 2 * PATIENCE, "still running: {batch:?}");
        sleep(std::time::Duration::from_millis(20)).await;
    }
    let arrived = organisation.sandbox.arrivals();
    assert_eq!(differences(&expected, &arrived), Vec::<String>::new());
}
