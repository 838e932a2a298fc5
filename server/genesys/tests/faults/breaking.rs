//! Breaker and retry budget: a failing Genesys Cloud is not hammered.

use std::sync::Arc;

use futures_util::future::join_all;
use genesys::{FailureKind, Limits};

use crate::clocks::ManualClock;
use crate::server::{FaultServer, Step, id, patient};

#[tokio::test]
async fn after_seven_failures_calls_fail_at_once_and_one_probe_finds_out() {
    let clock = Arc::new(ManualClock::new());
    let server = FaultServer::start(clock.clone()).await;
    let limits = Limits {
        breaker: Limits::default().breaker,
        ..patient()
    };
    let connection = server.connection(limits);
    server.always(Some(Step::status(500)));
    for _ in 0..20 {
        assert!(connection.flows().publish(&id()).await.is_err());
    }
    assert_eq!(server.calls().len(), 7);
    let refused = connection.flows().publish(&id()).await.expect_err("open");
    assert_eq!(refused.kind, FailureKind::Unavailable { status: None });
    assert!(!refused.may_have_happened());

    clock.advance(1);
    for _ in 0..5 {
        assert!(connection.flows().publish(&id()).await.is_err());
    }
    assert_eq!(server.calls().len(), 8, "one probe");
    server.always(None);
    clock.advance(2);
    for _ in 0..5 {
        assert!(connection.flows().publish(&id()).await.is_ok());
    }
}

#[tokio::test]
async fn when_everything_fails_retries_stay_a_fifth_of_the_calls() {
    // The clock stands still, so that all calls fall into one window.
    let server = FaultServer::start(Arc::new(ManualClock::new())).await;
    let limits = Limits {
        back_off: vec![std::time::Duration::ZERO],
        ..patient()
    };
    let connection = server.connection(limits);
    server.always(Some(Step::status(502)));
    let results = join_all((0..1000).map(|_| async {
        let connection = connection.clone();
        connection.flows().get(&id()).await
    }))
    .await;
    assert!(results.iter().all(Result::is_err));
    let retries = server.calls().len() - 1000;
    assert!(retries <= 200, "{retries} retries for 1000 calls");
    assert!(retries >= 10);
}
