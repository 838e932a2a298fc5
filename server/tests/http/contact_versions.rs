//! Whoever saves a contact, takes one over, or lets go of what waits beside one
//! does so as they saw it: nobody's change is lost to another's.

use std::time::Duration;

use api::{
    Contact, ContactComparison, ContactImport, ContactStage, ImportState, ProblemDetails, Role,
};
use reqwest::{Response, StatusCode};
use sandbox::{Fault, FaultKind, Route, Times};
use serde_json::{Value, json};

use crate::house::{House, Person};

fn named(name: &str) -> Value {
    json!({
        "externalContactId": "EXT-1", "name": name,
        "voice": "+15551234567", "interactionDurationSeconds": 600,
    })
}

/// The contact once it was registered and its check has answered.
async fn registered(person: &Person, name: &str) -> (String, Contact) {
    let body = json!({ "contact": named(name) });
    let made: Contact = read(person.post("/api/contacts", body).await).await;
    let path = format!("/api/contacts/{}", made.id);
    let settled = person.validated(&path).await;
    (path, settled)
}

async fn read<T: serde::de::DeserializeOwned>(answer: Response) -> T {
    answer.json().await.expect("what was asked for")
}

async fn save(person: &Person, path: &str, version: &str, name: &str) -> Response {
    let body = json!({ "version": version, "contact": named(name) });
    person.put(path, body).await
}

async fn refused(answer: Response) -> ProblemDetails {
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let problem: ProblemDetails = read(answer).await;
    assert_eq!(problem.kind, "/problems/changed-since", "{problem:?}");
    problem
}

fn updates(house: &House) -> usize {
    let arrivals = house.sandbox().arrivals();
    arrivals.iter().filter(|one| one.method == "PUT").count()
}

#[tokio::test]
async fn a_save_of_what_somebody_changed_since_is_refused_with_both_sides_and_a_way_out() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let bob = house.person(&ada, Role::Publisher, "Bob").await;
    let (path, seen) = registered(&ada, "Acme").await;
    let saved = save(&bob, &path, &seen.version, "Acme of Bob").await;
    assert_eq!(saved.status(), StatusCode::OK);
    ada.validated(&path).await;

    let problem = refused(save(&ada, &path, &seen.version, "Acme of Ada").await).await;
    assert!(problem.detail.starts_with("Bob changed"), "{problem:?}");
    assert!(problem.next_step.is_some());
    assert_eq!(updates(&house), 1, "nothing was sent");
    let held: Contact = ada.read(&path).await;
    assert_eq!(held.contact.name, "Acme of Bob");

    let entered = named("Acme of Ada");
    let compared = ada.post(&format!("{path}/comparison"), entered).await;
    let compared: ContactComparison = read(compared).await;
    let sides: Vec<_> = compared
        .differences
        .iter()
        .map(|one| (one.part.as_str(), one.ours.as_str(), one.theirs.as_str()))
        .collect();
    assert_eq!(sides, [("Name", "Acme of Bob", "Acme of Ada")]);
    assert_eq!(compared.changed_by.as_deref(), Some("Bob"));
    let saved = save(&ada, &path, &compared.version, "Acme of Ada").await;
    assert_eq!(
        saved.status(),
        StatusCode::OK,
        "on top of what was compared"
    );
    assert_eq!(ada.validated(&path).await.contact.name, "Acme of Ada");
}

#[tokio::test]
async fn of_two_saves_at_once_one_is_sent_and_the_other_refused() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let bob = house.person(&ada, Role::Publisher, "Bob").await;
    let (path, _) = registered(&ada, "Acme").await;
    for round in 0..8 {
        let seen = ada.validated(&path).await;
        let names = ["Ada", "Bob"].map(|name| format!("{name} {round}"));
        let (one, other) = tokio::join!(
            save(&ada, &path, &seen.version, &names[0]),
            save(&bob, &path, &seen.version, &names[1])
        );
        let (won, lost, name) = match one.status() {
            StatusCode::OK => (one, other, &names[0]),
            _ => (other, one, &names[1]),
        };
        assert_eq!(won.status(), StatusCode::OK);
        refused(lost).await;
        assert_eq!(updates(&house), round + 1, "one of the two is sent");
        let held = ada.validated(&path).await;
        assert_eq!(&held.contact.name, name);
        assert_eq!(house.sandbox().contacts()[0].body["name"], name.as_str());
    }
}

#[tokio::test]
async fn what_a_check_says_of_channels_keeps_nobody_from_saving() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let body = json!({ "contact": named("Acme") });
    let seen: Contact = read(ada.post("/api/contacts", body).await).await;
    assert_eq!(seen.stage, ContactStage::Validating);
    let path = format!("/api/contacts/{}", seen.id);
    let checked = ada.validated(&path).await;
    assert_eq!(checked.stage, ContactStage::Passed);
    assert_eq!(checked.version, seen.version);
    let saved = save(&ada, &path, &seen.version, "Acme Incorporated").await;
    assert_eq!(saved.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_version_that_is_missing_or_none_is_refused() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let (path, _) = registered(&ada, "Acme").await;
    for (answer, status) in [
        (ada.put(&path, named("X")).await, 422),
        (ada.put(&path, json!({ "contact": named("X") })).await, 422),
        (save(&ada, &path, "", "X").await, 409),
        (ada.post(&format!("{path}/adopt"), json!({})).await, 422),
        (ada.delete(&format!("{path}/proposal")).await, 400),
    ] {
        assert_eq!(answer.status().as_u16(), status, "{}", answer.url());
    }
    assert_eq!(updates(&house), 0);
}

/// A contact that says something else here than in Genesys.
async fn differing(house: &House, person: &Person) -> (String, Contact) {
    let (path, _) = registered(person, "Acme").await;
    let mut database = house.database().await;
    sqlx::query("DELETE FROM contacts")
        .execute(&mut database)
        .await
        .expect("an answer");
    let body = json!({ "contact": named("Acme Incorporated") });
    let different: Contact = read(person.post("/api/contacts", body).await).await;
    assert_eq!(different.stage, ContactStage::Different);
    (path, different)
}

#[tokio::test]
async fn what_genesys_has_is_taken_over_only_as_it_was_looked_at() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let bob = house.person(&ada, Role::Publisher, "Bob").await;
    let (path, seen) = differing(&house, &ada).await;
    let adopt = async |version: &str| {
        let seen = json!({ "version": version });
        ada.post(&format!("{path}/adopt"), seen).await
    };
    let saved = save(&bob, &path, &seen.version, "Acme of Bob").await;
    assert_eq!(saved.status(), StatusCode::OK);
    refused(adopt(&seen.version).await).await;
    let held = ada.validated(&path).await;
    assert_eq!(held.contact.name, "Acme of Bob", "it stays");

    let nothing = adopt(&held.version).await;
    let problem: ProblemDetails = read(nothing).await;
    assert_eq!(problem.kind, "/problems/nothing-differs");
}

/// Has a file bring this contact with another name; the contact once it waits.
async fn bring(person: &Person, path: &str, name: &str) -> Contact {
    let body = json!({
        "key": name, "fileName": "people.csv",
        "text": format!("id,name,phone,seconds\nEXT-1,{name},+15551234567,600\n"),
        "columns": ["externalContactId", "name", "voice", "duration"],
    });
    let answer = person.post("/api/contact-imports", body).await;
    let import: ContactImport = read(answer).await;
    let import_path = format!("/api/contact-imports/{}", import.id);
    for _ in 0..400 {
        let import: ContactImport = person.read(&import_path).await;
        if import.state == ImportState::Done {
            return person.read(path).await;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the import did not end");
}

#[tokio::test]
async fn what_waits_is_let_go_of_only_as_it_was_looked_at() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let (path, _) = registered(&ada, "Acme").await;
    let first = bring(&ada, &path, "Acme One").await;
    let second = bring(&ada, &path, "Acme Two").await;
    let leave = async |seen: &Contact| {
        let path = format!("{path}/proposal?version={}", seen.version);
        ada.delete(&path).await
    };
    refused(leave(&first).await).await;
    let held: Contact = ada.read(&path).await;
    let waits = held.proposal.expect("what the second file brought");
    assert_eq!(waits.contact.name, "Acme Two");
    assert_eq!(leave(&second).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(
        leave(&second).await.status(),
        StatusCode::NO_CONTENT,
        "nothing waits any more"
    );
    let held: Contact = ada.read(&path).await;
    assert!(held.proposal.is_none());
    // To save what was seen with the first is refused as well.
    refused(save(&ada, &path, &first.version, "Acme One").await).await;
}

#[tokio::test]
async fn what_an_import_brings_while_a_save_is_under_way_still_waits_afterwards() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let (path, seen) = registered(&ada, "Acme").await;
    let kind = FaultKind::HoldAfter;
    let times = Times::Count(1);
    let route = Route::UpdateContact;
    house.sandbox().inject(Fault { route, times, kind });
    let saving = save(&ada, &path, &seen.version, "Acme Incorporated");
    let bringing = async {
        while updates(&house) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bring(&ada, &path, "Acme of a file").await;
        house.sandbox().clear_faults();
    };
    let (saved, ()) = tokio::join!(saving, bringing);
    assert_eq!(saved.status(), StatusCode::OK);
    let held = ada.validated(&path).await;
    assert_eq!(held.contact.name, "Acme Incorporated");
    let waits = held.proposal.expect("what the file brought");
    assert_eq!(waits.contact.name, "Acme of a file");
}
