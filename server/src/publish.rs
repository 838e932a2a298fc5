//! Publishing: the stored flow is checked, written, sent, confirmed and made
//! live, whatever its kind ([`target`]). What others changed upstream meanwhile
//! is brought together with it first, and never overwritten. A publish is a job that outlives the request that asked for it, and
//! whose intent is on the disk before anything is sent.

pub(crate) mod begin;
pub(crate) mod cancel;
pub(crate) mod failure;
mod finish;
mod found;
mod job;
pub(crate) mod journal;
pub(crate) mod list;
pub(crate) mod notes;
mod reconcile;
mod refused;
mod run;
pub(crate) mod steps;
mod target;
pub(crate) mod theirs;
mod translation;
pub(crate) mod unpublished;

pub(crate) use begin::begin_publish;
pub(crate) use cancel::cancel_publish;
pub(crate) use list::{last_of, list_publishes, show_publish};
pub(crate) use reconcile::reconcile_all;
pub(crate) use target::{Stored, Target, Unreached};
pub(crate) use theirs::show_conflicts;
pub(crate) use unpublished::show_unpublished;

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use api::{Failure, Publish, PublishState, Step};
use store::{JobKind, JobRow, Store, StoreError};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::clock;

/// What Genesys Cloud said, in the words of a publish.
pub(crate) fn failure_of(failed: &genesys::Failure) -> Failure {
    failure::of_genesys(failed, None)
}

/// What is known of running publishes beyond what is stored: how a step stands
/// this second.
#[derive(Default)]
pub(crate) struct Publisher {
    live: Mutex<HashMap<String, Vec<Step>>>,
    /// How to call off those that run.
    cancellations: Mutex<HashMap<String, CancellationToken>>,
    /// Wakes those who wait for one to end.
    ended: Notify,
}

impl Publisher {
    /// How the steps of a job stand this second, while it runs.
    pub(crate) fn live(&self, id: &str) -> Option<Vec<Step>> {
        let live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        live.get(id).cloned()
    }

    pub(crate) fn set_live(&self, id: &str, steps: &[Step]) {
        let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        live.insert(id.to_owned(), steps.to_vec());
    }

    pub(crate) fn end_live(&self, id: &str) {
        let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        live.remove(id);
        drop(live);
        self.cancellations().remove(id);
        self.ended.notify_waiters();
    }

    /// Waits until a publish has ended; none when there is no such publish.
    pub(crate) async fn outcome(
        &self,
        store: &dyn Store,
        id: &str,
    ) -> Result<Option<JobRow>, StoreError> {
        loop {
            // Before looking: one that ends meanwhile wakes us.
            let ended = self.ended.notified();
            tokio::pin!(ended);
            ended.as_mut().enable();
            match store.job(JobKind::Publish, id).await? {
                Some(row) if row.state == PublishState::Running => ended.await,
                over => return Ok(over),
            }
        }
    }

    /// What tells a publish that it was called off.
    fn cancellation(&self, id: &str) -> CancellationToken {
        self.cancellations()
            .entry(id.to_owned())
            .or_default()
            .clone()
    }

    /// Calls a publish off; `false` when it does not run here.
    fn cancel(&self, id: &str) -> bool {
        let known = self.cancellations().get(id).cloned();
        known.inspect(CancellationToken::cancel).is_some()
    }

    fn cancellations(&self) -> MutexGuard<'_, HashMap<String, CancellationToken>> {
        self.cancellations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// A publish, as the API shows it.
    fn shown(&self, row: JobRow) -> Publish {
        let steps = self.live(&row.id).unwrap_or(row.steps);
        Publish {
            id: row.id,
            flow: row.subject_id,
            seq: row.revision,
            connection: row.connection_name,
            author: row.author,
            started_at: clock::rfc3339(row.started_at_millis),
            steps,
            state: row.state,
        }
    }
}
