//! Webhooks: receivers outside are told of what happened, each message signed
//! and sent until it is taken or given up.
//!
//! The outbox is in the store, filled in the transaction of what it reports.
//! [`send_all`] empties it: one call at a time per receiver, so that one that
//! hangs delays nobody else. What is queued reaches its receiver at least once,
//! whatever happens to this process; the id is the same each time.

pub(crate) mod deliveries;
pub(crate) mod edit;
mod keys;
pub(crate) mod list;
mod schedule;
mod sender;
mod verdict;

pub(crate) use deliveries::{
    list_deliveries, replay_delivery, replay_failed, show_delivery, test_webhook,
};
pub(crate) use edit::{add_webhook, change_webhook, delete_webhook, rotate_secret, switch_webhook};
pub(crate) use list::list_webhooks;
pub(crate) use sender::send_all;

use std::sync::Arc;

use ::sandbox::{HOOKS_HOST, HOOKS_PATH, Sandbox};
use ::webhooks::{Caller, StandIn, SystemLookup, Unusable};
use genesys::Clock;
use tokio::sync::Notify;

use crate::clock;

/// What calls receivers.
pub(crate) struct Webhooks {
    caller: Caller,
    clock: Arc<dyn Clock>,
    /// The sandbox, which answers for receivers of its host.
    sandbox: Option<Sandbox>,
    queued: Notify,
}

/// Who answers for the receivers of the sandbox's host.
pub(crate) struct Answering {
    /// The sandbox.
    pub(crate) sandbox: Sandbox,
    /// Where it listens, or who listens in its place.
    pub(crate) address: std::net::SocketAddr,
}

impl Webhooks {
    pub(crate) fn new(
        clock: Arc<dyn Clock>,
        answering: Option<Answering>,
    ) -> Result<Self, Unusable> {
        let stand_in = answering.as_ref().map(|answering| StandIn {
            host: HOOKS_HOST.to_owned(),
            address: answering.address,
            path: HOOKS_PATH.to_owned(),
        });
        Ok(Self {
            caller: Caller::new(Arc::new(SystemLookup), stand_in)?,
            clock,
            sandbox: answering.map(|answering| answering.sandbox),
            queued: Notify::new(),
        })
    }

    /// Has what was just queued sent without delay. What nobody calls this for
    /// is found by itself, a little later.
    pub(crate) fn wake(&self) {
        self.queued.notify_one();
    }

    /// Now, by the clock that the schedule goes by.
    fn now_millis(&self) -> i64 {
        clock::millis(self.clock.wall())
    }
}
