//! Uploads of data actions, with lost answers, crashes and many clicks.

use std::path::Path;

use api::{DataActionSummary, Failure, OpenDataAction, Outcome, PublishState, StepState, Upload};
use flow::data_action::Script;
use reqwest::StatusCode;
use sandbox::{
    Fault, FaultKind, Route, Times,
    compare::{differences, shared_directory},
};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::{
    house::{House, Person},
    socket::PATIENCE,
};

impl Person {
    /// Asks for an upload.
    pub(crate) async fn upload(&self, action: &str, key: &str) -> Upload {
        let path = format!("/api/data-actions/{action}/uploads");
        let answer = self.post(&path, json!({ "key": key })).await;
        assert!(answer.status().is_success(), "{}", answer.status());
        answer.json().await.expect("an upload")
    }

    /// Waits for an upload to end: the version that was read back, or why not.
    pub(crate) async fn upload_ended(&self, upload: &Upload) -> Result<u64, Failure> {
        let started = Instant::now();
        loop {
            let now: Upload = self.read(&format!("/api/uploads/{}", upload.id)).await;
            match now.state {
                PublishState::Published { version, .. } => {
                    let steps: Vec<_> = now.steps.iter().map(|step| step.state).collect();
                    assert_eq!(steps, [StepState::Done; 4]);
                    return Ok(version);
                }
                PublishState::Failed { failure } => return Err(failure),
                PublishState::Running => {}
            }
            assert!(started.elapsed() < 2 * PATIENCE, "still running: {now:?}");
            sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    async fn summary(&self, action: &str) -> DataActionSummary {
        let opened: OpenDataAction = self.read(&format!("/api/data-actions/{action}")).await;
        opened.summary
    }
}

/// The calls to the API that arrived, ids left out.
fn calls(house: &House) -> Vec<String> {
    let calls = house.sandbox().arrivals().into_iter();
    let calls = calls.filter(|call| call.path.starts_with("/api"));
    let calls = calls.map(|call| {
        let path = call.path.strip_prefix("/api/v2/tasks/dataactions");
        let path = path.map_or(
            "elsewhere",
            |rest| if rest.is_empty() { "" } else { "/{id}" },
        );
        format!("{}{path}", call.method)
    });
    calls.collect()
}

fn fault(route: Route, kind: FaultKind) -> Fault {
    Fault {
        route,
        times: Times::Count(1),
        kind,
    }
}

#[tokio::test]
async fn the_guides_data_action_uploads_with_exactly_the_expected_requests() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file = shared_directory(&workspace).join("expected/data-action.json");
    // Not every checkout has the guides' expectations beside it: then what is
    // written down here must leave.
    let expected: Value = match std::fs::read_to_string(&file) {
        Ok(text) => serde_json::from_str(&text).expect("JSON"),
        Err(_) => json!({ "requests": [
            { "method": "POST", "host": "oauth", "path": "/oauth/token", "form": {
                "grant_type": "client_credentials",
                "client_id": "<id>", "client_secret": "<secret>",
            } },
            { "method": "POST", "path": "/api/v2/tasks/dataactions", "body": {
                "name": "Echo",
                "definition": {
                    "name": "Echo", "language": "python3",
                    "inputs": [{ "name": "x", "datatype": "string", "required": true }],
                    "outputs": [{ "name": "y", "datatype": "string" }],
                    "code": "ZGVmIG1haW4oaW5wdXRfZGF0YSk6CiAgICByZXR1cm4geyJ5IjogaW5wdXRfZGF0YVsieCJdfQo=",
                },
            }, "answer": { "status": 200, "id": "<action>" } },
            { "method": "GET", "path": "/api/v2/tasks/dataactions/<action>" },
        ] }),
    };
    let house = House::open().await;
    let ada = house.administrator().await;
    let document = expected["requests"][1]["body"].to_string();
    let imported = ada
        .post("/api/data-actions/import", json!({ "text": document }))
        .await;
    assert_eq!(imported.status(), StatusCode::CREATED);
    let imported: OpenDataAction = imported.json().await.expect("a data action");
    let upload = ada.upload(&imported.summary.id, "click").await;
    assert_eq!(ada.upload_ended(&upload).await, Ok(1));
    let found = differences(&expected, &house.sandbox().arrivals());
    assert_eq!(found, Vec::<String>::new());
    let upstream = ada.summary(&imported.summary.id).await.upstream;
    assert!(!upstream.expect("it is there").changed_since);
}

#[tokio::test]
async fn a_changed_data_action_uploads_as_the_next_version() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let mut opened = ada.example().await;
    let id = opened.summary.id.clone();
    let upload = ada.upload(&id, "one").await;
    assert_eq!(ada.upload_ended(&upload).await, Ok(1));
    opened.action.name = "Renamed".to_owned();
    assert_eq!(ada.save(&opened).await.status(), StatusCode::OK);
    let changed = ada.summary(&id).await.upstream.expect("it is there");
    assert!(changed.changed_since);
    house.sandbox().clear_arrivals();
    let upload = ada.upload(&id, "two").await;
    assert_eq!(ada.upload_ended(&upload).await, Ok(2));
    assert_eq!(calls(&house), ["GET/{id}", "PUT/{id}", "GET/{id}"]);
    let held = house.sandbox().data_actions();
    assert_eq!((held.len(), held[0].name.as_str()), (1, "Renamed"));

    let entries: Vec<api::AuditEntry> = ada.read("/api/audit").await;
    let uploads = entries.iter().filter(|e| e.action == "data-action.upload");
    let outcomes: Vec<_> = uploads.map(|entry| entry.outcome).collect();
    assert_eq!(outcomes, [Outcome::Done, Outcome::Intended].repeat(2));
}

#[tokio::test]
async fn a_click_uploads_once_and_others_join_it() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let id = ada.example().await.summary.id;
    let clicks = (0..20).map(|number| {
        let (ada, id) = (ada.clone(), id.clone());
        let key = format!("click-{}", number % 4);
        tokio::spawn(async move { ada.upload(&id, &key).await.id })
    });
    let clicks: Vec<_> = clicks.collect();
    let mut ids = Vec::new();
    for click in clicks {
        ids.push(click.await.expect("an answer"));
    }
    ids.sort();
    ids.dedup();
    let all: Vec<Upload> = ada.read(&format!("/api/data-actions/{id}/uploads")).await;
    assert_eq!(ids.len(), all.len());
    for upload in &all {
        assert!(ada.upload_ended(upload).await.is_ok());
    }
    assert_eq!(house.sandbox().data_actions().len(), 1);
    let creates = calls(&house).into_iter().filter(|call| call == "POST");
    assert_eq!(creates.count(), 1);
}

#[tokio::test]
async fn a_data_action_with_problems_is_not_sent() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let mut opened = ada.example().await;
    opened.action.definition.code = Script::Text("def main(\n".to_owned());
    ada.save(&opened).await;
    let upload = ada.upload(&opened.summary.id, "click").await;
    let failure = ada.upload_ended(&upload).await.expect_err("it must fail");
    assert_eq!(failure.code, "data-action-has-problems");
    assert_eq!(failure.problems[0].code.as_str(), "script-syntax");
    assert!(house.sandbox().arrivals().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_lost_answer_is_found_out_by_reading() {
    let found = ["POST", "GET", "GET/{id}", "GET/{id}"];
    for (kind, ended, expected) in [
        (FaultKind::CloseAfter, Ok(1), found.as_slice()),
        (FaultKind::Garbage, Ok(1), found.as_slice()),
        (
            FaultKind::Status {
                status: 500,
                headers: Default::default(),
                body: None,
            },
            Err("not-carried-out"),
            &["POST", "GET"],
        ),
    ] {
        let house = House::open().await;
        let ada = house.administrator().await;
        let id = ada.example().await.summary.id;
        house
            .sandbox()
            .inject(fault(Route::CreateAction, kind.clone()));
        let upload = ada.upload(&id, "click").await;
        let outcome = ada.upload_ended(&upload).await;
        let outcome = outcome.as_ref().map_err(|failure| failure.code.as_str());
        assert_eq!(outcome.copied(), ended, "{kind:?}");
        assert_eq!(calls(&house), expected, "{kind:?}");
        // Once more ends well, and there is one of it.
        let upload = ada.upload(&id, "again").await;
        let version = ada.upload_ended(&upload).await.expect("it goes through");
        assert!(version >= 1);
        assert_eq!(house.sandbox().data_actions().len(), 1, "{kind:?}");
    }
}

#[tokio::test]
async fn a_name_that_is_taken_is_said_in_words_with_what_to_do() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let (first, mut second) = (ada.example().await, ada.example().await);
    let upload = ada.upload(&first.summary.id, "click").await;
    assert_eq!(ada.upload_ended(&upload).await, Ok(1));
    second.action.description = "Another".to_owned();
    ada.save(&second).await;
    let upload = ada.upload(&second.summary.id, "click").await;
    let failure = ada.upload_ended(&upload).await.expect_err("it is taken");
    assert_eq!(failure.code, "already-exists");
    assert!(failure.next_step.contains("another name"), "{failure:?}");
    assert!(failure.correlation_id.is_some());
}

/// Uploads the example, then has the server start again as if it had been
/// killed in this phase. Gives how the upload ended and the calls that the new
/// server made.
async fn killed_in(
    phase: impl FnOnce(&str, &str) -> Value,
) -> (Result<u64, String>, Vec<String>, Option<bool>) {
    let house = House::open().await;
    let ada = house.administrator().await;
    let id = ada.example().await.summary.id;
    let upload = ada.upload(&id, "click").await;
    assert_eq!(ada.upload_ended(&upload).await, Ok(1));
    let sent = house.sandbox().arrivals().into_iter().find_map(|call| {
        let is_create = call.method == "POST" && call.path.starts_with("/api");
        call.body.filter(|_| is_create)
    });
    let document = sent.expect("what was sent").to_string();
    let upstream = house.sandbox().data_actions().pop().expect("one").id;
    let journal = phase(&upstream, &document).to_string();
    let house = house
        .restart_after(async |data| {
            let file = data.join("patchbay.db");
            let pool = sqlx::SqlitePool::connect(&file.to_string_lossy())
                .await
                .expect("the database");
            let running = r#"{"state":"running"}"#;
            sqlx::query("UPDATE uploads SET running = TRUE, state_json = $1, journal_json = $2")
                .bind(running)
                .bind(journal)
                .execute(&pool)
                .await
                .expect("a running upload");
            sqlx::query("UPDATE data_actions SET upstream_id = NULL, uploaded_revision = NULL")
                .execute(&pool)
                .await
                .expect("a data action that was never uploaded");
            sqlx::query("DELETE FROM action_links")
                .execute(&pool)
                .await
                .expect("no link");
            pool.close().await;
        })
        .await;
    let ada = house.administrator().await;
    let started = Instant::now();
    let ended = loop {
        let now: Upload = ada.read(&format!("/api/uploads/{}", upload.id)).await;
        match now.state {
            PublishState::Published { version, .. } => break Ok(version),
            PublishState::Failed { failure } => break Err(failure.code),
            PublishState::Running => {}
        }
        assert!(started.elapsed() < 2 * PATIENCE, "still running: {now:?}");
        sleep(std::time::Duration::from_millis(20)).await;
    };
    let upstream = ada.summary(&id).await.upstream;
    let changed_since = upstream.map(|upstream| upstream.changed_since);
    (ended, calls(&house), changed_since)
}

fn creating(name: &str, document: &str) -> Value {
    json!({
        "phase": "sending", "document": document,
        "request": { "request": "create", "name": name },
    })
}

#[tokio::test]
async fn before_anything_was_sent_nothing_is() {
    let (ended, calls, upstream) = killed_in(|_, _| json!({ "phase": "intended" })).await;
    assert_eq!(ended, Err("interrupted".to_owned()));
    assert_eq!((calls, upstream), (Vec::new(), None));
}

#[tokio::test]
async fn what_had_arrived_is_found_and_not_sent_again() {
    let (ended, calls, upstream) =
        killed_in(|_, document| creating("Look up a user", document)).await;
    assert_eq!(ended, Ok(1));
    assert_eq!(calls, ["GET", "GET/{id}", "GET/{id}"]);
    assert_eq!(upstream, Some(false));
}

#[tokio::test]
async fn what_had_not_arrived_is_not_sent_behind_the_users_back() {
    let (ended, calls, upstream) =
        killed_in(|_, document| creating("Another name", document)).await;
    assert_eq!(ended, Err("not-carried-out".to_owned()));
    assert_eq!((calls, upstream), (vec!["GET".to_owned()], None));
}

#[tokio::test]
async fn what_was_sent_is_read_back() {
    let (ended, calls, _) = killed_in(|upstream, document| {
        json!({ "phase": "sent", "upstreamId": upstream, "version": 1, "document": document })
    })
    .await;
    assert_eq!(ended, Ok(1));
    assert_eq!(calls, ["GET/{id}"]);
}

#[tokio::test]
async fn what_it_is_in_one_connection_means_nothing_in_another() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let id = ada.example().await.summary.id;
    let upload = ada.upload(&id, "one").await;
    assert_eq!(ada.upload_ended(&upload).await, Ok(1));
    // As if it had been uploaded through another connection.
    let house = house
        .restart_after(async |data| {
            let file = data.join("patchbay.db");
            let pool = sqlx::SqlitePool::connect(&file.to_string_lossy())
                .await
                .expect("the database");
            sqlx::query("UPDATE action_links SET connection_id = 'elsewhere'")
                .execute(&pool)
                .await
                .expect("a link elsewhere");
            pool.close().await;
        })
        .await;
    let ada = house.administrator().await;
    house.sandbox().clear_arrivals();
    let upload = ada.upload(&id, "two").await;
    // It is made, not changed by an id of the other; there it is already, and
    // just so.
    assert_eq!(ada.upload_ended(&upload).await, Ok(1));
    assert_eq!(calls(&house), ["POST", "GET/{id}", "GET/{id}"]);
    let upload = ada.upload(&id, "three").await;
    assert_eq!(ada.upload_ended(&upload).await, Ok(2));
    let later = calls(&house).split_off(3);
    assert_eq!(later, ["GET/{id}", "PUT/{id}", "GET/{id}"]);
}

#[tokio::test]
async fn a_long_script_is_uploaded_and_a_longer_one_is_refused_at_once() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let mut made = ada.example().await;
    let text = made
        .action
        .definition
        .code
        .text()
        .expect("a text")
        .to_owned();
    let table = "# A row of a table that somebody keeps in the script.\n";
    let long = |bytes: usize| table.repeat((bytes - text.len()) / table.len()) + &text;
    made.action.definition.code = Script::Text(long(flow::MAX_SCRIPT_BYTES));
    assert_eq!(ada.save(&made).await.status(), StatusCode::OK);
    let upload = ada.upload(&made.summary.id, "one").await;
    assert_eq!(ada.upload_ended(&upload).await, Ok(1));

    let mut made = ada.example().await;
    made.action.definition.code = Script::Text(long(flow::MAX_SCRIPT_BYTES + 1_000));
    let refused = ada.save(&made).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let refused: Value = refused.json().await.expect("a problem");
    assert!(refused.to_string().contains("256 KiB"), "{refused}");
}
