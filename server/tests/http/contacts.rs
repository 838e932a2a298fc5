use api::{
    ChecksBegun, Contact, ContactComparison, ContactList, ContactStage, Interaction,
    InteractionState, ProblemDetails, Role,
};
use reqwest::StatusCode;
use sandbox::{Fault, FaultKind, Route, Times};
use serde_json::{Value, json};

use crate::house::{House, Person};

fn fields(id: &str) -> Value {
    json!({
        "externalContactId": id, "name": "Acme Corp Support",
        "voice": "+15551234567", "email": "support@acme.com",
        "initialMessage": "Hello Acme", "interactionDurationSeconds": 600,
        "metadata": [{"name": "region", "value": "us-east"}],
    })
}

/// The same with what its check is to say.
fn checked_as(id: &str, marks: &[(&str, &str)]) -> Value {
    let mut fields = fields(id);
    let marks = marks
        .iter()
        .map(|(name, value)| json!({"name": format!("sandbox.{name}"), "value": value}));
    fields["metadata"] = marks.collect();
    fields
}

/// Registers a contact, and waits until Genesys was asked about it. What is
/// given back is what registering answered.
async fn register(person: &Person, fields: Value) -> (StatusCode, Contact) {
    let body = json!({ "contact": fields });
    let answer = person.post("/api/contacts", body).await;
    let status = answer.status();
    let contact: Contact = answer.json().await.expect("a contact");
    person
        .validated(&format!("/api/contacts/{}", contact.id))
        .await;
    (status, contact)
}

async fn check(person: &Person, contact: &Contact) -> Contact {
    let path = format!("/api/contacts/{}/check", contact.id);
    let answer = person.post(&path, json!({})).await;
    answer.json().await.expect("a contact")
}

async fn start(person: &Person, contact: &Contact, key: &str, channel: &str) -> reqwest::Response {
    let path = format!("/api/contacts/{}/interactions", contact.id);
    person
        .post(&path, json!({ "key": key, "channel": channel }))
        .await
}

fn fail(house: &House, route: Route, kind: FaultKind) {
    let times = Times::Count(1);
    house.sandbox().inject(Fault { route, times, kind });
}

fn sent(house: &House, method: &str, path: &str) -> usize {
    let arrivals = house.sandbox().arrivals();
    let same = arrivals
        .iter()
        .filter(|arrival| arrival.method == method && arrival.path.starts_with(path));
    same.count()
}

const CONTACTS: &str = "/api/v2/externalcontacts/contacts";

#[tokio::test]
async fn a_contact_goes_from_new_over_validating_to_what_its_check_says() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let (status, contact) = register(&ada, fields("EXT-1")).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(contact.stage, ContactStage::Validating);
    assert!(contact.creation_latency_ms.is_some());
    assert!(contact.startable.is_empty() && contact.notice.is_some());

    // Nobody has to ask for it.
    let checked = ada
        .validated(&format!("/api/contacts/{}", contact.id))
        .await;
    assert_eq!(checked.stage, ContactStage::Passed);
    assert_eq!(checked.startable.len(), 2);
    assert_eq!(sent(&house, "GET", CONTACTS), 1, "it is asked about once");
    assert!(checked.checked_at.is_some() && checked.notice.is_none());

    let answer = start(&ada, &contact, "click", "voice").await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    let started: Interaction = answer.json().await.expect("an interaction");
    assert_eq!(started.state, InteractionState::Started);
    assert!(started.conversation_id.is_some() && started.latency_ms.is_some());
    let other = start(&ada, &contact, "click", "email").await;
    assert_eq!(
        other.status(),
        StatusCode::CONFLICT,
        "a key is of one click"
    );
    let again = start(&ada, &contact, "click", "voice").await;
    assert_eq!(again.status(), StatusCode::OK);
    let again: Interaction = again.json().await.expect("an interaction");
    assert_eq!(again, started, "the same click starts nothing more");
    assert_eq!(house.sandbox().conversations().len(), 1);
    let list: ContactList = ada.read("/api/contacts").await;
    assert_eq!((list.total, list.contacts.len()), (1, 1));
}

#[tokio::test]
async fn who_may_not_be_spoken_to_is_not_and_it_says_why() {
    let house = House::open().await;
    let ada = house.administrator().await;
    for (id, marks, stage, channel, words) in [
        (
            "F-1",
            vec![
                ("validation", "failed"),
                ("validationFailureReason", "On a do-not-call list."),
            ],
            ContactStage::Failed,
            "voice",
            "do-not-call",
        ),
        (
            "U-1",
            vec![("validation", "absent")],
            ContactStage::Unknown,
            "voice",
            "not known",
        ),
        (
            "N-1",
            vec![("unavailable", "voice, email")],
            ContactStage::Passed,
            "voice",
            "None of the contact's channels",
        ),
        (
            "C-1",
            vec![("validation", "pending"), ("unavailable", "voice")],
            ContactStage::Pending,
            "voice",
            "cannot be reached by voice",
        ),
    ] {
        let (_, contact) = register(&ada, checked_as(id, &marks)).await;
        let checked = check(&ada, &contact).await;
        assert_eq!(checked.stage, stage, "{id}");
        let refused = start(&ada, &contact, "click", channel).await;
        assert_eq!(refused.status(), StatusCode::CONFLICT, "{id}");
        let problem: ProblemDetails = refused.json().await.expect("a problem");
        assert!(problem.detail.contains(words), "{id}: {}", problem.detail);
    }
    assert!(house.sandbox().conversations().is_empty());
    let list: ContactList = ada.read("/api/contacts?search=c-1").await;
    let pending = list.contacts.first().expect("it");
    let pending: Contact = ada.read(&format!("/api/contacts/{}", pending.id)).await;
    let allowed = start(&ada, &pending, "click", "email").await;
    assert_eq!(
        allowed.status(),
        StatusCode::CREATED,
        "pending may be tried"
    );
}

#[tokio::test]
async fn a_contact_that_genesys_has_is_compared_and_can_be_updated_or_taken_over() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let (_, made) = register(&ada, fields("EXT-1")).await;
    forget(&house, &made).await;
    let (status, same) = register(&ada, fields("EXT-1")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(same.stage, ContactStage::Passed);
    assert!(same.differences.is_empty());

    forget(&house, &same).await;
    let mut other = fields("EXT-1");
    other["name"] = json!("Acme Incorporated");
    other["sms"] = json!("+15557654321");
    let (_, different) = register(&ada, other.clone()).await;
    assert_eq!(different.stage, ContactStage::Different);
    let parts: Vec<_> = different
        .differences
        .iter()
        .map(|one| (one.part.as_str(), one.ours.as_str(), one.theirs.as_str()))
        .collect();
    assert_eq!(
        parts,
        [
            ("Name", "Acme Incorporated", "Acme Corp Support"),
            ("Number for text messages", "+15557654321", ""),
        ]
    );
    let blocked = start(&ada, &different, "click", "voice").await;
    assert_eq!(blocked.status(), StatusCode::CONFLICT);

    let path = format!("/api/contacts/{}", different.id);
    let seen = json!({ "version": different.version });
    let taken = ada.post(&format!("{path}/adopt"), seen).await;
    let taken: Contact = taken.json().await.expect("a contact");
    assert_eq!(taken.contact.name, "Acme Corp Support");
    assert_eq!(taken.stage, ContactStage::Passed);
    let seen = json!({ "version": taken.version });
    let nothing = ada.post(&format!("{path}/adopt"), seen).await;
    assert_eq!(nothing.status(), StatusCode::CONFLICT);

    let saved: Contact = ada
        .save_contact(&path, other)
        .await
        .json()
        .await
        .expect("it");
    assert_eq!(saved.stage, ContactStage::Validating);
    assert!(saved.differences.is_empty());
    let held = house.sandbox().contacts().pop().expect("a contact");
    assert_eq!(held.body["name"], "Acme Incorporated");
    assert_eq!(house.sandbox().contacts().len(), 1);
}

/// Makes a contact one that Genesys has and nobody registered from here.
async fn forget(house: &House, contact: &Contact) {
    let mut database = house.database().await;
    let gone = sqlx::query("DELETE FROM contacts WHERE id = $1")
        .bind(&contact.id)
        .execute(&mut database)
        .await
        .expect("an answer");
    assert_eq!(gone.rows_affected(), 1);
}

#[tokio::test]
async fn a_contact_that_is_here_is_never_replaced_unasked() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let (_, first) = register(&ada, fields("EXT-1")).await;
    let mut other = fields("EXT-1");
    other["name"] = json!("Somebody else");
    other["email"] = json!("");
    let body = json!({ "contact": other });
    let (posts, audits) = (sent(&house, "POST", CONTACTS), audit_count(&ada).await);
    let refused = ada.post("/api/contacts", body.clone()).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let problem: ProblemDetails = refused.json().await.expect("a problem");
    assert_eq!(problem.kind, "/problems/contact-exists");
    assert_eq!(sent(&house, "POST", CONTACTS), posts, "nothing was sent");
    assert_eq!(audit_count(&ada).await, audits, "nothing was done");

    let answer = ada.post("/api/contacts/comparison", body.clone()).await;
    let compared: ContactComparison = answer.json().await.expect("a comparison");
    assert_eq!(compared.id, first.id);
    let parts: Vec<_> = compared
        .differences
        .iter()
        .map(|one| (one.part.as_str(), one.ours.as_str(), one.theirs.as_str()))
        .collect();
    assert_eq!(
        parts,
        [
            ("Name", "Acme Corp Support", "Somebody else"),
            ("Mail address", "support@acme.com", ""),
        ]
    );
    let path = format!("/api/contacts/{}", first.id);
    let held: Contact = ada.read(&path).await;
    assert_eq!(held.contact.name, "Acme Corp Support");
    assert_eq!(held.contact.email, "support@acme.com");

    // The answer “update” is a change like any other.
    let saved: Contact = ada
        .save_contact(&path, other)
        .await
        .json()
        .await
        .expect("it");
    assert_eq!(saved.contact.name, "Somebody else");
}

async fn audit_count(person: &Person) -> usize {
    let entries: Vec<Value> = person.read("/api/audit").await;
    entries.len()
}

#[tokio::test]
async fn contacts_are_filtered_by_state_and_checked_together() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let mut ids = Vec::new();
    for (id, validation) in [("A-1", "passed"), ("A-2", "failed"), ("A-3", "passed")] {
        let (_, contact) = register(&ada, checked_as(id, &[("validation", validation)])).await;
        ids.push(contact.id);
    }
    let listed = async |query: &str| -> Vec<String> {
        let list: ContactList = ada.read(&format!("/api/contacts?{query}")).await;
        let contacts = list.contacts.into_iter();
        contacts.map(|one| one.external_contact_id).collect()
    };
    assert_eq!(listed("stage=failed").await, ["A-2"]);
    assert_eq!(listed("stage=passed&order=oldest").await, ["A-1", "A-3"]);
    assert_eq!(listed("stage=passed").await, ["A-3", "A-1"]);
    check(&ada, &ada.read(&format!("/api/contacts/{}", ids[0])).await).await;
    assert_eq!(
        listed("order=lastChecked").await.first(),
        Some(&"A-1".to_owned())
    );
    assert_eq!(
        listed("order=longestUnchecked").await.last(),
        Some(&"A-1".to_owned())
    );

    let asked = sent(&house, "GET", CONTACTS);
    let body = json!({ "stage": "passed" });
    let answer = ada.post("/api/contacts/checks", body).await;
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    let begun: ChecksBegun = answer.json().await.expect("an answer");
    assert_eq!(begun.contacts, 2);
    for id in &ids {
        ada.validated(&format!("/api/contacts/{id}")).await;
    }
    assert_eq!(
        sent(&house, "GET", CONTACTS),
        asked + 2,
        "the others are left alone"
    );
}

#[tokio::test]
async fn validating_goes_on_after_a_restart_and_says_why_it_does_not() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let times = Times::Always;
    let kind = FaultKind::Status {
        status: 503,
        headers: Default::default(),
        body: None,
    };
    let route = Route::GetContact;
    house.sandbox().inject(Fault { route, times, kind });
    let body = json!({ "contact": fields("EXT-1") });
    let made: Contact = ada
        .post("/api/contacts", body)
        .await
        .json()
        .await
        .expect("it");
    assert_eq!(made.stage, ContactStage::Validating);
    house.sandbox().clear_faults();
    let house = house.restart_with(|_| {}).await;
    let ada = house.administrator().await;
    let passed = ada.validated(&format!("/api/contacts/{}", made.id)).await;
    assert_eq!(passed.stage, ContactStage::Passed);

    let kind = FaultKind::Status {
        status: 403,
        headers: Default::default(),
        body: None,
    };
    let times = Times::Count(1);
    let route = Route::GetContact;
    house.sandbox().inject(Fault { route, times, kind });
    let (_, made) = register(&ada, fields("EXT-2")).await;
    let path = format!("/api/contacts/{}", made.id);
    let unasked: Contact = ada.read(&path).await;
    assert_eq!(unasked.stage, ContactStage::New, "only a person can help");
    let notice = unasked.notice.expect("a notice");
    assert!(notice.sentence.contains("Missing permission"), "{notice:?}");
}

#[tokio::test]
async fn what_was_never_registered_did_not_go_away() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let kind = FaultKind::Status {
        status: 403,
        headers: Default::default(),
        body: None,
    };
    fail(&house, Route::CreateContact, kind);
    let (_, refused) = register(&ada, fields("EXT-1")).await;
    assert_eq!(refused.stage, ContactStage::NotRegistered);
    let checked = check(&ada, &refused).await;
    assert_eq!(checked.stage, ContactStage::NotRegistered);
    let notice = checked.notice.expect("a notice");
    assert!(!notice.sentence.contains("no longer"), "{notice:?}");

    // Entered again it is registered; what never arrived is in nobody's way.
    let (status, made) = register(&ada, fields("EXT-1")).await;
    assert_eq!((status, &made.id), (StatusCode::CREATED, &refused.id));
}

#[tokio::test]
async fn a_lost_answer_is_made_good_by_reading_and_nothing_is_sent_twice() {
    let house = House::open().await;
    let ada = house.administrator().await;
    fail(&house, Route::CreateContact, FaultKind::CloseAfter);
    let (_, made) = register(&ada, fields("EXT-1")).await;
    assert_eq!(made.stage, ContactStage::Passed);
    fail(&house, Route::CreateContact, FaultKind::CloseBefore);
    let (_, missed) = register(&ada, fields("EXT-2")).await;
    assert_eq!(missed.stage, ContactStage::NotRegistered);
    let notice = missed.notice.expect("a notice");
    assert!(
        notice.sentence.contains("not carried out"),
        "{}",
        notice.sentence
    );
    assert_eq!(sent(&house, "POST", CONTACTS), 2, "each was sent once");

    let path = format!("/api/contacts/{}", missed.id);
    let saved = ada.save_contact(&path, fields("EXT-2")).await;
    let saved: Contact = saved.json().await.expect("a contact");
    assert_eq!(
        saved.stage,
        ContactStage::Validating,
        "saved, it is registered"
    );

    let checked = check(&ada, &made).await;
    fail(&house, Route::StartConversation, FaultKind::CloseAfter);
    let lost = start(&ada, &checked, "click", "voice").await;
    let lost: Interaction = lost.json().await.expect("an interaction");
    assert_eq!(lost.state, InteractionState::Unknown);
    let again = start(&ada, &checked, "click", "voice").await;
    let again: Interaction = again.json().await.expect("an interaction");
    assert_eq!(again.state, InteractionState::Unknown);
    assert_eq!(sent(&house, "POST", "/api/v2/conversations"), 1);
}

#[tokio::test]
async fn what_is_wrong_with_a_contact_is_said_at_its_field() {
    let house = House::open().await;
    let ada = house.administrator().await;
    for (field, value, pointer) in [
        (
            "externalContactId",
            json!("a b"),
            "/contact/externalContactId",
        ),
        ("name", json!(" "), "/contact/name"),
        ("voice", json!("555-1234"), "/contact/voice"),
        ("email", json!("acme"), "/contact/email"),
        (
            "interactionDurationSeconds",
            json!(0),
            "/contact/interactionDurationSeconds",
        ),
    ] {
        let mut body = fields("EXT-1");
        body[field] = value;
        let answer = ada.post("/api/contacts", json!({ "contact": body })).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let problem: ProblemDetails = answer.json().await.expect("a problem");
        let pointers: Vec<_> = problem.errors.iter().map(|e| e.pointer.as_str()).collect();
        assert_eq!(pointers, [pointer]);
    }
    assert_eq!(sent(&house, "POST", CONTACTS), 0);

    let body = r#"{"message":"no","code":"invalid.contact","details":[{"errorCode":"number.invalid","fieldName":"/channels/voice"}]}"#;
    let kind = FaultKind::Status {
        status: 400,
        headers: Default::default(),
        body: Some(body.to_owned()),
    };
    fail(&house, Route::CreateContact, kind);
    let refused = ada
        .post("/api/contacts", json!({ "contact": fields("EXT-1") }))
        .await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: ProblemDetails = refused.json().await.expect("a problem");
    let pointers: Vec<_> = problem.errors.iter().map(|e| e.pointer.as_str()).collect();
    assert_eq!(
        pointers,
        ["/contact/voice"],
        "what Genesys says, at our field"
    );
}

#[tokio::test]
async fn personal_data_is_masked_for_who_may_not_see_it_and_sealed_at_rest() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let (_, contact) = register(&ada, fields("EXT-1")).await;
    let path = format!("/api/contacts/{}", contact.id);
    let secrets = ["Acme", "5551234567", "support", "Hello", "us-east"];
    for (role, name) in [(Role::Viewer, "Vera"), (Role::Editor, "Edith")] {
        let person = house.person(&ada, role, name).await;
        for path in [
            "/api/contacts",
            path.as_str(),
            "/api/contacts?search=acme.com",
        ] {
            let text = person.get(path).await.text().await.expect("a body");
            assert!(text.contains("EXT-1"), "{path}: {text}");
            for secret in secrets {
                assert!(!text.contains(secret), "{role:?} {path}: {text}");
            }
        }
        let found: ContactList = person.read("/api/contacts?search=5551234567").await;
        assert!(found.contacts.is_empty(), "searching does not tell it");
        let masked: Contact = person.read(&path).await;
        assert!(masked.is_masked);
    }
    let paul = house.person(&ada, Role::Publisher, "Paul").await;
    let seen: Contact = paul.read(&path).await;
    assert_eq!(
        (seen.is_masked, seen.contact.voice.as_str()),
        (false, "+15551234567")
    );
    let audit = ada.get("/api/audit").await.text().await.expect("a body");
    assert!(audit.contains("contact.register"));
    let data = house.directory.path().join("data");
    for file in ["patchbay.db", "patchbay.db-wal"] {
        let stored = std::fs::read(data.join(file)).expect("a file");
        for secret in secrets {
            let needle = secret.as_bytes();
            let found = stored.windows(needle.len()).any(|window| window == needle);
            assert!(!found, "{file} holds {secret}");
            assert!(!audit.contains(secret), "the audit log holds {secret}");
        }
    }
}

#[tokio::test]
async fn a_long_list_comes_in_pages_that_leave_nobody_out() {
    let house = House::open()
        .await
        .restart_with(|args| args.clock_factor = 6_000)
        .await;
    let ada = house.administrator().await;
    let text: String = (0..250)
        .map(|number| format!("P-{number},Person {number},+1555{number:07}\n"))
        .collect();
    let body = json!({
        "key": "k", "fileName": "people.csv", "text": format!("id,name,phone\n{text}"),
        "columns": ["externalContactId", "name", "voice"],
    });
    let begun: api::ContactImport = ada
        .post("/api/contact-imports", body)
        .await
        .json()
        .await
        .expect("an import");
    crate::contact_imports::ended(&ada, &begun.id).await;
    let mut path = "/api/contacts".to_owned();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..4 {
        let page: ContactList = ada.read(&path).await;
        assert_eq!(page.total, 250);
        seen.extend(page.contacts.into_iter().map(|one| one.external_contact_id));
        let Some(next) = page.next else { break };
        path = format!("/api/contacts?after={next}");
    }
    assert_eq!(seen.len(), 250);
    let found: ContactList = ada.read("/api/contacts?search=person+249").await;
    assert_eq!(found.contacts.len(), 1);
}
