//! What an engine keeps of its runs.
#![allow(clippy::expect_used, clippy::panic)]

use std::{
    hint::black_box,
    path::PathBuf,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use fuzz::{
    Current, Found, MAX_CPU, MAX_GROWTH_BYTES, Meter, Mutator, Outcome, SERVER_STACK_BYTES,
    Session, Target,
};
use rustix::time::{ClockId, clock_gettime};

/// Memory is that of the whole process, so that tests which measure it take
/// turns.
static TURN: Mutex<()> = Mutex::new(());

/// Does what its input says.
static OBEDIENT: Target = Target {
    name: "obedient",
    extension: "txt",
    stack_bytes: SERVER_STACK_BYTES,
    run: obey,
    mutator: Mutator::Json,
};

fn obey(text: &str, meter: &mut Meter) -> Outcome {
    let (word, _) = text.split_once(' ').unwrap_or((text, ""));
    meter.stage(word, || match word {
        "panic" => panic!("as the text says"),
        "slow" => {
            let begin = thread_cpu();
            while thread_cpu() - begin < 2 * MAX_CPU {
                black_box(0);
            }
        }
        "grow" => drop(black_box(vec![1_u8; MAX_GROWTH_BYTES + 1])),
        _ => {}
    });
    if word == "refuse" {
        Outcome::Refused
    } else {
        Outcome::Read
    }
}

fn thread_cpu() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("processor time does not run backwards")
}

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn session_of(name: &str, inputs: &[&str]) -> Session {
    let last = inputs.len() as u64;
    let mut session = Session::new(&OBEDIENT, folder(name), last).expect("a folder can be made");
    for input in inputs {
        session.run(input.as_bytes()).expect("a run is noted");
    }
    session
}

#[test]
fn what_breaks_a_limit_is_kept_once_with_its_input() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let inputs = [
        "read",
        "refuse",
        "panic and say much",
        "panic",
        "panic again",
        "slow",
        "grow",
    ];
    let session = session_of("breaches", &inputs);
    let report = session.report();
    assert_eq!((report.runs, report.read, report.panics), (7, 3, 3));
    let kept = |name: &str| {
        let mut named = report
            .candidates
            .iter()
            .filter(|it| it.found.name() == name);
        let candidate = named.next().unwrap_or_else(|| panic!("{name} is kept"));
        assert!(named.next().is_none(), "{name} is kept once");
        let input = std::fs::read_to_string(folder("breaches").join(&candidate.file));
        (&candidate.found, input.expect("its input is kept"))
    };
    // The line of the panic above.
    let panic = report.candidates.iter().map(|it| it.found.name());
    let panic = panic
        .filter(|name| name.starts_with("panic-"))
        .collect::<Vec<_>>();
    assert_eq!(panic.len(), 1, "{panic:?}");
    let (found, input) = kept(&panic[0]);
    assert!(matches!(found, Found::Panic(panic) if panic.message == "as the text says"));
    assert_eq!(input, "panic", "the shortest input");
    let (found, input) = kept("slow-slow");
    assert!(matches!(found, Found::Slow(stage) if stage.cpu > MAX_CPU));
    assert_eq!(input, "slow");
    let (found, input) = kept("growth-grow");
    assert!(matches!(found, Found::Growth(stage) if stage.growth_bytes > MAX_GROWTH_BYTES));
    assert_eq!(input, "grow");
    let told = Session::report_in(&folder("breaches")).expect("a report can be read");
    assert_eq!(
        told.expect("there is a report").runs,
        7,
        "told after the last run"
    );
}

#[test]
fn what_keeps_the_limits_is_no_breach_and_the_most_that_it_took_is_told() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let session = session_of("records", &["a", "b", "refuse"]);
    let report = session.report();
    assert!(report.candidates.is_empty());
    assert!(report.slowest.is_some() && report.cpu() < MAX_CPU);
    assert!(report.growth_bytes() < MAX_GROWTH_BYTES);
}

#[test]
fn the_input_before_the_end_of_a_process_is_found() {
    let folder = folder("current");
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let current = Current::create(&folder).expect("a file can be made");
    assert_eq!(Current::read(&folder).expect("it can be read"), None);
    for input in ["a longer one", "short", ""] {
        current.note(input.as_bytes()).expect("it can be noted");
        let read = Current::read(&folder).expect("it can be read");
        assert_eq!(read.as_deref(), Some(input.as_bytes()));
    }
}

#[test]
fn breaches_are_named_by_what_is_broken_and_not_by_the_input() {
    let panic = |place: &str, message: &str| {
        Found::Panic(fuzz::Panic {
            place: place.to_owned(),
            message: message.to_owned(),
        })
    };
    let names = [
        panic("app/flow/src/import/place.rs:42", "index 7"),
        panic(
            "tests/fuzz/src/targets/import.rs:9",
            "It is not as “a b” was: 5 bytes",
        ),
        Found::Death("signal 6".to_owned()),
        Found::Hang(20),
    ]
    .map(|found| found.name());
    assert_eq!(
        names,
        [
            "panic-import-place-rs-42",
            "law-it-is-not-as-was-bytes",
            "death-signal-6",
            "hang"
        ]
    );
}
