use api::{Connection, ConnectionCheck};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::house::House;

fn draft(house: &House, name: &str) -> Value {
    let address = house.said("Sandbox is listening on ");
    json!({
        "name": name, "apiUrl": address, "clientId": "client",
        "clientSecret": "secret-canary-4711", "isDefault": false,
    })
}

#[tokio::test]
async fn a_secret_goes_in_and_never_comes_out() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let answer = ada.post("/api/connections", draft(&house, "Mine")).await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    let text = answer.text().await.expect("a body");
    assert!(!text.contains("canary"), "{text}");
    let made: Connection = serde_json::from_str(&text).expect("a connection");
    assert_eq!(made.secret_hint, "4711");
    let list = ada
        .get("/api/connections")
        .await
        .text()
        .await
        .expect("a body");
    assert!(!list.contains("canary"), "{list}");

    let mut change = draft(&house, "Renamed");
    change
        .as_object_mut()
        .expect("an object")
        .remove("clientSecret");
    let path = format!("/api/connections/{}", made.id);
    let changed: Connection = ada
        .put(&path, change.clone())
        .await
        .json()
        .await
        .expect("it");
    assert_eq!(
        (changed.name.as_str(), changed.secret_hint.as_str()),
        ("Renamed", "4711")
    );
    change["apiUrl"] = json!("https://attacker.example");
    let refused = ada.put(&path, change).await;
    assert_eq!(
        refused.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "the secret stays home"
    );
    let data = std::fs::read(house.directory.path().join("data/patchbay.db-wal")).expect("it");
    let needle = b"secret-canary-4711";
    let stored = data.windows(needle.len()).any(|window| window == needle);
    assert!(!stored, "the secret is sealed at rest");
}

#[tokio::test]
async fn trying_a_connection_says_what_is_wrong() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let check = async |id: &str| -> ConnectionCheck {
        let path = format!("/api/connections/{id}/check");
        ada.post(&path, json!({}))
            .await
            .json()
            .await
            .expect("a check")
    };
    assert!(check("sandbox").await.ok);
    let made = ada.post("/api/connections", draft(&house, "Wrong")).await;
    let made: Connection = made.json().await.expect("a connection");
    let wrong = check(&made.id).await;
    assert!(!wrong.ok);
    assert_eq!(wrong.sentence, "Genesys refused our credentials.");
    assert!(wrong.next_step.is_some());
}

#[tokio::test]
async fn what_is_wrong_with_a_connection_is_said_at_its_field() {
    let house = House::open().await;
    let ada = house.administrator().await;
    for (field, value, pointer) in [
        ("name", "", "/name"),
        ("apiUrl", "api.mypurecloud.com", "/apiUrl"),
        ("apiUrl", "http://api.mypurecloud.com", "/apiUrl"),
        ("oauthUrl", "ftp://x", "/oauthUrl"),
        ("clientId", "", "/clientId"),
        ("clientSecret", "", "/clientSecret"),
    ] {
        let mut body = draft(&house, "Mine");
        body[field] = json!(value);
        let answer = ada.post("/api/connections", body).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let problem: api::ProblemDetails = answer.json().await.expect("a problem");
        let pointers: Vec<_> = problem.errors.iter().map(|e| e.pointer.as_str()).collect();
        assert_eq!(pointers, [pointer]);
    }
}

#[tokio::test]
async fn preset_connections_cannot_be_changed() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let path = "/api/connections/sandbox";
    assert_eq!(
        ada.put(path, draft(&house, "X")).await.status(),
        StatusCode::CONFLICT
    );
    assert_eq!(ada.delete(path).await.status(), StatusCode::CONFLICT);
    let list: Vec<Connection> = ada.read("/api/connections").await;
    assert!(
        list.iter()
            .any(|one| one.id == "sandbox" && one.preset && one.is_default)
    );
    let mut mine = draft(&house, "Mine");
    mine["isDefault"] = json!(true);
    ada.post("/api/connections", mine).await;
    let list: Vec<Connection> = ada.read("/api/connections").await;
    let defaults: Vec<_> = list.iter().filter(|one| one.is_default).collect();
    assert_eq!(defaults.len(), 1);
    assert_eq!(defaults.first().map(|one| one.name.as_str()), Some("Mine"));
}
