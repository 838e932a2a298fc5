use store::{ConnectionRow, Store, StoreError};

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
