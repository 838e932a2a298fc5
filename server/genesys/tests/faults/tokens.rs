//! The life of a token.

use std::sync::Arc;

use futures_util::future::join_all;
use genesys::{FailureKind, ScaledClock};

use crate::clocks::ManualClock;
use crate::server::{FaultServer, Step, id, patient};

#[tokio::test]
async fn a_hundred_calls_with_a_revoked_token_renew_it_once() {
    let server = FaultServer::start(Arc::new(ScaledClock::new(1000))).await;
    let connection = server.connection(patient());
    connection.sign_in().await.expect("a token");
    server.revoke_token();
    let results = join_all((0..100).map(|_| async {
        let connection = connection.clone();
        connection.flows().get(&id()).await
    }))
    .await;
    assert!(results.iter().all(Result::is_ok));
    assert_eq!(server.sign_ins(), 2);
    assert!(server.calls().len() <= 200, "at most one replay each");
}

#[tokio::test]
async fn a_hundred_calls_without_a_token_ask_for_one() {
    let server = FaultServer::start(Arc::new(ScaledClock::new(1000))).await;
    let connection = server.connection(patient());
    let results = join_all((0..100).map(|_| async {
        let connection = connection.clone();
        connection.flows().get(&id()).await
    }))
    .await;
    assert!(results.iter().all(Result::is_ok));
    assert_eq!(server.sign_ins(), 1);
}

#[tokio::test]
async fn a_token_is_renewed_in_time_while_calls_go_on_with_the_old_one() {
    let clock = Arc::new(ManualClock::new());
    let server = FaultServer::start(clock.clone()).await;
    server.token_life(100);
    let connection = server.connection(patient());
    connection.flows().get(&id()).await.expect("read");
    clock.advance(79);
    connection.flows().get(&id()).await.expect("read");
    assert_eq!(server.sign_ins(), 1);
    clock.advance(2);
    // The renewal goes on beside this call, which may still use the old token.
    let _ = connection.flows().get(&id()).await;
    while server.sign_ins() < 2 {
        tokio::task::yield_now().await;
    }
    connection.flows().get(&id()).await.expect("read");
    assert_eq!(server.sign_ins(), 2);
}

#[tokio::test]
async fn while_sign_in_is_down_the_old_token_works_until_it_ends() {
    for step in [
        Step::status(503),
        Step::status(400),
        Step::body(200, "{}"),
        Step::Reset,
        Step::Never,
    ] {
        let clock = Arc::new(ManualClock::new());
        let server = FaultServer::start(clock.clone()).await;
        server.token_life(100);
        let connection = server.connection(patient());
        connection.flows().get(&id()).await.expect("read");
        server.sign_in(Some(step.clone()));
        clock.advance(85);
        for _ in 0..3 {
            connection
                .flows()
                .get(&id())
                .await
                .expect("read with the old token");
        }
        if matches!(step, Step::Never) {
            continue;
        }
        clock.advance(20);
        let ended = connection.sign_in().await.expect_err("no token");
        assert_eq!(ended.kind, FailureKind::SignInUnavailable, "{step:?}");
        assert_eq!(ended.code(), "genesys.sign-in-unavailable");
    }
}

#[tokio::test]
async fn a_failed_sign_in_is_not_tried_again_for_five_seconds() {
    let clock = Arc::new(ManualClock::new());
    let server = FaultServer::start(clock.clone()).await;
    server.sign_in(Some(Step::status(503)));
    let connection = server.connection(patient());
    for _ in 0..10 {
        assert!(connection.sign_in().await.is_err());
    }
    assert_eq!(server.sign_ins(), 1);
    clock.advance(5);
    server.sign_in(None);
    assert!(connection.sign_in().await.is_ok());
    assert_eq!(server.sign_ins(), 2);
}

#[tokio::test]
async fn a_sign_in_that_asks_for_a_pause_gets_it() {
    let clock = Arc::new(ManualClock::new());
    let server = FaultServer::start(clock.clone()).await;
    server.sign_in(Some(Step::retry_after(429, "60")));
    let connection = server.connection(patient());
    assert!(connection.sign_in().await.is_err());
    clock.advance(59);
    assert!(connection.sign_in().await.is_err());
    assert_eq!(server.sign_ins(), 1);
}

#[tokio::test]
async fn refused_credentials_are_said_at_once() {
    for step in [
        Step::status(401),
        Step::body(400, r#"{"error":"invalid_client"}"#),
    ] {
        let server = FaultServer::start(Arc::new(ScaledClock::new(1000))).await;
        server.sign_in(Some(step));
        let failure = server
            .connection(patient())
            .flows()
            .get(&id())
            .await
            .expect_err("refused");
        assert_eq!(failure.kind, FailureKind::CredentialsRefused);
        assert_eq!((server.sign_ins(), server.calls().len()), (1, 0));
    }
}

#[tokio::test]
async fn a_token_that_ends_during_the_last_attempt_is_renewed_all_the_same() {
    let server = FaultServer::start(Arc::new(ScaledClock::new(1000))).await;
    server.script([Step::status(502), Step::status(502), Step::status(401)]);
    let read = server.connection(patient()).flows().get(&id()).await;
    assert!(read.is_ok(), "{read:?}");
    assert_eq!((server.calls().len(), server.sign_ins()), (4, 2));
}

#[tokio::test]
async fn a_sign_in_that_recovers_is_waited_for() {
    let server = FaultServer::start(Arc::new(ScaledClock::new(100))).await;
    server.sign_in(Some(Step::status(503)));
    let connection = server.connection(patient());
    let reading = tokio::spawn(async move { connection.flows().get(&id()).await });
    while server.sign_ins() == 0 {
        tokio::task::yield_now().await;
    }
    server.sign_in(None);
    assert!(reading.await.expect("joined").is_ok());
}

/// The replay with a renewed token is no retry, and costs no step of them.
#[tokio::test]
async fn the_back_off_after_a_renewed_token_begins_with_its_first_step() {
    let clock = Arc::new(ManualClock::new());
    let server = FaultServer::start(clock.clone()).await;
    let connection = server.connection(patient());
    connection.sign_in().await.expect("a token");
    server.script([Step::status(401), Step::status(503)]);
    let reading = tokio::spawn(async move { connection.flows().get(&id()).await });
    let (first, second) = (2, 6);
    while !clock.was_asked_to_sleep(first) {
        assert!(!clock.was_asked_to_sleep(second), "a step was left out");
        tokio::task::yield_now().await;
    }
    clock.advance(first);
    assert!(reading.await.expect("joined").is_ok());
    assert_eq!(server.calls().len(), 3);
}
