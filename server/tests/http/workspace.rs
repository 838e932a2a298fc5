use api::FlowSummary;
use flow::{DataType, EntityKind, EntityRef, FlowKind, Workspace};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::house::{House, Person};

async fn imported(person: &Person, document: Value) -> FlowSummary {
    let text = document.to_string();
    let answer = person
        .post("/api/flows/import", json!({ "text": text }))
        .await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    answer.json().await.expect("a flow")
}

fn module(name: &str) -> Value {
    json!({
        "id": "m-1",
        "name": name,
        "description": "Who is calling.\nin: phone:string; out: auth_status:string",
        "version": 3,
        "definition": {
            "nodes": [{
                "id": "set", "name": "Set", "type": "setData",
                "settings": { "data": [{ "key": "auth_status", "value": "pending" }] },
            }],
            "edges": [{ "id": "e", "source": "start", "target": "set", "type": "default" }],
            "entry": { "nodeId": "set" },
        },
    })
}

#[tokio::test]
async fn the_workspace_names_what_flows_can_refer_to_and_follows_its_changes() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let empty: Workspace = ada.read("/api/workspace").await;
    assert_eq!(empty.entities(), []);
    assert!(
        !empty.is_complete(),
        "what exists only upstream is not known"
    );

    let made = imported(&ada, module("Shared_Auth")).await;
    assert_eq!(made.kind, FlowKind::Module);
    ada.flow("phone-lookup").await;
    let workspace: Workspace = ada.read("/api/workspace").await;
    let reference = EntityRef::Id("m-1".to_owned());
    let found = workspace
        .find(EntityKind::Module, &reference)
        .expect("the module");
    assert_eq!(
        (found.name.as_str(), workspace.entities().len()),
        ("Shared_Auth", 1)
    );
    let interface = found.interface.as_ref().expect("what it takes");
    assert_eq!(interface.inputs[0].name, "phone");
    assert_eq!(
        interface.outputs[0].datatype.known(),
        Some(DataType::String)
    );

    let op = json!({ "setFlow": { "name": "Shared_Auth_v2" } });
    let edit = json!({ "id": "t1", "transaction": { "label": "Rename", "ops": [op] } });
    let answer = ada
        .post(&format!("/api/flows/{}/transactions", made.id), edit)
        .await;
    assert!(answer.status().is_success(), "{}", answer.status());
    let workspace: Workspace = ada.read("/api/workspace").await;
    let names: Vec<_> = workspace
        .entities()
        .iter()
        .map(|entity| &entity.name)
        .collect();
    assert_eq!(names, ["Shared_Auth_v2"]);
}
