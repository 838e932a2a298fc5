//! What can go wrong with a call to Genesys Cloud (the fault catalogue), and
//! what each comes to for a call that reads, one that changes a version that it
//! names, and one that must not happen twice.

use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use sandbox::{Fault, FaultKind, Route, Times};

/// What sending a call twice would mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// It reads.
    Harmless,
    /// It changes a version that it names.
    Refused,
    /// It makes or changes something a second time.
    Twice,
}

/// What a fault comes to for one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comes {
    /// It is got over without a word.
    Passes,
    /// The call fails with this code, and nothing was done.
    Fails(&'static str),
    /// The answer is lost; whether the work was done is found out by reading.
    Lost { done: bool },
}

/// Where a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strikes {
    /// The call itself.
    Call,
    /// The token that the call needs after all of them have expired.
    Token,
}

/// One thing that goes wrong.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    pub(super) name: &'static str,
    strikes: Strikes,
    times: Times,
    kind: FaultKind,
    comes: [Comes; 3],
}

impl Trouble {
    /// What it comes to for a call.
    pub(super) fn comes(&self, again: Again) -> Comes {
        let [reads, changes, once] = self.comes;
        match again {
            Again::Harmless => reads,
            Again::Refused => changes,
            Again::Twice => once,
        }
    }

    /// What it comes to where the call is the one for the token: that is asked
    /// for once each time, and the standard's codes alone say why not.
    pub(super) fn comes_for_token(&self) -> Comes {
        match (self.strikes, &self.kind) {
            (Strikes::Token, _) => self.comes[0],
            (Strikes::Call, FaultKind::ExpireTokens) => Comes::Passes,
            (Strikes::Call, FaultKind::Status { status: 401, .. }) => {
                Comes::Fails("credentials-refused")
            }
            (Strikes::Call, _) => Comes::Fails("sign-in-unavailable"),
        }
    }

    /// Whether one call meets it, and no more.
    pub(super) fn is_met_once(&self) -> bool {
        self.times == Times::Count(1)
    }

    /// The calls that it meets where it is armed at those of this route.
    pub(super) fn met_at(&self, route: Route) -> Route {
        match self.strikes {
            Strikes::Call => route,
            Strikes::Token => Route::Oauth,
        }
    }

    /// The faults to arm so that it meets the calls of this route.
    pub(super) fn armed_at(&self, route: Route) -> Vec<Fault> {
        let own = |route| Fault {
            route,
            times: self.times,
            kind: self.kind.clone(),
        };
        match self.strikes {
            Strikes::Token if route != Route::Oauth => vec![
                Fault {
                    route,
                    times: Times::Count(1),
                    kind: FaultKind::ExpireTokens,
                },
                own(Route::Oauth),
            ],
            _ => vec![own(route)],
        }
    }

    /// How long the calls of a connection are held back after it, in seconds of
    /// the connection's clock; none where a new one has to be made to get over
    /// it in the time of a test.
    pub(super) fn is_over_after_seconds(&self) -> Option<u64> {
        let FaultKind::Status { headers, .. } = &self.kind else {
            return Some(LONGEST_OPEN_SECONDS);
        };
        match headers.get("Retry-After").map(String::as_str) {
            Some("86400") => None,
            Some(seconds) => Some(seconds.parse().unwrap_or_default())
                .map(|seconds: u64| seconds.max(LONGEST_OPEN_SECONDS)),
            None => Some(LONGEST_OPEN_SECONDS),
        }
    }
}

/// How long the breaker stays open at most.
const LONGEST_OPEN_SECONDS: u64 = 60;
/// More than the 10 MiB that are read.
const TOO_MANY_BYTES: u64 = 10 * 1024 * 1024 + 64 * 1024;

/// Members that answers are read for, each there twice.
const TWICE: &str = r#"{"id":1,"id":2,"version":1,"version":2,"entities":[],"entities":[],
    "state":"new","state":"new","externalContactId":"EXT-1","externalContactId":"EXT-1"}"#;

fn status(status: u16, headers: &[(&str, &str)], body: Option<&str>) -> FaultKind {
    let headers: BTreeMap<_, _> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    FaultKind::Status {
        status,
        headers,
        body: body.map(str::to_owned),
    }
}

fn instead(headers: &[(&str, &str)], body: impl Into<String>) -> FaultKind {
    let headers = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    FaultKind::Instead {
        headers: headers.collect(),
        body: body.into(),
    }
}

const PASSES: [Comes; 3] = [Comes::Passes; 3];
const NOT_DONE: Comes = Comes::Lost { done: false };
const DONE: Comes = Comes::Lost { done: true };

const fn fails(code: &'static str) -> [Comes; 3] {
    [Comes::Fails(code); 3]
}

const fn lost(reads: &'static str, otherwise: Comes) -> [Comes; 3] {
    [Comes::Fails(reads), otherwise, otherwise]
}

/// A fault that every call meets until it is over.
fn always(name: &'static str, kind: FaultKind, comes: [Comes; 3]) -> Trouble {
    Trouble {
        name,
        strikes: Strikes::Call,
        times: Times::Always,
        kind,
        comes,
    }
}

/// A fault that one call meets.
fn once(name: &'static str, kind: FaultKind, comes: [Comes; 3]) -> Trouble {
    Trouble {
        times: Times::Count(1),
        ..always(name, kind, comes)
    }
}

/// The same where the token is asked for.
fn for_token(trouble: Trouble) -> Trouble {
    Trouble {
        strikes: Strikes::Token,
        ..trouble
    }
}

/// Those whose answers come, or whose connections break, at once.
pub(super) fn quick() -> Vec<Trouble> {
    [
        credentials(),
        refusals(),
        pauses(),
        server_errors(),
        broken(),
        unreadable(),
    ]
    .concat()
}

/// 401, the token endpoint, 403.
fn credentials() -> Vec<Trouble> {
    let named = r#"{"status":403,"code":"missing.any.permissions","message":"Unable to perform the requested action. You must have at least one of the following permissions assigned: [flow:all, flow:write]","messageParams":{"permissions":"[flow:all, flow:write]"}}"#;
    vec![
        once("401, once", FaultKind::ExpireTokens, PASSES),
        always(
            "401, always",
            status(401, &[], None),
            fails("credentials-refused"),
        ),
        for_token(always(
            "sign-in: 503",
            status(503, &[], None),
            fails("sign-in-unavailable"),
        )),
        for_token(always(
            "sign-in: 400",
            status(400, &[], None),
            fails("sign-in-unavailable"),
        )),
        for_token(always(
            "sign-in: the client is not known",
            status(400, &[], Some(r#"{"error":"invalid_client"}"#)),
            fails("credentials-refused"),
        )),
        for_token(always(
            "sign-in: a page",
            status(502, &[], Some("<html>bad gateway</html>")),
            fails("sign-in-unavailable"),
        )),
        for_token(always(
            "sign-in: garbage",
            FaultKind::Garbage,
            fails("sign-in-unavailable"),
        )),
        for_token(always(
            "sign-in: reset",
            FaultKind::CloseBefore,
            fails("sign-in-unavailable"),
        )),
        always("403", status(403, &[], None), fails("permission-missing")),
        always(
            "403, named",
            status(403, &[], Some(named)),
            fails("permission-missing"),
        ),
    ]
}

/// 3xx and 4xx: Genesys Cloud says no.
fn refusals() -> Vec<Trouble> {
    let locked = r#"{"status":409,"code":"flow.locked","message":"The flow is locked.","messageParams":{"lockedBy":"Grace"}}"#;
    let json = |code: &str| format!(r#"{{"status":409,"code":"{code}","message":"No."}}"#);
    let conflict = |code: &str| status(409, &[], Some(&json(code)));
    vec![
        always(
            "301",
            status(301, &[("Location", "/elsewhere")], Some("{}")),
            fails("unexpected-answer"),
        ),
        always("400", status(400, &[], None), fails("rejected")),
        always("404", status(404, &[], None), fails("not-found")),
        always("410", status(410, &[], None), fails("not-found")),
        always(
            "409, another version",
            conflict("version.conflict"),
            fails("version-conflict"),
        ),
        always(
            "409, locked",
            status(409, &[], Some(locked)),
            fails("locked"),
        ),
        always(
            "409, there already",
            conflict("already.exists"),
            fails("already-exists"),
        ),
        always("409, something else", conflict("in.use"), fails("conflict")),
        always("413", status(413, &[], None), fails("rejected")),
    ]
}

/// 429, and 503 that says when.
fn pauses() -> Vec<Trouble> {
    let after = |code: u16, value: &str| status(code, &[("Retry-After", value)], None);
    let past = "Sun, 06 Nov 1994 08:49:37 GMT";
    vec![
        once("429, seconds, once", after(429, "1"), PASSES),
        once("429, a date that is over, once", after(429, past), PASSES),
        once("429, without a time, once", status(429, &[], None), PASSES),
        once("429, an unreadable time, once", after(429, "soon"), PASSES),
        always("429, seconds, always", after(429, "1"), fails("throttled")),
        always(
            "429, without a time, always",
            status(429, &[], None),
            fails("throttled"),
        ),
        always("429, 31 s", after(429, "31"), fails("throttled")),
        always("429, 200 s", after(429, "200"), fails("throttled")),
        always("429, a day", after(429, "86400"), fails("throttled")),
        once("503, seconds, once", after(503, "1"), PASSES),
        always(
            "503, seconds, always",
            after(503, "1"),
            fails("unavailable"),
        ),
    ]
}

/// 429 with a date so many seconds from now, once; and that date, in
/// milliseconds since the Unix epoch. A date has whole seconds.
pub(super) fn asked_to_wait_until(in_seconds: u64) -> (u64, Trouble) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.expect("after the epoch").as_secs() + in_seconds;
    let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds));
    let pause = status(429, &[("Retry-After", &date)], None);
    (seconds * 1_000, once("429, a date, once", pause, PASSES))
}

/// 5xx that do not say what was done.
fn server_errors() -> Vec<Trouble> {
    let page = || status(502, &[], Some("<html><h1>Bad gateway</h1></html>"));
    let passing = [Comes::Passes, Comes::Passes, NOT_DONE];
    vec![
        once(
            "500, once",
            status(500, &[], None),
            lost("unavailable", NOT_DONE),
        ),
        always(
            "500, always",
            status(500, &[], None),
            lost("unavailable", NOT_DONE),
        ),
        once("502, a page, once", page(), passing),
        always("502, a page, always", page(), lost("unavailable", NOT_DONE)),
        once("503, once", status(503, &[], None), passing),
        always(
            "503, always",
            status(503, &[], None),
            lost("unavailable", NOT_DONE),
        ),
        once("504, once", status(504, &[], None), passing),
        always(
            "504, always",
            status(504, &[], None),
            lost("unavailable", NOT_DONE),
        ),
    ]
}

/// Connections that break.
fn broken() -> Vec<Trouble> {
    let once_done = [Comes::Passes, DONE, DONE];
    vec![
        once(
            "reset before, once",
            FaultKind::CloseBefore,
            [Comes::Passes, Comes::Passes, NOT_DONE],
        ),
        always(
            "reset before, always",
            FaultKind::CloseBefore,
            lost("unanswered", NOT_DONE),
        ),
        once("reset after, once", FaultKind::CloseAfter, once_done),
        always(
            "reset after, always",
            FaultKind::CloseAfter,
            lost("unanswered", DONE),
        ),
        once("broken off, once", FaultKind::Truncated, once_done),
        always(
            "broken off, always",
            FaultKind::Truncated,
            lost("unanswered", DONE),
        ),
    ]
}

/// Answers that say success and cannot be read.
fn unreadable() -> Vec<Trouble> {
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let unexpected = || lost("unexpected-answer", DONE);
    let too_large = FaultKind::Huge {
        bytes: TOO_MANY_BYTES,
    };
    vec![
        always("broken JSON", FaultKind::Garbage, unexpected()),
        always("no body", instead(&[], ""), unexpected()),
        always("another type", instead(&[], "[]"), unexpected()),
        always(
            "a byte order mark",
            instead(&[], "\u{feff}{}"),
            unexpected(),
        ),
        always("members twice", instead(&[], TWICE), unexpected()),
        always("too deep", instead(&[], deep), unexpected()),
        always(
            "compressed",
            instead(&[("Content-Encoding", "gzip")], "{}"),
            unexpected(),
        ),
        always("too large", too_large, lost("answer-too-large", DONE)),
    ]
}

/// Those that keep a call waiting until a deadline.
pub(super) fn slow() -> Vec<Trouble> {
    vec![
        always(
            "no answer",
            FaultKind::NeverAnswer,
            lost("unanswered", NOT_DONE),
        ),
        always(
            "no answer, though done",
            FaultKind::HoldAfter,
            lost("unanswered", DONE),
        ),
        always(
            "a trickle",
            FaultKind::Trickle { millis: 50 },
            lost("unanswered", DONE),
        ),
        for_token(always(
            "sign-in: no answer",
            FaultKind::NeverAnswer,
            fails("sign-in-unavailable"),
        )),
    ]
}
