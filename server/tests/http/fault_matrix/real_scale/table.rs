//! What was seen, beside what the rules say.

use std::{fmt, time::Duration};

use sandbox::{Arrival, Route};

use super::rules::Bounds;

/// What a busy machine may take for all that is not waiting.
const MARGIN: Duration = Duration::from_secs(25);
/// The record of what arrives goes by whole milliseconds.
const RESOLUTION: Duration = Duration::from_millis(1);

/// One line of it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) class: &'static str,
    /// What was done.
    pub(super) way: &'static str,
    pub(super) bounds: Bounds,
    /// When the calls arrived, in milliseconds since the Unix epoch; none where
    /// there is nobody to see them.
    pub(super) arrived_millis: Option<Vec<u64>>,
    /// Until somebody knew.
    pub(super) took: Duration,
    /// What else has to hold; if it does not, why.
    pub(super) holds: Result<(), String>,
}

/// When the calls of this route arrived.
pub(super) fn arrived_millis(arrivals: &[Arrival], route: Route) -> Vec<u64> {
    let own = arrivals.iter().filter(|arrival| {
        let method = reqwest::Method::from_bytes(arrival.method.as_bytes()).expect("a method");
        Route::of(&method, &arrival.path) == Some(route)
    });
    own.map(|arrival| arrival.at_millis).collect()
}

impl Row {
    fn between(&self) -> Vec<Duration> {
        let arrived = self.arrived_millis.as_deref().unwrap_or_default();
        let pairs = arrived.windows(2);
        pairs
            .map(|pair| Duration::from_millis(pair[1] - pair[0]))
            .collect()
    }

    /// What is wrong. A machine that has much to do makes none of it so.
    pub(super) fn wrong(&self) -> Vec<String> {
        let mut wrong: Vec<String> = self.holds.clone().err().into_iter().collect();
        let bounds = &self.bounds;
        if let Some(arrived) = &self.arrived_millis {
            if arrived.len() != bounds.calls {
                wrong.push(format!("{} calls, not {}", arrived.len(), bounds.calls));
            }
            let last = arrived.last().copied().unwrap_or_default();
            if last < bounds.not_before_millis {
                let early = bounds.not_before_millis - last;
                wrong.push(format!("a call {early} ms before the date"));
            }
        }
        for (seen, least) in self.between().iter().zip(&bounds.between) {
            if *seen + RESOLUTION < *least {
                wrong.push(format!("a call {seen:?} after another, not {least:?}"));
            }
        }
        if self.took + RESOLUTION < bounds.ends.least {
            wrong.push(format!("it ended after {:?}", self.took));
        }
        if self.took > bounds.ends.most + MARGIN {
            wrong.push(format!("it ended no sooner than after {:?}", self.took));
        }
        wrong
    }
}

/// The heads of its columns.
pub(super) fn heads() -> String {
    line(
        "class",
        "what was done",
        "calls",
        "s between (at least)",
        "s taken",
        "by the rules",
    )
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = self.between();
        let least = self.bounds.between.iter();
        let between: Vec<String> = between
            .iter()
            .zip(least)
            .filter(|(_, least)| !least.is_zero())
            .map(|(seen, least)| format!("{} ({})", seconds(*seen), seconds(*least)))
            .collect();
        let ends = self.bounds.ends;
        let rule = if ends.least == ends.most {
            seconds(ends.least)
        } else {
            format!("{}–{}", seconds(ends.least), seconds(ends.most))
        };
        let arrived = self.arrived_millis.as_ref();
        let calls = arrived.map_or("–".to_owned(), |arrived| arrived.len().to_string());
        f.write_str(&line(
            self.class,
            self.way,
            &calls,
            &between.join(", "),
            &seconds(self.took),
            &rule,
        ))
    }
}

fn line(class: &str, way: &str, calls: &str, between: &str, took: &str, rule: &str) -> String {
    format!("{class:40} {way:37} {calls:>5} {between:>26} {took:>8} {rule:>13}")
}

fn seconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64())
}
