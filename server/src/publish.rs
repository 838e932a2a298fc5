//! Publishing: the stored flow is checked, written, sent, read back and made
//! live. A publish is a job that outlives the request that asked for it, and
//! whose intent is on the disk before anything is sent.

pub(crate) mod begin;
pub(crate) mod failure;
mod found;
mod job;
pub(crate) mod journal;
pub(crate) mod list;
pub(crate) mod notes;
mod reconcile;
pub(crate) mod refused;
pub(crate) mod steps;

pub(crate) use begin::begin_publish;
pub(crate) use list::{list_publishes, show_publish};
pub(crate) use reconcile::reconcile_all;

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use api::{Publish, Step};
use store::PublishRow;

use crate::clock;

/// What is known of running publishes beyond what is stored: how a step stands
/// this second.
#[derive(Default)]
pub(crate) struct Publisher {
    live: Mutex<HashMap<String, Vec<Step>>>,
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
    }

    /// A publish, as the API shows it.
    fn shown(&self, row: PublishRow) -> Publish {
        let steps = self.live(&row.id).unwrap_or(row.steps);
        Publish {
            id: row.id,
            flow: row.flow_id,
            seq: row.seq,
            connection: row.connection_name,
            author: row.author,
            started_at: clock::rfc3339(row.started_at_millis),
            steps,
            state: row.state,
        }
    }
}
