//! One change made in many flows: previewed, made, published, cancelled, tried
//! again, and gone on with after a crash.

use api::{
    Batch, BatchItemState, BatchState, FlowPreview, FlowSummary, PreviewOutcome, Role,
    socket::FromServer,
};
use flow::FlowKind;
use reqwest::StatusCode;
use sandbox::compare::differences;
use sandbox::{Fault, FaultKind, Route, Times};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::{
    house::{House, Person},
    kinds::{calls, expected},
    publishes::version,
    socket::PATIENCE,
};

const LABEL: &str = "Execute Shared Auth";

pub(crate) fn link(module: &str) -> Value {
    json!({ "link": { "module": module, "label": LABEL } })
}

pub(crate) fn batch(change: &Value, flows: &[&str], publish: bool, key: &str) -> Value {
    json!({ "key": key, "change": change, "flows": flows, "publish": publish })
}

impl Person {
    pub(crate) async fn begin(&self, body: Value) -> Batch {
        let answer = self.post("/api/batches", body).await;
        assert_eq!(answer.status(), StatusCode::ACCEPTED);
        answer.json().await.expect("a batch")
    }

    /// Waits for a batch to end.
    pub(crate) async fn batch_ended(&self, id: &str) -> Batch {
        let started = Instant::now();
        loop {
            let now: Batch = self.read(&format!("/api/batches/{id}")).await;
            if now.state == BatchState::Ended {
                return now;
            }
            assert!(started.elapsed() < 2 * PATIENCE, "still running: {now:?}");
            sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// Opens a call flow that exists upstream only.
    pub(crate) async fn call_flow(&self, house: &House) -> FlowSummary {
        let seeded = house.sandbox().seed_flow(None, None).expect("seeded");
        let body = json!({ "kind": "flow", "which": { "id": seeded.id } });
        let answer = self.post("/api/flows/open", body).await;
        assert_eq!(answer.status(), StatusCode::CREATED);
        answer.json().await.expect("a flow")
    }

    /// A published flow from a template.
    pub(crate) async fn published(&self, template: &str) -> FlowSummary {
        let flow = self.flow(template).await;
        version(&self.ended(&self.publish(&flow.id, "first").await).await);
        self.read(&format!("/api/flows/{}", flow.id)).await
    }
}

pub(crate) fn states(batch: &Batch) -> Vec<&BatchItemState> {
    batch.items.iter().map(|item| &item.state).collect()
}

#[tokio::test]
async fn a_module_is_linked_into_flows_with_exactly_the_expected_requests() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flows = [ada.call_flow(&house).await, ada.call_flow(&house).await];
    let ids: Vec<&str> = flows.iter().map(|flow| flow.id.as_str()).collect();
    house.sandbox().clear_arrivals();
    let module = ada.published("shared-authentication").await.id;
    let change = link(&module);

    let body = json!({ "change": change, "flows": ids });
    let answer = ada.post("/api/batches/preview", body).await;
    let previews: Vec<FlowPreview> = answer.json().await.expect("previews");
    assert_eq!(previews.len(), 2);
    for preview in previews {
        assert_eq!(preview.kind, FlowKind::Call);
        assert!(!preview.has_unpublished);
        let PreviewOutcome::Changes {
            places,
            details,
            problems,
            errors,
        } = preview.outcome
        else {
            panic!("{:?}", preview.outcome);
        };
        assert_eq!(places.len(), 1);
        assert!(places[0].contains(LABEL), "{places:?}");
        assert!(!details.is_empty());
        assert_eq!((problems, errors), (vec![], 0));
    }
    assert_eq!(calls(&house).len(), 3, "looking changes nothing there");

    let begun = ada.begin(batch(&change, &ids, true, "click")).await;
    let again = ada.begin(batch(&change, &ids, true, "click")).await;
    assert_eq!(again.id, begun.id, "one click begins one batch");
    let ended = ada.batch_ended(&begun.id).await;
    let live = BatchItemState::Published { version: 2 };
    assert_eq!(states(&ended), [&live, &live]);
    assert!(ended.items.iter().all(|item| item.is_changed));
    // The token was there when the flows were opened.
    if let Some(mut expected) = expected("flow-modules", 0..8) {
        expected["requests"]
            .as_array_mut()
            .expect("a list")
            .remove(0);
        let found = differences(&expected, &house.sandbox().arrivals());
        assert_eq!(found, Vec::<String>::new());
    }

    let once_more = ada.begin(batch(&change, &ids, true, "another")).await;
    let ended = ada.batch_ended(&once_more.id).await;
    for state in states(&ended) {
        assert!(matches!(state, BatchItemState::Nothing { .. }), "{state:?}");
    }
    assert_eq!(calls(&house).len(), 7, "what is linked is not sent again");
}

#[tokio::test]
async fn references_are_repointed_and_verified_with_exactly_the_expected_requests() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let Some(guide) = expected("shared-flows", 0..4) else {
        eprintln!("SKIPPED: the guides' expectations are not there");
        return;
    };
    let shared = ada.import(&guide["requests"][1]["body"]).await.id;
    version(&ada.ended(&ada.publish(&shared, "one").await).await);
    let shared: FlowSummary = ada.read(&format!("/api/flows/{shared}")).await;
    let router = ada.flow("email-router").await.id;
    let answer = ada.get(&format!("/api/flows/{router}/file")).await;
    let mut file: Value = answer.json().await.expect("a file");
    let upstream = shared.upstream.expect("it was published").id;
    let node = "/flow/nodes/run-processor/fields/flow";
    *file.pointer_mut(node).expect("the call") = json!({ "reference": { "id": upstream } });
    ada.delete(&format!("/api/flows/{router}")).await;
    let router = ada.import(&file).await.id;
    version(&ada.ended(&ada.publish(&router, "one").await).await);
    let verify = format!("/api/flows/{router}/verification");
    let answer = ada.post(&verify, json!({})).await;
    let verified: api::VerifiedFlow = answer.json().await.expect("what it refers to");
    let known = |flow: &str, name: &str| api::ReferenceStanding::Known {
        flow: flow.to_owned(),
        name: name.to_owned(),
        is_asked: false,
    };
    assert_eq!(verified.references.len(), 1);
    assert_eq!(
        verified.references[0].standing,
        known(&shared.id, "Shared Email Processor")
    );
    let found = differences(&guide, &house.sandbox().arrivals());
    assert_eq!(found, Vec::<String>::new());

    let copy = json!({ "start": { "copy": shared.id }, "name": "Shared Email Processor 2" });
    let answer = ada.post("/api/flows", copy).await;
    let second: FlowSummary = answer.json().await.expect("a flow");
    let change = json!({ "repoint": { "from": shared.id, "to": second.id } });
    let flows = [router.as_str()];
    let unpublished = ada
        .post("/api/batches", batch(&change, &flows, true, "a"))
        .await;
    assert_eq!(unpublished.status(), StatusCode::CONFLICT);
    version(&ada.ended(&ada.publish(&second.id, "one").await).await);
    house.sandbox().clear_arrivals();
    let begun = ada.begin(batch(&change, &flows, true, "b")).await;
    let ended = ada.batch_ended(&begun.id).await;
    assert_eq!(states(&ended), [&BatchItemState::Published { version: 2 }]);
    let arrived = house.sandbox().arrivals();
    assert_eq!(
        calls(&house),
        ["GET /api/v2/flows/{id}", "PUT /api/v2/flows/{id}"]
    );
    let sent = arrived
        .last()
        .and_then(|call| call.body.clone())
        .expect("a body");
    let second: FlowSummary = ada.read(&format!("/api/flows/{}", second.id)).await;
    let called = &sent["nodes"][0]["actions"][0]["flowId"];
    assert_eq!(*called, json!(second.upstream.expect("it is there").id));
    let answer = ada.post(&verify, json!({})).await;
    let verified: api::VerifiedFlow = answer.json().await.expect("what it refers to");
    assert_eq!(
        verified.references[0].standing,
        known(&second.id, "Shared Email Processor 2")
    );

    // Somebody may have deleted it since: each is asked for when that is wanted.
    let asked = json!({ "published": "asked" });
    house.sandbox().clear_arrivals();
    let answer = ada.post(&verify, asked.clone()).await;
    let verified: api::VerifiedFlow = answer.json().await.expect("what it refers to");
    let api::ReferenceStanding::Known { is_asked, .. } = &verified.references[0].standing else {
        panic!("{verified:?}");
    };
    assert!(is_asked);
    let reads = ["GET /api/v2/flows/{id}", "GET /api/v2/flows/{id}"];
    assert_eq!(calls(&house), reads);
    let second = verified.references[0].id.clone();
    assert!(house.sandbox().remove_upstream(&second), "it is there");
    let answer = ada.post(&verify, asked).await;
    let verified: api::VerifiedFlow = answer.json().await.expect("what it refers to");
    assert_eq!(
        verified.references[0].standing,
        api::ReferenceStanding::Missing
    );
}

#[tokio::test]
async fn what_failed_says_so_and_is_tried_again_without_a_second_edit() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flows = [ada.call_flow(&house).await, ada.call_flow(&house).await];
    let ids: Vec<&str> = flows.iter().map(|flow| flow.id.as_str()).collect();
    let module = ada.published("shared-authentication").await.id;
    house.sandbox().inject(Fault {
        route: Route::Update,
        times: Times::Count(1),
        kind: FaultKind::Status {
            status: 403,
            headers: std::collections::BTreeMap::new(),
            body: None,
        },
    });
    let change = link(&module);
    let begun = ada.begin(batch(&change, &ids, true, "click")).await;
    let ended = ada.batch_ended(&begun.id).await;
    let BatchItemState::Failed { sentence, .. } = &ended.items[0].state else {
        panic!("{ended:?}");
    };
    assert!(sentence.starts_with("It was changed here, and the change is not live."));
    assert!(ended.items[0].is_changed);
    let live = BatchItemState::Published { version: 2 };
    assert_eq!(ended.items[1].state, live, "others go on");

    let retry = format!("/api/batches/{}/retry", begun.id);
    let answer = ada.post(&retry, json!({})).await;
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    let ended = ada.batch_ended(&begun.id).await;
    assert_eq!(states(&ended), [&live, &live]);
    let flow: FlowSummary = ada.read(&format!("/api/flows/{}", ids[0])).await;
    assert_eq!(flow.nodes, 2, "a Start and the module");
    let answer = ada.post(&retry, json!({})).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT, "nothing is left");
}

#[tokio::test]
async fn a_cancelled_batch_leaves_the_rest_as_it_is() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flows = [ada.call_flow(&house).await, ada.call_flow(&house).await];
    let ids: Vec<&str> = flows.iter().map(|flow| flow.id.as_str()).collect();
    let module = ada.published("shared-authentication").await.id;
    house.sandbox().inject(Fault {
        route: Route::Get,
        times: Times::Count(1),
        kind: FaultKind::Delay { millis: 1_500 },
    });
    let begun = ada.begin(batch(&link(&module), &ids, true, "click")).await;
    let path = format!("/api/batches/{}", begun.id);
    let answer = ada.delete(&path).await;
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    let ended = ada.batch_ended(&begun.id).await;
    assert_eq!(ended.items[1].state, BatchItemState::Cancelled);
    assert!(!ended.items[1].is_changed);
    let untouched: FlowSummary = ada.read(&format!("/api/flows/{}", ids[1])).await;
    assert_eq!(untouched.nodes, 1);
    assert_eq!(ada.delete(&path).await.status(), StatusCode::CONFLICT);

    let answer = ada.post(&format!("{path}/retry"), json!({})).await;
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    let live = BatchItemState::Published { version: 2 };
    assert_eq!(states(&ada.batch_ended(&begun.id).await), [&live, &live]);
}

#[tokio::test]
async fn editors_change_without_publishing_and_whoever_watches_sees_whose_edit_it_is() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let edith = house.person(&ada, Role::Editor, "Edith").await;
    let flow = ada.flow("empty-call-flow").await.id;
    let other = ada.flow("phone-lookup").await.id;
    let module = ada.flow("shared-authentication").await.id;
    let flows = [flow.as_str(), other.as_str()];
    let refused = edith
        .post("/api/batches", batch(&link(&module), &flows, true, "a"))
        .await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);

    let mut socket = ada.socket(&flow, None).await;
    let begun = edith.begin(batch(&link(&module), &flows, false, "b")).await;
    let ended = edith.batch_ended(&begun.id).await;
    assert_eq!(ended.items[0].state, BatchItemState::Changed);
    let BatchItemState::Failed { sentence, .. } = &ended.items[1].state else {
        panic!("{ended:?}");
    };
    assert!(
        sentence.contains("Only call flows link modules"),
        "{sentence}"
    );
    let author = loop {
        if let FromServer::Applied { author, .. } = socket.heard().await {
            break author;
        }
    };
    assert_eq!(author, "Edith");
    assert!(calls(&house).is_empty(), "nothing was sent");
    for (change, pointer) in [
        (
            json!({ "link": { "module": flow, "label": "L" } }),
            "/change/link/module",
        ),
        (
            json!({ "link": { "module": "gone", "label": "L" } }),
            "/change/link/module",
        ),
        (
            json!({ "link": { "module": module, "label": " " } }),
            "/change/link/label",
        ),
        (
            json!({ "repoint": { "from": module, "to": module } }),
            "/change/repoint/to",
        ),
    ] {
        let answer = edith
            .post("/api/batches", batch(&change, &flows, false, "c"))
            .await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let problem: Value = answer.json().await.expect("a problem");
        assert_eq!(problem["errors"][0]["pointer"], pointer);
    }
}

#[tokio::test]
async fn a_batch_that_a_crash_interrupted_goes_on_and_does_nothing_twice() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let mut flows = Vec::new();
    for _ in 0..3 {
        flows.push(ada.call_flow(&house).await);
    }
    let ids: Vec<&str> = flows.iter().map(|flow| flow.id.as_str()).collect();
    let module = ada.published("shared-authentication").await.id;
    let begun = ada.begin(batch(&link(&module), &ids, true, "click")).await;
    ada.batch_ended(&begun.id).await;
    // As a kill leaves it: the first is done and nothing is known of it, the
    // second is published and not noted, the third was not begun.
    let house = house
        .restart_after(async |data| {
            let file = data.join("patchbay.db");
            let pool = sqlx::SqlitePool::connect(&file.to_string_lossy())
                .await
                .expect("the database");
            let waiting = serde_json::to_string(&BatchItemState::Waiting).expect("JSON");
            let changing = serde_json::to_string(&BatchItemState::Changing).expect("JSON");
            for (place, state) in [(0, &waiting), (1, &changing)] {
                sqlx::query(
                    "UPDATE batch_items SET state_json = $1, changed_seq = NULL WHERE place = $2",
                )
                .bind(state)
                .bind(place)
                .execute(&pool)
                .await
                .expect("an item");
            }
            sqlx::query("UPDATE batches SET running = TRUE")
                .execute(&pool)
                .await
                .expect("a running batch");
            pool.close().await;
        })
        .await;
    let ada = house.administrator().await;
    let ended = ada.batch_ended(&begun.id).await;
    let live = BatchItemState::Published { version: 2 };
    assert_eq!(states(&ended), [&live, &live, &live]);
    assert!(calls(&house).is_empty(), "all of it was done before");
    for id in ids {
        let flow: FlowSummary = ada.read(&format!("/api/flows/{id}")).await;
        assert_eq!(flow.nodes, 2, "each is linked once");
    }
}

#[tokio::test]
async fn looking_at_what_exists_upstream_only_makes_no_document() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let module = ada.published("shared-authentication").await.id;
    let seeded = house.sandbox().seed_flow(Some("Night line"), None);
    let there = seeded.expect("made").id;
    let change = json!({ "link": { "module": module, "label": LABEL } });
    let flows = async || -> usize { ada.read::<Vec<FlowSummary>>("/api/flows").await.len() };
    let before = flows().await;

    let body = json!({ "change": change, "flows": [], "upstream": [there] });
    let answer = ada.post("/api/batches/preview", body).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let previews: Vec<FlowPreview> = answer.json().await.expect("previews");
    assert_eq!((previews.len(), &previews[0].flow), (1, &None));
    let outcome = &previews[0].outcome;
    assert!(
        matches!(outcome, PreviewOutcome::Changes { .. }),
        "{outcome:?}"
    );
    assert_eq!(flows().await, before, "a preview makes nothing");

    let missing = "0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a11";
    let body = json!({ "change": change, "flows": [], "upstream": [missing] });
    let answer = ada.post("/api/batches/preview", body).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let body = json!({ "change": change, "flows": [], "upstream": [there, there] });
    let answer = ada.post("/api/batches/preview", body).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);

    let body = json!({ "key": "one", "change": change, "flows": [], "upstream": [there], "publish": true });
    let ended = ada.batch_ended(&ada.begin(body).await.id).await;
    assert_eq!(states(&ended), [&BatchItemState::Published { version: 2 }]);
    assert_eq!(
        flows().await,
        before + 1,
        "it was opened when it was confirmed"
    );
}

#[tokio::test]
async fn batches_at_once_link_one_module_into_each_flow_once() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let module = ada.flow("shared-authentication").await.id;
    let mut flows = Vec::new();
    for _ in 0..10 {
        flows.push(ada.flow("empty-call-flow").await.id);
    }
    let ids: Vec<_> = flows.iter().map(String::as_str).collect();
    let change = link(&module);
    let keys = ["a", "b", "c", "d"];
    let begun = keys.map(|key| ada.begin(batch(&change, &ids, false, key)));
    let begun = futures_util::future::join_all(begun).await;
    let mut ended = Vec::new();
    for batch in &begun {
        ended.push(ada.batch_ended(&batch.id).await);
    }
    for (place, id) in flows.iter().enumerate() {
        let states: Vec<_> = ended
            .iter()
            .map(|batch| &batch.items[place].state)
            .collect();
        let changed = |state: &&&BatchItemState| **state == &BatchItemState::Changed;
        let nothing = |state: &&&BatchItemState| matches!(state, BatchItemState::Nothing { .. });
        assert_eq!(states.iter().filter(changed).count(), 1, "{states:?}");
        assert_eq!(states.iter().filter(nothing).count(), 3, "{states:?}");
        let flow: FlowSummary = ada.read(&format!("/api/flows/{id}")).await;
        assert_eq!(flow.nodes, 2, "linked once");
    }
}

#[tokio::test]
async fn a_key_that_named_another_batch_is_refused() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let edith = house.person(&ada, Role::Editor, "Edith").await;
    let module = ada.flow("shared-authentication").await.id;
    let flow = ada.flow("empty-call-flow").await.id;
    let other = ada.flow("empty-call-flow").await.id;
    let asked = batch(&link(&module), &[&flow], false, "click");
    let begun = ada.begin(asked.clone()).await;
    assert_eq!(
        ada.begin(asked.clone()).await.id,
        begun.id,
        "the same click"
    );
    let elsewhere = batch(&link(&module), &[&other], false, "click");
    for (person, body) in [(&edith, asked), (&ada, elsewhere)] {
        let refused = person.post("/api/batches", body).await;
        assert_eq!(refused.status(), StatusCode::CONFLICT);
    }
    ada.batch_ended(&begun.id).await;
    let untouched: FlowSummary = ada.read(&format!("/api/flows/{other}")).await;
    assert_eq!(untouched.nodes, 1);
}
