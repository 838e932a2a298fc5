//! Faults on demand, as a caller meets them.

use std::collections::BTreeMap;
use std::time::Duration;

use sandbox::{Fault, FaultKind, Route, Times};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::started::{browserless, flow, options, started};
use crate::tokens::token;

fn once(route: Route, kind: FaultKind) -> Fault {
    Fault {
        route,
        times: Times::Count(1),
        kind,
    }
}

fn status(status: u16, header: Option<(&str, &str)>, body: Option<&str>) -> FaultKind {
    FaultKind::Status {
        status,
        headers: header
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect::<BTreeMap<_, _>>(),
        body: body.map(str::to_owned),
    }
}

#[tokio::test]
async fn a_status_fault_answers_as_it_was_armed_and_once() {
    let (sandbox, base) = started(options()).await;
    let token = token(&base, "all").await;
    let read = || async {
        let request = browserless()
            .get(format!("{base}/api/v2/flows"))
            .bearer_auth(&token);
        request.send().await.expect("an answer")
    };
    sandbox.inject(once(
        Route::Find,
        status(429, Some(("Retry-After", "12")), None),
    ));
    let answer = read().await;
    assert_eq!(answer.status().as_u16(), 429);
    assert_eq!(answer.headers()["retry-after"], "12");
    assert_eq!(answer.json::<Value>().await.expect("json")["status"], 429);
    assert_eq!(read().await.status().as_u16(), 200);

    sandbox.inject(once(
        Route::Find,
        status(502, None, Some("<h1>Bad gateway</h1>")),
    ));
    let answer = read().await;
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(answer.text().await.expect("text"), "<h1>Bad gateway</h1>");
}

#[tokio::test]
async fn a_dropped_connection_carries_no_byte() {
    let (sandbox, base) = started(options()).await;
    sandbox.inject(once(Route::Oauth, FaultKind::CloseBefore));
    let address = base.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address)
        .await
        .expect("connected");
    let request = "POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n";
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    // A reset instead of an orderly end is as good.
    let _ = stream.read_to_end(&mut answer).await;
    assert_eq!(String::from_utf8_lossy(&answer), "");
    assert_eq!(sandbox.arrivals()[0].answer, None);
}

#[tokio::test]
async fn before_means_undone_and_after_means_done() {
    let (sandbox, base) = started(options()).await;
    let token = token(&base, "all").await;
    for (kind, flows) in [
        (FaultKind::CloseBefore, 0),
        (status(500, None, None), 0),
        (FaultKind::CloseAfter, 1),
        (FaultKind::Garbage, 2),
        (FaultKind::Huge { bytes: 1_000_000 }, 3),
        (FaultKind::Delay { millis: 1 }, 4),
    ] {
        sandbox.inject(once(Route::Create, kind.clone()));
        let name = format!("{kind:?}");
        let request = browserless()
            .post(format!("{base}/api/v2/flows"))
            .bearer_auth(&token)
            .json(&flow(&name, 1));
        let body = match request.send().await {
            Ok(answer) => answer.text().await.expect("text"),
            Err(_) => String::new(),
        };
        assert_eq!(sandbox.flows().len(), flows, "{kind:?}");
        if matches!(kind, FaultKind::Garbage) {
            assert!(serde_json::from_str::<Value>(&body).is_err());
        }
        if matches!(kind, FaultKind::Huge { .. }) {
            assert!(body.len() > 900_000);
        }
    }
}

#[tokio::test]
async fn a_request_that_is_never_answered_is_let_go_when_faults_are_cleared() {
    let (sandbox, base) = started(options()).await;
    let always = Fault {
        route: Route::Any,
        times: Times::Always,
        kind: FaultKind::NeverAnswer,
    };
    sandbox.inject(always);
    let request = browserless().get(format!("{base}/api/v2/flows")).send();
    let waiting = tokio::spawn(request);
    sandbox.wait_for_arrivals(1).await;
    assert!(!waiting.is_finished());
    // The request may arrive a moment before it listens for the clearing.
    while !waiting.is_finished() {
        sandbox.clear_faults();
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(waiting.await.expect("joined").is_err());
}

#[tokio::test]
async fn tokens_can_expire_in_the_middle_of_a_call() {
    let (sandbox, base) = started(options()).await;
    let token = token(&base, "all").await;
    sandbox.inject(once(Route::Find, FaultKind::ExpireTokens));
    let request = browserless()
        .get(format!("{base}/api/v2/flows"))
        .bearer_auth(&token);
    assert_eq!(
        request.send().await.expect("an answer").status().as_u16(),
        401
    );
}
