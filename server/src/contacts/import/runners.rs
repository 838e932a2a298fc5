//! The imports that are under way in this process: one runner each.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use api::ImportCounts;
use tokio::sync::Notify;

use super::job;
use crate::app::App;

/// Contacts that are taken in a minute where it was not measured yet.
const USUAL_PER_MINUTE: u64 = 95;
/// Rows after which a measure says something.
const MEASURED_ROWS: u64 = 20;

/// What is known of imports beyond what is stored.
#[derive(Default)]
pub(crate) struct Importer {
    runners: Mutex<HashMap<String, Arc<Runner>>>,
}

/// One import in this process.
#[derive(Default)]
pub(super) struct Runner {
    /// Held by the task that runs it: another waits until it has ended.
    pub(super) turn: tokio::sync::Mutex<()>,
    /// Told when the import was paused, resumed or cancelled.
    pub(super) changed: Notify,
    speed: Mutex<Option<Speed>>,
}

/// How quickly an import comes on.
#[derive(Clone, Copy)]
struct Speed {
    since: Instant,
    rows: u64,
}

impl Runner {
    /// The import begins to run, or to run again.
    pub(super) fn starts(&self) {
        *self.speed() = Some(Speed {
            since: Instant::now(),
            rows: 0,
        });
    }

    /// So many rows more have an outcome.
    pub(super) fn settled(&self, rows: usize) {
        if let Some(speed) = self.speed().as_mut() {
            speed.rows += rows as u64;
        }
    }

    fn speed(&self) -> std::sync::MutexGuard<'_, Option<Speed>> {
        self.speed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Importer {
    /// Runs an import until it is done, paused or cancelled, or the server
    /// stops.
    pub(crate) fn run(&self, app: &App, id: String) {
        let runner = self.runner(&id);
        app.life.tasks.spawn(job::run(app.clone(), runner, id));
    }

    /// Tells an import that it was paused, resumed or cancelled.
    pub(super) fn tell(&self, id: &str) {
        self.runner(id).changed.notify_waiters();
    }

    /// About how long the rows that wait will take.
    pub(super) fn remaining_seconds(&self, id: &str, counts: &ImportCounts) -> u64 {
        let speed = *self.runner(id).speed();
        match speed {
            Some(speed) if speed.rows >= MEASURED_ROWS => {
                let millis = u64::try_from(speed.since.elapsed().as_millis()).unwrap_or(u64::MAX);
                counts.waiting.saturating_mul(millis) / speed.rows / 1_000
            }
            _ => counts.waiting * 60 / USUAL_PER_MINUTE,
        }
    }

    fn runner(&self, id: &str) -> Arc<Runner> {
        let mut runners = self.runners.lock().unwrap_or_else(PoisonError::into_inner);
        runners.entry(id.to_owned()).or_default().clone()
    }
}
