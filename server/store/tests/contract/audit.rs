use store::{AuditVerdict, Store};

use super::audit;

pub(crate) async fn entries_are_numbered_without_gaps(store: &dyn Store) {
    for action in ["one", "two", "three"] {
        store.append_audit(audit(action)).await.expect("an entry");
    }
    let entries = store.audit(None, 2).await.expect("entries");
    let seen: Vec<_> = entries.iter().map(|e| (e.seq, e.action.as_str())).collect();
    assert_eq!(seen, [(3, "three"), (2, "two")]);
    let before = store.audit(Some(2), 10).await.expect("entries");
    assert_eq!(before.len(), 1);
}

pub(crate) async fn the_chain_is_intact(store: &dyn Store) {
    let verdict = store.verify_audit().await.expect("a verdict");
    assert!(matches!(verdict, AuditVerdict::Intact { entries } if entries > 3));
}
