//! Uploading: the stored data action is checked, written, sent and read back.
//! What was accepted is live. An upload is a job that outlives the request
//! that asked for it, and whose intent is on the disk before anything is sent.

pub(crate) mod begin;
mod failure;
mod found;
mod job;
mod journal;
pub(crate) mod list;
pub(crate) mod reconcile;

use api::{StepName, Upload};
use store::JobRow;

use crate::{app::App, clock};

/// The steps of an upload, in their order.
const STEPS: [StepName; 4] = [
    StepName::Check,
    StepName::Generate,
    StepName::Send,
    StepName::Confirm,
];

/// An upload, as the API shows it: while it runs, its steps as they stand this
/// second.
fn shown(app: &App, row: JobRow) -> Upload {
    Upload {
        steps: app.publisher.live(&row.id).unwrap_or(row.steps),
        id: row.id,
        action: row.subject_id,
        revision: row.revision,
        connection: row.connection_name,
        author: row.author,
        started_at: clock::rfc3339(row.started_at_millis),
        state: row.state,
    }
}
