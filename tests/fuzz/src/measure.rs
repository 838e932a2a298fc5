//! What a part of a run costs: processor time of its thread, and memory.

use std::time::Duration;

use peak_alloc::PeakAlloc;
use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};

/// Counts every byte that is live in the process.
#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The largest input that the limits hold for.
pub const MAX_INPUT_BYTES: usize = 64 * 1024;
/// The processor time of one thread that no stage of a run exceeds.
pub const MAX_CPU: Duration = Duration::from_millis(20);
/// How much more memory than before is live at any time of a stage.
pub const MAX_GROWTH_BYTES: usize = 64 * 1024 * 1024;

/// Measures the stages of a run: the calls of what is fuzzed, without what
/// the target does around them.
#[derive(Debug, Default)]
pub struct Meter {
    stages: Vec<Stage>,
}

/// What one stage took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Which one.
    pub name: String,
    /// The processor time of its thread.
    pub cpu: Duration,
    /// The most bytes that were live at once, beyond those before it.
    pub growth_bytes: usize,
}

impl Meter {
    /// Does a part of a run and notes what it took.
    pub fn stage<T>(&mut self, name: &str, work: impl FnOnce() -> T) -> T {
        let live_before = ALLOCATOR.current_usage();
        ALLOCATOR.reset_peak_usage();
        let cpu_before = thread_cpu();
        let result = work();
        let cpu = thread_cpu().saturating_sub(cpu_before);
        let growth_bytes = ALLOCATOR.peak_usage().saturating_sub(live_before);
        self.stages.push(Stage {
            name: name.to_owned(),
            cpu,
            growth_bytes,
        });
        result
    }

    /// What was measured, in order.
    pub fn into_stages(self) -> Vec<Stage> {
        self.stages
    }
}

/// The processor time that this thread has had so far. Other programs on a
/// busy machine do not add to it.
fn thread_cpu() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    // It cannot be negative.
    Duration::try_from(time).unwrap_or_default()
}
