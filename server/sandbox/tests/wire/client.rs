//! The Genesys Cloud client against the sandbox.

use std::path::Path;

use genesys::{ClientCredentials, Conflict, Connection, FailureKind, PlainHttp, Settings};
use sandbox::compare::{differences, shared_directory};
use sandbox::{Fault, FaultKind, Route, Times};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::started::{SECRET, flow, options, started};

pub(crate) fn connection(base: &str, client: &str, secret: &str) -> Connection {
    let client = ClientCredentials {
        id: client.to_owned(),
        secret: SecretString::from(secret.to_owned()),
        scope: None,
    };
    let settings = Settings::new(base, None, client, PlainHttp::OnLoopback).expect("settings");
    Connection::new(&settings).expect("a connection")
}

pub(crate) fn bytes(body: &Value) -> Vec<u8> {
    body.to_string().into_bytes()
}

#[tokio::test]
async fn the_client_creates_reads_publishes_changes_and_publishes_again() {
    let (sandbox, base) = started(options()).await;
    let connection = connection(&base, "all", SECRET);
    let flows = connection.flows();
    let made = flows.create(bytes(&flow("A", 1))).await.expect("created");
    assert_eq!((made.version, made.published_version), (1, None));
    assert_eq!(flows.get(&made.id).await.expect("read"), made);
    assert_eq!(flows.publish(&made.id).await.expect("published").version, 1);

    let mut changed = flow("A", 1);
    changed["id"] = json!(made.id.as_str());
    changed["description"] = json!("changed");
    let changed = flows
        .update(&made.id, bytes(&changed))
        .await
        .expect("changed");
    assert_eq!((changed.version, changed.published_version), (2, Some(1)));
    assert_eq!(flows.publish(&made.id).await.expect("published").version, 2);
    let found = flows
        .find_by_name("A")
        .await
        .expect("found")
        .expect("one flow");
    assert_eq!((found.id, found.published_version), (made.id, Some(2)));
    assert_eq!(flows.find_by_name("B").await.expect("found"), None);

    let sign_ins = sandbox
        .arrivals()
        .iter()
        .filter(|arrival| arrival.path == "/oauth/token")
        .count();
    assert_eq!(sign_ins, 1, "one token serves all calls");
}

#[tokio::test]
async fn the_guides_example_makes_exactly_the_expected_requests() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let file = shared_directory(&workspace).join("expected/phone-lookup.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("SKIPPED: {} is not there", file.display());
        return;
    };
    let expected: Value = serde_json::from_str(&text).expect("json");
    let mut body = expected["requests"][1]["body"].clone();
    body["metadata"]["lastModified"] = json!("2026-01-01T00:00:00Z");

    let (sandbox, base) = started(options()).await;
    let connection = connection(&base, "all", SECRET);
    let made = connection
        .flows()
        .create(bytes(&body))
        .await
        .expect("created");
    connection.flows().get(&made.id).await.expect("read");
    connection
        .flows()
        .publish(&made.id)
        .await
        .expect("published");
    assert_eq!(
        differences(&expected, &sandbox.arrivals()),
        Vec::<String>::new()
    );

    connection.flows().get(&made.id).await.expect("read");
    assert_eq!(differences(&expected, &sandbox.arrivals()).len(), 1);
}

#[tokio::test]
async fn refusals_reach_the_caller_as_what_they_are() {
    let (_, base) = started(options()).await;
    let wrong = connection(&base, "all", "wrong");
    let failure = wrong.flows().find_by_name("A").await.expect_err("refused");
    assert_eq!(failure.kind, FailureKind::CredentialsRefused);

    let reader = connection(&base, "reader", SECRET);
    let failure = reader
        .flows()
        .create(bytes(&flow("A", 1)))
        .await
        .expect_err("refused");
    assert_eq!(
        failure.sentence(),
        "Missing permission: one of flow:all, flow:write, flow:flow:write."
    );
    assert!(failure.correlation_id.is_some());

    let all = connection(&base, "all", SECRET);
    let made = all
        .flows()
        .create(bytes(&flow("A", 1)))
        .await
        .expect("created");
    let failure = all
        .flows()
        .create(bytes(&flow("A", 1)))
        .await
        .expect_err("refused");
    let entity_id = Some(made.id.to_string());
    assert_eq!(
        failure.kind,
        FailureKind::Conflict(Conflict::AlreadyExists { entity_id })
    );

    let mut stale = flow("A", 9);
    stale["id"] = json!(made.id.as_str());
    let failure = all
        .flows()
        .update(&made.id, bytes(&stale))
        .await
        .expect_err("refused");
    assert_eq!(failure.kind, FailureKind::Conflict(Conflict::Version));

    let mut invalid = flow("B", 1);
    invalid["nodes"]["edges"][0]["toNodeId"] = json!("gone");
    let failure = all
        .flows()
        .create(bytes(&invalid))
        .await
        .expect_err("refused");
    let FailureKind::Rejected { problems, .. } = failure.kind else {
        panic!("a rejection was expected");
    };
    assert_eq!(problems[0].pointer, "/nodes/edges/0/toNodeId");
    assert_eq!(problems[0].entity.as_deref(), Some("e1"));
}

#[tokio::test]
async fn a_token_that_expires_in_mid_call_is_renewed_unseen() {
    let (sandbox, base) = started(options()).await;
    let connection = connection(&base, "all", SECRET);
    let made = connection
        .flows()
        .create(bytes(&flow("A", 1)))
        .await
        .expect("created");
    let (route, times, kind) = (Route::Publish, Times::Count(1), FaultKind::ExpireTokens);
    sandbox.inject(Fault { route, times, kind });
    assert_eq!(
        connection
            .flows()
            .publish(&made.id)
            .await
            .expect("published")
            .version,
        1
    );
}

#[tokio::test]
async fn a_lost_answer_is_reconciled_by_reading() {
    let (sandbox, base) = started(options()).await;
    let connection = connection(&base, "all", SECRET);
    for (kind, done) in [(FaultKind::CloseAfter, true), (FaultKind::Garbage, true)] {
        let name = format!("{kind:?}");
        let (route, times) = (Route::Create, Times::Count(1));
        sandbox.inject(Fault { route, times, kind });
        let failure = connection
            .flows()
            .create(bytes(&flow(&name, 1)))
            .await
            .expect_err("lost");
        assert!(failure.may_have_happened(), "{failure:?}");
        let found = connection.flows().find_by_name(&name).await.expect("found");
        assert_eq!(found.is_some(), done);
    }
}
