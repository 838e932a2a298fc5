//! The classes of faults that a Genesys Cloud which answers, or holds the line,
//! can have; each at another thing that people do.

use std::time::Duration;

use super::rules::{ATTEMPT, BACK_OFF, Bounds, HEAD, NO_TIME_GIVEN, SIGN_IN_PAUSE, Span};
use crate::fault_matrix::{
    cell::Over,
    faults::{Trouble, asked_to_wait_until, quick, slow},
};

/// One class.
#[derive(Clone, Debug)]
pub(super) struct Class {
    pub(super) trouble: Trouble,
    /// The way by which it is met.
    pub(super) way: &'static str,
    pub(super) bounds: Bounds,
    /// When the same succeeds.
    pub(super) over: Over,
}

/// Nothing is held back.
const NOW: Over = Over::After(Duration::ZERO);
/// A date that is to come still when the cell begins.
const IN_SECONDS: u64 = 15;
const SECOND: Duration = Duration::from_secs(1);

/// All of them.
pub(super) fn classes() -> Vec<Class> {
    [
        credentials(),
        refusals(),
        pauses(),
        server_errors(),
        silence(),
        broken(),
    ]
    .concat()
}

/// The fault of this name, as the tables of all ways have it.
fn fault(name: &str) -> Trouble {
    let mut all = [quick(), slow()].concat();
    let place = all.iter().position(|trouble| trouble.name == name);
    all.swap_remove(place.expect(name))
}

fn class(trouble: Trouble, way: &'static str, bounds: Bounds, over: Over) -> Class {
    Class {
        trouble,
        way,
        bounds,
        over,
    }
}

/// One that is answered at once, and not asked again.
fn told(name: &str, way: &'static str) -> Class {
    class(fault(name), way, Bounds::at_once(), NOW)
}

/// One whose calls are answered at once, with these waits between them.
fn asked_again(name: &str, way: &'static str, waits: &[Span], over: Over) -> Class {
    class(fault(name), way, Bounds::calls(Duration::ZERO, waits), over)
}

/// 401, the token endpoint, 403.
fn credentials() -> Vec<Class> {
    let at_once = [Span::exactly(Duration::ZERO)];
    let sign_in = |name, way, each| {
        let bounds = Bounds::sign_ins(each);
        class(fault(name), way, bounds, Over::After(SIGN_IN_PAUSE))
    };
    vec![
        asked_again("401, once", "publish a lookup flow: create", &at_once, NOW),
        asked_again("401, always", "open a flow by its id", &at_once, NOW),
        sign_in(
            "sign-in: 503",
            "publish a call flow: create",
            Duration::ZERO,
        ),
        sign_in("sign-in: no answer", "check a contact", HEAD),
        told("403, named", "change a contact"),
    ]
}

/// Genesys Cloud says no.
fn refusals() -> Vec<Class> {
    vec![
        told("400", "publish a module: fill it"),
        told("404", "compare a data action"),
        told("409, another version", "upload a data action again: update"),
        told("409, there already", "upload a data action: create"),
        told("409, locked", "publish a shared flow again: update"),
    ]
}

/// 429, and 503 that says when.
fn pauses() -> Vec<Class> {
    let second = Span::exactly(SECOND);
    let no_time = Span::exactly(NO_TIME_GIVEN);
    let (until_millis, until) = asked_to_wait_until(IN_SECONDS);
    let until = Class {
        bounds: Bounds {
            not_before_millis: until_millis,
            ends: Span {
                least: Duration::ZERO,
                most: Duration::from_secs(IN_SECONDS),
            },
            ..Bounds::calls(Duration::ZERO, &[Span::exactly(Duration::ZERO)])
        },
        ..class(until, "list flows", Bounds::at_once(), NOW)
    };
    vec![
        asked_again(
            "429, seconds, once",
            "publish a lookup flow: make live",
            &[second],
            NOW,
        ),
        until,
        asked_again(
            "429, a date that is over, once",
            "list modules",
            &[Span::exactly(Duration::ZERO)],
            NOW,
        ),
        asked_again(
            "429, without a time, once",
            "start an interaction",
            &[no_time],
            NOW,
        ),
        asked_again(
            "429, an unreadable time, once",
            "open a module by its name",
            &[no_time],
            NOW,
        ),
        asked_again(
            "429, without a time, always",
            "repoint a reference: update",
            &[no_time; 2],
            NOW,
        ),
        class(
            fault("429, 31 s"),
            "register a contact",
            Bounds::at_once(),
            Over::WaitedOut(Duration::from_secs(31)),
        ),
        class(
            fault("429, a day"),
            "verify references",
            Bounds::at_once(),
            Over::Held,
        ),
        asked_again(
            "503, seconds, always",
            "publish a module: make it empty",
            &[second; 2],
            NOW,
        ),
    ]
}

/// 5xx that do not say what was done: what must not happen twice is not sent
/// again.
fn server_errors() -> Vec<Class> {
    vec![
        told("500, always", "link a flow to another"),
        told("500, once", "publish a shared flow: create"),
        asked_again("502, a page, always", "list data actions", &BACK_OFF, NOW),
        asked_again(
            "503, always",
            "publish a module again: update",
            &BACK_OFF,
            NOW,
        ),
        told("504, once", "register a contact"),
    ]
}

/// Answers that do not come, or not to their end.
fn silence() -> Vec<Class> {
    let waited = |name, way, bounds| class(fault(name), way, bounds, NOW);
    vec![
        waited(
            "no answer",
            "open a data action by its id",
            Bounds::calls(HEAD, &BACK_OFF),
        ),
        waited(
            "no answer",
            "upload a data action: create",
            Bounds::calls(HEAD, &[]),
        ),
        waited(
            "no answer, though done",
            "publish a call flow: create",
            Bounds::calls(HEAD, &[]),
        ),
        waited(
            "a trickle",
            "start an interaction",
            Bounds::calls(ATTEMPT, &[]),
        ),
    ]
}

/// Connections that break, and answers that cannot be read.
fn broken() -> Vec<Class> {
    let [first, _] = BACK_OFF;
    vec![
        asked_again("reset before, once", "take a data action in", &[first], NOW),
        told("reset before, always", "publish a lookup flow: create"),
        asked_again("reset after, once", "link a module: update", &[first], NOW),
        told("reset after, always", "publish a module: make it empty"),
        asked_again("broken off, once", "open a flow by its id", &[first], NOW),
        told("broken JSON", "open a flow by its name"),
        told("compressed", "open a data action by its name"),
        told("too large", "check a connection"),
    ]
}
