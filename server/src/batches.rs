//! Batches: one change made in many flows, through their rooms, so that whoever
//! has one open sees it, and each published by a publish of its own. What was
//! done is stored flow by flow: a batch that a crash interrupts goes on where it
//! was, and nothing is done twice.

pub(crate) mod begin;
pub(crate) mod cancel;
mod change;
mod item;
pub(crate) mod list;
pub(crate) mod preview;
pub(crate) mod retry;
mod run;

pub(crate) use begin::begin_batch;
pub(crate) use cancel::cancel_batch;
pub(crate) use list::{list_batches, show_batch};
pub(crate) use preview::preview_batch;
pub(crate) use retry::retry_batch;
pub(crate) use run::resume_all;

use api::{Batch, BatchItem, BatchState, MAX_BATCH_FLOWS, Right};
use store::StoredBatch;

use crate::{
    accounts::Actor,
    clock,
    http::{Problem, Result},
};

/// A batch, as the API shows it.
fn shown(batch: StoredBatch) -> Batch {
    let StoredBatch { row, items } = batch;
    Batch {
        id: row.id,
        title: row.title,
        change: row.change,
        publishes: row.publishes,
        author: row.author,
        started_at: clock::rfc3339(row.started_at_millis),
        state: match (row.is_running, row.is_cancelled) {
            (true, false) => BatchState::Running,
            (true, true) => BatchState::Cancelling,
            (false, _) => BatchState::Ended,
        },
        items: items
            .into_iter()
            .map(|item| BatchItem {
                flow: item.flow_id,
                name: item.flow_name,
                is_changed: item.changed_seq.is_some(),
                state: item.state,
            })
            .collect(),
    }
}

/// Editing is an editor's, publishing a publisher's.
fn check_right(actor: &Actor, publishes: bool) -> Result<()> {
    if publishes && !actor.account.role.may(Right::Publish) {
        return Err(Problem::not_allowed(Right::Publish));
    }
    Ok(())
}

/// The flows of a request, those that exist only upstream included: some that
/// are changed, not too many, each once.
fn check_flows(flows: &[String], upstream: &[String], leave_out: &[String]) -> Result<()> {
    if flows.is_empty() && upstream.is_empty() {
        return Err(Problem::field("/flows", "Choose at least one flow."));
    }
    if flows.len() + upstream.len() > MAX_BATCH_FLOWS {
        let sentence = format!("Choose at most {MAX_BATCH_FLOWS} flows at a time.");
        return Err(Problem::field("/flows", &sentence));
    }
    for (pointer, ids) in [
        ("/flows", flows),
        ("/upstream", upstream),
        ("/leaveOut", leave_out),
    ] {
        let is_twice = |id: &String| ids.iter().filter(|other| *other == id).count() > 1;
        if ids.iter().any(is_twice) {
            return Err(Problem::field(pointer, "A flow stands in it twice."));
        }
    }
    let is_asked_for = |id: &String| flows.contains(id) || upstream.contains(id);
    if !leave_out.iter().all(is_asked_for) {
        return Err(Problem::field(
            "/leaveOut",
            "Only flows of this change can be left out of it.",
        ));
    }
    let mut asked = flows.iter().chain(upstream);
    if asked.all(|id| leave_out.contains(id)) {
        return Err(Problem::field(
            "/leaveOut",
            "Every flow is left out. Leave at least one in.",
        ));
    }
    Ok(())
}
