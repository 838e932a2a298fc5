use api::Role;
use store::{AccountRow, Store, StoreError};

use super::audit;

fn account(id: &str, email: &str) -> AccountRow {
    AccountRow {
        id: id.to_owned(),
        email: email.to_owned(),
        name: "Ada".to_owned(),
        role: Role::Publisher,
        password_hash: "$argon2id$".to_owned(),
        created_at_millis: 1,
    }
}

pub(crate) async fn an_address_has_one_account(store: &dyn Store) {
    let ada = account("a1", "ada@example.org");
    store
        .create_account(&ada, audit("account.create"))
        .await
        .expect("an account");
    let entries = store.audit(None, 100).await.expect("entries").len();
    let twin = account("a2", "ada@example.org");
    let refused = store.create_account(&twin, audit("account.create")).await;
    assert!(matches!(refused, Err(StoreError::Taken("account"))));
    let after = store.audit(None, 100).await.expect("entries").len();
    assert_eq!(entries, after, "a refused change leaves no audit entry");
    assert_eq!(store.account("a1").await.expect("read"), Some(ada.clone()));
    assert_eq!(store.account("a2").await.expect("read"), None);
    store
        .set_password_hash("a1", "new")
        .await
        .expect("a new hash");
    let found = store
        .account_by_email("ada@example.org")
        .await
        .expect("read");
    assert_eq!(found.expect("the account").password_hash, "new");
}

pub(crate) async fn a_set_up_token_is_spent_once_and_before_it_expires(store: &dyn Store) {
    let spend = async |id: &str, token: &str, now: i64| {
        let administrator = account(id, &format!("{id}@example.org"));
        store
            .spend_set_up_token(token, now, &administrator, audit("set-up"))
            .await
            .expect("an answer")
    };
    store
        .replace_set_up_token("old", 50)
        .await
        .expect("a token");
    store
        .replace_set_up_token("new", 100)
        .await
        .expect("a token");
    assert!(!spend("s1", "old", 10).await, "it was replaced");
    assert!(!spend("s1", "new", 100).await, "it has expired");
    assert!(spend("s1", "new", 99).await);
    assert!(!spend("s2", "new", 99).await, "it is spent");
    assert_eq!(store.account("s2").await.expect("read"), None);
}
