//! How long the attempt took whose answer counts: the waits before it are not
//! part of it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crate::observer::{Attempt, Observer};

/// Passes on what happens during a call and keeps how long its last attempt
/// took.
pub(crate) struct Stopwatch {
    inner: Arc<dyn Observer>,
    last: Mutex<Duration>,
}

impl Stopwatch {
    pub(crate) fn before(inner: Arc<dyn Observer>) -> Arc<Self> {
        Arc::new(Self {
            inner,
            last: Mutex::default(),
        })
    }

    /// How long the last attempt took; zero before the first.
    pub(crate) fn last(&self) -> Duration {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for Stopwatch {
    fn attempted(&self, attempt: &Attempt) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = attempt.duration;
        self.inner.attempted(attempt);
    }

    fn waiting(&self, until: SystemTime) {
        self.inner.waiting(until);
    }
}
