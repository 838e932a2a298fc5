use store::{SessionRow, Store};

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

pub(crate) async fn failures_are_counted_within_their_window(store: &dyn Store) {
    assert_eq!(store.throttle("ip").await.expect("read"), None);
    for (at, since, failures) in [(10, 0, 1), (20, 0, 2), (100, 50, 1), (110, 50, 2)] {
        let row = store.count_failure("ip", at, since).await.expect("counted");
        assert_eq!((row.failures, row.last_at_millis), (failures, at));
    }
    store.clear_throttle("ip").await.expect("cleared");
    assert_eq!(store.throttle("ip").await.expect("read"), None);
}
