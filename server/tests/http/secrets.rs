use serde_json::json;
use server::routes;

use crate::house::{House, PASSWORD};

#[tokio::test]
async fn no_answer_holds_a_secret() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let address = house.said("Sandbox is listening on ");
    let secret = "canary-client-secret-5c2f";
    let draft = json!({
        "name": "Canary", "apiUrl": address, "clientId": "client",
        "clientSecret": secret, "isDefault": true,
    });
    let made: api::Connection = ada
        .post("/api/connections", draft)
        .await
        .json()
        .await
        .expect("it");
    let flow = ada.flow("phone-lookup").await.id;
    let publish = ada.publish(&flow, "click").await;
    ada.ended(&publish).await;
    ada.post(
        "/api/accounts",
        json!({
            "email": "x@example.org", "name": "X", "role": "viewer", "password": PASSWORD,
        }),
    )
    .await;
    let key = std::fs::read_to_string(house.directory.path().join("data/key")).expect("a key");
    let demonstration = house.said("Demonstration sign-in: ");
    let (_, demonstration) = demonstration.split_once(" / ").expect("a password");
    let cookie = ada.cookie.split('=').nth(1).expect("a value");
    for route in routes() {
        let path = route
            .path
            .replace("{flow}", &flow)
            .replace("{publish}", &publish.id)
            .replace("{connection}", &made.id);
        if route.method == "DELETE" {
            continue;
        }
        let answer = ada
            .request(route.method.clone(), &path)
            .send()
            .await
            .expect("an answer");
        let text = answer.text().await.expect("a body");
        for canary in [
            secret,
            PASSWORD,
            key.trim(),
            demonstration,
            cookie,
            "$argon2id$",
        ] {
            assert!(
                !text.contains(canary),
                "{} {path} holds a secret",
                route.method
            );
        }
    }
}
