//! How a connection stands at this moment.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::connection::Connection;

/// How a connection stands at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gauges {
    /// Calls that wait for their turn.
    pub queued: usize,
    /// How long Genesys Cloud still wants not to be called.
    pub pause_left: Option<Duration>,
    /// Whether calls are let out.
    pub breaker: BreakerState,
}

/// Whether a circuit breaker lets calls out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakerState {
    /// All of them.
    Closed,
    /// None, after failures in a row.
    Open,
    /// One, to find out whether Genesys Cloud is back.
    Probing,
}

/// Counts those who wait.
#[derive(Debug, Default)]
pub(crate) struct Queue(AtomicUsize);

/// A place in the queue, given back when it is dropped: also by a call whose
/// caller went away.
pub(crate) struct Place<'a>(&'a Queue);

impl Queue {
    pub(crate) fn enter(&self) -> Place<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Place(self)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Connection {
    /// How the connection stands at this moment.
    #[must_use]
    pub fn gauges(&self) -> Gauges {
        let shared = &self.shared;
        Gauges {
            queued: shared.queue.0.load(Ordering::Relaxed),
            pause_left: shared.bucket.pause_left(),
            breaker: shared.breaker.standing(shared.clock.now()),
        }
    }
}
