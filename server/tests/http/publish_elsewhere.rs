//! What flows call has another id in each organisation: what is drawn under one
//! goes out with the one that it has there, or not at all.

use api::{BatchItemState, Consumers, PublishState, UnpublishedChanges};
use flow::{EntityKind, EntityRef, Workspace};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::{
    batches::{batch, link, states},
    house::{House, Person},
    organisation::Organisation,
    publishes::version,
};

const CODE: &str = "reference-not-in-connection";

/// A call flow that executes a module; both are in the house's sandbox.
async fn linked(house: &House, ada: &Person) -> (String, String) {
    let module = ada.published("shared-authentication").await.id;
    let flow = ada.call_flow(house).await.id;
    let begun = ada
        .begin(batch(&link(&module), &[&flow], true, "here"))
        .await;
    let live = BatchItemState::Published { version: 2 };
    assert_eq!(states(&ada.batch_ended(&begun.id).await), [&live]);
    (module, flow)
}

/// The module that the only call flow of a sandbox executes.
fn called(sandbox: &sandbox::Sandbox) -> Value {
    let flow = sandbox.flows().pop().expect("a flow").draft;
    flow["definition"]["nodes"][0]["settings"]["flowModuleId"].clone()
}

#[tokio::test]
async fn a_flow_calls_in_each_organisation_what_is_there() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let (module, flow) = linked(&house, &ada).await;
    let drawn = house.sandbox().modules()[0].id.clone();
    assert_eq!(called(house.sandbox()), json!(drawn));
    let production = Organisation::open(&ada, "Production", false).await;
    let to = |key: &str| json!({ "key": key, "connection": production.connection });

    // What it calls is not there: nothing leaves.
    let refused = ada.publish_with(&flow, to("one")).await;
    let PublishState::Failed { failure } = refused.state else {
        panic!("{refused:?}");
    };
    assert_eq!(failure.code, "callee-not-in-connection");
    let [problem] = &failure.problems[..] else {
        panic!("{failure:?}");
    };
    assert_eq!(problem.code.as_str(), CODE);
    assert_eq!(
        problem.message,
        "The module “Shared_Auth_Library_v1”, which “Execute Shared Auth” uses, was never published to “Production”: publish it there first."
    );
    let place = (&problem.place.node, &problem.place.field);
    assert!(matches!(place, (Some(_), Some(_))), "{problem:?}");
    let other = ada.flow("empty-call-flow").await.id;
    let mut elsewhere = batch(&link(&module), &[&other], true, "there");
    elsewhere["connection"] = json!(production.connection);
    let answer = ada.post("/api/batches", elsewhere.clone()).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let said: Value = answer.json().await.expect("a problem");
    assert!(
        said["detail"]
            .as_str()
            .expect("words")
            .contains("“Production”")
    );
    assert_eq!(production.calls(), 0, "nothing was sent");

    // Once it is, the flow goes out with the id that it has there.
    version(&ada.publish_with(&module, to("two")).await);
    let there = production.sandbox.modules()[0].id.clone();
    assert_ne!(there, drawn);
    version(&ada.publish_with(&flow, to("three")).await);
    assert_eq!(called(&production.sandbox), json!(there));
    assert_eq!(called(house.sandbox()), json!(drawn), "as it was");
    let unpublished = format!(
        "/api/flows/{flow}/unpublished?connection={}",
        production.connection
    );
    let unpublished: UnpublishedChanges = ada.read(&unpublished).await;
    assert!(unpublished.is_live_known && unpublished.changes.is_empty());
    let begun = ada.begin(elsewhere).await;
    let live = BatchItemState::Published { version: 1 };
    assert_eq!(states(&ada.batch_ended(&begun.id).await), [&live]);

    // It is known by either id.
    let workspace: Workspace = ada.read("/api/workspace").await;
    for id in [&drawn, &there] {
        let found = workspace.find(EntityKind::Module, &EntityRef::Id(id.clone()));
        assert_eq!(found.expect("known").name, "Shared_Auth_Library_v1");
    }
    let consumers: Consumers = ada.read(&format!("/api/flows/{module}/consumers")).await;
    let mut found: Vec<_> = consumers.consumers.iter().map(|it| &it.flow).collect();
    let mut expected = vec![&flow, &other];
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn what_others_changed_there_is_brought_in_and_the_call_stays_as_it_is_drawn() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let (module, flow) = linked(&house, &ada).await;
    let production = Organisation::open(&ada, "Production", false).await;
    let to = |key: &str| json!({ "key": key, "connection": production.connection });
    version(&ada.publish_with(&module, to("one")).await);
    version(&ada.publish_with(&flow, to("two")).await);
    let before = ada.flow_file(&flow).await;
    let id = production.sandbox.flows()[0].id.clone();
    let is_changed = production.sandbox.change_upstream(&id, |held| {
        held["definition"]["nodes"][0]["name"] = json!("Who is calling");
    });
    assert!(is_changed);

    version(&ada.publish_with(&flow, to("three")).await);
    let after = ada.flow_file(&flow).await;
    let node = after.calls().next().expect("a call");
    assert_eq!(after.nodes[node.node].label, "Who is calling");
    let reference = before.calls().next().expect("a call").reference.clone();
    assert_eq!(*node.reference, reference, "as it was drawn");
    let there = production.sandbox.modules()[0].id.clone();
    assert_eq!(called(&production.sandbox), json!(there));
}
