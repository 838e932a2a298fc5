use std::slice::from_ref;

use store::{Counter, SessionRow, Store};

fn session(id_hash: &str, created_at_millis: i64) -> SessionRow {
    SessionRow {
        id_hash: id_hash.to_owned(),
        account_id: Some("a1".to_owned()),
        data: "{}".to_owned(),
        created_at_millis,
        expires_at_millis: 1_000,
    }
}

pub(crate) async fn an_expired_or_ended_session_is_not_there(store: &dyn Store) {
    let mut one = session("h1", 1);
    assert!(store.create_session(&one).await.expect("made"));
    assert!(
        !store.create_session(&one).await.expect("an answer"),
        "ids are unique"
    );
    one.data = "{\"a\":1}".to_owned();
    store.save_session(&one).await.expect("saved");
    let found = store.session("h1", 999).await.expect("read");
    assert_eq!(found, Some(one.clone()));
    assert_eq!(store.session("h1", 1_000).await.expect("read"), None);
    store.delete_session("h1").await.expect("ended");
    store
        .delete_session("h1")
        .await
        .expect("ending twice changes nothing");
    store
        .save_session(&one)
        .await
        .expect("saving late is no failure");
    assert_eq!(store.session("h1", 1).await.expect("read"), None);
}

pub(crate) async fn the_oldest_sessions_go_first(store: &dyn Store) {
    for (id_hash, created_at) in [("t1", 1), ("t2", 2), ("t3", 3)] {
        store
            .create_session(&session(id_hash, created_at))
            .await
            .expect("made");
    }
    store.trim_sessions("a1", 2).await.expect("trimmed");
    assert_eq!(store.session("t1", 10).await.expect("read"), None);
    assert!(store.session("t2", 10).await.expect("read").is_some());
    store.delete_expired_sessions(1_000).await.expect("cleared");
    assert_eq!(store.session("t3", 10).await.expect("read"), None);
}

fn counter(name: &str, window_millis: Option<i64>) -> Counter {
    Counter {
        name: name.to_owned(),
        window_millis,
        allowed_at_millis: |row| match row.failures {
            0..3 => i64::MIN,
            _ => row.last_at_millis + 100,
        },
    }
}

pub(crate) async fn an_attempt_is_counted_everywhere_or_nowhere(store: &dyn Store) {
    let person = counter("person", None);
    let address = counter("address", Some(50));
    let count = async |counters: &[Counter], at: i64| {
        let allowed = store.count_attempt(counters, at).await;
        allowed.expect("an answer")
    };
    for at in [10, 20, 30] {
        assert_eq!(count(from_ref(&person), at).await, at);
    }
    let both = [address.clone(), person.clone()];
    assert_eq!(count(&both, 40).await, 130, "the person has to wait");
    // Had the refused one counted, this would be the address's fourth.
    for at in [50, 60, 70] {
        assert_eq!(count(from_ref(&address), at).await, at);
    }
    assert_eq!(count(from_ref(&address), 80).await, 170);
    store
        .give_back_attempt("address")
        .await
        .expect("taken back");
    assert_eq!(count(from_ref(&address), 90).await, 90);
    assert_eq!(
        count(from_ref(&address), 101).await,
        101,
        "its window ended"
    );
    store.clear_throttle("person").await.expect("cleared");
    assert_eq!(count(&both, 102).await, 102);
}

/// Of attempts at the same time no more pass than one after the other.
pub(crate) async fn attempts_at_the_same_time_do_not_slip_through(store: &dyn Store) {
    let burst = [counter("burst", None)];
    let attempts = (0..16).map(|_| store.count_attempt(&burst, 10));
    let allowed = futures_util::future::join_all(attempts).await;
    let passed = allowed
        .into_iter()
        .filter(|allowed| matches!(allowed, Ok(10)));
    assert_eq!(passed.count(), 3);
}
