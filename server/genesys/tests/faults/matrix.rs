//! Every fault of the wire against every operation.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use genesys::{Limits, ScaledClock};

use crate::operations::{Again, Operation, operations};
use crate::secrecy::Kept;
use crate::server::{FaultServer, Step, id, patient};

/// What a fault that happens every time leads to, and how often it is met:
/// for reads, for changes of a version that they name, and for what must not
/// happen twice.
type Row = (&'static str, Step, [(&'static str, usize); 3]);

fn rows() -> Vec<Row> {
    let unknown = "unknown-outcome";
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let read_fails = |code| [(code, 1), (unknown, 1), (unknown, 1)];
    vec![
        (
            "301",
            Step::Answer(
                301,
                vec![("location", "/elsewhere".to_owned())],
                String::new(),
            ),
            [("unexpected-answer", 1); 3],
        ),
        ("400", Step::status(400), [("rejected", 1); 3]),
        (
            "401 always",
            Step::status(401),
            [("credentials-refused", 2); 3],
        ),
        ("403", Step::status(403), [("permission-missing", 1); 3]),
        ("404", Step::status(404), [("not-found", 1); 3]),
        (
            "409",
            Step::body(409, r#"{"code":"version.conflict"}"#),
            [("version-conflict", 1); 3],
        ),
        ("410", Step::status(410), [("not-found", 1); 3]),
        ("413", Step::status(413), [("rejected", 1); 3]),
        ("429", Step::status(429), [("throttled", 3); 3]),
        (
            "429 for long",
            Step::retry_after(429, "31"),
            [("throttled", 1); 3],
        ),
        (
            "500",
            Step::status(500),
            [("unavailable", 1), (unknown, 1), (unknown, 1)],
        ),
        (
            "502 page",
            Step::body(502, "<html>bad gateway</html>"),
            [("unavailable", 3), (unknown, 3), (unknown, 1)],
        ),
        (
            "503",
            Step::status(503),
            [("unavailable", 3), (unknown, 3), (unknown, 1)],
        ),
        (
            "503 with a time",
            Step::retry_after(503, "1"),
            [("unavailable", 3); 3],
        ),
        (
            "504",
            Step::status(504),
            [("unavailable", 3), (unknown, 3), (unknown, 1)],
        ),
        (
            "reset",
            Step::Reset,
            [("unanswered", 3), (unknown, 3), (unknown, 1)],
        ),
        (
            "truncated",
            Step::Truncated,
            [("unanswered", 3), (unknown, 3), (unknown, 1)],
        ),
        ("huge", Step::Huge, read_fails("answer-too-large")),
        (
            "garbage",
            Step::body(200, "{\"id\": [ 0x"),
            read_fails("unexpected-answer"),
        ),
        (
            "no body",
            Step::status(200),
            read_fails("unexpected-answer"),
        ),
        (
            "byte order mark",
            Step::body(200, "\u{feff}{}"),
            read_fails("unexpected-answer"),
        ),
        (
            "other type",
            Step::body(200, "[]"),
            read_fails("unexpected-answer"),
        ),
        (
            "twice the same key",
            Step::body(200, TWICE),
            read_fails("unexpected-answer"),
        ),
        (
            "too deep",
            Step::body(200, deep),
            read_fails("unexpected-answer"),
        ),
    ]
}

/// Members that answers are read for, each there twice.
const TWICE: &str = r#"{"id":1,"id":2,"version":1,"version":2,"entities":[],"entities":[],
    "state":"new","state":"new","externalContactId":"EXT-1","externalContactId":"EXT-1"}"#;

fn expected_of(again: Again, expected: [(&'static str, usize); 3]) -> (&'static str, usize) {
    let [reads, changes, once] = expected;
    match again {
        Again::Harmless => reads,
        Again::Refused => changes,
        Again::Twice => once,
    }
}

async fn met(step: Step, operation: &Operation, limits: Limits) -> (String, usize) {
    let server = FaultServer::start(Arc::new(ScaledClock::new(1000))).await;
    server.always(Some(step));
    let result = (operation.call)(&server.connection(limits)).await;
    let Err(failure) = result else {
        panic!("{}: no failure", operation.name);
    };
    assert!(!failure.sentence().is_empty() && !failure.next_step().is_empty());
    let code = failure.code().trim_start_matches("genesys.").to_owned();
    (code, server.calls().len())
}

#[tokio::test]
async fn every_fault_ends_as_the_rules_say_for_every_operation() {
    let (rows, operations) = (rows(), operations());
    for (name, step, expected) in &rows {
        for operation in &operations {
            let (code, calls) = met(step.clone(), operation, patient()).await;
            assert_eq!(
                (code.as_str(), calls),
                expected_of(operation.again, *expected),
                "{name}, {}",
                operation.name
            );
        }
    }
    let (faults, routes) = (rows.len(), operations.len());
    eprintln!(
        "{faults} faults, {routes} operations: {} cells",
        faults * routes
    );
}

/// An operation that is not tried here has no rules that are known to hold.
#[test]
fn every_operation_of_the_client_is_tried() {
    let tried: BTreeSet<String> = operations()
        .iter()
        .map(|operation| operation.name.to_owned())
        .collect();
    assert_eq!(
        named_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")),
        tried
    );
}

/// The names of operations that stand in the sources below a folder: texts of
/// two words with a point between, in what describes a call.
fn named_in(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(named_in(&path));
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source");
        let texts = text.split('"').skip(1).step_by(2);
        found.extend(texts.filter(|text| is_operation(text)).map(str::to_owned));
    }
    found
}

fn is_operation(text: &str) -> bool {
    let groups = [
        "flows",
        "modules",
        "data_actions",
        "contacts",
        "conversations",
    ];
    let is_word = |word: &str| {
        word.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    text.split_once('.')
        .is_some_and(|(group, verb)| groups.contains(&group) && !verb.is_empty() && is_word(verb))
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_left_when_time_is_up() {
    // On the scaled clock: 100 ms for a head, 200 ms for an attempt.
    let limits = Limits {
        headers: Duration::from_secs(100),
        attempt: Duration::from_secs(200),
        ..patient()
    };
    let expected = [
        ("unanswered", 3),
        ("unknown-outcome", 3),
        ("unknown-outcome", 1),
    ];
    for step in [Step::Never, Step::Trickle] {
        for operation in operations() {
            let (code, calls) = met(step.clone(), &operation, limits.clone()).await;
            assert_eq!(
                (code.as_str(), calls),
                expected_of(operation.again, expected),
                "{step:?}, {}",
                operation.name
            );
        }
    }
}

#[tokio::test]
async fn a_whole_call_ends_in_time_whatever_its_attempts_do() {
    let limits = Limits {
        whole: Duration::from_secs(300),
        ..patient()
    };
    for operation in operations() {
        let (code, calls) = met(Step::Never, &operation, limits.clone()).await;
        let code_expected = match operation.again {
            Again::Harmless => "unanswered",
            Again::Refused | Again::Twice => "unknown-outcome",
        };
        assert_eq!(
            (code.as_str(), calls),
            (code_expected, 1),
            "{}",
            operation.name
        );
    }
}

#[tokio::test]
async fn what_was_certainly_not_done_is_sent_again_even_if_it_must_not_happen_twice() {
    for step in [
        Step::retry_after(503, "1"),
        Step::status(429),
        Step::status(401),
    ] {
        for operation in operations() {
            let server = FaultServer::start(Arc::new(ScaledClock::new(1000))).await;
            server.script([step.clone()]);
            let result = (operation.call)(&server.connection(patient())).await;
            let met = (result, server.calls().len());
            assert_eq!(met, (Ok(()), 2), "{step:?}, {}", operation.name);
        }
    }
}

#[tokio::test]
async fn where_nobody_listens_nothing_can_have_happened() {
    let server = FaultServer::start(Arc::new(ScaledClock::new(1000))).await;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let nobody = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let heard = Arc::new(Kept::default());
    let connection = server
        .connection_to(&nobody, patient())
        .observed_by(heard.clone());
    let failure = connection
        .flows()
        .create("{}")
        .await
        .expect_err("unreachable");
    assert_eq!(
        failure.kind,
        genesys::FailureKind::Unavailable { status: None }
    );
    assert!(!failure.may_have_happened());
    let sent: Vec<_> = heard
        .attempts()
        .iter()
        .map(|attempt| attempt.outcome)
        .collect();
    assert_eq!(sent[1..], [genesys::AttemptOutcome::NotSent; 3]);
}

#[tokio::test]
async fn a_fault_that_passes_is_not_seen_by_reads_and_updates() {
    for step in [
        Step::status(502),
        Step::status(503),
        Step::status(504),
        Step::Reset,
        Step::Truncated,
    ] {
        for operation in operations() {
            if operation.again == Again::Twice {
                continue;
            }
            let server = FaultServer::start(Arc::new(ScaledClock::new(1000))).await;
            server.script([step.clone(), step.clone()]);
            let result = (operation.call)(&server.connection(patient())).await;
            let met = (result, server.calls().len());
            assert_eq!(met, (Ok(()), 3), "{step:?}, {}", operation.name);
        }
    }
}

#[tokio::test]
async fn a_body_leaves_byte_for_byte() {
    let server = FaultServer::start(Arc::new(ScaledClock::new(1000))).await;
    let connection = server.connection(patient());
    let body = "{ \"b\":1,\n\t\"a\": \"\u{e9}\\u00e9\" }";
    connection.flows().create(body).await.expect("created");
    assert_eq!(server.calls()[0].body, body.as_bytes());
    let stored = connection.flows().get(&id()).await.expect("read");
    assert_eq!(stored.body, crate::server::flow());
}

#[tokio::test]
async fn an_update_whose_answer_was_lost_is_not_called_a_conflict() {
    let server = FaultServer::start(Arc::new(ScaledClock::new(1000))).await;
    server.script([
        Step::Reset,
        Step::body(409, r#"{"code":"version.conflict"}"#),
    ]);
    let result = server
        .connection(patient())
        .flows()
        .update(&id(), "{}")
        .await;
    let lost = genesys::LostAnswer::PerhapsDoneBefore;
    let kind = genesys::FailureKind::UnknownOutcome { lost };
    assert_eq!(result.expect_err("unknown").kind, kind);
}
