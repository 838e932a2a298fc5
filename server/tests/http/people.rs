//! What administrators do with people, and people with their own accounts.

use api::{Account, Role};
use reqwest::StatusCode;
use serde_json::json;

use crate::{
    house::{House, PASSWORD, Person},
    socket::{acknowledged, add_end, welcomed},
};

const OTHER: &str = "staple battery horse";

async fn id_of(administrator: &Person, name: &str) -> String {
    let people: Vec<Account> = administrator.read("/api/accounts").await;
    let found = people.into_iter().find(|person| person.name == name);
    found.expect(name).id
}

#[tokio::test]
async fn a_changed_role_counts_at_once_in_requests_and_sockets() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let grace = house.person(&ada, Role::Editor, "Grace").await;
    let path = format!("/api/accounts/{}", id_of(&ada, "Grace").await);
    let flow = grace.flow("empty").await.id;
    let mut socket = grace.socket(&flow, None).await;
    welcomed(&mut socket).await;
    socket.submit("g-1", add_end("n1")).await;
    acknowledged(&mut socket, "g-1").await;

    let answer = ada.put(&path, json!({ "role": "viewer" })).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let changed: Account = answer.json().await.expect("an account");
    assert_eq!(changed.role, Role::Viewer);
    assert_eq!(socket.closed().await, 1012, "it comes back as a viewer's");
    let mut back = grace.socket(&flow, Some(1)).await;
    match back.heard().await {
        api::socket::FromServer::Resumed { role, .. } => assert_eq!(role, Role::Viewer),
        other => panic!("{other:?}"),
    }
    let new = json!({ "start": { "template": "empty" } });
    let refused = grace.post("/api/flows", new.clone()).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);

    let answer = ada.put(&path, json!({ "role": "administrator" })).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(grace.get("/api/accounts").await.status(), StatusCode::OK);
    let entries: Vec<api::AuditEntry> = ada.read("/api/audit").await;
    let words: Vec<_> = entries
        .iter()
        .filter(|entry| entry.action == "account.role")
        .map(|entry| entry.detail.as_str())
        .collect();
    assert_eq!(
        words,
        [
            "Made Grace, who was a viewer, an administrator.",
            "Made Grace, who was an editor, a viewer."
        ]
    );
}

#[tokio::test]
async fn who_is_removed_is_out_and_what_they_made_stays() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let grace = house.person(&ada, Role::Editor, "Grace").await;
    let path = format!("/api/accounts/{}", id_of(&ada, "Grace").await);
    let flow = grace.flow("empty").await.id;
    let mut socket = grace.socket(&flow, None).await;
    welcomed(&mut socket).await;

    assert_eq!(ada.delete(&path).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(socket.closed().await, 4001);
    assert_eq!(
        grace.get("/api/flows").await.status(),
        StatusCode::UNAUTHORIZED
    );
    let body = json!({ "email": "grace@example.org", "password": PASSWORD });
    let refused = house.visitor().post("/api/session", body).await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(ada.delete(&path).await.status(), StatusCode::NOT_FOUND);
    let answer = ada.get(&format!("/api/flows/{flow}")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    // The address is free again.
    house.person(&ada, Role::Viewer, "Grace").await;
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let path = format!("/api/accounts/{}", id_of(&ada, "Demo").await);
    for answer in [
        ada.put(&path, json!({ "role": "publisher" })).await,
        ada.delete(&path).await,
    ] {
        assert_eq!(answer.status(), StatusCode::CONFLICT);
        let problem: api::ProblemDetails = answer.json().await.expect("a problem");
        assert_eq!(problem.kind, "/problems/last-administrator");
    }
    house.person(&ada, Role::Administrator, "Alma").await;
    assert_eq!(ada.delete(&path).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(
        ada.get("/api/flows").await.status(),
        StatusCode::UNAUTHORIZED,
        "who removes themselves is out"
    );
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_the_other_sessions() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let here = house.person(&ada, Role::Viewer, "Grace").await;
    let visitor = house.visitor();
    let elsewhere = visitor.signed_in("grace@example.org", PASSWORD).await;
    let change = async |current: &str, new: &str| {
        let body = json!({ "current": current, "new": new });
        let answer = here.put("/api/session/password", body).await;
        let status = answer.status();
        let body: serde_json::Value = answer.json().await.expect("JSON");
        (status, body["errors"][0]["pointer"].clone())
    };
    let (wrong, pointer) = change("a wrong guess of it", OTHER).await;
    assert_eq!(
        (wrong, pointer.as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("/current"))
    );
    let (weak, pointer) = change(PASSWORD, "short").await;
    assert_eq!(
        (weak, pointer.as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("/new"))
    );
    let elsewhere_still = elsewhere.get("/api/flows").await.status();
    assert_eq!(elsewhere_still, StatusCode::OK, "nothing has changed yet");

    assert_eq!(change(PASSWORD, OTHER).await.0, StatusCode::OK);
    assert_eq!(here.get("/api/flows").await.status(), StatusCode::OK);
    assert_eq!(
        elsewhere.get("/api/flows").await.status(),
        StatusCode::UNAUTHORIZED
    );
    let body = json!({ "email": "grace@example.org", "password": PASSWORD });
    let refused = visitor.post("/api/session", body).await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    visitor.signed_in("grace@example.org", OTHER).await;
}

#[tokio::test]
async fn an_own_password_cannot_be_guessed_through_an_open_session() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let grace = house.person(&ada, Role::Viewer, "Grace").await;
    let body = json!({ "current": "a wrong guess of it", "new": OTHER });
    let mut last = StatusCode::OK;
    for _ in 0..7 {
        let answer = grace.put("/api/session/password", body.clone()).await;
        last = answer.status();
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn the_demonstration_sign_in_keeps_its_printed_password() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let said = house.said("Demonstration sign-in: ");
    let (_, password) = said.split_once(" / ").expect("both");
    let body = json!({ "current": password, "new": OTHER });
    let answer = ada.put("/api/session/password", body).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
}
