//! Uploads that a crash left without an outcome: how they ended is found out
//! by reading, and what was sent is never sent again.

use std::time::Duration;

use api::{Failure, Outcome, PublishState};
use store::{FinishedUpload, JobKind, JobRow, LoadedDataAction};

use super::{
    failure,
    job::{Job, Stopped, Uploaded},
    journal::Journal,
};
use crate::{app::App, audit, publish::steps::Steps};

/// Each ends in a definite state within this.
const WITHIN: Duration = Duration::from_secs(25);

/// Brings every upload that was running when the server stopped to an end.
pub(crate) async fn reconcile_uploads(app: App) {
    let rows = match app.store.running_jobs(JobKind::Upload).await {
        Ok(rows) => rows,
        Err(error) => {
            tracing::error!(%error, "interrupted uploads cannot be read");
            return;
        }
    };
    for row in rows {
        app.life.tasks.spawn(reconcile(app.clone(), row));
    }
}

async fn reconcile(app: App, row: JobRow) {
    tracing::warn!(
        upload = row.id,
        "an upload was interrupted; finding out how it ended"
    );
    let link = app.store.action_link(&row.subject_id, &row.connection_id);
    let link = link.await;
    let reachable = app.connections.reach(&app, Some(&row.connection_id)).await;
    let (upstream, reachable) = match (link, reachable) {
        (Ok(link), Ok(reachable)) => (link.upstream, reachable),
        (link, reachable) => {
            let (link, reachable) = (link.err(), reachable.err());
            tracing::error!(
                ?link,
                ?reachable,
                upload = row.id,
                "it cannot be looked into"
            );
            return end_without_job(&app, row, failure::unknown(None)).await;
        }
    };
    let journal = serde_json::from_value(row.journal.clone());
    let mut job = Job::new(app, row, upstream, &reachable);
    let ended = match journal {
        Ok(journal) => tokio::time::timeout(WITHIN, end(&mut job, journal))
            .await
            .unwrap_or_else(|_| Err(failure::unknown(None).into())),
        Err(error) => {
            tracing::error!(%error, "the journal of an upload cannot be read");
            Err(failure::unknown(None).into())
        }
    };
    job.finish(ended).await;
}

/// Runs a new upload. Should it panic, it ends as failed all the same.
pub(super) async fn supervise(app: App, job: Job, loaded: LoadedDataAction) {
    let row = job.row.clone();
    let running = app.life.tasks.spawn(job.run(loaded));
    if let Err(error) = running.await {
        tracing::error!(%error, upload = row.id, "an upload stopped");
        let failure = failure::internal(&row.id);
        end_without_job(&app, row, failure).await;
    }
}

async fn end_without_job(app: &App, row: JobRow, failure: Failure) {
    let mut steps = Steps::from_stored(row.steps);
    steps.fail();
    let entry = audit::entry("data-action.upload", &row.author, Outcome::Failed)
        .about(Some(row.subject_id))
        .saying(failure.sentence.clone());
    let finished = FinishedUpload {
        steps: steps.as_slice().to_vec(),
        state: PublishState::Failed { failure },
        upstream: None,
        base: None,
    };
    let stored = app.store.finish_upload(&row.id, &finished, entry.into());
    if let Err(error) = stored.await {
        tracing::error!(%error, upload = row.id, "the outcome of an upload was not stored");
    }
    app.publisher.end_live(&row.id);
}

/// What is still to do depends on how far it came.
async fn end(job: &mut Job, journal: Journal) -> Result<Uploaded, Stopped> {
    let sent = match journal {
        Journal::Intended => return Err(failure::interrupted().into()),
        Journal::Sending { request, document } => {
            let stored = job.find_sent(&request, &document).await?;
            job.was_sent(stored, document).await?
        }
        Journal::Sent {
            upstream_id,
            version,
            document,
        } => Job::known_to_be_sent(&upstream_id, version, document)?,
    };
    job.confirm(sent).await
}
