use api::socket::FromServer;
use reqwest::StatusCode;
use serde_json::json;

use crate::{
    house::House,
    socket::{add_end, rename},
};

#[tokio::test]
async fn a_large_edit_goes_over_http_and_reaches_the_sockets() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let path = format!("/api/flows/{flow}/transactions");
    let mut socket = ada.socket(&flow, None).await;
    let ops: Vec<_> = (0..2_000)
        .flat_map(|number| add_end(&format!("n{number}")).ops)
        .collect();
    let body = json!({ "id": "a-1", "transaction": { "label": "Paste", "ops": ops } });
    for _ in 0..2 {
        let answer = ada.post(&path, body.clone()).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let message: FromServer = answer.json().await.expect("a message");
        assert!(
            matches!(message, FromServer::Acknowledged { seq: 1, .. }),
            "{message:?}"
        );
    }
    loop {
        if let FromServer::Applied { id, seq, .. } = socket.heard().await {
            assert_eq!((id.as_str(), seq), ("a-1", 1));
            break;
        }
    }
    let again = json!({ "id": "a-2", "transaction": add_end("n1") });
    let message: FromServer = ada
        .post(&path, again)
        .await
        .json()
        .await
        .expect("a message");
    assert!(matches!(message, FromServer::Refused { .. }), "{message:?}");
    let nameless = json!({ "id": "", "transaction": rename("x") });
    let refused = ada.post(&path, nameless).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let missing = json!({ "id": "a-3", "transaction": rename("x") });
    let answer = ada.post("/api/flows/missing/transactions", missing).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}
