//! Panics of what is fuzzed, kept instead of printed: a fuzzer meets the same
//! one thousands of times.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind, set_hook},
    sync::Mutex,
};

use serde::{Deserialize, Serialize};

/// A panic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panic {
    /// The source and its line, as far as it is known: `src/import.rs:42`.
    pub place: String,
    /// What it said.
    pub message: String,
}

/// Where the last panic was. Only the thread that runs a target reads it.
static PLACE: Mutex<String> = Mutex::new(String::new());

/// Keeps the places of panics from now on, and prints none.
pub fn keep_panics() {
    set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |location| {
            format!("{}:{}", location.file(), location.line())
        });
        if let Ok(mut kept) = PLACE.lock() {
            *kept = place;
        }
    }));
}

/// Does something; gives the panic that it ended with.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| Panic {
        place: PLACE
            .lock()
            .map_or_else(|_| String::new(), |mut kept| std::mem::take(&mut *kept)),
        message: message(payload.as_ref()),
    })
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic without a text")
        .to_owned()
}
