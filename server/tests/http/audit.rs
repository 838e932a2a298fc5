//! Verifying the audit log with the binary, beside a running server.

use std::{path::Path, process::Command};

use sqlx::{Connection, SqliteConnection};

use crate::house::House;

/// The exit code of `patchbay audit verify`, and what it says.
fn verify(data: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_patchbay"))
        .args(["audit", "verify", "--data"])
        .arg(data)
        .env_remove("PATCHBAY_KEY")
        .output()
        .expect("the binary runs");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said).expect("text");
    (output.status.code(), said)
}

#[tokio::test]
async fn the_binary_says_whether_the_audit_log_was_altered() {
    let house = House::open().await;
    let ada = house.administrator().await;
    ada.flow("empty").await;
    let data = house.directory.path().join("data");
    let entries: Vec<api::AuditEntry> = ada.read("/api/audit").await;
    let (code, said) = verify(&data);
    assert_eq!(code, Some(0), "{said}");
    let count = format!("intact: {} entries", entries.len());
    assert!(said.contains(&count), "{said}");

    let file = data.join("patchbay.db");
    let mut other = SqliteConnection::connect(&file.to_string_lossy())
        .await
        .expect("the database");
    sqlx::query("UPDATE audit SET actor = 'somebody else' WHERE seq = 2")
        .execute(&mut other)
        .await
        .expect("an altered entry");
    let (code, said) = verify(&data);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("broken at entry 2"), "{said}");
}

#[tokio::test]
async fn verifying_makes_nothing_where_there_is_no_data() {
    let directory = tempfile::tempdir().expect("a directory");
    let data = directory.path().join("data");
    let (code, said) = verify(&data);
    assert_eq!(code, Some(2), "{said}");
    assert!(!data.exists());
}
