//! What is fuzzed, and one run of it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Meter, Mutator, Panic, Stage, panics::caught};

/// Something that takes input from outside.
pub struct Target {
    /// Its name, which is that of its folders of inputs, too.
    pub name: &'static str,
    /// What the files of its inputs end with.
    pub extension: &'static str,
    /// The stack that there is where it runs.
    pub stack_bytes: u64,
    /// Gives it an input, and panics where a law is broken.
    pub run: fn(&str, &mut Meter) -> Outcome,
    /// How its inputs are changed.
    pub mutator: Mutator,
}

/// The stack that a browser gives to WebAssembly.
pub const BROWSER_STACK_BYTES: u64 = 1024 * 1024;
/// The stack of the threads of the server.
pub const SERVER_STACK_BYTES: u64 = 2 * 1024 * 1024;

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It was read.
    Read,
    /// It was refused, with an error.
    Refused,
}

/// What a run ended with and what it took.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Run {
    /// How it ended.
    pub outcome: Result<Outcome, Panic>,
    /// Its stages up to there.
    pub stages: Vec<Stage>,
}

impl Target {
    /// The target of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        crate::TARGETS.iter().find(|target| target.name == name)
    }

    /// One run. Bytes that are no text are refused before they come to what is
    /// fuzzed, which takes texts.
    pub fn measure(&self, input: &[u8]) -> Run {
        let mut meter = Meter::default();
        let outcome = match std::str::from_utf8(input) {
            Ok(text) => caught(|| (self.run)(text, &mut meter)),
            Err(_) => Ok(Outcome::Refused),
        };
        Run {
            outcome,
            stages: meter.into_stages(),
        }
    }

    /// The same run twice more, each stage with the least that it took: what
    /// happens beside it adds to a measurement, and nothing takes from it.
    pub fn measure_again(&self, input: &[u8], first: Run) -> Run {
        let mut least = first;
        for _ in 0..2 {
            let again = self.measure(input);
            for (stage, other) in least.stages.iter_mut().zip(again.stages) {
                stage.cpu = stage.cpu.min(other.cpu);
                stage.growth_bytes = stage.growth_bytes.min(other.growth_bytes);
            }
        }
        least
    }
}

impl Run {
    /// The stage that took the most processor time.
    pub fn slowest(&self) -> Option<&Stage> {
        self.stages.iter().max_by_key(|stage| stage.cpu)
    }

    /// The stage that took the most memory.
    pub fn greatest(&self) -> Option<&Stage> {
        self.stages.iter().max_by_key(|stage| stage.growth_bytes)
    }

    /// The processor time of the slowest stage.
    pub fn cpu(&self) -> Duration {
        self.slowest().map_or(Duration::ZERO, |stage| stage.cpu)
    }

    /// The memory of the greatest stage.
    pub fn growth_bytes(&self) -> usize {
        self.greatest().map_or(0, |stage| stage.growth_bytes)
    }
}

/// Ends a run because a law does not hold of its input.
#[expect(clippy::panic, reason = "a panic is how a run tells of a breach")]
#[track_caller]
pub(crate) fn broken(law: &str) -> ! {
    panic!("{law}")
}
