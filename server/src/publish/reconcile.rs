//! Publishes that a crash left without an outcome: how they ended is found out
//! by reading, and what was sent is never sent again.

use std::time::Duration;

use api::{Failure, Outcome, PublishState, StepName};
use store::{Finished, JobKind, JobRow, LinkRow};

use super::{
    failure,
    job::{Job, Stopped},
    journal::{Journal, Request},
    steps::Steps,
    target::{Stored, Target},
    theirs::Decision,
};
use crate::{app::App, audit, rooms::Reading};

/// Each ends in a definite state within this.
const WITHIN: Duration = Duration::from_secs(25);

/// Brings every publish that was running when the server stopped to an end.
pub(crate) async fn reconcile_all(app: App) {
    let rows = match app.store.running_jobs(JobKind::Publish).await {
        Ok(rows) => rows,
        Err(error) => {
            tracing::error!(%error, "interrupted publishes cannot be read");
            return;
        }
    };
    for row in rows {
        app.life.tasks.spawn(reconcile(app.clone(), row));
    }
}

async fn reconcile(app: App, row: JobRow) {
    tracing::warn!(
        publish = row.id,
        "a publish was interrupted; finding out how it ended"
    );
    let flow = app.store.flow(&row.subject_id).await;
    let link = app.store.link(&row.subject_id, &row.connection_id).await;
    let reachable = app.connections.reach(&app, Some(&row.connection_id)).await;
    let (target, link, reachable) = match (flow, link, reachable) {
        (Ok(flow), Ok(link), Ok(reachable)) => {
            let target = flow.and_then(|flow| Target::of(flow.kind));
            let link = link.unwrap_or_else(|| LinkRow::none(&row.connection_id));
            (target.unwrap_or(Target::Lookup), link, reachable)
        }
        (flow, link, reachable) => {
            let (flow, link, reachable) = (flow.err(), link.err(), reachable.err());
            tracing::error!(
                ?flow,
                ?link,
                ?reachable,
                publish = row.id,
                "it cannot be looked into"
            );
            return end_without_job(&app, row, failure::unknown(None)).await;
        }
    };
    let journal = serde_json::from_value(row.journal.clone());
    let mut job = Job::new(app, row, target, link, &reachable);
    // What it did before the crash cannot be called off any more.
    job.has_changed = true;
    let ended = match journal {
        Ok(journal) => tokio::time::timeout(WITHIN, end(&mut job, journal))
            .await
            .unwrap_or_else(|_| Err(failure::unknown(None).into())),
        Err(error) => {
            tracing::error!(%error, "the journal of a publish cannot be read");
            Err(failure::unknown(None).into())
        }
    };
    job.finish(ended).await;
}

/// Runs a new publish. Should it panic, it ends as failed all the same.
pub(super) async fn supervise(app: App, job: Job, reading: Reading, decision: Decision) {
    let row = job.row.clone();
    let running = app.life.tasks.spawn(job.run(reading, decision));
    if let Err(error) = running.await {
        tracing::error!(%error, publish = row.id, "a publish stopped");
        let failure = failure::internal(&row.id);
        end_without_job(&app, row, failure).await;
    }
}

async fn end_without_job(app: &App, row: JobRow, failure: Failure) {
    let mut steps = Steps::from_stored(row.steps);
    steps.fail();
    let entry = audit::entry("flow.publish", &row.author, Outcome::Failed)
        .about(Some(row.subject_id))
        .saying(failure.sentence.clone());
    let finished = Finished {
        steps: steps.as_slice().to_vec(),
        state: PublishState::Failed { failure },
        link: None,
        conflict: None,
    };
    let stored = app.store.finish_publish(&row.id, &finished, entry.into());
    if let Err(error) = stored.await {
        tracing::error!(%error, publish = row.id, "the outcome of a publish was not stored");
    }
    app.publisher.end_live(&row.id);
}

/// What is still to do depends on how far it came.
async fn end(job: &mut Job, journal: Journal) -> Result<PublishState, Stopped> {
    match journal {
        Journal::Intended => Err(failure::interrupted().into()),
        Journal::MakingEmpty { name, document } => {
            let request = Request::Create { name };
            let made = job.find_sent(&request, &document).await?;
            job.was_made_empty(&made, document).await?;
            Err(failure::left_empty().into())
        }
        Journal::MadeEmpty { .. } => Err(failure::left_empty().into()),
        Journal::Sending { request, document } => {
            let stored = job.find_sent(&request, &document).await?;
            job.was_sent(&stored, &document).await?;
            job.steps.done(StepName::Send);
            go_live(job, stored, &document).await
        }
        Journal::Sent {
            upstream_id,
            version,
            document,
        } => {
            let sent = Stored {
                id: upstream_id,
                version,
                published_version: None,
                // It is read back.
                body: String::new(),
            };
            go_live(job, sent, &document).await
        }
        Journal::Publishing {
            upstream_id,
            version,
            published_before,
        } => {
            let live = job
                .find_live(&upstream_id, version, published_before)
                .await?;
            job.steps.done(StepName::Publish);
            Ok(job.is_live(&upstream_id, live))
        }
    }
}

/// Nothing was made live yet, which reading confirms: that is no resending.
async fn go_live(job: &mut Job, sent: Stored, document: &str) -> Result<PublishState, Stopped> {
    let published_before = job.confirm(&sent, document).await?;
    job.make_live(&sent, published_before).await
}
