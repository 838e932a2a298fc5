//! The audit log as administrators and auditors use it.

use api::{AuditEntry, AuditVerification, Outcome, Role};
use reqwest::{StatusCode, header};
use serde_json::json;
use sqlx::Connection as _;

use crate::house::{House, PASSWORD};

#[tokio::test]
async fn the_log_is_filtered_by_everything_that_it_says() {
    let house = House::open().await;
    let ada = house.administrator().await;
    house.person(&ada, Role::Editor, "Grace").await;
    let flow = ada.flow("empty").await.id;
    let body = json!({ "email": "grace@example.org", "password": "wrong" });
    house.visitor().post("/api/session", body).await;
    let found = async |query: &str| -> Vec<String> {
        let entries: Vec<AuditEntry> = ada.read(&format!("/api/audit?{query}")).await;
        entries.into_iter().map(|entry| entry.action).collect()
    };
    // The demonstration's administrator was added before.
    assert_eq!(found("action=account").await, ["account.add"; 2]);
    assert_eq!(found(&format!("object={flow}")).await, ["flow.make"]);
    assert_eq!(found("outcome=failed").await, ["session.sign-in"]);
    assert_eq!(found("actor=Grace").await, ["session.sign-in"]);
    assert_eq!(found("text=added%20grace").await, ["account.add"]);
    assert_eq!(found("until=2001-01-01T00:00:00Z").await, [""; 0]);
    assert!(!found("from=2001-01-01T00:00:00Z").await.is_empty());
    assert!(
        !found("text=&actor=&from=").await.is_empty(),
        "what is empty asks for nothing"
    );
    assert_eq!(found("action=flow.make&before=1").await, [""; 0]);
    for wrong in ["from=yesterday", "outcome=perhaps", "before=-1"] {
        let refused = ada.get(&format!("/api/audit?{wrong}")).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test]
async fn an_export_is_whole_and_no_cell_of_it_is_a_formula() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let formula = json!({
        "email": "x@example.org", "name": "=cmd()", "role": "viewer", "password": PASSWORD,
    });
    ada.post("/api/accounts", formula).await;
    house.visitor().signed_in("x@example.org", PASSWORD).await;
    // More than the export reads at once.
    let mut database = house.database().await;
    let many =
        "WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 2500)
        INSERT INTO audit (seq, at_millis, actor, action, outcome, detail, chain)
        SELECT (SELECT MAX(seq) FROM audit) + n, n, 'Bea', 'lamp.light', 'done', '', '' FROM more";
    sqlx::query(many)
        .execute(&mut database)
        .await
        .expect("many entries");
    database.close().await.expect("closed");
    let entries: Vec<AuditEntry> = ada.read("/api/audit").await;
    let last = entries.first().expect("an entry").seq;

    let answer = ada.get("/api/audit/export?format=ndjson").await;
    let kind = answer.headers()[header::CONTENT_TYPE]
        .to_str()
        .expect("text")
        .to_owned();
    assert_eq!(kind, "application/x-ndjson");
    let text = answer.text().await.expect("a file");
    let seqs: Vec<u64> = text
        .lines()
        .map(|line| {
            serde_json::from_str::<AuditEntry>(line)
                .expect("an entry")
                .seq
        })
        .collect();
    // The export itself is the latest entry.
    assert_eq!(seqs, (1..=last + 1).rev().collect::<Vec<_>>());

    let answer = ada
        .get("/api/audit/export?format=csv&outcome=done&actor=%3Dcmd()")
        .await;
    let disposition = answer.headers()[header::CONTENT_DISPOSITION]
        .to_str()
        .expect("text");
    assert_eq!(disposition, "attachment; filename=\"audit.csv\"");
    let text = answer.text().await.expect("a file");
    let mut lines = text.split("\r\n");
    assert_eq!(
        lines.next(),
        Some("seq,at,actor,action,object,outcome,detail,correlationId")
    );
    let line = lines.next().expect("a line");
    assert!(line.contains(r#","'=cmd()","session.sign-in","#), "{line}");
    let unknown = ada.get("/api/audit/export?format=xlsx").await;
    assert_eq!(unknown.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn auditors_verify_the_log_and_hear_where_it_is_broken() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let otto = house.person(&ada, Role::Auditor, "Otto").await;
    let verify = async || -> AuditVerification {
        let answer = otto.post("/api/audit/verification", json!({})).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.expect("a verdict")
    };
    let entries: Vec<AuditEntry> = otto.read("/api/audit").await;
    let count = entries.len() as u64;
    assert_eq!(verify().await, AuditVerification::Intact { entries: count });
    let mut database = house.database().await;
    sqlx::query("UPDATE audit SET actor = 'somebody else' WHERE seq = 2")
        .execute(&mut database)
        .await
        .expect("an altered entry");
    assert_eq!(verify().await, AuditVerification::BrokenAt { seq: 2 });
    let entries: Vec<AuditEntry> = otto.read("/api/audit?action=audit.verify").await;
    let outcomes: Vec<_> = entries.iter().map(|entry| entry.outcome).collect();
    assert_eq!(outcomes, [Outcome::Failed, Outcome::Done]);
}
