//! What is known of the calls of one connection.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use genesys::{Attempt, Finished, Headroom, Observer};

use super::{
    histogram::Histogram,
    slots::{STEP_SECONDS, Slots},
};
use crate::clock;

/// Failures that are kept of each connection.
const FAILURES_KEPT: usize = 50;
/// Routes are named in the code of the client; this is far more than there are.
const ROUTES_KEPT: usize = 100;
/// The operation that asks for a token.
const TOKEN: &str = "oauth.token";

/// A method with a path template.
pub(super) type RouteName = (&'static str, &'static str);

/// What is known of one route.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    pub(super) succeeded: u64,
    pub(super) failed: u64,
    pub(super) retried: u64,
    pub(super) latencies: Histogram,
    /// How long attempts waited for their turn, together.
    pub(super) waited: Duration,
}

/// What is known of one connection.
pub(super) struct Known {
    pub(super) name: String,
    /// Tells how the connection stands now. It has no observer of its own.
    pub(super) client: genesys::Connection,
    pub(super) routes: BTreeMap<RouteName, Route>,
    pub(super) slots: Slots,
    pub(super) failures: VecDeque<Finished>,
    pub(super) headroom: Option<Headroom>,
    pub(super) token_requests: u64,
}

/// Hears of the calls of one connection.
pub(super) struct Watched(Mutex<Known>);

/// The step in which a moment falls.
pub(super) fn step_of(at: SystemTime) -> u64 {
    let seconds = clock::millis(at).div_euclid(1_000);
    u64::try_from(seconds).unwrap_or_default() / u64::from(STEP_SECONDS)
}

impl Watched {
    pub(super) fn new(name: &str, client: genesys::Connection) -> Self {
        Self(Mutex::new(Known {
            name: name.to_owned(),
            client,
            routes: BTreeMap::new(),
            slots: Slots::default(),
            failures: VecDeque::new(),
            headroom: None,
            token_requests: 0,
        }))
    }

    /// A panic elsewhere leaves counts whole: each change is one step.
    pub(super) fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn route(&mut self, name: RouteName) -> Option<&mut Route> {
        if self.routes.len() >= ROUTES_KEPT && !self.routes.contains_key(&name) {
            return None;
        }
        Some(self.routes.entry(name).or_default())
    }
}

impl Observer for Watched {
    fn attempted(&self, attempt: &Attempt) {
        let mut known = self.known();
        let is_retry = attempt.number > 1;
        if attempt.operation == TOKEN {
            known.token_requests += 1;
        }
        if let Some(route) = known.route((attempt.method, attempt.path_template)) {
            route.latencies.add(attempt.duration);
            route.waited += attempt.waited;
            route.retried += u64::from(is_retry);
        }
        known.headroom = attempt.headroom.or(known.headroom);
        let queued = u32::try_from(known.client.gauges().queued).unwrap_or(u32::MAX);
        let slot = known.slots.at(step_of(attempt.at));
        slot.latencies.add(attempt.duration);
        slot.retried += u32::from(is_retry);
        slot.headroom = attempt.headroom.map(Headroom::left).or(slot.headroom);
        slot.queued = slot.queued.max(queued);
    }

    fn finished(&self, call: &Finished) {
        let mut known = self.known();
        let failed = call.failure.is_some();
        if let Some(route) = known.route((call.method, call.path_template)) {
            route.succeeded += u64::from(!failed);
            route.failed += u64::from(failed);
        }
        let slot = known.slots.at(step_of(call.at));
        slot.succeeded += u32::from(!failed);
        slot.failed += u32::from(failed);
        if failed {
            known.failures.truncate(FAILURES_KEPT - 1);
            known.failures.push_front(call.clone());
        }
    }
}
