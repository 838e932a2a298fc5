//! Fuzzing of the domain: what is fuzzed, how inputs are changed, what a run
//! costs, and what counts as a breach.
//!
//! `make fuzz` builds the binary `engine`, in which libFuzzer looks for inputs
//! that reach new code, and runs it from the binary `fuzz`, which judges what
//! was found in a build without instrumentation. The inputs in `corpus/` and
//! `regressions/` are replayed by an ordinary test, too.

mod current;
mod folders;
mod measure;
mod mutate;
mod panics;
mod report;
mod session;
mod target;
mod targets;

pub use current::Current;
pub use folders::{corpus, inputs, regressions};
pub use measure::{MAX_CPU, MAX_GROWTH_BYTES, MAX_INPUT_BYTES, Meter, Stage};
pub use mutate::{Grammar, Mutator, Vocabulary};
pub use panics::{Panic, keep_panics};
pub use report::{Candidate, Found, Record, Report};
pub use session::Session;
pub use target::{BROWSER_STACK_BYTES, Outcome, Run, SERVER_STACK_BYTES, Target};
pub use targets::TARGETS;
