//! Time and chance as values, so that tests can run the same policies on a
//! clock of their own.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

/// A pause that ends when the clock says so.
pub type Pause = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Where the client gets time, sleep and jitter from.
pub trait Clock: Send + Sync + 'static {
    /// Monotonic time, for every deadline and pause.
    fn now(&self) -> Instant;
    /// Wall time, for dates in headers and for what users read.
    fn wall(&self) -> SystemTime;
    /// Completes when `duration` has passed on this clock.
    fn sleep(&self, duration: Duration) -> Pause;
    /// A number in -1.0..=1.0, evenly spread, for jitter.
    fn jitter(&self) -> f64;
}

/// Waits for `work`, but no longer than `limit`; `None` when time ran out.
pub(crate) async fn within<T>(
    clock: &dyn Clock,
    limit: Duration,
    work: impl Future<Output = T>,
) -> Option<T> {
    tokio::select! {
        biased;
        done = work => Some(done),
        () = clock.sleep(limit) => None,
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wall(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Pause {
        Box::pin(tokio::time::sleep(duration))
    }

    fn jitter(&self) -> f64 {
        random_jitter()
    }
}

/// A clock that runs `factor` times faster than the machine's. Every policy
/// then keeps its proportions while a test takes a fraction of the time.
#[derive(Debug, Clone, Copy)]
pub struct ScaledClock {
    origin: Instant,
    wall_origin: SystemTime,
    factor: u32,
}

impl ScaledClock {
    /// A clock that starts now and runs `factor` times as fast.
    #[must_use]
    pub fn new(factor: u32) -> Self {
        Self {
            origin: Instant::now(),
            wall_origin: SystemTime::now(),
            factor: factor.max(1),
        }
    }

    fn elapsed(&self) -> Duration {
        self.origin.elapsed().saturating_mul(self.factor)
    }
}

impl Clock for ScaledClock {
    fn now(&self) -> Instant {
        self.origin + self.elapsed()
    }

    fn wall(&self) -> SystemTime {
        self.wall_origin + self.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Pause {
        Box::pin(tokio::time::sleep(duration / self.factor))
    }

    fn jitter(&self) -> f64 {
        random_jitter()
    }
}

/// Jitter needs no secrecy; when the system gives no randomness, none is used.
fn random_jitter() -> f64 {
    let Ok(bits) = getrandom::u32() else {
        return 0.0;
    };
    f64::from(bits) / f64::from(u32::MAX) * 2.0 - 1.0
}
