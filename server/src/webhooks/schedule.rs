//! When a delivery that failed is attempted again: soon at first, then ever
//! more rarely, for five days in all.

use std::time::Duration;

const SECONDS: u64 = 1;
const MINUTES: u64 = 60 * SECONDS;
const HOURS: u64 = 60 * MINUTES;

/// The pauses after the first attempt, the second and so on. Jitter only adds
/// to them, so that the last attempt is five days after the first or later.
const PAUSES: [Duration; 11] = [
    Duration::from_secs(5 * SECONDS),
    Duration::from_secs(5 * MINUTES),
    Duration::from_secs(30 * MINUTES),
    Duration::from_secs(2 * HOURS),
    Duration::from_secs(5 * HOURS),
    Duration::from_secs(10 * HOURS),
    Duration::from_secs(14 * HOURS),
    Duration::from_secs(20 * HOURS),
    Duration::from_secs(24 * HOURS),
    Duration::from_secs(24 * HOURS),
    Duration::from_secs(21 * HOURS),
];

/// A receiver that took nothing for so long is disabled.
pub(super) const PATIENCE: Duration = Duration::from_secs(5 * 24 * HOURS);

/// A receiver that asks for a pause is left alone for so long at most: one wrong
/// answer does not silence it for days.
pub(super) const LONGEST_PAUSE: Duration = Duration::from_secs(HOURS);

/// By how much of itself a pause is lengthened at most, so that what failed
/// together is not sent together.
const MOST_JITTER: f64 = 0.1;

/// The pause after so many attempts; `None` when there were enough. `jitter` is
/// from -1 to 1.
pub(super) fn pause(attempts: u32, jitter: f64) -> Option<Duration> {
    let index = usize::try_from(attempts.checked_sub(1)?).ok()?;
    let pause = PAUSES.get(index)?;
    let share = (jitter.clamp(-1.0, 1.0) + 1.0) / 2.0;
    Some(pause.mul_f64(1.0 + MOST_JITTER * share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_has_five_days_whatever_the_jitter() {
        for jitter in [-1.0, 0.0, 1.0] {
            let pauses: Vec<_> = (1..)
                .map_while(|attempts| pause(attempts, jitter))
                .collect();
            assert_eq!(pauses.len(), 11);
            let whole: Duration = pauses.iter().sum();
            assert!(whole >= PATIENCE, "{jitter}: {whole:?}");
            assert!(whole <= PATIENCE.mul_f64(1.12), "{jitter}: {whole:?}");
        }
        assert_eq!(pause(1, -1.0), Some(Duration::from_secs(5)));
        assert_eq!(pause(2, 1.0), Some(Duration::from_secs(330)));
        assert_eq!(pause(0, 0.0), None);
    }
}
