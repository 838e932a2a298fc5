//! What is shown of calls to Genesys Cloud, to people and to Prometheus.

use api::{Breaker, Operations, RouteOperations};
use sandbox::{Fault, FaultKind, Route, Times};
use serde_json::json;

use crate::house::House;

const CHECK: &str = "/api/connections/sandbox/check";

fn route<'a>(seen: &'a Operations, method: &str, path: &str) -> &'a RouteOperations {
    let routes = seen.connections.iter().flat_map(|one| &one.routes);
    let found = routes
        .clone()
        .find(|route| route.method == method && route.path == path);
    found.expect(path)
}

#[tokio::test]
async fn every_call_is_counted_by_connection_and_route() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let before: Operations = ada.read("/api/operations").await;
    assert!(before.connections.is_empty() && before.points.is_empty());
    ada.post(CHECK, json!({})).await;
    let seen: Operations = ada.read("/api/operations").await;
    let connection = seen.connections.first().expect("a connection");
    assert_eq!(
        (connection.id.as_str(), connection.name.as_str()),
        ("sandbox", "Sandbox")
    );
    assert_eq!(connection.token_requests, 1);
    assert_eq!(connection.breaker, Breaker::Closed);
    let headroom = connection.headroom.expect("a headroom");
    assert!(headroom.left < headroom.allowed, "{headroom:?}");
    let find = route(&seen, "GET", "/api/v2/flows");
    assert_eq!((find.succeeded, find.failed, find.retried), (1, 0, 0));
    assert!(find.p50_millis <= find.p95_millis && find.average_millis.is_some());
    let update = route(&seen, "PUT", "/api/v2/flows/{id}");
    assert_eq!(
        (update.succeeded, update.failed),
        (1, 0),
        "that a nil id is not found is what was to be found out"
    );
    assert!(seen.failures.is_empty(), "{:?}", seen.failures);

    let calls = |points: &Operations| -> u32 {
        points
            .points
            .iter()
            .map(|point| point.succeeded + point.failed)
            .sum()
    };
    let in_routes: u64 = connection
        .routes
        .iter()
        .map(|r| r.succeeded + r.failed)
        .sum();
    assert_eq!(u64::from(calls(&seen)), in_routes);
    let later: Operations = ada
        .read(&format!("/api/operations?since={}", seen.step + 1))
        .await;
    assert!(calls(&later) == 0, "what was seen does not come again");
    let other: Operations = ada.read("/api/operations?connection=other").await;
    assert!(other.points.is_empty());
    assert_eq!(other.connections.len(), 1, "the table shows all");
}

#[tokio::test]
async fn a_call_that_failed_is_shown_with_its_reference() {
    let house = House::open().await;
    let ada = house.administrator().await;
    house.sandbox().inject(Fault {
        route: Route::Find,
        times: Times::Count(1),
        kind: FaultKind::Status {
            status: 500,
            headers: Default::default(),
            body: None,
        },
    });
    ada.post(CHECK, json!({})).await;
    let seen: Operations = ada.read("/api/operations").await;
    let failed = seen.failures.first().expect("a failed call");
    let said = (failed.path.as_str(), failed.code.as_str(), failed.attempts);
    assert_eq!(said, ("/api/v2/flows", "genesys.unavailable", 1));
    assert!(failed.correlation_id.is_some());
    assert_eq!(route(&seen, "GET", "/api/v2/flows").failed, 1);
    let in_points: u32 = seen.points.iter().map(|point| point.failed).sum();
    assert_eq!(in_points, 1);
}

#[tokio::test]
async fn retries_are_told_apart_from_calls() {
    let house = House::open().await;
    let ada = house.administrator().await;
    house.sandbox().inject(Fault {
        route: Route::Find,
        times: Times::Count(1),
        kind: FaultKind::Status {
            status: 503,
            headers: [("Retry-After".to_owned(), "0".to_owned())].into(),
            body: None,
        },
    });
    ada.post(CHECK, json!({})).await;
    let seen: Operations = ada.read("/api/operations").await;
    let find = route(&seen, "GET", "/api/v2/flows");
    assert_eq!((find.succeeded, find.failed, find.retried), (1, 0, 1));
    let retried: u32 = seen.points.iter().map(|point| point.retried).sum();
    assert_eq!(retried, 1);
}

#[tokio::test]
async fn prometheus_reads_the_same_on_a_listener_of_its_own_alone() {
    let house = House::open().await;
    let house = house
        .restart_with(|args| {
            args.metrics_addr = Some("127.0.0.1:0".parse().expect("an address"));
        })
        .await;
    let ada = house.administrator().await;
    ada.post(CHECK, json!({})).await;
    let address = house.said("Metrics are at ");
    let answer = reqwest::get(&address).await.expect("an answer");
    let kind = answer.headers()["content-type"]
        .to_str()
        .expect("text")
        .to_owned();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    let text = answer.text().await.expect("text");
    for line in [
        "# TYPE patchbay_genesys_calls counter",
        "# UNIT patchbay_genesys_attempt_duration_seconds seconds",
        "patchbay_genesys_calls_total{connection=\"Sandbox\",method=\"GET\",route=\"/api/v2/flows\",outcome=\"success\"} 1",
        "patchbay_genesys_token_requests_total{connection=\"Sandbox\"} 1",
        "# TYPE patchbay_genesys_wait_seconds counter",
        "patchbay_genesys_breaker_open{connection=\"Sandbox\"} 0",
        "patchbay_genesys_attempt_duration_seconds_count{connection=\"Sandbox\",method=\"GET\",route=\"/api/v2/flows\"} 1",
    ] {
        assert!(
            text.lines().any(|found| found == line),
            "{line}\nis not in\n{text}"
        );
    }
    assert!(text.ends_with("# EOF\n"));
    let elsewhere = reqwest::get(address.replace("/metrics", "/api/flows")).await;
    assert_eq!(elsewhere.expect("an answer").status(), 404);
    let on_main = ada.get("/metrics").await;
    let on_main = on_main.text().await.expect("text");
    assert!(!on_main.contains("patchbay_genesys"), "{on_main}");
}

#[tokio::test]
async fn what_is_being_published_is_under_way_until_it_has_ended() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await;
    house.sandbox().inject(Fault {
        route: Route::Create,
        times: Times::Count(1),
        kind: FaultKind::NeverAnswer,
    });
    let path = format!("/api/flows/{}/publishes", flow.id);
    let begun = ada.post(&path, json!({ "key": "one-click" })).await;
    assert!(begun.status().is_success(), "{}", begun.status());
    let seen: Operations = ada.read("/api/operations").await;
    let job = seen.jobs.first().expect("a job");
    assert_eq!(
        (
            &job.object,
            &job.name,
            job.connection.as_deref(),
            job.author.as_str()
        ),
        (&flow.id, &flow.name, Some("Sandbox"), "Demo")
    );
    house.sandbox().clear_faults();
    for _ in 0..200 {
        let seen: Operations = ada.read("/api/operations").await;
        if seen.jobs.is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the publish did not end");
}
