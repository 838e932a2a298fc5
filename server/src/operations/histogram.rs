//! How long things took, as counts per class of duration.

use std::time::Duration;

/// Upper bounds of the classes, in milliseconds: three to five per power of
/// ten, so that a quantile is off by less than half of itself.
pub(super) const BOUNDS_MILLIS: [u32; 27] = [
    1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1_000, 1_500, 2_000,
    3_000, 5_000, 7_000, 10_000, 15_000, 20_000, 30_000,
];

/// Counts of durations.
#[derive(Clone, Debug, Default)]
pub(super) struct Histogram {
    /// One for each bound, and one for all that took longer.
    counts: [u64; BOUNDS_MILLIS.len() + 1],
    sum: Duration,
}

impl Histogram {
    pub(super) fn add(&mut self, took: Duration) {
        let class =
            BOUNDS_MILLIS.partition_point(|bound| took > Duration::from_millis(u64::from(*bound)));
        if let Some(count) = self.counts.get_mut(class) {
            *count += 1;
        }
        self.sum += took;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
        self.sum += other.sum;
    }

    pub(super) fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    pub(super) fn sum(&self) -> Duration {
        self.sum
    }

    /// The classes, by upper bound in seconds; the last has none.
    pub(super) fn classes(&self) -> Vec<(f64, u64)> {
        let bounds = BOUNDS_MILLIS
            .iter()
            .map(|millis| f64::from(*millis) / 1_000.0);
        let bounds = bounds.chain(std::iter::once(f64::MAX));
        bounds.zip(self.counts).collect()
    }

    /// The average, in milliseconds.
    pub(super) fn average_millis(&self) -> Option<f64> {
        let count = self.count();
        (count > 0).then(|| self.sum.as_secs_f64() * 1_000.0 / count as f64)
    }

    /// What a share of all took no longer than, in milliseconds; within its
    /// class all are taken to be spread evenly.
    pub(super) fn quantile_millis(&self, share: f64) -> Option<f64> {
        let count = self.count();
        let rank = share * count as f64;
        let mut before = 0_u64;
        let mut lower = 0.0;
        for (class, in_class) in self.counts.iter().enumerate() {
            let upper = BOUNDS_MILLIS.get(class).map(|bound| f64::from(*bound));
            if *in_class > 0 && (before + in_class) as f64 >= rank {
                let within = (rank - before as f64) / *in_class as f64;
                // Of what took longer than all bounds only that is known.
                return Some(upper.map_or(lower, |upper| lower + (upper - lower) * within));
            }
            before += in_class;
            lower = upper.unwrap_or(lower);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_within_the_class_of_what_they_stand_for() {
        let mut histogram = Histogram::default();
        assert_eq!(histogram.quantile_millis(0.5), None);
        assert_eq!(histogram.average_millis(), None);
        for millis in 1..=100 {
            histogram.add(Duration::from_millis(millis));
        }
        assert_eq!(histogram.count(), 100);
        assert_eq!(histogram.average_millis(), Some(50.5));
        assert_eq!(histogram.quantile_millis(0.5), Some(50.0));
        assert_eq!(histogram.quantile_millis(0.95), Some(95.0));
        let mut slow = Histogram::default();
        slow.add(Duration::from_secs(3_600));
        assert_eq!(slow.quantile_millis(0.5), Some(30_000.0));
        histogram.merge(&slow);
        assert_eq!(histogram.count(), 101);
    }
}
