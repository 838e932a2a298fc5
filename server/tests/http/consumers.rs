//! Whom a changed interface breaks, told before it is published.

use api::{Consumers, FlowSummary, PublishState};
use flow::{
    DataType, EntityRef, FieldKey, FieldValue, FlowSetting, Interface, NodeId, Op, Parameter,
    Transaction, Workspace,
};
use serde_json::{Value, json};

use crate::{house::House, publishes::version};

#[tokio::test]
async fn a_changed_interface_names_every_consumer_that_it_breaks() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let shared = ada.flow("shared-email-processor").await.id;
    version(&ada.ended(&ada.publish(&shared, "one").await).await);
    let router = ada.flow("email-router").await;
    ada.flow("phone-lookup").await;
    let path = format!("/api/flows/{shared}/consumers");
    let consumers: Consumers = ada.read(&path).await;
    assert!(consumers.is_published_known);
    assert_eq!(consumers.changes, Vec::<String>::new());
    assert_eq!(consumers.consumers.len(), 1);
    assert_eq!(consumers.consumers[0].flow, router.id);
    assert_eq!(consumers.consumers[0].problems, vec![]);

    let outputs = vec![Parameter::new("outcome", DataType::String)];
    let ops = vec![Op::SetFlow(FlowSetting::Outputs(outputs))];
    let edit = json!({ "id": "e1", "transaction": Transaction::new("Rename", ops) });
    let edits = format!("/api/flows/{shared}/transactions");
    let said: Value = ada
        .post(&edits, edit)
        .await
        .json()
        .await
        .expect("an answer");
    assert!(said["acknowledged"].is_object(), "{said}");
    let consumers: Consumers = ada.read(&path).await;
    assert_eq!(consumers.changes.len(), 2, "{:?}", consumers.changes);
    let problems = &consumers.consumers[0].problems;
    let codes: Vec<_> = problems
        .iter()
        .map(|problem| problem.code.as_str())
        .collect();
    assert_eq!(codes, ["mapping-output-unknown"]);
    assert!(problems[0].place.node.is_some());

    let other = ada.flow("phone-lookup").await.id;
    let nobody: Consumers = ada.read(&format!("/api/flows/{other}/consumers")).await;
    assert!(nobody.consumers.is_empty());
    assert_eq!(
        ada.get("/api/flows/gone/consumers").await.status().as_u16(),
        404
    );
}

#[tokio::test]
async fn a_draft_of_what_a_flow_calls_keeps_nobody_from_publishing_it() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let shared = ada.flow("shared-email-processor").await.id;
    version(&ada.ended(&ada.publish(&shared, "one").await).await);
    let router = ada.flow("email-router").await.id;
    let summary: FlowSummary = ada.read(&format!("/api/flows/{shared}")).await;
    let reference = EntityRef::Id(summary.upstream.expect("published").id);
    let called = Op::SetField {
        id: NodeId::new("run-processor"),
        field: FieldKey::new("flow"),
        value: Some(FieldValue::Reference(reference)),
    };
    let edit = json!({ "id": "r1", "transaction": Transaction::new("Use its id", vec![called]) });
    let edits = format!("/api/flows/{router}/transactions");
    assert_eq!(ada.post(&edits, edit).await.status().as_u16(), 200);
    version(&ada.ended(&ada.publish(&router, "two").await).await);
    let outputs = vec![Parameter::new("outcome", DataType::String)];
    let ops = vec![Op::SetFlow(FlowSetting::Outputs(outputs))];
    let edit = json!({ "id": "e1", "transaction": Transaction::new("Rename", ops) });
    let edits = format!("/api/flows/{shared}/transactions");
    assert_eq!(ada.post(&edits, edit).await.status().as_u16(), 200);

    let workspace: Workspace = ada.read("/api/workspace").await;
    let mut entities = workspace.entities().iter();
    let entity = entities.find(|it| it.name == "Shared Email Processor");
    let entity = entity.expect("the shared flow");
    let names = |interface: &Option<Interface>| {
        let outputs = interface.iter().flat_map(|interface| &interface.outputs);
        outputs
            .map(|output| output.name.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&entity.draft), ["outcome"]);
    assert_ne!(names(&entity.interface), ["outcome"]);
    // It fits what is live, which is what its callers meet.
    version(&ada.ended(&ada.publish(&router, "three").await).await);

    version(&ada.ended(&ada.publish(&shared, "four").await).await);
    let workspace: Workspace = ada.read("/api/workspace").await;
    let mut entities = workspace.entities().iter();
    let entity = entities.find(|it| it.name == "Shared Email Processor");
    let entity = entity.expect("the shared flow");
    assert_eq!(
        (names(&entity.interface), &entity.draft),
        (vec!["outcome".to_owned()], &None)
    );
    let refused = ada.ended(&ada.publish(&router, "five").await).await;
    assert!(
        matches!(refused.state, PublishState::Failed { .. }),
        "{refused:?}"
    );
}

#[tokio::test]
async fn an_example_goes_by_the_id_of_what_it_calls_once_that_is_published() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let first = ada.flow("email-router").await.id;
    let drawn = ada.flow_file(&first).await;
    assert_eq!(drawn.notes.len(), 1, "it says what to do first");
    ada.delete(&format!("/api/flows/{first}")).await;
    let shared = ada.flow("shared-email-processor").await.id;
    version(&ada.ended(&ada.publish(&shared, "one").await).await);
    let second = ada.flow("email-router").await.id;
    let drawn = ada.flow_file(&second).await;
    assert_eq!(drawn.notes.len(), 0);
    let workspace: Workspace = ada.read("/api/workspace").await;
    assert_eq!(flow::check_in(&drawn, &workspace), []);
    version(&ada.ended(&ada.publish(&second, "two").await).await);
}
