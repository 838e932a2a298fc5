//! The program in which libFuzzer works: it chooses and changes inputs by the
//! code that they reach. All else is in the library.
#![no_main]

use std::{
    io::{Write, stderr},
    process,
    sync::{Mutex, OnceLock, PoisonError},
};

use fuzz::{Session, keep_panics};
use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target, fuzzer_mutate};

static SESSION: OnceLock<Mutex<Session>> = OnceLock::new();

fn begin() {
    let session = Session::from_environment().unwrap_or_else(|error| end(&error));
    keep_panics();
    if SESSION.set(Mutex::new(session)).is_err() {
        end(&"it was begun twice");
    }
}

/// Does something with the session.
fn with<T>(work: impl FnOnce(&mut Session) -> T) -> T {
    let Some(session) = SESSION.get() else {
        end(&"it was not begun");
    };
    work(&mut session.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Ends the process with a reason, for what no input can be blamed for.
fn end(reason: &dyn std::fmt::Display) -> ! {
    let _nobody_reads = writeln!(stderr(), "The engine cannot go on: {reason}");
    process::abort()
}

fuzz_target!(init: begin(), |input: &[u8]| -> Corpus {
    match with(|session| session.run(input)) {
        Ok(true) => Corpus::Keep,
        Ok(false) => Corpus::Reject,
        Err(error) => end(&error),
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    with(|session| session.mutate(data, size, max_size, seed, fuzzer_mutate))
});
