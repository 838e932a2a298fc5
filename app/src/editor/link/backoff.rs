//! How long to wait before trying to connect again.

/// The first wait, before jitter.
const FIRST_MILLIS: f64 = 500.0;
/// The longest wait, before jitter.
const LONGEST_MILLIS: f64 = 30_000.0;

/// Milliseconds to wait after so many failures in a row: doubling from half a
/// second to half a minute. `chance` in 0..1 spreads browsers that lost their
/// server at the same moment over the second half of the wait.
pub(super) fn wait_millis(failures: u32, chance: f64) -> u64 {
    let doubled = FIRST_MILLIS * 2f64.powi(failures.min(16) as i32);
    let wait = doubled.min(LONGEST_MILLIS);
    (wait * (0.5 + 0.5 * chance)) as u64
}

#[cfg(test)]
mod tests {
    use super::wait_millis;

    #[test]
    fn waits_grow_from_half_a_second_to_half_a_minute() {
        assert_eq!(wait_millis(0, 1.0), 500);
        assert_eq!(wait_millis(1, 1.0), 1_000);
        assert_eq!(wait_millis(40, 1.0), 30_000);
        assert_eq!(wait_millis(40, 0.0), 15_000);
    }
}
