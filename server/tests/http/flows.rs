use api::{FlowSummary, ProblemDetails};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::house::House;

#[tokio::test]
async fn a_flow_begins_from_a_template_as_a_copy_or_from_a_file() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let original = ada.flow("phone-lookup").await;
    assert_eq!((original.nodes, original.changed_by.as_str()), (3, "Demo"));

    let copy = json!({ "start": { "copy": original.id }, "name": "Second" });
    let copy: FlowSummary = ada
        .post("/api/flows", copy)
        .await
        .json()
        .await
        .expect("a flow");
    assert_eq!((copy.name.as_str(), copy.nodes), ("Second", 3));

    let download = ada.get(&format!("/api/flows/{}/file", original.id)).await;
    let disposition = download.headers()["content-disposition"]
        .to_str()
        .expect("text");
    assert_eq!(
        disposition,
        "attachment; filename=\"dev--phone-lookup.json\""
    );
    let text = download.text().await.expect("a file");
    let answer = ada.post("/api/flows/import", json!({ "text": text })).await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    let imported: FlowSummary = answer.json().await.expect("a flow");
    let again = ada.get(&format!("/api/flows/{}/file", imported.id)).await;
    assert_eq!(again.text().await.expect("a file"), text);

    let flows: Vec<FlowSummary> = ada.read("/api/flows").await;
    assert_eq!(flows.len(), 3);
}

#[tokio::test]
async fn what_cannot_be_made_is_refused_with_its_place() {
    let house = House::open().await;
    let ada = house.administrator().await;
    for (path, body, status, pointer) in [
        (
            "/api/flows",
            json!({ "start": { "template": "none" } }),
            422,
            "/start/template",
        ),
        (
            "/api/flows",
            json!({ "start": { "template": "empty" }, "name": " " }),
            422,
            "/name",
        ),
        (
            "/api/flows",
            json!({ "start": { "copy": "missing" } }),
            404,
            "",
        ),
        (
            "/api/flows/import",
            json!({ "text": "{\"type\":\"INBOUND\",\"nodes\":{\"nodes\":[7],\"edges\":[]}}" }),
            422,
            "/nodes/nodes/0",
        ),
        ("/api/flows/import", json!({ "text": "" }), 422, ""),
    ] {
        let answer = ada.post(path, body.clone()).await;
        assert_eq!(answer.status().as_u16(), status, "{body}");
        let problem: ProblemDetails = answer.json().await.expect("a problem");
        let found = problem.errors.first().map(|error| error.pointer.as_str());
        assert_eq!(found.unwrap_or_default(), pointer, "{body}");
    }
    let flows: Vec<Value> = ada.read("/api/flows").await;
    assert!(flows.is_empty(), "nothing half made");
}

#[tokio::test]
async fn a_name_is_one_line_that_can_be_read() {
    let house = House::open().await;
    let ada = house.administrator().await;
    for name in ["", "  ", "two\nlines", "nul\u{0}", &"x".repeat(256)] {
        let new = json!({ "name": name, "start": { "template": "empty" } });
        let refused = ada.post("/api/flows", new).await;
        assert_eq!(
            refused.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name:?}"
        );
    }
}
