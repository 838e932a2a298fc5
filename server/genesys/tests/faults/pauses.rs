//! `Retry-After`: never a call before the time given.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use genesys::{Clock, FailureKind, ScaledClock};

use crate::clocks::ManualClock;
use crate::server::{FaultServer, Step, id, patient};

/// What a value asks for: a wait, or giving up and saying when. In seconds
/// from the answer, for dates from when the date was written.
enum Asked {
    Wait(u64),
    WaitSinceWritten(u64),
    Queue(u64),
    GiveUp(u64),
}

fn values(now: SystemTime) -> Vec<(String, Asked)> {
    let date = |seconds: i64| {
        let by = Duration::from_secs(seconds.unsigned_abs());
        httpdate::fmt_http_date(if seconds < 0 { now - by } else { now + by })
    };
    let mut values = vec![];
    for seconds in [0, 1, 2, 3, 5, 8, 12, 20, 29, 30] {
        values.push((seconds.to_string(), Asked::Wait(seconds)));
    }
    for seconds in [31, 45, 60, 90, 120, 179, 180] {
        values.push((seconds.to_string(), Asked::Queue(seconds)));
    }
    for seconds in [181, 300, 3600, 86_400, 604_800] {
        values.push((seconds.to_string(), Asked::GiveUp(seconds)));
    }
    values.push(("99999999999999999999".to_owned(), Asked::GiveUp(86_400)));
    for garbage in [
        "",
        "soon",
        "-1",
        "1.5",
        "5s",
        "0x5",
        "1 2",
        "NaN",
        "Fri, 99 Foo",
        "1e3",
    ] {
        values.push((garbage.to_owned(), Asked::Wait(3)));
    }
    for past in [-1, -60, -86_400] {
        values.push((date(past), Asked::Wait(0)));
    }
    // Dates have whole seconds: up to one is cut off when they are written.
    for near in [10, 20] {
        values.push((date(near), Asked::WaitSinceWritten(near.unsigned_abs() - 1)));
    }
    values.push((date(170), Asked::Queue(169)));
    values.push((date(86_400), Asked::GiveUp(86_399)));
    values
}

#[tokio::test]
async fn no_call_leaves_before_the_time_given() {
    let tried = values(SystemTime::now());
    assert!(tried.len() >= 40, "{} values", tried.len());
    for index in 0..tried.len() {
        let clock = Arc::new(ScaledClock::new(100));
        let server = FaultServer::start(clock.clone()).await;
        let connection = server.connection(patient());
        connection.sign_in().await.expect("a token");
        let (wall, written) = (clock.wall(), clock.now());
        let (value, asked) = values(wall).swap_remove(index);
        server.script([Step::retry_after(429, value.clone())]);
        let result = connection.flows().publish(&id()).await;
        let calls = server.calls();
        match asked {
            Asked::Wait(seconds) | Asked::WaitSinceWritten(seconds) => {
                assert!(result.is_ok(), "{value:?}: {result:?}");
                let from = match asked {
                    Asked::WaitSinceWritten(_) => written,
                    _ => calls[0].at,
                };
                let waited = calls[1].at - from;
                assert!(
                    waited >= Duration::from_secs(seconds),
                    "{value:?}: {waited:?}"
                );
            }
            Asked::Queue(seconds) | Asked::GiveUp(seconds) => {
                let failure = result.expect_err("too long to wait for");
                let FailureKind::Throttled { until, queueable } = failure.kind else {
                    panic!("{value:?}: {failure:?}");
                };
                assert_eq!(queueable, matches!(asked, Asked::Queue(_)), "{value:?}");
                assert!(
                    until >= wall + Duration::from_secs(seconds),
                    "{value:?}: {until:?}"
                );
                assert_eq!(calls.len(), 1, "{value:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_pause_holds_for_every_call_of_the_connection() {
    let clock = Arc::new(ManualClock::new());
    let server = FaultServer::start(clock.clone()).await;
    let connection = server.connection(patient());
    connection.sign_in().await.expect("a token");
    server.script([Step::retry_after(429, "12")]);
    let paused = connection.clone();
    let first = tokio::spawn(async move { paused.flows().publish(&id()).await });
    while server.calls().is_empty() {
        tokio::task::yield_now().await;
    }
    // The second call learns of the pause once the first has read its answer.
    while !clock.was_asked_to_sleep(12) {
        tokio::task::yield_now().await;
    }
    let other = connection.clone();
    let second = tokio::spawn(async move { other.flows().get(&id()).await });
    clock.advance(11);
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(server.calls().len(), 1);
    clock.advance(1);
    assert!(first.await.expect("joined").is_ok());
    assert!(second.await.expect("joined").is_ok());
    assert_eq!(server.calls().len(), 3);
}

#[tokio::test]
async fn a_call_during_a_long_pause_says_when_it_ends_and_sends_nothing() {
    let clock = Arc::new(ManualClock::new());
    let server = FaultServer::start(clock.clone()).await;
    let connection = server.connection(patient());
    server.script([Step::retry_after(429, "100")]);
    assert!(connection.flows().publish(&id()).await.is_err());
    clock.advance(20);
    let failure = connection.flows().get(&id()).await.expect_err("paused");
    let until = clock.wall() + Duration::from_secs(80);
    assert_eq!(failure.retry_at(), Some(until));
    assert_eq!(server.calls().len(), 1);
    clock.advance(80);
    assert!(connection.flows().get(&id()).await.is_ok());
}

#[tokio::test]
async fn more_calls_than_the_pace_allows_queue_and_none_fails() {
    let clock = Arc::new(ScaledClock::new(1000));
    let server = FaultServer::start(clock).await;
    let limits = genesys::Limits {
        calls_per_minute: 60,
        burst: 5,
        ..patient()
    };
    let connection = server.connection(limits);
    let results = futures_util::future::join_all((0..30).map(|_| async {
        let connection = connection.clone();
        connection.flows().get(&id()).await
    }))
    .await;
    assert!(results.iter().all(Result::is_ok));
    let calls = server.calls();
    let spread = calls[calls.len() - 1].at - calls[0].at;
    assert!(
        spread >= Duration::from_secs(20),
        "30 calls left within {spread:?}"
    );
}
