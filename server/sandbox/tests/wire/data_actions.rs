//! Data actions over HTTP, by hand and by the client.

use data_encoding::BASE64;
use genesys::{Conflict, FailureKind};
use sandbox::{Options, Sandbox};
use serde_json::{Value, json};

use crate::api::Caller;
use crate::client::connection;
use crate::started::{SECRET, options, serve, started};

const PATH: &str = "/api/v2/tasks/dataactions";

/// A data action that is accepted.
fn action(name: &str) -> Value {
    json!({
        "name": name,
        "definition": {
            "name": "GetUser",
            "inputs": [{ "name": "user_id", "datatype": "integer", "required": true }],
            "outputs": [{ "name": "user_name", "datatype": "string" }],
            "code": BASE64.encode(b"def main(input_data):\n    return {}\n"),
            "language": "python3",
        },
    })
}

fn with(pointer: &str, value: Value) -> Value {
    let mut action = action("A");
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let parent = action.pointer_mut(parent).expect("a parent");
    if value.is_null() {
        parent.as_object_mut().expect("an object").remove(key);
    } else {
        parent[key] = value;
    }
    action
}

#[tokio::test]
async fn what_genesys_cloud_would_refuse_is_refused_with_its_place() {
    let (sandbox, base) = started(options()).await;
    let caller = Caller::new(&base).await;
    let large = BASE64.encode(&vec![b'#'; 256 * 1024 + 1]);
    let twice = json!([
        { "name": "x", "datatype": "string" },
        { "name": "x", "datatype": "string" },
    ]);
    for (pointer, value, place, code) in [
        ("/name", json!(""), "/name", "empty"),
        ("/name", Value::Null, "/name", "required"),
        ("/definition", Value::Null, "/definition", "required"),
        (
            "/definition/name",
            Value::Null,
            "/definition/name",
            "required",
        ),
        (
            "/definition/language",
            json!("ruby"),
            "/definition/language",
            "language.unknown",
        ),
        (
            "/definition/code",
            json!("def main"),
            "/definition/code",
            "code.not.base64",
        ),
        (
            "/definition/code",
            json!("eA"),
            "/definition/code",
            "code.not.base64",
        ),
        (
            "/definition/code",
            json!("/w=="),
            "/definition/code",
            "code.not.text",
        ),
        (
            "/definition/code",
            json!(large),
            "/definition/code",
            "code.too.long",
        ),
        (
            "/definition/inputs/0/datatype",
            json!("int"),
            "/definition/inputs/0/datatype",
            "datatype.unknown",
        ),
        (
            "/definition/inputs/0/name",
            json!("user id"),
            "/definition/inputs/0/name",
            "name.invalid",
        ),
        (
            "/definition/inputs/0/required",
            json!("yes"),
            "/definition/inputs/0/required",
            "type.wrong",
        ),
        (
            "/definition/outputs",
            twice,
            "/definition/outputs/1/name",
            "name.duplicate",
        ),
        (
            "/definition/outputs",
            json!({}),
            "/definition/outputs",
            "type.wrong",
        ),
    ] {
        let (status, refused) = caller.call("POST", PATH, Some(with(pointer, value))).await;
        let detail = &refused["details"][0];
        assert_eq!(
            (
                status,
                &refused["code"],
                &detail["fieldName"],
                &detail["errorCode"]
            ),
            (
                400,
                &json!("invalid.data.action"),
                &json!(place),
                &json!(code)
            ),
        );
    }
    assert_eq!(sandbox.data_actions(), []);
}

#[tokio::test]
async fn the_client_creates_reads_changes_and_finds_data_actions() {
    let (sandbox, base) = started(options()).await;
    let connection = connection(&base, "all", SECRET);
    let actions = connection.data_actions();
    let bytes = |body: &Value| body.to_string().into_bytes();
    let made = actions.create(bytes(&action("A"))).await.expect("created");
    assert_eq!((made.version, made.name.as_str()), (1, "A"));
    assert_eq!(actions.get(&made.id).await.expect("read"), made);

    let taken = actions
        .create(bytes(&action("A")))
        .await
        .expect_err("taken");
    let entity_id = Some(made.id.to_string());
    let conflict = FailureKind::Conflict(Conflict::AlreadyExists { entity_id });
    assert_eq!(taken.kind, conflict);

    let mut changed = action("B");
    changed["id"] = json!(made.id.as_str());
    changed["version"] = json!(1);
    let second = actions
        .update(&made.id, bytes(&changed))
        .await
        .expect("changed");
    assert_eq!((second.version, second.name.as_str()), (2, "B"));
    let stale = actions
        .update(&made.id, bytes(&changed))
        .await
        .expect_err("stale");
    assert_eq!(stale.kind, FailureKind::Conflict(Conflict::Version));
    assert!(sandbox.change_data_action(made.id.as_str(), |body| body["description"] = json!("x")));

    assert_eq!(actions.find_by_name("A").await.expect("asked"), None);
    let found = actions.find_by_name("B").await.expect("asked").expect("it");
    assert_eq!((found.id, found.version), (made.id, 3));
    assert_eq!(found.definition["inputs"][0]["name"], "user_id");
    assert_eq!(
        found.definition["code"],
        Value::Null,
        "a listing has no code"
    );

    for number in 0..120 {
        let name = format!("N{number}");
        actions
            .create(bytes(&action(&name)))
            .await
            .expect("created");
    }
    assert_eq!(actions.list().await.expect("listed").len(), 121);
}

#[tokio::test]
async fn data_actions_have_scopes_of_their_own_and_outlive_a_restart() {
    let directory = tempfile::tempdir().expect("a directory");
    let kept = Options {
        file: Some(directory.path().join("sandbox.json")),
        ..options()
    };
    let (_, base) = started(kept.clone()).await;
    let all = connection(&base, "all", SECRET);
    let body = action("A").to_string().into_bytes();
    let made = all
        .data_actions()
        .create(body.clone())
        .await
        .expect("created");
    let reader = connection(&base, "reader", SECRET);
    assert!(reader.data_actions().get(&made.id).await.is_ok());
    let refused = reader
        .data_actions()
        .create(body)
        .await
        .expect_err("refused");
    let FailureKind::PermissionMissing { missing, .. } = refused.kind else {
        panic!("{refused:?}");
    };
    assert_eq!(missing, ["task:write"]);

    let again = Sandbox::open(kept).expect("opened again");
    let base = serve(&again).await;
    let all = connection(&base, "all", SECRET);
    assert_eq!(all.data_actions().get(&made.id).await.expect("kept"), made);
}
