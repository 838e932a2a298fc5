use reqwest::{Method, Response, StatusCode, header::HeaderMap};
use serde_json::json;
use server::routes;

use crate::house::House;

const POLICY: &str = "default-src 'none'; \
    script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; \
    manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; \
    base-uri 'none'; object-src 'none'; report-uri /csp-report";

fn assert_headers(headers: &HeaderMap, what: &str) {
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=(), clipboard-read=(self)",
        ),
    ] {
        let values: Vec<_> = headers.get_all(name).iter().collect();
        assert_eq!(values, [value], "{name} of {what}");
    }
    assert!(headers.contains_key("x-request-id"), "{what}");
    assert!(
        !headers.contains_key("strict-transport-security"),
        "{what}: there is no TLS here"
    );
    assert!(!headers.contains_key("server"), "{what}");
}

fn assert_problem(answer: &Response, what: &str) {
    let kind = answer
        .headers()
        .get("content-type")
        .and_then(|kind| kind.to_str().ok());
    assert_eq!(kind, Some("application/problem+json"), "{what}");
}

#[tokio::test]
async fn every_route_and_status_carries_the_headers() {
    let house = House::open().await;
    let administrator = house.administrator().await;
    let flow = administrator.flow("empty").await.id;
    for route in routes() {
        for id in [flow.as_str(), "missing"] {
            for person in [&house.visitor(), &administrator] {
                let path = route
                    .path
                    .replace("{flow}", id)
                    .replace("{publish}", id)
                    .replace("{connection}", id);
                if (route.method.clone(), path.as_str()) == (Method::DELETE, "/api/session") {
                    continue;
                }
                let request = person.request(route.method.clone(), &path);
                let answer = request.send().await.expect("an answer");
                let what = format!("{} {path}: {}", route.method, answer.status());
                assert_headers(answer.headers(), &what);
                assert_eq!(answer.headers()["cache-control"], "no-store", "{what}");
                if answer.status().is_client_error() {
                    assert_problem(&answer, &what);
                    let problem: api::ProblemDetails = answer.json().await.expect("a problem");
                    assert!(
                        problem.reference.is_some() && !problem.detail.is_empty(),
                        "{what}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn what_the_framework_refuses_looks_like_what_we_refuse() {
    let house = House::open().await;
    let administrator = house.administrator().await;
    let json = ("content-type", "application/json");
    for (method, path, header, body, status) in [
        (Method::GET, "/api/nothing", json, "", StatusCode::NOT_FOUND),
        (Method::GET, "/api", json, "", StatusCode::NOT_FOUND),
        (
            Method::PATCH,
            "/api/flows",
            json,
            "",
            StatusCode::METHOD_NOT_ALLOWED,
        ),
        (
            Method::GET,
            "/api/audit?before=x",
            json,
            "",
            StatusCode::BAD_REQUEST,
        ),
        (
            Method::POST,
            "/api/flows",
            json,
            "{",
            StatusCode::BAD_REQUEST,
        ),
        (
            Method::POST,
            "/api/flows",
            json,
            "{}",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            Method::POST,
            "/api/flows",
            json,
            "",
            StatusCode::BAD_REQUEST,
        ),
        (Method::POST, "/flows", json, "{}", StatusCode::NOT_FOUND),
        (Method::GET, "/missing.js", json, "", StatusCode::NOT_FOUND),
        (
            Method::GET,
            "/..%2f..%2fetc%2fpasswd.txt",
            json,
            "",
            StatusCode::NOT_FOUND,
        ),
    ] {
        let request = administrator.request(method.clone(), path);
        let request = request.header(header.0, header.1).body(body);
        let answer = request.send().await.expect("an answer");
        let what = format!("{method} {path} {body:?}: {}", answer.status());
        assert_eq!(answer.status(), status, "{what}");
        assert_headers(answer.headers(), &what);
        assert_problem(&answer, &what);
    }
}

#[tokio::test]
async fn a_field_that_does_not_fit_is_named() {
    let house = House::open().await;
    let administrator = house.administrator().await;
    let answer = administrator
        .post("/api/flows", json!({ "start": { "template": 7 } }))
        .await;
    let problem: api::ProblemDetails = answer.json().await.expect("a problem");
    let pointers: Vec<_> = problem
        .errors
        .iter()
        .map(|error| error.pointer.as_str())
        .collect();
    assert_eq!(pointers, ["/start/template"]);
}

#[tokio::test]
async fn the_page_for_measuring_is_handed_to_nobody() {
    let house = House::open().await;
    for path in ["/bench.html", "/bench.js"] {
        let answer = house.visitor().get(path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_site_is_served_with_the_right_caching() {
    let house = House::open().await;
    let visitor = house.visitor();
    for path in ["/", "/index.html", "/flows", "/flows/some-id", "/set-up"] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_headers(answer.headers(), path);
        assert_eq!(answer.headers()["cache-control"], "no-store");
        assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    }
    let script = visitor.get("/app-25ac06a8f0917acb.js").await;
    assert_headers(script.headers(), "the script");
    assert_eq!(
        script.headers()["cache-control"],
        "public, max-age=31536000, immutable"
    );
    let tag = script.headers()["etag"].to_str().expect("text").to_owned();
    let request = visitor.request(Method::GET, "/app-25ac06a8f0917acb.js");
    let again = request
        .header("if-none-match", tag)
        .send()
        .await
        .expect("an answer");
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_headers(again.headers(), "an unchanged file");
}
