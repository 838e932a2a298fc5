use api::ConnectionCheck;
use store::{ConnectionCheckRow, ConnectionRow, NewDefault, Store, StoreError};

use super::audit;

fn connection(id: &str, name: &str, is_default: bool) -> ConnectionRow {
    ConnectionRow {
        id: id.to_owned(),
        name: name.to_owned(),
        profile: "direct".to_owned(),
        api_url: "https://api.example.org".to_owned(),
        oauth_url: "https://login.example.org".to_owned(),
        client_id: "client".to_owned(),
        sealed_secret: "sealed".to_owned(),
        secret_hint: "cret".to_owned(),
        secret_set_at_millis: 5,
        scopes: "flow:view task:read".to_owned(),
        is_default,
        revision: 1,
    }
}

pub(crate) async fn there_is_one_default_connection(store: &dyn Store) {
    let put = async |row: ConnectionRow| store.put_connection(&row, audit("connection")).await;
    put(connection("c1", "one", true)).await.expect("stored");
    put(connection("c2", "two", true)).await.expect("stored");
    let defaults: Vec<_> = store
        .connections()
        .await
        .expect("read")
        .into_iter()
        .filter(|row| row.is_default)
        .map(|row| row.id)
        .collect();
    assert_eq!(defaults, ["c2"]);
    let refused = put(connection("c3", "two", false)).await;
    assert!(matches!(refused, Err(StoreError::Taken("connection"))));
    assert!(
        store
            .delete_connection("c1", audit("gone"))
            .await
            .expect("an answer")
    );
    assert!(
        !store
            .delete_connection("c1", audit("gone"))
            .await
            .expect("an answer")
    );
}

pub(crate) async fn a_preset_is_the_default_where_no_stored_one_is(store: &dyn Store) {
    let put = async |row: ConnectionRow| store.put_connection(&row, audit("connection")).await;
    put(connection("d1", "a stored one", true))
        .await
        .expect("stored");
    let make = async |new: NewDefault<'_>| store.make_default(new, audit("default")).await;
    assert!(make(NewDefault::Preset("p1")).await.expect("an answer"));
    let defaults = async || {
        let all = store.connections().await.expect("read");
        let defaults = all.into_iter().filter(|row| row.is_default);
        defaults.map(|row| row.id).collect::<Vec<_>>()
    };
    assert!(defaults().await.is_empty());
    let preset = store.default_preset().await.expect("read");
    assert_eq!(preset.as_deref(), Some("p1"));
    assert!(!make(NewDefault::Stored("nobody")).await.expect("an answer"));
    assert!(make(NewDefault::Stored("d1")).await.expect("an answer"));
    assert_eq!(defaults().await, ["d1"]);
}

pub(crate) async fn a_check_holds_until_its_connection_changes(store: &dyn Store) {
    let row = connection("k1", "a checked one", false);
    store
        .put_connection(&row, audit("connection"))
        .await
        .expect("stored");
    let check = |at_millis: i64, ok: bool| ConnectionCheckRow {
        connection_id: "k1".to_owned(),
        at_millis,
        outcome: ConnectionCheck {
            ok,
            sentence: "So it is.".to_owned(),
            next_step: None,
            areas: Vec::new(),
        },
    };
    for (at, ok) in [(1, false), (2, true)] {
        let checked = check(at, ok);
        let put = store.put_connection_check(&checked, audit("check"));
        put.await.expect("stored");
    }
    let held = store.connection_checks().await.expect("read");
    assert_eq!(held, [check(2, true)]);
    store
        .put_connection(&row, audit("connection"))
        .await
        .expect("stored");
    assert!(store.connection_checks().await.expect("read").is_empty());
}
