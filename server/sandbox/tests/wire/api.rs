//! Flows over HTTP, and what is kept of them.

use sandbox::{Options, Sandbox};
use serde_json::{Value, json};

use crate::started::{browserless, flow, options, serve, started};
use crate::tokens::token;

pub(crate) struct Caller {
    base: String,
    token: String,
}

impl Caller {
    pub(crate) async fn new(base: &str) -> Self {
        let token = token(base, "all").await;
        Self {
            base: base.to_owned(),
            token,
        }
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let method = method.parse().expect("a method");
        let mut request = browserless()
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.expect("an answer");
        let status = answer.status().as_u16();
        (status, answer.json().await.expect("json"))
    }
}

#[tokio::test]
async fn a_flow_is_made_read_changed_and_published() {
    let (_, base) = started(options()).await;
    let caller = Caller::new(&base).await;
    let (status, made) = caller
        .call("POST", "/api/v2/flows", Some(flow("A", 1)))
        .await;
    assert_eq!((status, &made["version"]), (200, &json!(1)));
    let path = format!("/api/v2/flows/{}", made["id"].as_str().expect("an id"));
    assert_eq!(caller.call("GET", &path, None).await, (200, made.clone()));

    let publish = format!("{path}/publish");
    assert_eq!(
        caller.call("POST", &publish, None).await,
        (200, json!({"version": 1}))
    );
    let mut changed = flow("A", 1);
    changed["id"] = made["id"].clone();
    changed["description"] = json!("changed");
    let (status, read) = caller.call("PUT", &path, Some(changed.clone())).await;
    assert_eq!((status, &read["metadata"]["version"]), (200, &json!(2)));
    assert_eq!(read["publishedVersion"], 1);
    assert_eq!(
        caller.call("POST", &publish, None).await,
        (200, json!({"version": 2}))
    );

    let (status, conflict) = caller.call("PUT", &path, Some(changed)).await;
    assert_eq!(
        (status, &conflict["code"]),
        (409, &json!("version.conflict"))
    );
    let (_, listing) = caller.call("GET", "/api/v2/flows?name=A", None).await;
    assert_eq!(
        (&listing["total"], &listing["entities"][0]["id"]),
        (&json!(1), &made["id"])
    );
    let (_, listing) = caller.call("GET", "/api/v2/flows?name=B", None).await;
    assert_eq!(listing["total"], 0);
}

#[tokio::test]
async fn a_taken_name_is_refused_with_the_id_of_its_holder() {
    let (_, base) = started(options()).await;
    let caller = Caller::new(&base).await;
    let (_, made) = caller
        .call("POST", "/api/v2/flows", Some(flow("A", 1)))
        .await;
    let (status, refused) = caller
        .call("POST", "/api/v2/flows", Some(flow("A", 1)))
        .await;
    assert_eq!((status, &refused["code"]), (409, &json!("already.exists")));
    assert_eq!(refused["entityId"], made["id"]);
}

#[tokio::test]
async fn errors_are_error_bodies_whatever_went_wrong() {
    let (_, base) = started(options()).await;
    let caller = Caller::new(&base).await;
    let mut http = flow("A", 1);
    http["nodes"]["nodes"][1] = json!({"id": "end", "type": "HttpRequestNode",
        "configuration": {"action": {"url": "http://x.org", "method": "GET"}}});
    for (method, path, body, status, code) in [
        ("GET", "/api/v2/flows/none", None, 404, "not.found"),
        ("POST", "/api/v2/flows/none/publish", None, 404, "not.found"),
        (
            "PUT",
            "/api/v2/flows/none",
            Some(flow("A", 1)),
            404,
            "not.found",
        ),
        ("GET", "/api/v2/nowhere", None, 404, "not.found"),
        ("DELETE", "/api/v2/flows", None, 405, "method.not.allowed"),
        ("POST", "/api/v2/flows", None, 415, "unsupported.media.type"),
        ("POST", "/api/v2/flows", Some(http), 400, "invalid.flow"),
    ] {
        let (got, answer) = caller.call(method, path, body).await;
        assert_eq!(
            (got, &answer["code"]),
            (status, &json!(code)),
            "{method} {path}"
        );
        assert_eq!(answer["status"], json!(status), "{method} {path}");
        assert!(answer["contextId"].is_string() && answer["message"].is_string());
        if status == 400 {
            let pointer = "/nodes/nodes/1/configuration/action/url";
            assert_eq!(answer["details"][0]["fieldName"], pointer);
            assert_eq!(answer["details"][0]["errorCode"], "url.not.https");
        }
    }
}

#[tokio::test]
async fn flows_are_kept_over_a_restart() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = Some(directory.path().join("sandbox.json"));
    let options = Options { file, ..options() };
    let (first, base) = started(options.clone()).await;
    let caller = Caller::new(&base).await;
    let (_, made) = caller
        .call("POST", "/api/v2/flows", Some(flow("A", 1)))
        .await;
    let path = format!("/api/v2/flows/{}", made["id"].as_str().expect("an id"));
    caller.call("POST", &format!("{path}/publish"), None).await;

    let second = Sandbox::open(options).expect("a sandbox");
    assert_eq!(second.flows(), first.flows());
    let caller = Caller::new(&serve(&second).await).await;
    let (_, read) = caller.call("GET", &path, None).await;
    assert_eq!(read["publishedVersion"], 1);
}

#[tokio::test]
async fn the_lookup_service_answers_on_the_same_address() {
    let (sandbox, base) = started(options()).await;
    let answer = browserless()
        .post(format!("{base}{}", sandbox::LOOKUP_PATH))
        .json(&json!({"phoneNumber": "+12025550147"}))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status().as_u16(), 200);
    assert_eq!(
        answer.json::<Value>().await.expect("json")["name"],
        "Alice Smith"
    );
    assert_eq!(sandbox.arrivals()[0].host, sandbox::HostKind::Lookup);
}
