//! The numbers that every call keeps.

use std::time::Duration;

/// Deadlines, sizes and retry numbers of a connection.
///
/// The defaults are the product's reliability rules for outward calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Until a TCP and TLS connection stands.
    pub connect: Duration,
    /// Until the answer's head has arrived, connecting included.
    pub headers: Duration,
    /// The longest silence while the body arrives.
    pub idle_body: Duration,
    /// One attempt, from connecting to the last byte.
    pub attempt: Duration,
    /// A whole call with all its attempts and waits.
    pub whole: Duration,
    /// How often a call is sent at most, the one replay with a renewed token
    /// not counted.
    pub attempts: u32,
    /// Waits before the second, third… attempt; the last one repeats.
    pub back_off: Vec<Duration>,
    /// How far a wait strays from its nominal length, as a share of it.
    pub back_off_jitter: f64,
    /// The pause that a 429 without a readable `Retry-After` stands for.
    pub default_pause: Duration,
    /// The longest pause that a call waits out itself.
    pub longest_wait: Duration,
    /// The longest pause after which queueing the call still makes sense.
    pub longest_queue: Duration,
    /// Retries as a share of the calls of the last ten seconds.
    pub retry_share: f64,
    /// Retries in ten seconds that are always allowed.
    pub retry_floor: u32,
    /// The largest body that is read, in bytes.
    pub body_bytes: usize,
    /// API calls per minute; more than that queue.
    pub calls_per_minute: u32,
    /// How many calls may start at once before the pace holds them back.
    pub burst: u32,
    /// Contacts made per minute; an organisation takes about 100 (spec,
    /// "Contacts"). A minute's worth and a burst stay within that.
    pub contacts_per_minute: u32,
    /// How many contacts may be made at once before the pace holds them back.
    pub contact_burst: u32,
    /// How long a failed sign-in is remembered before the next try.
    pub sign_in_pause: Duration,
    /// The circuit breaker.
    pub breaker: BreakerLimits,
}

/// When the circuit breaker opens and how long it stays so.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakerLimits {
    /// Failures in a row that open it.
    pub failures: u32,
    /// The first time it stays open; doubles with every failed probe.
    pub shortest: Duration,
    /// The longest time it stays open.
    pub longest: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            headers: Duration::from_secs(10),
            idle_body: Duration::from_secs(10),
            attempt: Duration::from_secs(30),
            whole: Duration::from_secs(90),
            attempts: 3,
            back_off: vec![Duration::from_secs(2), Duration::from_secs(6)],
            back_off_jitter: 0.2,
            default_pause: Duration::from_secs(3),
            longest_wait: Duration::from_secs(30),
            longest_queue: Duration::from_secs(180),
            retry_share: 0.2,
            retry_floor: 10,
            body_bytes: 10 * 1024 * 1024,
            calls_per_minute: 300,
            burst: 20,
            contacts_per_minute: 95,
            contact_burst: 5,
            sign_in_pause: Duration::from_secs(5),
            breaker: BreakerLimits {
                failures: 7,
                shortest: Duration::from_secs(1),
                longest: Duration::from_secs(60),
            },
        }
    }
}

impl Limits {
    /// The same for a clock that runs `factor` times as fast: what the network
    /// and the other side may take lasts as long as before, while pace, pauses
    /// and back-off go by that clock.
    #[must_use]
    pub fn on_a_clock_times(mut self, factor: u32) -> Self {
        for deadline in [
            &mut self.connect,
            &mut self.headers,
            &mut self.idle_body,
            &mut self.attempt,
            &mut self.whole,
        ] {
            *deadline = deadline.saturating_mul(factor);
        }
        self
    }

    /// The same with another deadline for an answer's head and its silences;
    /// those of an attempt and of a whole call keep their proportion to it.
    #[must_use]
    pub fn answering_within(mut self, answer: Duration) -> Self {
        let (headers, answer) = (self.headers.as_secs_f64(), answer.as_secs_f64());
        for deadline in [
            &mut self.headers,
            &mut self.idle_body,
            &mut self.attempt,
            &mut self.whole,
        ] {
            *deadline = deadline.mul_f64(answer / headers);
        }
        self
    }

    /// The wait before attempt number `next` (2, 3, …), with jitter in
    /// -1.0..=1.0 applied.
    pub(crate) fn back_off_before(&self, next: u32, jitter: f64) -> Duration {
        let step = usize::try_from(next.saturating_sub(2)).unwrap_or(usize::MAX);
        let nominal = self
            .back_off
            .get(step)
            .or_else(|| self.back_off.last())
            .copied()
            .unwrap_or_default();
        nominal.mul_f64((1.0 + jitter * self.back_off_jitter).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_off_is_two_then_six_seconds_give_or_take_a_fifth() {
        let limits = Limits::default();
        for (next, jitter, millis) in [
            (2, 0.0, 2000),
            (2, -1.0, 1600),
            (2, 1.0, 2400),
            (3, 0.0, 6000),
            (3, 1.0, 7200),
            (9, 0.0, 6000),
        ] {
            assert_eq!(
                limits.back_off_before(next, jitter).as_millis(),
                millis,
                "attempt {next}, jitter {jitter}"
            );
        }
    }
}
