//! Sign-in, scopes, expiry, rate limit and masking.

use std::time::Duration;

use sandbox::Options;
use serde_json::{Value, json};

use crate::started::{SECRET, browserless, flow, options, started};

async fn sign_in(base: &str, form: &[(&str, &str)]) -> (u16, Value) {
    let answer = browserless()
        .post(format!("{base}/oauth/token"))
        .form(form)
        .send()
        .await
        .expect("an answer");
    let status = answer.status().as_u16();
    (status, answer.json().await.expect("json"))
}

pub(crate) async fn token(base: &str, client: &str) -> String {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", client),
        ("client_secret", SECRET),
    ];
    let (status, answer) = sign_in(base, &form).await;
    assert_eq!(status, 200, "{answer}");
    answer["access_token"].as_str().expect("a token").to_owned()
}

#[tokio::test]
async fn the_token_endpoint_refuses_as_the_standard_says() {
    let (_, base) = started(options()).await;
    let grant = ("grant_type", "client_credentials");
    let (id, secret) = (("client_id", "all"), ("client_secret", SECRET));
    for (form, status, error) in [
        (vec![grant, id, secret], 200, json!(null)),
        (
            vec![grant, id, secret, ("scope", "flow:all")],
            200,
            json!(null),
        ),
        (
            vec![grant, id, ("client_secret", "wrong")],
            401,
            json!("invalid_client"),
        ),
        (
            vec![grant, ("client_id", "nobody"), secret],
            401,
            json!("invalid_client"),
        ),
        (vec![grant, id], 400, json!("invalid_request")),
        (vec![id, secret], 400, json!("invalid_request")),
        (
            vec![("grant_type", "password"), id, secret],
            400,
            json!("unsupported_grant_type"),
        ),
        (
            vec![grant, id, secret, ("scope", "flow:all analytics:write")],
            400,
            json!("invalid_scope"),
        ),
    ] {
        let (got, answer) = sign_in(&base, &form).await;
        assert_eq!((got, &answer["error"]), (status, &error), "{form:?}");
    }
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let (_, base) = started(options()).await;
    let reader = token(&base, "reader").await;
    let url = format!("{base}/api/v2/flows");
    let read = browserless()
        .get(&url)
        .bearer_auth(&reader)
        .send()
        .await
        .expect("an answer");
    assert_eq!(read.status().as_u16(), 200);
    let write = browserless()
        .post(&url)
        .bearer_auth(&reader)
        .json(&flow("A", 1))
        .send()
        .await
        .expect("an answer");
    assert_eq!(write.status().as_u16(), 403);
    let correlation = write.headers()["inin-correlation-id"]
        .to_str()
        .expect("text")
        .to_owned();
    let body: Value = write.json().await.expect("json");
    assert_eq!(body["code"], "missing.any.permissions");
    assert_eq!(
        body["messageParams"]["permissions"],
        "flow:all, flow:write, flow:flow:write"
    );
    assert_eq!(body["contextId"], correlation);
}

#[tokio::test]
async fn a_token_narrowed_by_scope_has_no_more_than_that() {
    let (_, base) = started(options()).await;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", "reader"),
        ("client_secret", SECRET),
        ("scope", "task:read"),
    ];
    let (_, answer) = sign_in(&base, &form).await;
    let narrow = answer["access_token"].as_str().expect("a token");
    let read = browserless()
        .get(format!("{base}/api/v2/flows"))
        .bearer_auth(narrow)
        .send()
        .await
        .expect("an answer");
    assert_eq!(read.status().as_u16(), 403);
}

#[tokio::test]
async fn without_a_valid_token_nothing_is_answered() {
    let (sandbox, base) = started(options()).await;
    let url = format!("{base}/api/v2/flows");
    let valid = token(&base, "all").await;
    let status = async |bearer: Option<&str>| {
        let mut request = browserless().get(&url);
        if let Some(bearer) = bearer {
            request = request.bearer_auth(bearer);
        }
        request.send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(status(None).await, 401);
    assert_eq!(status(Some("made-up")).await, 401);
    assert_eq!(status(Some(&valid)).await, 200);
    sandbox.expire_tokens();
    assert_eq!(status(Some(&valid)).await, 401);
}

#[tokio::test]
async fn a_token_without_life_is_expired_at_once() {
    let life = Options {
        token_life: Duration::ZERO,
        ..options()
    };
    let (_, base) = started(life).await;
    let expired = token(&base, "all").await;
    let read = browserless()
        .get(format!("{base}/api/v2/flows"))
        .bearer_auth(expired)
        .send()
        .await
        .expect("an answer");
    assert_eq!(read.status().as_u16(), 401);
}

#[tokio::test]
async fn beyond_the_rate_a_call_is_told_when_to_come_back() {
    let (_, base) = started(Options {
        calls_per_minute: 3,
        ..options()
    })
    .await;
    let token = token(&base, "all").await;
    for count in 1..=5_u32 {
        let answer = browserless()
            .get(format!("{base}/api/v2/flows"))
            .bearer_auth(&token)
            .send()
            .await
            .expect("an answer");
        let header = |name: &str| {
            answer
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned)
        };
        assert_eq!(header("inin-ratelimit-count"), Some(count.to_string()));
        assert_eq!(header("inin-ratelimit-allowed"), Some("3".to_owned()));
        assert_eq!(answer.status().as_u16(), if count <= 3 { 200 } else { 429 });
        if count > 3 {
            assert_eq!(header("retry-after"), header("inin-ratelimit-reset"));
        }
    }
}

#[tokio::test]
async fn secrets_and_tokens_are_never_recorded_in_the_clear() {
    let (sandbox, base) = started(options()).await;
    let token = token(&base, "all").await;
    let mut body = flow("A", 1);
    body["description"] = json!(format!("{SECRET} and {token}"));
    let url = format!("{base}/api/v2/flows?name={token}");
    browserless()
        .post(&url)
        .bearer_auth(&token)
        .json(&body)
        .send()
        .await
        .expect("an answer");
    let recorded = serde_json::to_string(&sandbox.arrivals()).expect("json");
    assert!(
        !recorded.contains(SECRET) && !recorded.contains(&token),
        "{recorded}"
    );
    assert!(recorded.contains("<client secret>") && recorded.contains("<access token>"));
}
