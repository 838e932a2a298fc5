use api::Role;
use store::{AccountChange, AccountRow, AuditFilter, SessionRow, Store, StoreError};

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
    let entries = store
        .audit(&AuditFilter::default(), None, 100)
        .await
        .expect("entries")
        .len();
    let twin = account("a2", "ada@example.org");
    let refused = store.create_account(&twin, audit("account.create")).await;
    assert!(matches!(refused, Err(StoreError::Taken("account"))));
    let after = store
        .audit(&AuditFilter::default(), None, 100)
        .await
        .expect("entries")
        .len();
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

/// Holds where `s1` is the only administrator and `a1` somebody else.
pub(crate) async fn there_is_always_an_administrator(store: &dyn Store) {
    let set_role = async |id: &str, role: Role| {
        let changed = store.set_role(id, role, audit("account.role")).await;
        changed.expect("an answer")
    };
    let delete = async |id: &str| {
        let deleted = store.delete_account(id, audit("account.remove")).await;
        deleted.expect("an answer")
    };
    let role = async |id: &str| store.account(id).await.expect("read").map(|row| row.role);
    store
        .set_role("s1", Role::Administrator, audit("account.role"))
        .await
        .expect("an administrator");
    assert_eq!(
        set_role("s1", Role::Viewer).await,
        AccountChange::LastAdministrator
    );
    assert_eq!(delete("s1").await, AccountChange::LastAdministrator);
    assert_eq!(
        set_role("missing", Role::Viewer).await,
        AccountChange::Missing
    );
    assert_eq!(delete("missing").await, AccountChange::Missing);
    assert_eq!(
        set_role("a1", Role::Administrator).await,
        AccountChange::Done
    );
    assert_eq!(set_role("s1", Role::Viewer).await, AccountChange::Done);
    assert_eq!(role("s1").await, Some(Role::Viewer));
    assert_eq!(delete("a1").await, AccountChange::LastAdministrator);
    assert_eq!(delete("s1").await, AccountChange::Done);
    assert_eq!(role("s1").await, None);
}

/// Ends with `a1` removed.
pub(crate) async fn a_new_password_and_removal_end_sessions(store: &dyn Store) {
    for id_hash in ["here", "elsewhere"] {
        let session = SessionRow {
            id_hash: id_hash.to_owned(),
            account_id: Some("a1".to_owned()),
            data: "{}".to_owned(),
            created_at_millis: 1,
            expires_at_millis: 1_000,
        };
        assert!(store.create_session(&session).await.expect("made"));
    }
    let changed = async |id: &str| {
        let audit = audit("account.password");
        let changed = store.change_password(id, "newer", "here", audit).await;
        changed.expect("an answer")
    };
    assert!(changed("a1").await);
    assert!(!changed("missing").await);
    let ada = store.account("a1").await.expect("read").expect("Ada");
    assert_eq!(ada.password_hash, "newer");
    let is_there = async |id_hash: &str| store.session(id_hash, 10).await.expect("read").is_some();
    assert!(is_there("here").await);
    assert!(!is_there("elsewhere").await);
    let other = account("a9", "other@example.org");
    store
        .create_account(&other, audit("account.create"))
        .await
        .expect("an account");
    store
        .set_role("a9", Role::Administrator, audit("account.role"))
        .await
        .expect("an administrator");
    store
        .delete_account("a1", audit("account.remove"))
        .await
        .expect("removed");
    assert!(!is_there("here").await);
}
