//! Publishing modules, call flows and shared flows: what is sent, in which
//! order, and how each phase that a crash interrupts ends.

use std::path::Path;

use api::{FlowSummary, Publish, PublishState, StepState};
use sandbox::compare::{differences, shared_directory};
use sandbox::{Fault, FaultKind, Route, Times};
use serde_json::{Value, json};

use crate::{
    house::{House, Person},
    publishes::version,
};

/// Requests of a guide's expectations, the token's included.
pub(crate) fn expected(guide: &str, requests: std::ops::Range<usize>) -> Option<Value> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file = shared_directory(&workspace).join(format!("expected/{guide}.json"));
    // Not every checkout has the guides' expectations beside it.
    let text = std::fs::read_to_string(&file).ok()?;
    let all: Value = serde_json::from_str(&text).expect("JSON");
    let requests = all["requests"].as_array()?.get(requests)?.to_vec();
    // Which scopes are asked for is the connection's.
    let requests = requests.into_iter().map(|mut request| {
        if let Some(form) = request["form"].as_object_mut() {
            form.remove("scope");
        }
        request
    });
    Some(json!({ "requests": requests.collect::<Vec<_>>() }))
}

/// What arrived of the API, without the token: "POST /api/v2/flows".
pub(crate) fn calls(house: &House) -> Vec<String> {
    let ids: Vec<String> = house
        .sandbox()
        .flows()
        .into_iter()
        .chain(house.sandbox().modules())
        .map(|record| record.id)
        .collect();
    house
        .sandbox()
        .arrivals()
        .into_iter()
        .filter(|call| call.path.starts_with("/api"))
        .map(|call| {
            let path = ids
                .iter()
                .fold(call.path, |path, id| path.replace(id, "{id}"));
            format!("{} {path}", call.method)
        })
        .collect()
}

pub(crate) fn failure_code(publish: &Publish) -> &str {
    match &publish.state {
        PublishState::Failed { failure } => &failure.code,
        other => panic!("{other:?}"),
    }
}

impl Person {
    /// Imports a document; the new flow.
    pub(crate) async fn import(&self, document: &Value) -> FlowSummary {
        let body = json!({ "text": document.to_string() });
        let answer = self.post("/api/flows/import", body).await;
        assert_eq!(answer.status().as_u16(), 201);
        answer.json().await.expect("a flow")
    }
}

const MODULE: &str = "POST /api/v2/flows/flowmodules";
const GET_MODULE: &str = "GET /api/v2/flows/flowmodules/{id}";
const PUT_MODULE: &str = "PUT /api/v2/flows/flowmodules/{id}";

#[tokio::test]
async fn a_module_is_made_empty_read_and_filled() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("shared-authentication").await.id;
    let ended = ada.ended(&ada.publish(&flow, "one").await).await;
    assert_eq!(version(&ended), 2, "the empty one was the first");
    assert_eq!(calls(&house), [MODULE, GET_MODULE, PUT_MODULE]);
    let states: Vec<_> = ended.steps.iter().map(|step| step.state).collect();
    assert_eq!(states, [StepState::Done; 4], "nothing is made live apart");
    if let Some(expected) = expected("flow-modules", 0..4) {
        let found = differences(&expected, &house.sandbox().arrivals());
        assert_eq!(found, Vec::<String>::new());
    }

    house.sandbox().clear_arrivals();
    let again = ada.ended(&ada.publish(&flow, "two").await).await;
    assert_eq!(version(&again), 3);
    assert_eq!(calls(&house), [GET_MODULE, PUT_MODULE]);
}

#[tokio::test]
async fn a_shared_flow_and_its_caller_are_live_as_they_are_accepted() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let processor = ada.flow("shared-email-processor").await.id;
    let ended = ada.ended(&ada.publish(&processor, "one").await).await;
    assert_eq!(version(&ended), 1);
    let shared = house.sandbox().flows().pop().expect("a flow").id;

    let mut router = house.sandbox().flows().pop().expect("a flow").draft;
    router["name"] = json!("Inbound Email Router");
    router["description"] = json!("Receives email and delegates to shared processor");
    router["inputs"] = json!([]);
    router["outputs"] = json!([]);
    router["nodes"] = json!([{"id": "n", "label": "Process", "actions": [{
        "type": "runFlow", "flowId": shared,
        "inputMapping": [{"name": "emailBody", "value": "${interaction.email.body}"}],
        "outputMapping": [{"name": "localResult", "value": "${output.processedResult}"}],
    }]}]);
    let router = ada.import(&router).await.id;
    let ended = ada.ended(&ada.publish(&router, "two").await).await;
    assert_eq!(version(&ended), 1);
    assert_eq!(
        calls(&house),
        ["POST /api/v2/flows"; 2],
        "nothing is read back"
    );

    house.sandbox().clear_arrivals();
    let again = ada.ended(&ada.publish(&router, "three").await).await;
    assert_eq!(version(&again), 2);
    assert_eq!(
        calls(&house),
        ["GET /api/v2/flows/{id}", "PUT /api/v2/flows/{id}"]
    );
}

#[tokio::test]
async fn the_shared_flow_of_the_guide_is_sent_exactly() {
    let Some(expected) = expected("shared-flows", 0..2) else {
        eprintln!("SKIPPED: the guides' expectations are not there");
        return;
    };
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.import(&expected["requests"][1]["body"]).await.id;
    assert_eq!(
        version(&ada.ended(&ada.publish(&flow, "one").await).await),
        1
    );
    let found = differences(&expected, &house.sandbox().arrivals());
    assert_eq!(found, Vec::<String>::new());
}

#[tokio::test]
async fn a_call_flow_goes_without_a_name_and_is_found_by_what_it_says() {
    for is_lost in [false, true] {
        let house = House::open().await;
        let ada = house.administrator().await;
        let flow = ada.flow("empty-call-flow").await.id;
        if is_lost {
            house.sandbox().inject(Fault {
                route: Route::Create,
                times: Times::Count(1),
                kind: FaultKind::CloseAfter,
            });
        }
        let ended = ada.ended(&ada.publish(&flow, "one").await).await;
        assert_eq!(version(&ended), 1);
        let flows = house.sandbox().flows();
        assert_eq!(flows.len(), 1, "it was sent once");
        assert_eq!(flows[0].draft.get("name"), None);
        let mut wanted = vec!["POST /api/v2/flows"];
        if is_lost {
            wanted.extend(["GET /api/v2/flows", "GET /api/v2/flows/{id}"]);
        }
        assert_eq!(calls(&house), wanted);
    }
}

#[tokio::test]
async fn answers_that_are_lost_are_looked_for_and_nothing_is_sent_twice() {
    for (template, route, wanted) in [
        (
            "shared-authentication",
            Route::CreateModule,
            vec![
                MODULE,
                "GET /api/v2/flows/flowmodules",
                GET_MODULE,
                GET_MODULE,
                PUT_MODULE,
            ],
        ),
        (
            "shared-email-processor",
            Route::Create,
            vec![
                "POST /api/v2/flows",
                "GET /api/v2/flows",
                "GET /api/v2/flows/{id}",
            ],
        ),
    ] {
        let house = House::open().await;
        let ada = house.administrator().await;
        let flow = ada.flow(template).await.id;
        house.sandbox().inject(Fault {
            route,
            times: Times::Count(1),
            kind: FaultKind::CloseAfter,
        });
        let ended = ada.ended(&ada.publish(&flow, "one").await).await;
        assert!(version(&ended) > 0);
        assert_eq!(calls(&house), wanted, "{template}");
    }
}

/// Publishes a template, then has the server start again as if it had been
/// killed in this phase. Gives how the publish ended and what was called then.
async fn killed_in(
    template: &str,
    phase: impl FnOnce(&str, &str) -> Value,
) -> (Result<u64, String>, Vec<String>) {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow(template).await.id;
    let publish = ada.publish(&flow, "click").await;
    version(&ada.ended(&publish).await);
    let record = house.sandbox().flows().pop();
    let record = record.or_else(|| house.sandbox().modules().pop());
    let record = record.expect("something upstream");
    let journal = phase(&record.id, &record.draft.to_string()).to_string();
    let house = house
        .restart_after(async |data| {
            let file = data.join("patchbay.db");
            let pool = sqlx::SqlitePool::connect(&file.to_string_lossy())
                .await
                .expect("the database");
            sqlx::query("UPDATE publishes SET running = TRUE, state_json = $1, journal_json = $2")
                .bind(r#"{"state":"running"}"#)
                .bind(journal)
                .execute(&pool)
                .await
                .expect("a running publish");
            for forget in [
                "DELETE FROM flow_links",
                "UPDATE flows SET upstream_id = NULL, published_seq = NULL",
            ] {
                sqlx::query(forget)
                    .execute(&pool)
                    .await
                    .expect("nothing is known of it");
            }
            pool.close().await;
        })
        .await;
    let ada = house.administrator().await;
    let ended = match ada.ended(&publish).await.state {
        PublishState::Published { version, .. } => Ok(version),
        PublishState::Failed { failure } => Err(failure.code),
        PublishState::Running => Err("running".to_owned()),
    };
    (ended, calls(&house))
}

#[tokio::test]
async fn each_phase_that_a_crash_interrupts_ends_with_the_truth() {
    const FIND_MODULE: &str = "GET /api/v2/flows/flowmodules";
    const FIND: &str = "GET /api/v2/flows";
    const GET: &str = "GET /api/v2/flows/{id}";
    let module = "shared-authentication";
    let shared = "shared-email-processor";
    let sending = |request: Value, document: &str| json!({ "phase": "sending", "request": request, "document": document });
    let failed = |code: &str| Err(code.to_owned());

    let (ended, made) = killed_in(module, |_, _| json!({ "phase": "intended" })).await;
    assert_eq!((ended, made.len()), (failed("interrupted"), 0));

    let empty = |name: &str| {
        json!({ "phase": "makingEmpty", "name": name,
            "document": format!(r#"{{"name":"{name}"}}"#) })
    };
    let name = "Shared_Auth_Library_v1";
    let (ended, made) = killed_in(module, |_, _| empty(name)).await;
    assert_eq!(ended, failed("left-empty"));
    assert_eq!(made, [FIND_MODULE, GET_MODULE]);
    let (ended, made) = killed_in(module, |_, _| empty("Nothing of this name")).await;
    assert_eq!(ended, failed("not-carried-out"));
    assert_eq!(made, [FIND_MODULE]);

    let made_empty = |id: &str, _: &str| json!({ "phase": "madeEmpty", "upstreamId": id });
    let (ended, made) = killed_in(module, made_empty).await;
    assert_eq!((ended, made.len()), (failed("left-empty"), 0));

    let update =
        |id: &str, base: u64| json!({ "request": "update", "upstreamId": id, "baseVersion": base });
    let (ended, made) = killed_in(module, |id, text| sending(update(id, 1), text)).await;
    assert_eq!(ended, Ok(2), "it had arrived");
    assert_eq!(made, [GET_MODULE]);
    let (ended, made) = killed_in(module, |id, text| sending(update(id, 2), text)).await;
    assert_eq!(ended, failed("not-carried-out"));
    assert_eq!(made, [GET_MODULE]);
    let other = r#"{"name":"Another"}"#;
    let (ended, _) = killed_in(module, |id, _| sending(update(id, 1), other)).await;
    assert_eq!(ended, failed("version-conflict"));

    let create = |name: &str| json!({ "request": "create", "name": name });
    let (ended, made) = killed_in(shared, |_, text| {
        sending(create("Shared Email Processor"), text)
    })
    .await;
    assert_eq!(ended, Ok(1));
    assert_eq!(made, [FIND, GET]);
    let (ended, made) = killed_in("empty-call-flow", |_, text| sending(create(""), text)).await;
    assert_eq!(ended, Ok(1));
    assert_eq!(made, [FIND, GET]);

    let sent = |id: &str, text: &str| json!({ "phase": "sent", "upstreamId": id, "version": 1, "document": text });
    let (ended, made) = killed_in(shared, sent).await;
    assert_eq!(ended, Ok(1));
    assert_eq!(made, [GET]);
}
