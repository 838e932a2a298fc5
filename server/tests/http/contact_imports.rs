use std::{collections::BTreeMap, time::Duration};

use api::{
    Contact, ContactImport, DryRunResult, ImportRow, ImportState, JobKind, JobState, Operations,
    ProblemDetails, Role, RunningJob,
};
use reqwest::StatusCode;
use sandbox::{Fault, FaultKind, Route, Times};
use serde_json::{Value, json};

use crate::house::{House, Person};

const COLUMNS: [&str; 3] = ["externalContactId", "name", "voice"];

fn file(rows: std::ops::Range<u32>) -> String {
    let rows: String = rows
        .map(|number| format!("P-{number},Person {number},+1555{number:07}\n"))
        .collect();
    format!("id,name,phone\n{rows}")
}

fn import(key: &str, text: &str) -> Value {
    json!({ "key": key, "fileName": "people.csv", "text": text, "columns": COLUMNS })
}

async fn begin(person: &Person, key: &str, text: &str) -> ContactImport {
    let answer = person.post("/api/contact-imports", import(key, text)).await;
    assert!(answer.status().is_success(), "{}", answer.status());
    answer.json().await.expect("an import")
}

async fn state(person: &Person, id: &str) -> ContactImport {
    let import: ContactImport = person.read(&format!("/api/contact-imports/{id}")).await;
    let counts = import.counts;
    let sum = counts.waiting
        + counts.new
        + counts.exists
        + counts.different
        + counts.failed
        + counts.cancelled;
    assert_eq!(sum, counts.rows, "every row is accounted for: {counts:?}");
    import
}

async fn until(person: &Person, id: &str, is: impl Fn(&ContactImport) -> bool) -> ContactImport {
    for _ in 0..600 {
        let import = state(person, id).await;
        if is(&import) {
            return import;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it did not come to that: {:?}", state(person, id).await);
}

/// The import once all its rows have an outcome.
pub(crate) async fn ended(person: &Person, id: &str) -> ContactImport {
    until(person, id, |import| import.state == ImportState::Done).await
}

async fn command(person: &Person, id: &str, command: &str) -> StatusCode {
    let path = format!("/api/contact-imports/{id}");
    person
        .put(&path, json!({ "command": command }))
        .await
        .status()
}

async fn fast() -> House {
    let house = House::open().await;
    house.restart_with(|args| args.clock_factor = 6_000).await
}

#[tokio::test]
async fn a_file_is_looked_at_before_it_is_imported() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let text = "Customer ID;Full name;Phone;Shoe size\nA-1;Ann;+15551234567;40\nA 2;;555;41\n";
    let answer = ada
        .post("/api/contact-imports/dry-run", json!({ "text": text }))
        .await;
    let result: DryRunResult = answer.json().await.expect("a result");
    let used: Vec<_> = result.columns.iter().map(|column| column.used_as).collect();
    assert_eq!(
        serde_json::to_value(used).expect("JSON"),
        json!(["externalContactId", "name", "voice", "ignored"])
    );
    assert_eq!((result.rows, result.importable), (2, 1));
    let places: Vec<_> = result
        .problems
        .iter()
        .map(|problem| (problem.row, problem.column.as_str()))
        .collect();
    assert_eq!(places, [(3, "Customer ID"), (3, "Full name"), (3, "Phone")]);
    assert!(house.sandbox().arrivals().is_empty(), "nothing was sent");
    assert_eq!(result.existing_count, 0);

    let answer = ada
        .post(
            "/api/contact-imports/dry-run",
            json!({ "text": "a,b\n1,2\n" }),
        )
        .await;
    let result: DryRunResult = answer.json().await.expect("a result");
    assert_eq!(result.column_problems.len(), 3);
    let answer = ada
        .post("/api/contact-imports/dry-run", json!({ "text": "" }))
        .await;
    let problem: ProblemDetails = answer.json().await.expect("a problem");
    assert_eq!(
        problem.errors.first().map(|e| e.pointer.as_str()),
        Some("/text")
    );
}

#[tokio::test]
async fn every_row_ends_as_what_became_of_it_and_the_result_file_says_so() {
    let house = fast().await;
    let ada = house.administrator().await;
    let before = file(0..2).replace("Person 1", "Somebody else");
    let first = begin(&ada, "first", &before).await;
    ended(&ada, &first.id).await;
    let again = begin(&ada, "first", &before).await;
    assert_eq!(again.id, first.id, "one click imports once");

    let text = format!("{}P-9,=Evil(),nonsense\n", file(0..4));
    let second = begin(&ada, "second", &text).await;
    let ended = ended(&ada, &second.id).await;
    let counts = ended.counts;
    assert_eq!(
        (counts.new, counts.exists, counts.different, counts.failed),
        (2, 1, 1, 1)
    );
    let path = format!("/api/contact-imports/{}/result", second.id);
    let answer = ada.get(&path).await;
    let headers = answer.headers().clone();
    assert!(
        headers["content-disposition"]
            .to_str()
            .expect("text")
            .starts_with("attachment")
    );
    assert_eq!(headers["x-content-type-options"], "nosniff");
    let result = answer.text().await.expect("a file");
    let lines: Vec<_> = result.lines().collect();
    assert_eq!(lines.first(), Some(&"Row,id,name,phone,Outcome,Message"));
    assert_eq!(lines.len(), 6);
    assert!(result.contains(",'+15550000002,new,"), "{result}");
    assert!(result.contains(",'=Evil(),"), "{result}");
    // The file says in full what the dry run said.
    assert!(result.contains("is not in E.164"), "{result}");
    for (row, outcome) in [(2, "exists"), (3, "different"), (4, "new"), (6, "failed")] {
        let line = lines
            .iter()
            .find(|line| line.starts_with(&format!("{row},")));
        let line = line.expect("a row");
        assert!(line.contains(&format!(",{outcome},")), "{line}");
    }
    assert_eq!(house.sandbox().contacts().len(), 4);
    let sent_twice = house
        .sandbox()
        .contacts()
        .iter()
        .filter(|c| c.posts > 1)
        .count();
    assert_eq!(sent_twice, 2, "the two that were there");
}

#[tokio::test]
async fn an_import_is_paused_resumed_over_a_restart_and_cancelled() {
    let house = House::open().await;
    let ada = house.administrator().await;
    // At its real pace it takes a minute; it is not waited for.
    let import = begin(&ada, "k", &file(0..100)).await;
    until(&ada, &import.id, |import| import.counts.new > 0).await;
    assert_eq!(command(&ada, &import.id, "pause").await, StatusCode::OK);
    assert_eq!(
        command(&ada, &import.id, "pause").await,
        StatusCode::OK,
        "asked twice"
    );
    let paused = state(&ada, &import.id).await;
    assert_eq!(paused.state, ImportState::Paused);
    assert!(paused.counts.waiting > 0 && paused.remaining_seconds.is_none());

    let house = house.restart_with(|args| args.clock_factor = 600).await;
    let ada = house.administrator().await;
    let still = state(&ada, &import.id).await;
    assert_eq!(
        still.state,
        ImportState::Paused,
        "a restart does not wake it"
    );
    assert_eq!(command(&ada, &import.id, "resume").await, StatusCode::OK);
    let done = ended(&ada, &import.id).await;
    assert_eq!(done.counts.new + done.counts.exists, 100);
    assert!(done.ended_at.is_some());
    assert_eq!(
        command(&ada, &import.id, "pause").await,
        StatusCode::CONFLICT
    );
    assert!(
        house
            .sandbox()
            .contacts()
            .iter()
            .all(|contact| contact.posts == 1)
    );

    let house = house.restart_with(|_| {}).await;
    let ada = house.administrator().await;
    let import = begin(&ada, "another", &file(100..200)).await;
    assert_eq!(command(&ada, &import.id, "cancel").await, StatusCode::OK);
    let cancelled = until(&ada, &import.id, |import| import.counts.waiting == 0).await;
    assert_eq!(cancelled.state, ImportState::Cancelled);
    assert!(cancelled.counts.cancelled >= 80, "{:?}", cancelled.counts);
    assert_eq!(
        command(&ada, &import.id, "resume").await,
        StatusCode::CONFLICT
    );
}

#[tokio::test]
async fn an_import_waits_while_genesys_asks_for_it_and_halts_where_only_people_can_help() {
    let house = fast().await;
    let ada = house.administrator().await;
    let headers = BTreeMap::from([("Retry-After".to_owned(), "170".to_owned())]);
    let kind = FaultKind::Status {
        status: 429,
        headers,
        body: None,
    };
    let times = Times::Count(1);
    house.sandbox().inject(Fault {
        route: Route::CreateContact,
        times,
        kind,
    });
    let import = begin(&ada, "k", &file(0..20)).await;
    let done = ended(&ada, &import.id).await;
    assert_eq!(done.counts.new, 20);

    let kind = FaultKind::Status {
        status: 403,
        headers: BTreeMap::new(),
        body: None,
    };
    house.sandbox().inject(Fault {
        route: Route::CreateContact,
        times: Times::Always,
        kind,
    });
    let import = begin(&ada, "refused", &file(20..40)).await;
    let halted = until(&ada, &import.id, |import| {
        import.state == ImportState::Paused && import.counts.waiting == 20
    })
    .await;
    assert!(
        halted.note.contains("Missing permission"),
        "{}",
        halted.note
    );
    house.sandbox().clear_faults();
    assert_eq!(command(&ada, &import.id, "resume").await, StatusCode::OK);
    assert_eq!(ended(&ada, &import.id).await.counts.new, 20);
}

#[tokio::test]
async fn viewers_see_how_an_import_stands_and_nothing_of_what_is_in_it() {
    let house = fast().await;
    let ada = house.administrator().await;
    let import = begin(&ada, "k", &file(0..2)).await;
    ended(&ada, &import.id).await;
    let vera = house.person(&ada, Role::Viewer, "Vera").await;
    let list: Vec<ContactImport> = vera.read("/api/contact-imports").await;
    assert_eq!(list.len(), 1);
    let path = format!("/api/contact-imports/{}/result", import.id);
    assert_eq!(vera.get(&path).await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_import_leaves_what_is_here_as_it_is_and_offers_what_it_brought() {
    let house = fast().await;
    let ada = house.administrator().await;
    let first = begin(&ada, "first", &file(0..3)).await;
    ended(&ada, &first.id).await;

    let text = file(0..4).replace("Person 1,", "Somebody else,");
    let look = json!({ "text": text, "columns": COLUMNS });
    let answer = ada.post("/api/contact-imports/dry-run", look).await;
    let looked_at: DryRunResult = answer.json().await.expect("a result");
    assert_eq!(looked_at.existing_count, 3);
    let differing: Vec<_> = looked_at
        .existing
        .iter()
        .filter(|row| !row.differs_in.is_empty())
        .map(|row| {
            (
                row.row,
                row.external_contact_id.as_str(),
                row.differs_in.join(", "),
            )
        })
        .collect();
    assert_eq!(differing, [(3, "P-1", "Name".to_owned())]);

    let second = begin(&ada, "second", &text).await;
    let counts = ended(&ada, &second.id).await.counts;
    assert_eq!((counts.new, counts.exists, counts.different), (1, 2, 1));
    let path = format!("/api/contact-imports/{}/rows?state=different", second.id);
    let rows: Vec<ImportRow> = ada.read(&path).await;
    let row = rows.first().expect("the row that differs");
    let contact = row.contact.as_ref().expect("its contact");
    let path = format!("/api/contacts/{contact}");
    let held: Contact = ada.read(&path).await;
    assert_eq!(held.contact.name, "Person 1", "it stays");
    let proposal = held.proposal.expect("what the file brought");
    assert_eq!(proposal.contact.name, "Somebody else");
    assert!(held.differences.is_empty(), "Genesys has it as it is here");

    let left = format!("{path}/proposal?version={}", held.version);
    let left = ada.delete(&left).await;
    assert_eq!(left.status(), StatusCode::NO_CONTENT);
    let held: Contact = ada.read(&path).await;
    assert!(held.proposal.is_none());
    assert_eq!(held.contact.name, "Person 1");
}

#[tokio::test]
async fn rows_that_failed_are_listed_with_what_is_wrong_and_without_what_is_personal() {
    let house = fast().await;
    let ada = house.administrator().await;
    let text = format!("{}P-9,Nina,0171 234567\n", file(0..2));
    let import = begin(&ada, "k", &text).await;
    ended(&ada, &import.id).await;
    let path = format!("/api/contact-imports/{}/rows?state=failed", import.id);
    let rows: Vec<ImportRow> = ada.read(&path).await;
    let found: Vec<_> = rows.iter().map(|row| row.row).collect();
    assert_eq!(found, [4]);
    assert!(
        rows[0].message.contains("0171 234567"),
        "{}",
        rows[0].message
    );
    let vera = house.person(&ada, Role::Viewer, "Vera").await;
    let rows: Vec<ImportRow> = vera.read(&path).await;
    assert_eq!(rows[0].message, "Not sent: something is wrong with phone.");
}

#[tokio::test]
async fn an_import_is_among_what_is_under_way_with_how_far_it_is() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let id = begin(&ada, "one-click", &file(0..500)).await.id;
    let jobs = async || -> Vec<RunningJob> {
        let seen: Operations = ada.read("/api/operations").await;
        seen.jobs
    };
    let job = jobs().await.pop().expect("a job");
    assert_eq!(
        (job.kind, job.object.as_str(), job.name.as_str(), job.state),
        (
            JobKind::ContactImport,
            id.as_str(),
            "people.csv",
            JobState::Running
        )
    );
    let progress = job.progress.expect("it does many things");
    assert_eq!(progress.total, 500);
    assert!(progress.settled < 500, "{progress:?}");
    assert!(progress.remaining_seconds.is_some(), "{progress:?}");

    assert_eq!(command(&ada, &id, "pause").await, StatusCode::OK);
    let job = jobs().await.pop().expect("one that was paused");
    assert_eq!(job.state, JobState::Paused);
    let progress = job.progress.expect("it does many things");
    assert_eq!(progress.remaining_seconds, None, "nobody knows when");

    assert_eq!(command(&ada, &id, "cancel").await, StatusCode::OK);
    assert!(jobs().await.is_empty(), "it has ended");
}

#[tokio::test]
async fn a_key_that_named_another_import_is_refused() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let peter = house.person(&ada, Role::Publisher, "Peter").await;
    let head = "id,name,phone";
    let (text, other) = (
        format!("{head}\nC-1,Ann,+15551234567\n"),
        format!("{head}\nC-2,Ann,+15551234567\n"),
    );
    let begun = begin(&ada, "click", &text).await;
    let again = begin(&ada, "click", &text).await;
    assert_eq!(again.id, begun.id, "the same click");
    for (person, text) in [(&peter, &text), (&ada, &other)] {
        let refused = person.post("/api/contact-imports", import("click", text));
        assert_eq!(refused.await.status(), StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn the_result_of_an_import_is_a_file_that_can_be_imported() {
    let house = fast().await;
    let ada = house.administrator().await;
    let text = "sep=;\nid;name;phone;message\n\
        C-1;=Ann;+15551234561;'+ a word\nC-2;＋Bob;555;Hello\n";
    let columns = json!(["externalContactId", "name", "voice", "initialMessage"]);
    let body = json!({ "key": "k", "fileName": "a.csv", "text": text, "columns": columns });
    let answer = ada.post("/api/contact-imports", body).await;
    let import: ContactImport = answer.json().await.expect("an import");
    let first = ended(&ada, &import.id).await.counts;
    assert_eq!((first.new, first.failed), (1, 1));
    let path = format!("/api/contact-imports/{}/result", import.id);
    let result = ada.get(&path).await.text().await.expect("a file");
    for guarded in [",'=Ann,", ",'+15551234561,", ",''+ a word,", ",'＋Bob,"] {
        assert!(result.contains(guarded), "{guarded} in {result}");
    }
    // Somebody puts right what was wrong and imports it again.
    let corrected = result.replace(",555,", ",'+15551234562,");
    let look = json!({ "text": corrected });
    let answer = ada.post("/api/contact-imports/dry-run", look).await;
    let looked_at: DryRunResult = answer.json().await.expect("a result");
    assert_eq!((looked_at.rows, looked_at.importable), (2, 2));
    let used: Vec<_> = looked_at.columns.iter().map(|one| one.used_as).collect();
    let existing = looked_at.existing.first().expect("the one that is here");
    assert!(existing.differs_in.is_empty(), "{existing:?}");
    let body = json!({ "key": "l", "fileName": "b.csv", "text": corrected, "columns": used });
    let answer = ada.post("/api/contact-imports", body).await;
    let import: ContactImport = answer.json().await.expect("an import");
    let second = ended(&ada, &import.id).await.counts;
    assert_eq!((second.exists, second.new), (1, 1));
    let sent: Vec<_> = house
        .sandbox()
        .contacts()
        .iter()
        .map(|one| one.body["name"].clone())
        .collect();
    assert!(
        sent.contains(&json!("＋Bob")) && sent.contains(&json!("=Ann")),
        "{sent:?}"
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_long_file_is_counted_whole_and_told_within_four_mebibytes() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let name = |letter: &str| letter.repeat(255);
    let names = ["é", "語", "x", "y", "z"].map(name);
    let row = ",,\u{201c}555\u{201d} and more of it,no address,9000\n";
    let text = format!("{}\n{}", names.join(","), row.repeat(10_000));
    let columns = json!(["externalContactId", "name", "voice", "email", "duration"]);
    let look = json!({ "text": text, "columns": columns });
    let answer = ada.post("/api/contact-imports/dry-run", look).await;
    let answer = answer.text().await.expect("an answer");
    // What is told beside the problems is little.
    assert!(
        answer.len() <= 4 * 1024 * 1024 + 16 * 1024,
        "{}",
        answer.len()
    );
    let result: DryRunResult = serde_json::from_str(&answer).expect("a result");
    assert_eq!((result.rows, result.importable), (10_000, 0));
    assert_eq!(result.problem_count, 50_000, "all are counted");
    let told = result.problems.len();
    assert!((10_000..50_000).contains(&told), "{told} are told");
    let whole: Vec<_> = result.columns.iter().map(|one| one.name.clone()).collect();
    assert_eq!(whole, names, "a column itself has its whole name");
    for problem in &result.problems {
        let column = &problem.column;
        let cut = names.iter().any(|name| {
            let first: String = name.chars().take(60).collect();
            *column == format!("{first}…")
        });
        assert!(cut, "{column}");
    }
}
