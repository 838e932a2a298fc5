//! Modules, call flows and shared flows: what is taken, what is refused, and
//! what other people do meanwhile.

use genesys::{Conflict, FailureKind, FlowForm};
use serde_json::{Value, json};

use crate::client::{bytes, connection};
use crate::started::{SECRET, flow, options, serve, started};

fn module(name: &str) -> Value {
    json!({"name": name, "description": "d", "definition": {"nodes": [], "edges": []}})
}

/// A definition of one step, with an edge from the implicit start.
fn one_step(node: Value) -> Value {
    let id = node["id"].clone();
    json!({
        "nodes": [node],
        "edges": [{"id": "e", "source": "start", "target": id, "type": "default"}],
        "entry": {"nodeId": id},
    })
}

fn link(module: &str) -> Value {
    json!({"id": "n", "name": "Run it", "type": "flowModule", "settings": {"flowModuleId": module}})
}

fn shared(name: &str, nodes: Value) -> Value {
    json!({
        "name": name, "type": "email",
        "inputs": [{"name": "emailBody", "datatype": "string"}], "outputs": [],
        "nodes": nodes, "trigger": {"type": "email"},
        "conditionset": {"conditions": []}, "end": {},
    })
}

fn run(flow: &str) -> Value {
    json!([{"id": "n", "label": "Run", "actions": [{"type": "runFlow", "flowId": flow,
        "inputMapping": [{"name": "emailBody", "value": "${interaction.email.body}"}]}]}])
}

#[tokio::test]
async fn a_module_is_made_as_a_shell_read_and_filled() {
    let (sandbox, base) = started(options()).await;
    let connection = connection(&base, "all", SECRET);
    let modules = connection.modules();
    let made = modules.create(bytes(&module("Auth"))).await.expect("made");
    assert_eq!(made.version, 1);
    assert_eq!(modules.get(&made.id).await.expect("read"), made);

    let step = json!({"id": "n", "name": "Set", "type": "setData",
        "settings": {"data": [{"key": "auth_status", "value": "pending"}]}});
    let filled =
        json!({"id": made.id.as_str(), "name": "Auth", "version": 1, "definition": one_step(step)});
    let changed = modules
        .update(&made.id, bytes(&filled))
        .await
        .expect("filled");
    assert_eq!(changed.version, 2);
    let found = modules.find_by_name("Auth").await.expect("found");
    assert_eq!(found.map(|module| module.id), Some(made.id.clone()));

    let stale = modules.update(&made.id, bytes(&filled)).await;
    let kind = stale.expect_err("refused").kind;
    assert_eq!(kind, FailureKind::Conflict(Conflict::Version));
    let again = modules.create(bytes(&module("Auth"))).await;
    let entity_id = Some(made.id.to_string());
    assert_eq!(
        again.expect_err("refused").kind,
        FailureKind::Conflict(Conflict::AlreadyExists { entity_id })
    );
    assert_eq!(sandbox.modules().len(), 1);
    assert!(sandbox.flows().is_empty(), "a module is no flow");
}

#[tokio::test]
async fn what_a_document_refers_to_must_exist() {
    let (sandbox, base) = started(options()).await;
    let connection = connection(&base, "all", SECRET);
    let nowhere = "0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a11";
    let made = connection
        .modules()
        .create(bytes(&module("Auth")))
        .await
        .expect("made");
    let called = connection
        .flows()
        .create(bytes(&shared("Processor", json!([]))))
        .await
        .expect("made");
    let call_flow = |module: &str| json!({"definition": one_step(link(module))});
    for (document, pointer) in [
        (
            call_flow(nowhere),
            "/definition/nodes/0/settings/flowModuleId",
        ),
        (shared("Router", run(nowhere)), "/nodes/0/actions/0/flowId"),
    ] {
        let refused = connection.flows().create(bytes(&document)).await;
        let FailureKind::Rejected { problems, .. } = refused.expect_err("refused").kind else {
            panic!("it is refused for what it says");
        };
        assert_eq!(problems[0].pointer, pointer);
        assert_eq!(problems[0].code, "reference.unknown");
    }
    for document in [
        call_flow(made.id.as_str()),
        shared("Router", run(called.id.as_str())),
    ] {
        let made = connection.flows().create(bytes(&document)).await;
        assert_eq!(made.expect("made").version, 1);
    }
    let listed = connection.flows().list().await.expect("listed");
    let forms: Vec<_> = listed.iter().map(|flow| flow.form).collect();
    let (shared, call) = (Some(FlowForm::Shared), Some(FlowForm::Call));
    assert_eq!(forms, [shared, call, shared]);
    assert_eq!(sandbox.flows()[1].name, "", "call flows go without a name");
}

#[tokio::test]
async fn modules_have_scopes_of_their_own() {
    let (_, base) = started(options()).await;
    let reader = connection(&base, "reader", SECRET);
    let refused = reader.modules().list().await.expect_err("refused");
    assert_eq!(
        refused.sentence(),
        "Missing permission: flow:flowmodule:read."
    );
}

#[tokio::test]
async fn a_lock_keeps_everybody_else_out_and_says_whose_it_is() {
    let (sandbox, base) = started(options()).await;
    let connection = connection(&base, "all", SECRET);
    let flows = connection.flows();
    let made = flows.create(bytes(&flow("A", 1))).await.expect("made");
    assert!(sandbox.lock(made.id.as_str(), Some("Maria Jones")));
    let mut changed = flow("A", 1);
    changed["id"] = json!(made.id.as_str());
    let failures = [
        flows.update(&made.id, bytes(&changed)).await.err(),
        flows.publish(&made.id).await.err(),
    ];
    for failure in failures {
        let sentence = failure.map(|failure| failure.sentence());
        assert_eq!(
            sentence.as_deref(),
            Some("Maria Jones has it locked in Genesys.")
        );
    }
    assert_eq!(flows.get(&made.id).await.expect("read").version, 1);
    assert!(sandbox.lock(made.id.as_str(), None));
    assert_eq!(flows.publish(&made.id).await.expect("published").version, 1);
}

#[tokio::test]
async fn flows_that_others_made_are_there_and_change_under_ones_hands() {
    let (sandbox, base) = started(options()).await;
    let seeded = sandbox
        .seed_flow(Some("Main line"), None)
        .expect("an empty call flow");
    let connection = connection(&base, "all", SECRET);
    let found = connection.flows().find_by_name("Main line").await;
    let found = found.expect("found").expect("one flow");
    assert_eq!((found.version, found.form), (1, Some(FlowForm::Call)));
    let read = connection.flows().get(&found.id).await.expect("read");
    let read: Value = serde_json::from_str(&read.body).expect("json");
    assert_eq!(read["definition"], json!({"nodes": [], "edges": []}));

    assert!(sandbox.change_upstream(&seeded.id, |held| held["theirs"] = json!(true)));
    let put = json!({"id": seeded.id, "version": 1, "definition": {"nodes": [], "edges": []}});
    let stale = connection.flows().update(&found.id, bytes(&put)).await;
    let kind = stale.expect_err("refused").kind;
    assert_eq!(kind, FailureKind::Conflict(Conflict::Version));
    let put = json!({"id": seeded.id, "version": 2, "definition": {"nodes": [], "edges": []}});
    let changed = connection.flows().update(&found.id, bytes(&put)).await;
    assert_eq!(changed.expect("changed").version, 3);
    assert_eq!(sandbox.flows()[0].name, "Main line", "its name stays");
    assert!(!sandbox.change_upstream("nothing", |_| {}));
}

#[tokio::test]
async fn long_listings_are_read_page_by_page() {
    let (sandbox, base) = started(options()).await;
    for number in 0..120 {
        let name = format!("Flow {number}");
        sandbox.seed_flow(Some(&name), None).expect("seeded");
    }
    let connection = connection(&base, "all", SECRET);
    let listed = connection.flows().list().await.expect("listed");
    assert_eq!(listed.len(), 120);
    let of_listing = |arrival: &sandbox::Arrival| arrival.path == "/api/v2/flows";
    assert_eq!(
        sandbox.arrivals().iter().filter(|a| of_listing(a)).count(),
        2
    );
}

#[tokio::test]
async fn modules_are_kept_over_a_restart() {
    let directory = tempfile::tempdir().expect("a directory");
    let options = sandbox::Options {
        file: Some(directory.path().join("sandbox.json")),
        ..options()
    };
    let (first, base) = started(options.clone()).await;
    let made = connection(&base, "all", SECRET)
        .modules()
        .create(bytes(&module("Auth")))
        .await
        .expect("made");
    let second = sandbox::Sandbox::open(options).expect("a sandbox");
    assert_eq!(second.modules(), first.modules());
    let base = serve(&second).await;
    let read = connection(&base, "all", SECRET)
        .modules()
        .get(&made.id)
        .await;
    assert_eq!(read.expect("read"), made);
}
