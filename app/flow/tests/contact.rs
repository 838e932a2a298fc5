//! Contacts as documents of their own: wire format, files and checks.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr)]

use std::{collections::BTreeSet, path::PathBuf};

use flow::{
    FieldKey, Origin, Problem, Severity,
    contact::{
        Channel, Contact, ContactFile, ConversationStart, RULES, Standing, ValidationStatus,
        WebhookEvent, check, differences, generate, import,
    },
};
use proptest::{collection::vec, prelude::*};
use serde_json::{Value, json};

/// A contact that has everything.
fn ann() -> Contact {
    let mut contact = Contact {
        external_contact_id: "crm-00_17".into(),
        name: "Ann Lee".into(),
        initial_message: "Hello Ann".into(),
        interaction_duration_seconds: 90,
        ..Contact::default()
    };
    for (channel, address) in [
        (Channel::Voice, "+4915112345678"),
        (Channel::Sms, "+15551234567"),
        (Channel::Email, "ann.lee+crm@mail.example.org"),
        (Channel::Chat, "ann"),
    ] {
        contact.channels.set(channel, address);
    }
    contact.metadata.insert("campaign".into(), "spring".into());
    contact.metadata.insert("empty".into(), String::new());
    contact
}

#[test]
fn a_contact_is_written_in_the_specs_order() {
    let text = r#"{
  "externalContactId": "crm-00_17",
  "name": "Ann Lee",
  "channels": {
    "voice": "+4915112345678",
    "sms": "+15551234567",
    "email": "ann.lee+crm@mail.example.org",
    "chat": "ann"
  },
  "initialMessage": "Hello Ann",
  "interactionDurationSeconds": 90,
  "metadata": {
    "campaign": "spring",
    "empty": ""
  }
}"#;
    assert_eq!(generate(&ann()).text, text);
    assert_eq!(check(&ann()), []);
}

#[test]
fn decision_1_what_is_empty_is_left_out_but_for_the_metadata() {
    let contact = Contact {
        external_contact_id: "a".into(),
        name: "A".into(),
        ..Contact::default()
    };
    let text = r#"{
  "externalContactId": "a",
  "name": "A",
  "interactionDurationSeconds": 300,
  "metadata": {}
}"#;
    assert_eq!(generate(&contact).text, text);
    let read = import(r#"{"externalContactId":"a","name":"A","channels":null,"metadata":null}"#);
    assert_eq!(read.expect("it is read").contact, contact);
}

#[test]
fn the_source_map_names_the_lines_of_each_member() {
    let artifact = generate(&ann());
    let lines: Vec<_> = artifact.text.lines().collect();
    let mut found = Vec::new();
    for mark in &artifact.source_map {
        let Origin::Member(key) = &mark.origin else {
            panic!("a contact has no nodes: {mark:?}");
        };
        let first = lines[mark.lines.start].trim_start();
        assert!(first.starts_with(&format!("\"{key}\": ")), "{first}");
        found.push((key.as_str(), mark.lines.len()));
    }
    let expected = [
        ("externalContactId", 1),
        ("name", 1),
        ("channels", 6),
        ("voice", 1),
        ("sms", 1),
        ("email", 1),
        ("chat", 1),
        ("initialMessage", 1),
        ("interactionDurationSeconds", 1),
        ("metadata", 4),
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_is_not_understood_is_kept_and_written_back() {
    let text = r#"{
  "externalContactId": "a",
  "name": "A",
  "channels": {
    "sms": "+15551234567",
    "fax": {
      "number": 5
    }
  },
  "interactionDurationSeconds": 300,
  "metadata": {
    "region": "eu",
    "priority/level": 3,
    "tags": [
      "a"
    ]
  },
  "owner": {
    "id": "u1"
  }
}"#;
    let contact = import(text).expect("it is read").contact;
    let kept: Vec<_> = contact.extra.keys().map(String::as_str).collect();
    let pointers = [
        "/channels/fax",
        "/metadata/priority~1level",
        "/metadata/tags",
        "/owner",
    ];
    assert_eq!(kept, pointers);
    assert_eq!(generate(&contact).text, text);
    let only_foreign = r#"{"externalContactId":"a","channels":{"fax":"1"}}"#;
    let contact = import(only_foreign).expect("it is read").contact;
    let keys: Vec<_> = keys_of(&generate(&contact).text);
    let expected = [
        "externalContactId",
        "channels",
        "interactionDurationSeconds",
        "metadata",
    ];
    assert_eq!(keys, expected);
}

fn keys_of(text: &str) -> Vec<String> {
    let value: Value = serde_json::from_str(text).expect("JSON");
    value
        .as_object()
        .expect("an object")
        .keys()
        .cloned()
        .collect()
}

#[test]
fn what_an_answer_says_of_a_contact_is_not_sent_back() {
    let answer = json!({
        "externalContactId": "a",
        "name": "A",
        "channels": {"sms": "+15551234567"},
        "metadata": {},
        "state": "new",
        "validationStatus": "failed",
        "validationFailureReason": "on a list",
        "channelAvailability": {"sms": "available"},
    });
    let contact = import(&answer.to_string()).expect("it is read").contact;
    assert_eq!(contact.extra, flow::Extra::new());
    let standing: Standing = serde_json::from_value(answer).expect("it is read");
    assert_eq!(standing.validation_status, ValidationStatus::Failed);
}

#[test]
fn a_broken_document_is_refused_with_its_place() {
    for (text, line, column, path, message) in [
        ("", 1, 1, "", "empty"),
        ("[]", 1, 1, "", "is a JSON object"),
        ("{}", 1, 1, "", "no document that Patchbay knows"),
        (
            r#"{"nodes":[]}"#,
            1,
            1,
            "",
            "This is a shared flow, and a contact belongs here",
        ),
        (
            "{\"externalContactId\":\n  7}",
            2,
            3,
            "/externalContactId",
            "must be a text",
        ),
        (
            "{\"externalContactId\":\"a\",\n \"channels\": {\n  \"voice\": [1] } }",
            3,
            12,
            "/channels/voice",
            "“voice” must be a text",
        ),
        (
            r#"{"channels":"+1555"}"#,
            1,
            13,
            "/channels",
            "An object belongs here",
        ),
        (
            r#"{"channels":{},"metadata":["a"]}"#,
            1,
            27,
            "/metadata",
            "An object belongs here",
        ),
        (
            r#"{"channels":{},"interactionDurationSeconds":1.5}"#,
            1,
            45,
            "/interactionDurationSeconds",
            "a whole number",
        ),
        (
            r#"{"channels":{},"channels":{}}"#,
            1,
            25,
            "/channels",
            "stands twice",
        ),
        (
            r#"{"patchbay":"flow/1"}"#,
            1,
            1,
            "",
            "This is a flow, and a contact belongs here",
        ),
        (
            r#"{"patchbay":"contact/1","contact":{"name":5}}"#,
            1,
            43,
            "/contact/name",
            "damaged",
        ),
    ] {
        let error = import(text).expect_err(text);
        assert!(error.message.contains(message), "{text}: {error}");
        assert_eq!(
            (error.line, error.column, error.path.as_str()),
            (line, column, path),
            "{text}: {error}"
        );
    }
}

/// A rule, a contact that breaks it, where that is, and what is blamed there.
struct Breach {
    code: &'static str,
    place: &'static str,
    blamed: &'static str,
    contact: Contact,
}

fn breach(
    code: &'static str,
    place: &'static str,
    blamed: &'static str,
    edit: impl FnOnce(&mut Contact),
) -> Breach {
    let mut contact = ann();
    edit(&mut contact);
    Breach {
        code,
        place,
        blamed,
        contact,
    }
}

fn breaches() -> Vec<Breach> {
    let address = |code, channel: Channel, blamed, address: &str| {
        breach(code, channel.as_str(), blamed, |contact| {
            contact.channels.set(channel, address);
        })
    };
    let number =
        |blamed, number: &str| address("contact-number-invalid", Channel::Voice, blamed, number);
    let email = |blamed, text: &str| address("contact-email-invalid", Channel::Email, blamed, text);
    let id = |code, blamed, id: &str| {
        breach(code, "externalContactId", blamed, |contact| {
            contact.external_contact_id = id.into();
        })
    };
    let name = |code, name: &str| breach(code, "name", "", |contact| contact.name = name.into());
    let metadata = |code, name: &str, value: &str| {
        breach(code, "metadata[2]", "", |contact| {
            contact.metadata.insert(name.into(), value.into());
        })
    };
    let kept = |code, place, pointer: &str| {
        breach(code, place, "", |contact| {
            contact.extra.insert(pointer.into(), json!(3));
        })
    };
    let duration = |seconds| {
        breach(
            "contact-duration-out-of-range",
            "interactionDurationSeconds",
            "",
            |contact| contact.interaction_duration_seconds = seconds,
        )
    };
    let long = "x".repeat(65_537);
    vec![
        id("contact-id-missing", "", ""),
        id("contact-id-too-long", "", &"7".repeat(256)),
        id("contact-id-invalid", " ", "EXT 99"),
        id("contact-id-invalid", "ä", "Bär/7"),
        name("contact-name-missing", " "),
        name("contact-name-too-long", &"é".repeat(256)),
        name("contact-name-invalid", "An\0n"),
        name("contact-name-invalid", "Ann\nBob"),
        name("contact-name-invalid", "\u{202e}Bob"),
        breach("contact-channel-missing", "channels", "", |contact| {
            contact.channels = Default::default();
        }),
        kept("contact-channel-unknown", "channels", "/channels/fax"),
        number("15551234567", "15551234567"),
        number(" ", "+1 5551234567"),
        number("é", "+1555é1234567"),
        number("0", "+0155512345"),
        number("+123456", "+123456"),
        number("+1234567890123456", "+1234567890123456"),
        number("+", "+"),
        address(
            "contact-number-invalid",
            Channel::Sms,
            "-",
            "+1-555-1234567",
        ),
        email("support.acme.com", "support.acme.com"),
        email("@", "@acme.com"),
        email("@", "ann@"),
        email(" ", "ann lee@acme.com"),
        email("é", "renée@acme.com"),
        email("@", "ann@lee@acme.com"),
        email(".", ".ann@acme.com"),
        email(".", "ann.@acme.com"),
        email(".", "ann..lee@acme.com"),
        email("acme", "ann@acme"),
        email(".", "ann@acme..com"),
        email(".", "ann@acme.com."),
        email("-acme", "ann@-acme.com"),
        email("_", "ann@ac_me.com"),
        address(
            "contact-email-invalid",
            Channel::Email,
            "",
            &format!("{}@acme.com", "a".repeat(65)),
        ),
        address(
            "contact-email-invalid",
            Channel::Email,
            "",
            &format!("a@{}.com", "a".repeat(64)),
        ),
        address(
            "contact-email-invalid",
            Channel::Email,
            "",
            &format!("a@{}com", "abc.".repeat(64)),
        ),
        address("contact-chat-too-long", Channel::Chat, "", &long),
        breach(
            "contact-message-too-long",
            "initialMessage",
            "",
            |contact| contact.initial_message = long.clone(),
        ),
        duration(0),
        duration(7_201),
        breach("contact-metadata-too-many", "metadata", "", |contact| {
            contact
                .metadata
                .extend((0..1_000).map(|n| (n.to_string(), String::new())));
        }),
        metadata("contact-metadata-name-missing", "", "x"),
        metadata("contact-metadata-name-too-long", &"n".repeat(256), ""),
        metadata("contact-metadata-value-too-long", "n", &long),
        kept(
            "contact-metadata-not-text",
            "metadata",
            "/metadata/priority",
        ),
    ]
}

/// A place as the tables write it.
fn shown(problem: &Problem) -> String {
    let place = &problem.place;
    let field = place.field.as_ref().map(FieldKey::as_str);
    let row = place.row.map(|row| format!("[{row}]"));
    format!("{}{}", field.unwrap_or_default(), row.unwrap_or_default())
}

/// The bytes that a problem points at; fails when they are no characters.
fn blamed(contact: &Contact, problem: &Problem) -> String {
    let Some(span) = problem.place.span.clone() else {
        return String::new();
    };
    let field = problem.place.field.as_ref().expect("a field").as_str();
    let text = match Channel::from_name(field) {
        Some(channel) => contact.channels.get(channel).expect("an address"),
        None => &contact.external_contact_id,
    };
    text[span].to_owned()
}

#[test]
fn each_breach_is_found_where_it_is() {
    for breach in breaches() {
        let problems = check(&breach.contact);
        let [problem] = problems.as_slice() else {
            panic!("{}: {problems:?}", breach.code);
        };
        let name = format!("{}: {}", breach.code, problem.message);
        assert_eq!(problem.code.as_str(), breach.code, "{name}");
        assert_eq!(shown(problem), breach.place, "{name}");
        if !breach.blamed.is_empty() {
            assert_eq!(blamed(&breach.contact, problem), breach.blamed, "{name}");
        }
        // It stays short, whatever came from outside.
        assert!(problem.message.len() < 400, "{name}");
        assert!(problem.message.ends_with('.'), "{name}");
    }
}

#[test]
fn every_rule_has_a_breach_that_names_its_code() {
    let known: BTreeSet<_> = RULES.iter().map(|rule| rule.code.as_str()).collect();
    let breached: BTreeSet<_> = breaches().iter().map(|breach| breach.code).collect();
    assert_eq!(known, breached);
    assert_eq!(known.len(), RULES.len(), "a code stands once");
    for breach in breaches() {
        let problem = &check(&breach.contact)[0];
        let rule = flow::check::rule(breach.code).expect("a rule");
        assert_eq!(problem.severity, rule.severity);
        assert_eq!(
            problem.severity == Severity::Warning,
            breach.code == "contact-channel-unknown"
        );
        let text = serde_json::to_string(problem).expect("a problem is JSON");
        let back: Problem = serde_json::from_str(&text).expect("and back");
        assert_eq!(back, *problem);
    }
}

#[test]
fn numbers_and_addresses_of_the_right_shape_are_taken() {
    for number in ["+1234567", "+123456789012345", "+442079460000"] {
        for channel in [Channel::Voice, Channel::Sms] {
            let mut contact = ann();
            contact.channels.set(channel, number);
            assert_eq!(check(&contact), [], "{number}");
        }
    }
    for address in [
        "a@b.c",
        "support@acme.com",
        "o'neil_9@mail.acme-corp.co.uk",
        "first.last+tag@xn--bcher-kva.example",
    ] {
        let mut contact = ann();
        contact.channels.set(Channel::Email, address);
        assert_eq!(check(&contact), [], "{address}");
    }
    for (written, meant) in [
        ("+1 (555) 123-4567", "+15551234567"),
        ("0049 151 1234567", "+491511234567"),
    ] {
        let mut contact = ann();
        contact.channels.set(Channel::Voice, written);
        let message = &check(&contact)[0].message;
        assert!(
            message.ends_with(&format!("Write it as {meant}.")),
            "{message}"
        );
    }
}

#[test]
fn the_guides_id_with_a_hyphen_is_right() {
    let mut contact = ann();
    contact.external_contact_id = "EXT-9928374".into();
    assert_eq!(check(&contact), []);
}

#[test]
fn decision_18_a_conversation_starts_only_with_who_may_be_spoken_to() {
    let standing = |status: Value, availability: Value| -> Standing {
        let answer = json!({
            "validationStatus": status,
            "validationFailureReason": "On a do-not-call list.",
            "channelAvailability": availability,
            "name": "A",
        });
        serde_json::from_value(answer).expect("it is read")
    };
    let channels =
        json!({"email": "available", "fax": "available", "sms": "blocked", "voice": "available"});
    for status in ["passed", "pending"] {
        let startable = standing(json!(status), channels.clone()).startable();
        let expected = vec![Channel::Email, Channel::Voice];
        assert_eq!(startable, Ok(expected), "in the order of the answer");
    }
    for (status, availability, message) in [
        (
            json!("failed"),
            channels.clone(),
            "failed its validation: On a do-not-call list. Correct",
        ),
        (Value::Null, channels.clone(), "not known"),
        (json!("odd"), channels, "not known"),
        (
            json!("passed"),
            json!({"sms": "blocked"}),
            "None of the contact's channels",
        ),
        (
            json!("passed"),
            Value::Null,
            "None of the contact's channels",
        ),
    ] {
        let refused = standing(status, availability)
            .startable()
            .expect_err(message);
        assert!(refused.contains(message), "{refused}");
    }
    let silent: Standing = serde_json::from_str("{}").expect("it is read");
    assert_eq!(silent.validation_status, ValidationStatus::Unknown);
    assert!(silent.startable().is_err());
}

#[test]
fn a_contact_differs_where_it_says_something_else() {
    let ours = ann();
    assert_eq!(differences(&ours, &ours.clone()), []);
    let mut theirs = ours.clone();
    theirs.name = "Anna".to_owned();
    theirs.channels.set(Channel::Voice, "");
    theirs.metadata.insert("new".to_owned(), "1".to_owned());
    theirs.extra.insert("/selfUri".to_owned(), json!("x"));
    let mut parts: Vec<_> = differences(&ours, &theirs)
        .into_iter()
        .map(|difference| difference.part)
        .collect();
    let metadata = parts.split_off(2);
    assert_eq!(parts, ["name", "channels.voice"]);
    assert!(
        metadata.contains(&"metadata.new".to_owned()),
        "{metadata:?}"
    );
}

#[test]
fn decision_18_an_absent_first_message_is_hello() {
    let mut contact = ann();
    contact.initial_message.clear();
    let start = ConversationStart::new(&contact, Channel::Sms, "2026-01-01T00:00:00Z");
    assert_eq!(start.initial_message, "Hello");
    assert_eq!(start.contact_id, contact.external_contact_id);
    assert_eq!(start.metadata.source, "external_contact_api");
    let failed = WebhookEvent::started(&start, None, 5, "2026-01-01T00:00:01Z");
    assert!(!failed.success && failed.conversation_id.is_none());
    let text = failed.to_json().expect("JSON");
    assert_eq!(
        serde_json::from_str::<WebhookEvent>(&text).expect("and back"),
        failed
    );
}

/// A file of the folder that the guides' facts stand in; says so when that
/// folder is not there.
fn shared(name: &str) -> Option<String> {
    let root = std::env::var_os("PATCHBAY_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let path = root.join(name);
    let text = std::fs::read_to_string(&path);
    if text.is_err() {
        eprintln!("SKIPPED: {} is not there", path.display());
    }
    text.ok()
}

/// The body of a request of the guide's example.
fn body(requests: &[Value], method: &str, path: &str) -> Value {
    let request = requests
        .iter()
        .find(|request| request["method"] == method && request["path"] == path);
    request.expect(path)["body"].clone()
}

#[test]
fn the_guides_bodies_are_generated_imported_and_generated_again() {
    let Some(text) = shared("expected/external-contacts.json") else {
        return;
    };
    let expected: Value = serde_json::from_str(&text).expect("JSON");
    let requests = expected["requests"].as_array().expect("requests");
    let pretty = |value: &Value| serde_json::to_string_pretty(value).expect("JSON");

    let mut contact = Contact {
        external_contact_id: "EXT-9928374".into(),
        name: "Acme Corp Support".into(),
        initial_message: "Testing automated contact interaction workflow".into(),
        interaction_duration_seconds: 600,
        ..Contact::default()
    };
    contact.channels.set(Channel::Voice, "+15551234567");
    contact.channels.set(Channel::Sms, "+15551234567");
    contact.channels.set(Channel::Email, "support@acme.com");
    contact
        .metadata
        .insert("campaign".into(), "outbound_q3".into());
    contact.metadata.insert("region".into(), "us-east".into());
    assert_eq!(check(&contact), [], "the guide's contact is clean");
    let sent = generate(&contact).text;
    let contacts = "/api/v2/externalcontacts/contacts";
    assert_eq!(sent, pretty(&body(requests, "POST", contacts)));
    let read = import(&sent).expect("it is read").contact;
    assert_eq!(read, contact);
    assert_eq!(generate(&read).text, sent);

    let got = requests
        .iter()
        .find(|request| request["method"] == "GET")
        .expect("the contact is read");
    let standing: Standing = serde_json::from_value(got["answer"].clone()).expect("it is read");
    let channel = standing.startable().expect("it may be started")[0];

    let start = ConversationStart::new(&contact, channel, "<time>");
    let sent = start.to_json().expect("JSON");
    assert_eq!(
        sent,
        pretty(&body(requests, "POST", "/api/v2/conversations"))
    );
    let read: ConversationStart = serde_json::from_str(&sent).expect("it is read");
    assert_eq!(read, start);
    assert_eq!(read.to_json().expect("JSON"), sent);

    let event = WebhookEvent::started(&start, Some("<conversation>".into()), 0, "<time>");
    let sent = event.to_json().expect("JSON");
    let mut webhook = body(requests, "POST", "<the webhook's own>");
    // The example leaves it open.
    webhook["latency_ms"] = 0.into();
    assert_eq!(sent, pretty(&webhook));
    let read: WebhookEvent = serde_json::from_str(&sent).expect("it is read");
    assert_eq!(read, event);
    assert_eq!(read.to_json().expect("JSON"), sent);
}

/// Contacts, sensible or not, with all that can be kept.
fn contact() -> impl Strategy<Value = Contact> {
    let text = || "[a-zé@+. \\-\"\\\\/~0-9]{0,8}";
    let json_value = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        vec("[a-z]{0,3}", 0..3).prop_map(Value::from),
        "[a-z]{0,3}".prop_map(|text| json!({"of": text, "nothing": null})),
    ];
    let extra = [
        "/owner",
        "/channels/fax",
        "/channels/a~1b",
        "/metadata/9~0",
        "/x y",
    ];
    let extra = vec((prop::sample::select(extra.to_vec()), json_value), 0..4);
    let metadata = vec(("[a-z]{0,3}", text()), 0..4);
    (
        (text(), text(), text(), any::<u64>()),
        (text(), text(), text(), text()),
        metadata,
        extra,
    )
        .prop_map(
            |((id, name, message, seconds), addresses, metadata, extra)| {
                let mut contact = Contact {
                    external_contact_id: id,
                    name,
                    initial_message: message,
                    interaction_duration_seconds: seconds,
                    metadata: metadata.into_iter().collect(),
                    extra: extra
                        .into_iter()
                        .map(|(pointer, value)| (pointer.to_owned(), value))
                        .collect(),
                    ..Contact::default()
                };
                let (voice, sms, email, chat) = addresses;
                for (channel, address) in Channel::ALL.into_iter().zip([voice, sms, email, chat]) {
                    contact.channels.set(channel, address);
                }
                contact
            },
        )
}

proptest! {
    #[test]
    fn what_was_generated_is_imported_as_the_same_contact(contact in contact()) {
        let sent = generate(&contact).text;
        // Without an id and a channel nothing tells it from other documents.
        prop_assume!(sent.contains("\"externalContactId\"") || sent.contains("\"channels\""));
        let read = import(&sent).expect("it is read").contact;
        prop_assert_eq!(&read, &contact);
        prop_assert_eq!(generate(&read).text, sent);
    }

    #[test]
    fn a_contacts_file_comes_back(contact in contact()) {
        let file = ContactFile::new(contact);
        let text = file.to_json().expect("JSON");
        prop_assert_eq!(import(&text).expect("it is read"), file);
    }

    #[test]
    fn checks_point_at_characters_of_what_they_blame(contact in contact()) {
        for problem in check(&contact) {
            prop_assert!(!problem.message.is_empty());
            // Fails where the span is none.
            let _text = blamed(&contact, &problem);
        }
    }

    #[test]
    fn any_text_is_a_number_or_not(text in "\\PC{0,20}", number in "\\+[1-9][0-9]{6,14}") {
        let mut contact = ann();
        contact.channels.set(Channel::Voice, text);
        for problem in check(&contact) {
            let _text = blamed(&contact, &problem);
        }
        contact.channels.set(Channel::Voice, number);
        prop_assert_eq!(check(&contact), []);
    }

    #[test]
    fn any_text_is_an_address_or_not(text in "[a-z@.é \\-]{0,12}") {
        let mut contact = ann();
        contact.channels.set(Channel::Email, text);
        for problem in check(&contact) {
            let _text = blamed(&contact, &problem);
        }
    }
}
