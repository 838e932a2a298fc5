//! The sandbox's own page and API.

use serde_json::{Value, json};

use crate::started::{browserless, options, started};

#[tokio::test]
async fn the_page_and_its_parts_carry_a_strict_policy() {
    let (_, base) = started(options()).await;
    for path in [
        "/",
        "/sandbox/style.css",
        "/sandbox/page.js",
        "/sandbox/flows",
    ] {
        let answer = browserless()
            .get(format!("{base}{path}"))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        let policy = answer.headers()["content-security-policy"]
            .to_str()
            .expect("text");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    }
}

#[tokio::test]
async fn other_sites_change_nothing() {
    let (sandbox, base) = started(options()).await;
    let fault = json!({"route": "any", "kind": {"type": "close_before"}}).to_string();
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("host", "evil.example"),
        ("accept", "no mark"),
    ] {
        for (method, path) in [
            ("POST", "/sandbox/faults"),
            ("DELETE", "/sandbox/faults"),
            ("DELETE", "/sandbox/requests"),
            ("POST", "/sandbox/tokens/expire"),
        ] {
            let mut request = browserless()
                .request(method.parse().expect("a method"), format!("{base}{path}"))
                .header("content-type", "application/json")
                .header(name, value)
                .body(fault.clone());
            if value != "no mark" {
                request = request.header("x-sandbox", "1");
            }
            let answer = request.send().await.expect("an answer");
            assert_eq!(
                answer.status().as_u16(),
                403,
                "{method} {path} with {name}: {value}"
            );
        }
    }
    assert!(sandbox.faults().is_empty());
}

#[tokio::test]
async fn faults_are_armed_listed_and_cleared_over_http() {
    let (sandbox, base) = started(options()).await;
    let url = format!("{base}/sandbox/faults");
    let post = |body: Value| {
        browserless()
            .post(&url)
            .header("x-sandbox", "1")
            .json(&body)
            .send()
    };
    let fault =
        json!({"route": "publish", "times": "always", "kind": {"type": "status", "status": 503}});
    assert_eq!(
        post(fault.clone())
            .await
            .expect("an answer")
            .status()
            .as_u16(),
        204
    );
    let listed: Value = browserless()
        .get(&url)
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("json");
    assert_eq!(listed, json!([fault]));
    for wrong in [
        json!({"route": "nowhere", "kind": {"type": "close_before"}}),
        json!({"route": "any", "kind": {"type": "status", "status": 99}}),
        json!({"route": "any", "kind": {"type": "status", "status": 429, "headers": {"a b": "c"}}}),
        json!({}),
    ] {
        let answer = post(wrong.clone()).await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 400, "{wrong}");
    }
    let form = browserless()
        .post(&url)
        .header("x-sandbox", "1")
        .body(fault.to_string())
        .send();
    assert_eq!(form.await.expect("an answer").status().as_u16(), 400);
    let clear = browserless().delete(&url).header("x-sandbox", "1").send();
    assert_eq!(clear.await.expect("an answer").status().as_u16(), 204);
    assert!(sandbox.faults().is_empty());
}

#[tokio::test]
async fn what_a_browser_asks_for_on_its_own_is_no_arrival_and_spends_no_fault() {
    let (sandbox, base) = started(options()).await;
    sandbox.inject(sandbox::Fault {
        route: sandbox::Route::Any,
        times: sandbox::Times::Count(1),
        kind: sandbox::FaultKind::CloseBefore,
    });
    for path in ["/favicon.ico", "/", "/robots.txt", "/sandbox/nothing"] {
        let answer = browserless()
            .get(format!("{base}{path}"))
            .send()
            .await
            .expect("an answer");
        assert!(
            answer.headers().contains_key("content-security-policy"),
            "{path}"
        );
    }
    assert!(sandbox.arrivals().is_empty());
    assert_eq!(sandbox.faults().len(), 1);
}

#[tokio::test]
async fn the_page_says_where_webhooks_can_be_sent() {
    let (_, base) = started(options()).await;
    let page = browserless().get(format!("{base}/")).send().await;
    let page = page.expect("an answer").text().await.expect("a page");
    assert!(page.contains("https://hooks.sandbox.invalid/"), "{page}");
}
