//! What an engine tells of its work, in a file that is rewritten as it goes on.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

use crate::{Outcome, Panic, Run, Stage};

/// What an engine did so far.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// How many inputs it ran.
    pub runs: u64,
    /// How many of them were read, and not refused.
    pub read: u64,
    /// How many of them ended in a panic.
    pub panics: u64,
    /// The slowest stage, under instrumentation.
    pub slowest: Option<Record>,
    /// The stage that took the most memory.
    pub greatest: Option<Record>,
    /// What may be a breach, one of each sort.
    pub candidates: Vec<Candidate>,
}

/// The most that a stage took.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// The stage.
    pub stage: Stage,
    /// The name of the file with its input, in the engine's folder.
    pub file: String,
}

/// An input that may be a breach.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Candidate {
    /// What it did.
    pub found: Found,
    /// The name of the file with it, in the engine's folder.
    pub file: String,
    /// How many bytes it has.
    pub bytes: usize,
}

/// A breach of what is promised of every input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Found {
    /// A panic.
    Panic(Panic),
    /// A stage that took too much processor time.
    Slow(Stage),
    /// A stage that took too much memory.
    Growth(Stage),
    /// It came to no end, and was ended after some seconds.
    Hang(u32),
    /// The process ended: its stack overflowed, or memory was at an end.
    Death(String),
}

impl Report {
    /// Counts a run.
    pub fn count(&mut self, run: &Run) {
        self.runs += 1;
        match run.outcome {
            Ok(Outcome::Read) => self.read += 1,
            Ok(Outcome::Refused) => {}
            Err(_) => self.panics += 1,
        }
    }

    /// Adds what another engine reported of the same target.
    pub fn add(&mut self, other: Self) {
        self.runs += other.runs;
        self.read += other.read;
        self.panics += other.panics;
        let cpu = |record: &Option<Record>| record.as_ref().map(|record| record.stage.cpu);
        if cpu(&other.slowest) > cpu(&self.slowest) {
            self.slowest = other.slowest;
        }
        let growth = |record: &Option<Record>| record.as_ref().map(|r| r.stage.growth_bytes);
        if growth(&other.greatest) > growth(&self.greatest) {
            self.greatest = other.greatest;
        }
        self.candidates.extend(other.candidates);
    }

    /// The processor time of the slowest stage.
    pub fn cpu(&self) -> Duration {
        let slowest = self.slowest.as_ref();
        slowest.map_or(Duration::ZERO, |record| record.stage.cpu)
    }

    /// The memory of the greatest stage.
    pub fn growth_bytes(&self) -> usize {
        let greatest = self.greatest.as_ref();
        greatest.map_or(0, |record| record.stage.growth_bytes)
    }
}

impl Found {
    /// What a run did that it must not.
    pub fn all_in(run: &Run) -> Vec<Self> {
        let mut found = Vec::new();
        if let Err(panic) = &run.outcome {
            found.push(Self::Panic(panic.clone()));
        }
        for stage in &run.stages {
            if stage.cpu > crate::MAX_CPU {
                found.push(Self::Slow(stage.clone()));
            }
            if stage.growth_bytes > crate::MAX_GROWTH_BYTES {
                found.push(Self::Growth(stage.clone()));
            }
        }
        found
    }

    /// What two inputs with the same breach have in common, as a file may be
    /// named: `panic-import-place-rs-42`, `slow-check`.
    pub fn name(&self) -> String {
        match self {
            // A law says itself what is broken, wherever it is written.
            Self::Panic(panic) if panic.place.contains(LAWS) => {
                named("law", &sentence(&panic.message))
            }
            Self::Panic(panic) => named("panic", source_name(&panic.place)),
            Self::Slow(stage) => named("slow", &stage.name),
            Self::Growth(stage) => named("growth", &stage.name),
            Self::Hang(_) => "hang".to_owned(),
            Self::Death(how) => named("death", how),
        }
    }

    /// Whether it is worse than another one of the same name, or as bad and
    /// easier to look into.
    pub fn is_worse(&self, bytes: usize, other: &Candidate) -> bool {
        match (self, &other.found) {
            (Self::Slow(this), Self::Slow(other)) => this.cpu > other.cpu,
            (Self::Growth(this), Self::Growth(other)) => this.growth_bytes > other.growth_bytes,
            _ => bytes < other.bytes,
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Panic(panic) => write!(f, "panics at {}: {}", panic.place, panic.message),
            Self::Slow(stage) => {
                let millis = stage.cpu.as_secs_f64() * 1_000.0;
                write!(f, "takes {millis:.1} ms to {}", stage.name)
            }
            Self::Growth(stage) => {
                let mebibytes = stage.growth_bytes / (1024 * 1024);
                write!(f, "takes {mebibytes} MiB to {}", stage.name)
            }
            Self::Hang(seconds) => write!(f, "has no end within {seconds} s"),
            Self::Death(how) => write!(f, "ends the process: {how}"),
        }
    }
}

/// The folder of the targets, which panic where a law is broken.
const LAWS: &str = "fuzz/src/targets/";
/// How many words of a law are enough to tell it from others.
const WORDS: usize = 12;

/// A source without the folders in which every source is.
fn source_name(place: &str) -> &str {
    place.rsplit_once("src/").map_or(place, |(_, name)| name)
}

/// What a message says of every input: without what it cites, and numbers.
fn sentence(message: &str) -> String {
    let mut is_cited = false;
    let own = message.chars().map(|c| {
        is_cited = (is_cited || c == '“') && c != '”';
        let is_own = c.is_ascii_alphabetic() && !is_cited;
        if is_own { c.to_ascii_lowercase() } else { ' ' }
    });
    let own: String = own.collect();
    let words: Vec<&str> = own.split_whitespace().take(WORDS).collect();
    words.join("-")
}

/// A sort and a place as a file may be named.
fn named(sort: &str, place: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let place: String = place.chars().map(plain).collect();
    format!("{sort}-{}", place.trim_matches('-'))
}
