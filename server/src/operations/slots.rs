//! The last minutes in steps of equal length.

use std::collections::VecDeque;

use super::histogram::Histogram;

/// The length of a step.
pub(super) const STEP_SECONDS: u32 = 2;
/// Ten minutes.
pub(super) const STEPS_KEPT: u32 = 300;

/// What happened in one step.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    pub(super) step: u64,
    pub(super) succeeded: u32,
    pub(super) failed: u32,
    pub(super) retried: u32,
    pub(super) latencies: Histogram,
    /// What the rate limit left, as the last answer told it.
    pub(super) headroom: Option<u32>,
    /// The most calls that waited.
    pub(super) queued: u32,
}

impl Slot {
    /// Takes in what happened in the same step on another connection.
    pub(super) fn merge(&mut self, other: &Self) {
        self.succeeded += other.succeeded;
        self.failed += other.failed;
        self.retried += other.retried;
        self.latencies.merge(&other.latencies);
        self.headroom = match (self.headroom, other.headroom) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        self.queued += other.queued;
    }
}

/// The last steps in which something happened, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Slots(VecDeque<Slot>);

impl Slots {
    /// The slot of a step. A clock that was set back goes on in the last one.
    pub(super) fn at(&mut self, step: u64) -> &mut Slot {
        let is_new = self.0.back().is_none_or(|last| last.step < step);
        if is_new {
            let oldest = (step + 1).saturating_sub(u64::from(STEPS_KEPT));
            while self.0.front().is_some_and(|first| first.step < oldest) {
                self.0.pop_front();
            }
            self.0.push_back(Slot {
                step,
                ..Slot::default()
            });
        }
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// Those from a step on.
    pub(super) fn since(&self, step: u64) -> impl Iterator<Item = &Slot> {
        self.0.iter().filter(move |slot| slot.step >= step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_minutes_are_kept_however_long_and_however_the_clock_runs() {
        let mut slots = Slots::default();
        for step in (0..10_000).chain([3, 9_999]) {
            slots.at(step).succeeded += 1;
        }
        let kept: Vec<_> = slots.since(0).map(|slot| slot.step).collect();
        assert_eq!(kept, (9_700..10_000).collect::<Vec<_>>());
        assert_eq!(
            slots.since(9_999).map(|slot| slot.succeeded).sum::<u32>(),
            3
        );
    }
}
