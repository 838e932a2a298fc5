//! What Genesys says of a contact, what a check or a failed change does to one,
//! and who an import goes on for.

use std::{collections::BTreeMap, time::Duration};

use api::{Account, Contact, ContactImport, ContactStage, ImportRow, ImportState, Role};
use reqwest::StatusCode;
use sandbox::{Fault, FaultKind, Route, Times};
use serde_json::{Value, json};
use sqlx::Connection as _;

use crate::house::{House, Person};

fn fields(id: &str) -> Value {
    json!({
        "externalContactId": id, "name": "Acme Corp Support",
        "voice": "+15551234567", "interactionDurationSeconds": 600,
    })
}

async fn read(answer: reqwest::Response) -> Contact {
    answer.json().await.expect("a contact")
}

async fn registered(person: &Person, id: &str) -> Contact {
    let body = json!({ "contact": fields(id) });
    let made = read(person.post("/api/contacts", body).await).await;
    person
        .validated(&format!("/api/contacts/{}", made.id))
        .await
}

fn says(house: &House, route: Route, status: u16, times: Times) {
    let body = json!({ "message": "Zebulon +15559876543 is on a list", "code": "zeb@quix" });
    let kind = FaultKind::Status {
        status,
        headers: BTreeMap::new(),
        body: Some(body.to_string()),
    };
    house.sandbox().inject(Fault { route, times, kind });
}

fn file(rows: std::ops::Range<u32>) -> Value {
    let rows: String = rows
        .map(|n| format!("P-{n},Person {n},+1555{n:07}\n"))
        .collect();
    json!({
        "key": "k", "fileName": "people.csv", "text": format!("id,name,phone\n{rows}"),
        "columns": ["externalContactId", "name", "voice"],
    })
}

async fn begin(person: &Person, rows: std::ops::Range<u32>) -> ContactImport {
    let answer = person.post("/api/contact-imports", file(rows)).await;
    answer.json().await.expect("an import")
}

async fn until(person: &Person, id: &str, is: impl Fn(&ContactImport) -> bool) -> ContactImport {
    let path = format!("/api/contact-imports/{id}");
    for _ in 0..600 {
        let import: ContactImport = person.read(&path).await;
        if is(&import) {
            return import;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it did not come to that");
}

const WORDS: [&str; 3] = ["Zebulon", "5559876543", "zeb@quix"];

/// A contact of which Genesys refused whatever it was asked for, and an import of
/// one row that it refused.
async fn refused(house: &House, ada: &Person) -> (String, ContactImport) {
    let contact = registered(ada, "EXT-1").await;
    let path = format!("/api/contacts/{}", contact.id);
    let once = Times::Count(1);
    says(house, Route::StartConversation, 400, once);
    let start = json!({ "key": "k", "channel": "voice" });
    ada.post(&format!("{path}/interactions"), start).await;
    says(house, Route::UpdateContact, 400, once);
    let mut other = fields("EXT-1");
    other["name"] = json!("Somebody else");
    ada.save_contact(&path, other).await;
    says(house, Route::GetContact, 400, once);
    let checked = read(ada.post(&format!("{path}/check"), json!({})).await).await;
    let notice = checked.notice.expect("a notice");
    assert!(notice.sentence.contains("Zebulon"), "{notice:?}");
    says(house, Route::CreateContact, 400, once);
    let import = begin(ada, 0..1).await;
    let done = until(ada, &import.id, |one| one.state == ImportState::Done).await;
    assert_eq!(done.counts.failed, 1);
    (path, done)
}

/// What is stored, as far as it can be read without the key.
fn stored(house: &House) -> Vec<String> {
    let data = house.directory.path().join("data");
    let read = |file: &str| std::fs::read(data.join(file)).unwrap_or_default();
    let files = ["patchbay.db", "patchbay.db-wal"].map(read);
    assert!(!files[0].is_empty());
    let text = |file: Vec<u8>| String::from_utf8_lossy(&file).into_owned();
    files.map(text).into()
}

fn tells_nothing(texts: Vec<String>) {
    for text in texts {
        for secret in WORDS {
            let at = text.find(secret);
            assert_eq!(at, None, "{secret}");
        }
    }
}

/// What is said of the interaction, of the row, and of the row in the file.
async fn said_of_both(person: &Person, path: &str, import: &ContactImport) -> [String; 2] {
    let contact: Contact = person.read(path).await;
    let interaction = contact.interactions.first().expect("an interaction");
    let notice = interaction.notice.clone().expect("a notice");
    let rows = format!("/api/contact-imports/{}/rows?state=failed", import.id);
    let rows: Vec<ImportRow> = person.read(&rows).await;
    [notice.sentence, rows[0].message.clone()]
}

#[tokio::test]
async fn the_words_of_genesys_are_read_by_nobody_who_sees_masked_data() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let (path, import) = refused(&house, &ada).await;
    let vera = house.person(&ada, Role::Viewer, "Vera").await;
    let rows = format!("/api/contact-imports/{}/rows?state=failed", import.id);
    let mut texts = vec![ada.get("/api/audit").await.text().await.expect("a body")];
    for path in [path.as_str(), rows.as_str(), "/api/contact-imports"] {
        texts.push(vera.get(path).await.text().await.expect("a body"));
    }
    let masked: Contact = vera.read(&path).await;
    let notice = masked.notice.expect("a notice");
    assert!(notice.sentence.contains("rejected"), "{notice:?}");
    texts.extend(stored(&house));
    tells_nothing(texts);
}

#[tokio::test]
async fn the_words_of_genesys_are_kept_for_those_who_see_everything() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let (path, import) = refused(&house, &ada).await;
    let house = house.restart().await;
    let ada = house.administrator().await;
    for said in said_of_both(&ada, &path, &import).await {
        assert!(said.contains("Zebulon +15559876543"), "{said}");
    }
    let result = format!("/api/contact-imports/{}/result", import.id);
    let result = ada.get(&result).await.text().await.expect("a file");
    assert!(result.contains("Zebulon +15559876543"), "{result}");
    let vera = house.person(&ada, Role::Viewer, "Vera").await;
    for said in said_of_both(&vera, &path, &import).await {
        assert!(said.contains("rejected"), "{said}");
    }
}

#[tokio::test]
async fn words_that_were_moved_to_another_row_do_not_open() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let (path, _) = refused(&house, &ada).await;
    let house = house
        .restart_after(async |data| {
            execute(
                data,
                "UPDATE interactions SET sealed_words =
                (SELECT sealed_words FROM contact_import_rows WHERE sealed_words IS NOT NULL)",
            )
            .await;
        })
        .await;
    let ada = house.administrator().await;
    let answer = ada.get(&path).await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    tells_nothing(vec![answer.text().await.expect("a body")]);
}

async fn execute(data: &std::path::Path, statements: &'static str) {
    let file = data.join("patchbay.db");
    let mut database = sqlx::SqliteConnection::connect(&file.to_string_lossy())
        .await
        .expect("the database");
    sqlx::raw_sql(statements)
        .execute(&mut database)
        .await
        .expect("an answer");
    database.close().await.expect("closed");
}

#[tokio::test]
async fn words_that_an_earlier_version_stored_in_the_clear_are_sealed_by_the_next_start() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let (path, import) = refused(&house, &ada).await;
    let text = "id,name,phone\nA-1,Ann,555\nA-2,Bob,+15551234567\n";
    let mut unsent = file(0..1);
    unsent["key"] = json!("unsent");
    unsent["text"] = json!(text);
    let unsent = ada.post("/api/contact-imports", unsent).await;
    let unsent: ContactImport = unsent.json().await.expect("an import");
    until(&ada, &unsent.id, |one| one.state == ImportState::Done).await;
    let house = house
        .restart_after(async |data| {
            // As it was before.
            execute(
                data,
                r#"ALTER TABLE interactions DROP COLUMN sealed_words;
                ALTER TABLE contact_import_rows DROP COLUMN sealed_words;
                ALTER TABLE contact_imports DROP COLUMN author_id;
                DELETE FROM _sqlx_migrations WHERE version = 16;
                UPDATE interactions SET notice_json = json_set(notice_json, '$.sentence',
                  'Genesys rejected it: Zebulon +15559876543 is on a list (zeb@quix).');
                UPDATE contact_import_rows SET message =
                  'Genesys rejected it: Zebulon +15559876543 is on a list (zeb@quix).'
                  WHERE state = 'failed' AND message NOT LIKE 'Not sent%';
                UPDATE contact_imports SET state = 'paused', note = 'Zebulon is on a list.';"#,
            )
            .await;
        })
        .await;
    let ada = house.administrator().await;
    let vera = house.person(&ada, Role::Viewer, "Vera").await;
    for said in said_of_both(&ada, &path, &import).await {
        assert!(said.contains("Zebulon +15559876543"), "{said}");
    }
    for said in said_of_both(&vera, &path, &import).await {
        assert_eq!(said, "Genesys did not take it.");
    }
    let not_sent = format!("/api/contact-imports/{}/rows?state=failed", unsent.id);
    let not_sent: Vec<ImportRow> = vera.read(&not_sent).await;
    assert!(not_sent[0].message.starts_with("Not sent:"), "{not_sent:?}");
    let paused: Vec<ContactImport> = vera.read("/api/contact-imports").await;
    assert!(
        paused
            .iter()
            .all(|one| one.note.contains("no longer known"))
    );
    tells_nothing(stored(&house));
}

#[tokio::test]
async fn a_check_does_not_lift_what_differs() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let contact = registered(&ada, "EXT-1").await;
    let mut database = house.database().await;
    sqlx::query("DELETE FROM contacts")
        .execute(&mut database)
        .await
        .expect("an answer");
    let mut other = fields("EXT-1");
    other["name"] = json!("Somebody else");
    let body = json!({ "contact": other });
    let different = read(ada.post("/api/contacts", body).await).await;
    assert_eq!(different.stage, ContactStage::Different);
    let path = format!("/api/contacts/{}", contact.id);
    let checked = read(ada.post(&format!("{path}/check"), json!({})).await).await;
    assert_eq!(checked.stage, ContactStage::Different);
    assert!(checked.startable.is_empty() && !checked.differences.is_empty());
    let start = json!({ "key": "k", "channel": "voice" });
    let refused = ada.post(&format!("{path}/interactions"), start).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_change_that_fails_leaves_the_contact_as_it_is_and_keeps_what_was_wanted() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let before = registered(&ada, "EXT-1").await;
    for status in [403, 409, 400] {
        says(&house, Route::UpdateContact, status, Times::Count(1));
        let mut other = fields("EXT-1");
        other["name"] = json!("Somebody else");
        let path = format!("/api/contacts/{}", before.id);
        let after = read(ada.save_contact(&path, other).await).await;
        assert_eq!(after.contact, before.contact, "{status}");
        assert_eq!(
            (after.stage, &after.startable),
            (ContactStage::Passed, &before.startable)
        );
        assert!(after.notice.is_some() && after.differences.is_empty());
        let wanted = after.proposal.expect("what was wanted");
        assert_eq!(wanted.contact.name, "Somebody else");
    }
}

#[tokio::test]
async fn a_save_is_not_undone_by_a_check_that_began_before() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let contact = registered(&ada, "EXT-1").await;
    let path = format!("/api/contacts/{}", contact.id);
    let mut other = fields("EXT-1");
    other["name"] = json!("Somebody else");
    for _ in 0..10 {
        let check_path = format!("{path}/check");
        let (_, saved) = tokio::join!(
            ada.post(&check_path, json!({})),
            ada.save_contact(&path, other.clone())
        );
        assert_eq!(saved.status(), StatusCode::OK);
        let held = ada
            .validated(&format!("/api/contacts/{}", contact.id))
            .await;
        assert_eq!(held.contact.name, other["name"]);
        assert!(held.differences.is_empty(), "{held:?}");
        let name = if other["name"] == "Ann" { "Bob" } else { "Ann" };
        other["name"] = json!(name);
    }
}

#[tokio::test]
async fn rows_whose_answer_was_lost_are_settled_after_an_import_was_cancelled() {
    let house = House::open().await;
    let house = house.restart_with(|args| args.clock_factor = 600).await;
    let ada = house.administrator().await;
    let (route, kind) = (Route::CreateContact, FaultKind::CloseAfter);
    let times = Times::Always;
    house.sandbox().inject(Fault { route, times, kind });
    says(&house, Route::GetContact, 503, Times::Always);
    let import = begin(&ada, 0..20).await;
    until(&ada, &import.id, |one| !one.note.is_empty()).await;
    let path = format!("/api/contact-imports/{}", import.id);
    let cancel = json!({ "command": "cancel" });
    assert_eq!(ada.put(&path, cancel).await.status(), StatusCode::OK);
    house.sandbox().clear_faults();
    let ended = until(&ada, &import.id, |one| one.counts.waiting == 0).await;
    assert_eq!(ended.state, ImportState::Cancelled);
    assert_eq!(ended.counts.new, house.sandbox().contacts().len() as u64);
    assert!(ended.counts.new > 0 && ended.counts.cancelled > 0);
}

#[tokio::test]
async fn an_import_stops_when_its_author_may_not_do_it_any_more() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let paul = house.person(&ada, Role::Publisher, "Paul").await;
    let import = begin(&paul, 0..500).await;
    until(&ada, &import.id, |one| one.counts.new > 0).await;
    let people: Vec<Account> = ada.read("/api/accounts").await;
    let paul = people.iter().find(|one| one.name == "Paul").expect("him");
    let gone = ada.delete(&format!("/api/accounts/{}", paul.id)).await;
    assert!(gone.status().is_success(), "{}", gone.status());
    let paused = until(&ada, &import.id, |one| one.state == ImportState::Paused).await;
    assert!(paused.note.contains("may not do this any more"));
    assert!(paused.counts.waiting > 0);
}

#[tokio::test]
async fn an_import_is_inherited_by_nobody_of_the_same_name_and_kept_by_who_is_renamed() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let account = async |name: &str| -> Account {
        let people: Vec<Account> = ada.read("/api/accounts").await;
        let found = people.into_iter().find(|one| one.name == name);
        found.expect("them")
    };
    let paul = house.person(&ada, Role::Publisher, "Paul").await;
    let import = begin(&paul, 0..500).await;
    until(&ada, &import.id, |one| one.counts.new > 0).await;
    let path = format!("/api/contact-imports/{}", import.id);
    let command = async |command: &str| {
        let body = json!({ "command": command });
        assert_eq!(ada.put(&path, body).await.status(), StatusCode::OK);
    };
    command("pause").await;

    let renamed = async |from: &str, to: &str| {
        let mut database = house.database().await;
        let renamed = sqlx::query("UPDATE accounts SET name = $2 WHERE name = $1")
            .bind(from)
            .bind(to)
            .execute(&mut database);
        assert_eq!(renamed.await.expect("an answer").rows_affected(), 1);
    };
    renamed("Paul", "Saul").await;
    let before = until(&ada, &import.id, |one| one.state == ImportState::Paused).await;
    command("resume").await;
    until(&ada, &import.id, |one| {
        one.counts.new > before.counts.new + 8 && one.state == ImportState::Running
    })
    .await;
    command("pause").await;

    let saul = account("Saul").await;
    let gone = ada.delete(&format!("/api/accounts/{}", saul.id)).await;
    assert!(gone.status().is_success(), "{}", gone.status());
    let other = house.person(&ada, Role::Publisher, "Paul").await;
    command("resume").await;
    let paused = until(&ada, &import.id, |one| one.state == ImportState::Paused).await;
    assert!(
        paused.note.contains("may not do this any more"),
        "{paused:?}"
    );
    assert!(paused.counts.waiting > 0);
    // Nor is it the click of whoever has the name now.
    let again = other.post("/api/contact-imports", file(0..500)).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
}
