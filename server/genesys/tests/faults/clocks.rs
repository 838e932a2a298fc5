//! A clock that a test moves by hand.

use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};

use genesys::{Clock, Pause};
use tokio::sync::watch;

/// Stands still until it is advanced; jitter is nought.
pub(crate) struct ManualClock {
    origin: Instant,
    wall_origin: SystemTime,
    passed: watch::Sender<Duration>,
    slept: Mutex<Vec<Duration>>,
}

impl ManualClock {
    pub(crate) fn new() -> Self {
        Self {
            origin: Instant::now(),
            wall_origin: SystemTime::now(),
            passed: watch::Sender::new(Duration::ZERO),
            slept: Mutex::default(),
        }
    }

    pub(crate) fn advance(&self, seconds: u64) {
        let by = Duration::from_secs(seconds);
        self.passed.send_modify(|passed| *passed += by);
    }

    /// Whether somebody began to sleep for exactly this long.
    pub(crate) fn was_asked_to_sleep(&self, seconds: u64) -> bool {
        let slept = self.slept.lock().expect("unpoisoned");
        slept.contains(&Duration::from_secs(seconds))
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Instant {
        self.origin + *self.passed.borrow()
    }

    fn wall(&self) -> SystemTime {
        self.wall_origin + *self.passed.borrow()
    }

    fn sleep(&self, duration: Duration) -> Pause {
        self.slept.lock().expect("unpoisoned").push(duration);
        let until = *self.passed.borrow() + duration;
        let mut passed = self.passed.subscribe();
        Box::pin(async move {
            let _ = passed.wait_for(|passed| *passed >= until).await;
        })
    }

    fn jitter(&self) -> f64 {
        0.0
    }
}
