//! The bucket that all calls of a connection share: a pace that queues, and
//! the pause that Genesys Cloud asks for.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::Clock as GovernorClock;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

use crate::clock::Clock;
use crate::limits::Limits;

pub(crate) struct Bucket {
    clock: Arc<dyn Clock>,
    pace: Pace,
    paused_until: Mutex<Option<Instant>>,
}

/// So many a minute and no more; who comes too early waits.
pub(crate) struct Pace {
    clock: Arc<dyn Clock>,
    limiter: RateLimiter<NotKeyed, InMemoryState, PaceClock, NoOpMiddleware<Instant>>,
}

/// The next call may not leave before the wait is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wait(pub(crate) Duration);

/// Our clock in the limiter's terms.
#[derive(Clone)]
struct PaceClock(Arc<dyn Clock>);

impl GovernorClock for PaceClock {
    type Instant = Instant;

    fn now(&self) -> Instant {
        self.0.now()
    }
}

impl Pace {
    pub(crate) fn new(clock: Arc<dyn Clock>, per_minute: u32, burst: u32) -> Self {
        let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_minute(per_minute).allow_burst(burst);
        Self {
            limiter: RateLimiter::direct_with_clock(quota, PaceClock(Arc::clone(&clock))),
            clock,
        }
    }

    /// Takes a place, or says how long until there is one.
    pub(crate) fn take_place(&self) -> Result<(), Wait> {
        self.limiter
            .check()
            .map_err(|early| Wait(early.wait_time_from(self.clock.now())))
    }

    /// Waits for a place.
    pub(crate) async fn place(&self) {
        while let Err(Wait(wait)) = self.take_place() {
            self.clock.sleep(wait).await;
        }
    }
}

impl Bucket {
    pub(crate) fn new(clock: Arc<dyn Clock>, limits: &Limits) -> Self {
        Self {
            pace: Pace::new(Arc::clone(&clock), limits.calls_per_minute, limits.burst),
            clock,
            paused_until: Mutex::new(None),
        }
    }

    /// Nobody calls for `pause` from now on. A pause is only ever prolonged.
    pub(crate) fn pause(&self, pause: Duration) {
        let until = self.clock.now() + pause;
        let mut paused = self.paused();
        *paused = Some(paused.map_or(until, |earlier| earlier.max(until)));
    }

    /// How long the pause still lasts.
    pub(crate) fn pause_left(&self) -> Option<Duration> {
        let until = (*self.paused())?;
        let left = until.checked_duration_since(self.clock.now())?;
        (!left.is_zero()).then_some(left)
    }

    /// Takes a place in the pace, or says how long until there is one. To be
    /// asked only while no pause lasts.
    pub(crate) fn take_place(&self) -> Result<(), Wait> {
        self.pace.take_place()
    }

    fn paused(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.paused_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bucket")
            .field("pause_left", &self.pause_left())
            .finish_non_exhaustive()
    }
}
