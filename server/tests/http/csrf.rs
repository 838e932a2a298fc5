use reqwest::{Method, StatusCode};
use server::routes;

use crate::house::House;

/// What another site can make a browser send, in its variants: name, headers.
const FOREIGN: &[(&str, &[(&str, &str)])] = &[
    (
        "a form",
        &[
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "cross-site"),
        ],
    ),
    (
        "a file form",
        &[
            ("content-type", "multipart/form-data; boundary=x"),
            ("sec-fetch-site", "cross-site"),
        ],
    ),
    (
        "plain text",
        &[
            ("content-type", "text/plain"),
            ("sec-fetch-site", "same-origin"),
            ("x-console", "1"),
        ],
    ),
    (
        "a form with our header",
        &[
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
            ("x-console", "1"),
        ],
    ),
    (
        "no header",
        &[
            ("content-type", "application/json"),
            ("sec-fetch-site", "same-origin"),
        ],
    ),
    (
        "another value",
        &[
            ("content-type", "application/json"),
            ("sec-fetch-site", "same-origin"),
            ("x-console", "true"),
        ],
    ),
    (
        "cross-site",
        &[
            ("content-type", "application/json"),
            ("sec-fetch-site", "cross-site"),
            ("x-console", "1"),
        ],
    ),
    (
        "a sibling domain",
        &[
            ("content-type", "application/json"),
            ("sec-fetch-site", "same-site"),
            ("x-console", "1"),
        ],
    ),
    (
        "typed by hand",
        &[
            ("content-type", "application/json"),
            ("sec-fetch-site", "none"),
            ("x-console", "1"),
        ],
    ),
    (
        "a foreign origin",
        &[
            ("content-type", "application/json"),
            ("origin", "https://evil.example"),
            ("x-console", "1"),
        ],
    ),
    (
        "a null origin",
        &[
            ("content-type", "application/json"),
            ("origin", "null"),
            ("x-console", "1"),
        ],
    ),
    (
        "a foreign origin that claims to be ours",
        &[
            ("content-type", "application/json"),
            ("origin", "https://evil.example"),
            ("sec-fetch-site", "same-origin"),
            ("x-console", "1"),
        ],
    ),
    (
        "no sign of where it comes from",
        &[("content-type", "application/json"), ("x-console", "1")],
    ),
];

#[tokio::test]
async fn no_other_site_can_change_anything() {
    let house = House::open().await;
    let administrator = house.administrator().await;
    let flow = administrator.flow("empty").await.id;
    let audit: serde_json::Value = administrator.read("/api/audit").await;
    for route in routes().into_iter().filter(|route| route.mutates) {
        let path = route
            .path
            .replace("{flow}", &flow)
            .replace("{connection}", "sandbox")
            .replace("{account}", "x");
        for (name, headers) in FOREIGN {
            let mut request = administrator.bare(route.method.clone(), &path);
            for (header, value) in *headers {
                request = request.header(*header, *value);
            }
            let body = r#"{"start":{"template":"empty"},"key":"k"}"#;
            let status = request.body(body).send().await.expect("an answer").status();
            assert!(
                matches!(
                    status,
                    StatusCode::FORBIDDEN | StatusCode::UNSUPPORTED_MEDIA_TYPE
                ),
                "{} {path} as {name}: {status}",
                route.method
            );
        }
    }
    let after: serde_json::Value = administrator.read("/api/audit").await;
    assert_eq!(audit, after, "nothing happened");
    let session: api::Session = administrator.read("/api/session").await;
    assert!(session.account.is_some(), "nobody was signed out");
}

#[tokio::test]
async fn an_older_browser_may_name_the_origin_instead() {
    let house = House::open().await;
    let administrator = house.administrator().await;
    let request = administrator
        .bare(Method::POST, "/api/flows")
        .header("x-console", "1")
        .header("origin", house.base())
        .json(&serde_json::json!({ "start": { "template": "empty" } }));
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::CREATED);
    let cors = answer
        .headers()
        .keys()
        .any(|name| name.as_str().starts_with("access-control"));
    assert!(!cors, "no other origin is let in");
}

#[tokio::test]
async fn compressed_and_oversized_bodies_are_refused() {
    let house = House::open().await;
    let administrator = house.administrator().await;
    for route in routes() {
        if !matches!(route.method, Method::POST | Method::PUT) {
            continue;
        }
        let path = route
            .path
            .replace("{flow}", "x")
            .replace("{connection}", "x");
        let request = administrator
            .request(route.method.clone(), &path)
            .header("content-encoding", "gzip")
            .header("content-type", "application/json")
            .body("{}");
        let status = request.send().await.expect("an answer").status();
        assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path}");
    }
    let large = serde_json::json!({ "start": { "template": "x".repeat(70_000) } });
    let answer = administrator.post("/api/flows", large).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
}
