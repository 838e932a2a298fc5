use api::{Access, Area, AuditEntry, Connection, ConnectionCheck, Outcome, Standing};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::house::{House, Person};

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

#[tokio::test]
async fn a_new_connection_takes_nothing_over_and_each_can_be_made_the_default() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let default = async || -> Vec<String> {
        let list: Vec<Connection> = ada.read("/api/connections").await;
        let defaults = list.into_iter().filter(|one| one.is_default);
        defaults.map(|one| one.id).collect()
    };
    let made = ada.post("/api/connections", draft(&house, "Mine")).await;
    let made: Connection = made.json().await.expect("a connection");
    assert_eq!(default().await, ["sandbox"]);
    for id in [made.id.as_str(), "sandbox", made.id.as_str()] {
        let path = format!("/api/connections/{id}/default");
        let answer = ada.post(&path, json!({})).await;
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        assert_eq!(default().await, [id]);
    }
    let nobody = ada.post("/api/connections/nobody/default", json!({})).await;
    assert_eq!(nobody.status(), StatusCode::NOT_FOUND);
    assert_eq!(default().await, [made.id.as_str()], "nothing was changed");
    let house = house.restart().await;
    let ada = house.administrator().await;
    let list: Vec<Connection> = ada.read("/api/connections").await;
    assert!(list.iter().any(|one| one.id == made.id && one.is_default));
}

#[tokio::test]
async fn what_a_check_showed_is_kept_until_the_connection_changes() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let last = async |id: &str| {
        let list: Vec<Connection> = ada.read("/api/connections").await;
        let found = list.into_iter().find(|one| one.id == id).expect("it");
        found.last_check.map(|last| last.check)
    };
    assert_eq!(last("sandbox").await, None);
    let check = checked(&ada, "sandbox").await;
    assert_eq!(last("sandbox").await, Some(check));
    let made = ada.post("/api/connections", draft(&house, "Mine")).await;
    let made: Connection = made.json().await.expect("a connection");
    let check = checked(&ada, &made.id).await;
    assert!(!check.ok);
    let next = check.next_step.clone().unwrap_or_default();
    assert!(!next.contains("Settings"), "{next}");
    assert_eq!(last(&made.id).await, Some(check));
    let mut change = draft(&house, "Renamed");
    change.as_object_mut().expect("it").remove("clientSecret");
    ada.put(&format!("/api/connections/{}", made.id), change)
        .await;
    assert_eq!(last(&made.id).await, None, "it was another one");
}

async fn checked(ada: &Person, id: &str) -> ConnectionCheck {
    let path = format!("/api/connections/{id}/check");
    let answer = ada.post(&path, json!({})).await;
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json().await.expect("a check")
}

fn standing(check: &ConnectionCheck, area: Area, access: Access) -> Standing {
    let found = check
        .areas
        .iter()
        .find(|one| one.area == area && one.access == access);
    found.expect("an area").standing
}

#[tokio::test]
async fn a_check_names_what_a_client_lacks_and_changes_nothing() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let all = checked(&ada, "sandbox").await;
    assert!(all.ok, "{all:?}");
    for access in [Access::Read, Access::Write] {
        assert_eq!(standing(&all, Area::Flows, access), Standing::Allowed);
    }
    assert!(
        house
            .sandbox()
            .set_scopes("sandbox-client", vec!["flow:view".to_owned()])
    );
    let fewer = checked(&ada, "sandbox").await;
    assert!(!fewer.ok);
    assert_eq!(
        standing(&fewer, Area::Flows, Access::Read),
        Standing::Allowed
    );
    assert_eq!(
        standing(&fewer, Area::Flows, Access::Write),
        Standing::Missing
    );
    let writing = fewer
        .areas
        .iter()
        .find(|one| one.area == Area::Flows && one.access == Access::Write)
        .expect("an area");
    assert!(
        writing.missing.contains(&"flow:write".to_owned()),
        "{writing:?}"
    );
    assert_eq!(
        writing.scopes,
        [["flow:all", "flow:write", "flow:flow:write"]]
    );
    assert!(house.sandbox().flows().is_empty(), "nothing was made");

    assert!(house.sandbox().set_scopes("sandbox-client", Vec::new()));
    let none = checked(&ada, "sandbox").await;
    for missing in [
        "flow:all or flow:write or flow:flow:write",
        "flow:flowmodule:write",
        "conversation:write",
        "routing:outboundcontact:write",
    ] {
        assert!(none.sentence.contains(missing), "{}", none.sentence);
    }
    assert_eq!(
        standing(&none, Area::Flows, Access::Read),
        Standing::Missing
    );
    let entries: Vec<AuditEntry> = ada.read("/api/audit?action=connection.check").await;
    let outcomes: Vec<_> = entries.iter().rev().map(|entry| entry.outcome).collect();
    use Outcome::{Done, Failed, Intended};
    assert_eq!(
        outcomes,
        [Intended, Done, Intended, Failed, Intended, Failed]
    );
}

#[tokio::test]
async fn scopes_are_asked_for_and_one_that_the_client_lacks_is_said() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let mut mine = draft(&house, "Mine");
    mine["scopes"] = json!(["flow:view", "flow write"]);
    let refused = ada.post("/api/connections", mine.clone()).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: api::ProblemDetails = refused.json().await.expect("a problem");
    assert_eq!(problem.errors[0].pointer, "/scopes/1");
    mine["scopes"] = json!(["flow:view", "task:read"]);
    let made = ada.post("/api/connections", mine).await;
    let made: Connection = made.json().await.expect("a connection");
    assert_eq!(made.scopes, ["flow:view", "task:read"]);
    house.sandbox().clear_arrivals();
    checked(&ada, &made.id).await;
    let arrivals = house.sandbox().arrivals();
    let form = arrivals.first().and_then(|arrival| arrival.form.clone());
    assert_eq!(form.expect("a form")["scope"], json!("flow:view task:read"));
}

/// Another Genesys Cloud, whose client has this secret; its address.
async fn elsewhere(secret: &str) -> String {
    let client = sandbox::Client {
        id: "client".to_owned(),
        secret: secret.to_owned().into(),
        scopes: vec!["flow:all".to_owned()],
    };
    let options = sandbox::Options {
        clients: vec![client],
        ..sandbox::Options::default()
    };
    let there = sandbox::Sandbox::open(options).expect("a sandbox");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0");
    let listener = listener.await.expect("a listener");
    let address = listener.local_addr().expect("an address");
    let router = sandbox::router(there).into_make_service();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[tokio::test]
async fn a_new_secret_takes_the_place_of_the_old_one_only_when_it_works() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let mut change = draft(&house, "Mine");
    change["apiUrl"] = json!(elsewhere("the-new-secret-of-it").await);
    let made = ada.post("/api/connections", change.clone()).await;
    let made: Connection = made.json().await.expect("a connection");
    let path = format!("/api/connections/{}", made.id);
    change["clientSecret"] = json!("another-wrong-one");
    let refused = ada.put(&path, change.clone()).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: api::ProblemDetails = refused.json().await.expect("a problem");
    assert_eq!(problem.errors[0].pointer, "/clientSecret");
    assert!(
        problem.errors[0].detail.contains("stays in use"),
        "{problem:?}"
    );
    let list: Vec<Connection> = ada.read("/api/connections").await;
    let kept = list.iter().find(|one| one.id == made.id).expect("it");
    assert_eq!(kept.secret_hint, "4711", "nothing was changed");

    change["clientSecret"] = json!("the-new-secret-of-it");
    let changed = ada.put(&path, change).await;
    assert_eq!(changed.status(), StatusCode::OK);
    let check = checked(&ada, &made.id).await;
    assert_eq!(
        standing(&check, Area::Flows, Access::Write),
        Standing::Allowed
    );
    let entries: Vec<AuditEntry> = ada.read("/api/audit?action=connection.secret").await;
    let outcomes: Vec<_> = entries.iter().rev().map(|entry| entry.outcome).collect();
    use Outcome::{Done, Failed, Intended};
    assert_eq!(outcomes, [Intended, Failed, Intended, Done]);
}

#[tokio::test]
async fn a_secret_that_is_older_than_90_days_is_due() {
    let house = House::open().await;
    let ada = house.administrator().await;
    for name in ["Old", "New"] {
        ada.post("/api/connections", draft(&house, name)).await;
    }
    let mut database = house.database().await;
    let older = "UPDATE connections SET secret_set_at_millis = secret_set_at_millis - 7862400000
        WHERE name = 'Old'";
    sqlx::query(older)
        .execute(&mut database)
        .await
        .expect("an older secret");
    let list: Vec<Connection> = ada.read("/api/connections").await;
    let due: Vec<_> = list
        .iter()
        .map(|one| (one.name.as_str(), one.secret_is_due))
        .collect();
    assert_eq!(due, [("Sandbox", false), ("New", false), ("Old", true)]);
}
