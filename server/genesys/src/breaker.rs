//! The circuit breaker: after failures in a row, calls fail at once instead of
//! each waiting out its own deadline; one probe at a time finds out whether
//! Genesys Cloud is back.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::gauges::BreakerState;
use crate::limits::BreakerLimits;

#[derive(Debug)]
pub(crate) struct Breaker {
    limits: BreakerLimits,
    state: Mutex<State>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Closed {
        failures: u32,
    },
    Open {
        until: Instant,
        period: Duration,
    },
    /// One probe is under way; `period` is how long it was open before.
    Probing {
        period: Duration,
    },
}

/// The right to send one attempt. Dropped without a verdict (the caller went
/// away), it changes nothing but frees the probe.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    breaker: &'a Breaker,
    probe: Option<Duration>,
    now: Instant,
}

impl Breaker {
    pub(crate) fn new(limits: BreakerLimits) -> Self {
        Self {
            limits,
            state: Mutex::new(State::Closed { failures: 0 }),
        }
    }

    /// A permit, or how long the breaker stays open yet.
    pub(crate) fn permit(&self, now: Instant) -> Result<Permit<'_>, Duration> {
        let mut state = self.state();
        match *state {
            State::Closed { .. } => Ok(self.handed_out(None, now)),
            State::Open { until, .. } if now < until => Err(until - now),
            State::Open { period, .. } => {
                *state = State::Probing { period };
                Ok(self.handed_out(Some(period), now))
            }
            State::Probing { period } => Err(period),
        }
    }

    /// How it stands.
    pub(crate) fn standing(&self, now: Instant) -> BreakerState {
        match *self.state() {
            State::Closed { .. } => BreakerState::Closed,
            State::Open { until, .. } if now < until => BreakerState::Open,
            State::Open { .. } | State::Probing { .. } => BreakerState::Probing,
        }
    }

    fn handed_out(&self, probe: Option<Duration>, now: Instant) -> Permit<'_> {
        Permit {
            breaker: self,
            probe,
            now,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open_for(&self, period: Duration, now: Instant, jitter: f64) -> State {
        let period = period.min(self.limits.longest);
        // Jitter only lengthens, so that probes never come faster than agreed.
        let lengthened = period.mul_f64(1.0 + jitter.abs() * 0.2);
        State::Open {
            until: now + lengthened,
            period,
        }
    }
}

impl Permit<'_> {
    /// The attempt got a sensible answer.
    pub(crate) fn succeeded(mut self) {
        let mut state = self.breaker.state();
        // An old success says nothing about a breaker that opened since.
        let decides = self.probe.take().is_some() || matches!(*state, State::Closed { .. });
        if decides {
            *state = State::Closed { failures: 0 };
        }
    }

    /// The attempt failed in a way that speaks against Genesys Cloud's health.
    pub(crate) fn failed(mut self, now: Instant, jitter: f64) {
        let mut state = self.breaker.state();
        if let Some(period) = self.probe.take() {
            *state = self.breaker.open_for(period * 2, now, jitter);
            return;
        }
        if let State::Closed { failures } = *state {
            let failures = failures + 1;
            *state = if failures >= self.breaker.limits.failures {
                let shortest = self.breaker.limits.shortest;
                self.breaker.open_for(shortest, now, jitter)
            } else {
                State::Closed { failures }
            };
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if let Some(period) = self.probe {
            *self.breaker.state() = State::Open {
                until: self.now,
                period,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(now: Instant) -> Breaker {
        let breaker = Breaker::new(crate::Limits::default().breaker);
        for _ in 0..7 {
            breaker.permit(now).expect("closed").failed(now, 0.0);
        }
        breaker
    }

    fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    #[test]
    fn seven_failures_in_a_row_open_it_and_a_success_starts_the_count_again() {
        let now = Instant::now();
        let breaker = Breaker::new(crate::Limits::default().breaker);
        for _ in 0..6 {
            breaker.permit(now).expect("closed").failed(now, 0.0);
        }
        breaker.permit(now).expect("closed").succeeded();
        for _ in 0..6 {
            breaker.permit(now).expect("closed").failed(now, 0.0);
        }
        assert!(breaker.permit(now).is_ok());
        assert_eq!(opened(now).permit(now).err(), Some(seconds(1)));
    }

    #[test]
    fn an_open_breaker_lets_one_probe_through_and_waits_twice_as_long_each_time() {
        let mut now = Instant::now();
        let breaker = opened(now);
        for period in [1, 2, 4, 8, 16, 32, 60, 60] {
            assert!(breaker.permit(now).is_err(), "open for {period} s");
            now += seconds(period);
            let probe = breaker.permit(now).expect("a probe");
            assert!(breaker.permit(now).is_err(), "a second probe");
            probe.failed(now, 0.0);
        }
        now += seconds(60);
        breaker.permit(now).expect("a probe").succeeded();
        assert!(breaker.permit(now).is_ok());
    }

    #[test]
    fn a_probe_that_was_abandoned_frees_its_place() {
        let now = Instant::now();
        let breaker = opened(now);
        let later = now + seconds(1);
        drop(breaker.permit(later).expect("a probe"));
        assert!(breaker.permit(later).is_ok());
    }

    #[test]
    fn a_success_from_before_it_opened_does_not_close_it() {
        let now = Instant::now();
        let breaker = Breaker::new(crate::Limits::default().breaker);
        let early = breaker.permit(now).expect("closed");
        for _ in 0..7 {
            breaker.permit(now).expect("closed").failed(now, 0.0);
        }
        early.succeeded();
        assert!(breaker.permit(now).is_err());
    }
}
