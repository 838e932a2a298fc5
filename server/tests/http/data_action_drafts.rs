//! What is sent meets the data action that is live: its draft stands beside it.

use api::{DataActionSummary, FlowSummary, OpenDataAction, PublishState};
use flow::{Flow, Severity, Workspace};
use serde_json::{Value, json};

use crate::{
    house::{House, Person},
    publishes::version,
};

/// A module that keeps an output of a data action.
fn caller(action: &str) -> Value {
    json!({
        "name": "Caller",
        "description": "Asks who calls.",
        "definition": {
            "nodes": [{
                "id": "ask", "name": "Ask", "type": "dataAction",
                "settings": {
                    "dataActionId": action,
                    "inputs": { "user_id": "1" },
                    "outputs": { "user_name": "{{Name}}" },
                },
            }],
            "edges": [{ "id": "e", "source": "start", "target": "ask", "type": "default" }],
            "entry": { "nodeId": "ask" },
        },
    })
}

/// What is found wrong with the mappings of a flow, worst first.
async fn found(ada: &Person, flow: &FlowSummary) -> Vec<(Severity, String)> {
    let answer = ada.get(&format!("/api/flows/{}/file", flow.id)).await;
    let file: Value = answer.json().await.expect("a file");
    let flow: Flow = serde_json::from_value(file["flow"].clone()).expect("a flow");
    let workspace: Workspace = ada.read("/api/workspace").await;
    let problems = flow::check_in(&flow, &workspace).into_iter();
    let problems = problems.filter(|problem| problem.code.as_str().starts_with("mapping"));
    problems
        .map(|problem| (problem.severity, problem.message))
        .collect()
}

#[tokio::test]
async fn a_draft_of_a_data_action_keeps_no_flow_from_being_published() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let mut opened = ada.example().await;
    let id = opened.summary.id.clone();
    ada.upload_ended(&ada.upload(&id, "one").await)
        .await
        .expect("uploaded");
    let there: OpenDataAction = ada.read(&format!("/api/data-actions/{id}")).await;
    let there = there.summary.upstream.expect("it is there").id;
    let flow = ada.import(&caller(&there)).await;
    assert_eq!(found(&ada, &flow).await, []);

    let outputs = &mut opened.action.definition.interface.outputs;
    outputs.retain(|output| output.name != "user_name");
    let code = "def main(input_data):\n    return {\"success\": True}\n";
    opened.action.definition.code = flow::data_action::Script::Text(code.to_owned());
    let saved = ada.save(&opened).await;
    let saved: DataActionSummary = saved.json().await.expect("saved");
    assert_eq!(saved.revision, 2);
    let problems = found(&ada, &flow).await;
    let [(Severity::Warning, warning)] = &problems[..] else {
        panic!("{problems:?}");
    };
    assert!(
        warning.contains("has no output “user_name” any more"),
        "{warning}"
    );
    version(&ada.ended(&ada.publish(&flow.id, "one").await).await);

    ada.upload_ended(&ada.upload(&id, "two").await)
        .await
        .expect("uploaded");
    let problems = found(&ada, &flow).await;
    assert!(
        matches!(&problems[..], [(Severity::Error, _)]),
        "{problems:?}"
    );
    let refused = ada.ended(&ada.publish(&flow.id, "two").await).await;
    let PublishState::Failed { failure } = refused.state else {
        panic!("{refused:?}");
    };
    assert_eq!(failure.code, "flow-has-problems");
}
