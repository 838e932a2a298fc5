//! The contract, on SQLite.

// Clippy sees tests only where the attribute stands, not in what they call.
#![allow(clippy::expect_used)]

mod contract;

use store::{Audit, AuditKey, AuditVerdict, SqliteStore, StoreError};

async fn open(directory: &std::path::Path) -> SqliteStore {
    SqliteStore::open(directory, AuditKey::new([7; 32]))
        .await
        .expect("a store in a fresh directory")
}

#[tokio::test]
async fn sqlite_keeps_the_contract() {
    let directory = tempfile::tempdir().expect("a directory");
    contract::holds(&open(directory.path()).await).await;
}

#[tokio::test]
async fn what_was_stored_is_there_after_opening_again() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path()).await;
    contract::flows::a_flow_is_its_snapshot_and_the_changes_after_it(&store).await;
    store.close().await;
    let again = open(directory.path()).await;
    contract::flows::the_flow_is_as_it_was_left(&again).await;
}

#[tokio::test]
async fn only_this_user_reads_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().expect("a directory");
    let data = directory.path().join("data");
    let store = open(&data).await;
    contract::audit::entries_are_numbered_without_gaps(&store).await;
    for entry in std::fs::read_dir(&data).expect("the directory") {
        let entry = entry.expect("an entry");
        let mode = entry.metadata().expect("metadata").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?} has mode {mode:o}", entry.path());
    }
}

#[tokio::test]
async fn an_altered_removed_or_swapped_audit_entry_is_found() {
    for tampering in [
        "UPDATE audit SET detail = 'nothing' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
        "UPDATE audit SET actor = 'somebody' WHERE seq = 3",
        "UPDATE audit SET seq = CASE seq WHEN 1 THEN -2 WHEN 2 THEN -1 ELSE seq END;
         UPDATE audit SET seq = -seq WHERE seq < 0",
    ] {
        let directory = tempfile::tempdir().expect("a directory");
        let store = open(directory.path()).await;
        contract::audit::entries_are_numbered_without_gaps(&store).await;
        let file = directory.path().join("patchbay.db");
        let pool = sqlx::SqlitePool::connect(&file.to_string_lossy())
            .await
            .expect("a second connection");
        sqlx::raw_sql(tampering)
            .execute(&pool)
            .await
            .expect(tampering);
        let verdict = store.verify_audit().await.expect("a verdict");
        assert!(
            matches!(verdict, AuditVerdict::BrokenAt { .. }),
            "{tampering}"
        );
    }
}

#[tokio::test]
async fn a_full_disk_refuses_what_does_not_fit_and_recovers() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path()).await;
    contract::flows::a_flow_is_its_snapshot_and_the_changes_after_it(&store).await;
    store.limit_pages(1).await.expect("a limit");
    let mut large = contract::audit("large");
    large.detail = "x".repeat(100_000);
    // Every time, not only the first: SQLite ends the transaction by itself.
    for _ in 0..3 {
        let refused = store.append_audit(large.clone()).await;
        assert!(matches!(refused, Err(StoreError::Full)), "{refused:?}");
    }
    contract::flows::the_flow_is_as_it_was_left(&store).await;
    store.limit_pages(u32::MAX / 2).await.expect("room");
    store.append_audit(large).await.expect("an entry");
    let verdict = store.verify_audit().await.expect("a verdict");
    assert!(matches!(verdict, AuditVerdict::Intact { .. }));
}
