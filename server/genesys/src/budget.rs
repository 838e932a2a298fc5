//! The retry budget: when everything fails, retries stay a small share of the
//! calls instead of multiplying them.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const WINDOW: Duration = Duration::from_secs(10);

/// Counts the calls and retries of the last ten seconds.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    share: f64,
    floor: u32,
    events: Mutex<VecDeque<(Instant, Event)>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    Call,
    Retry,
}

impl RetryBudget {
    pub(crate) fn new(share: f64, floor: u32) -> Self {
        Self {
            share,
            floor,
            events: Mutex::default(),
        }
    }

    /// A call begins, at its first attempt.
    pub(crate) fn call_started(&self, now: Instant) {
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        forget_old(&mut events, now);
        events.push_back((now, Event::Call));
    }

    /// Takes one retry from the budget, if there is one.
    pub(crate) fn take_retry(&self, now: Instant) -> bool {
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        forget_old(&mut events, now);
        let retries = count(&events, Event::Retry);
        let earned = f64::from(count(&events, Event::Call)) * self.share;
        let allowed = retries < self.floor || f64::from(retries) < earned;
        if allowed {
            events.push_back((now, Event::Retry));
        }
        allowed
    }
}

fn forget_old(events: &mut VecDeque<(Instant, Event)>, now: Instant) {
    while events
        .front()
        .is_some_and(|(at, _)| now.saturating_duration_since(*at) >= WINDOW)
    {
        events.pop_front();
    }
}

fn count(events: &VecDeque<(Instant, Event)>, wanted: Event) -> u32 {
    let matching = events.iter().filter(|(_, event)| *event == wanted).count();
    u32::try_from(matching).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retries_after(calls: u32) -> u32 {
        let budget = RetryBudget::new(0.2, 10);
        let now = Instant::now();
        for _ in 0..calls {
            budget.call_started(now);
        }
        (0..calls + 100).filter(|_| budget.take_retry(now)).count() as u32
    }

    #[test]
    fn a_fifth_of_the_calls_may_be_retried_and_ten_always() {
        for (calls, retries) in [(0, 10), (10, 10), (50, 10), (100, 20), (1000, 200)] {
            assert_eq!(retries_after(calls), retries, "{calls} calls");
        }
    }

    #[test]
    fn the_budget_refills_after_ten_seconds() {
        let budget = RetryBudget::new(0.2, 1);
        let now = Instant::now();
        assert!(budget.take_retry(now));
        assert!(!budget.take_retry(now + Duration::from_secs(9)));
        assert!(budget.take_retry(now + Duration::from_secs(10)));
    }
}
