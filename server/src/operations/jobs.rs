//! What is under way: publishes, uploads, batches and imports.

use std::cmp::Reverse;

use api::{BatchItemState, ImportState, JobKind, JobProgress, JobState, RunningJob};
use store::BatchItemRow;

use crate::{app::App, clock, contacts, http::Result};

/// All of it, the latest first. An import that was paused is among it: it waits
/// for somebody.
pub(super) async fn jobs(app: &App) -> Result<Vec<RunningJob>> {
    let mut jobs = Vec::new();
    publishes(app, &mut jobs).await?;
    uploads(app, &mut jobs).await?;
    batches(app, &mut jobs).await?;
    imports(app, &mut jobs).await?;
    jobs.sort_by_key(|(started_at_millis, _)| Reverse(*started_at_millis));
    Ok(jobs.into_iter().map(|(_, job)| job).collect())
}

/// A job and when it was asked for.
type Timed = (i64, RunningJob);

async fn publishes(app: &App, jobs: &mut Vec<Timed>) -> Result<()> {
    for row in app.store.running_jobs(store::JobKind::Publish).await? {
        // A flow can go into the bin while it is being published.
        let flow = app.store.flow(&row.subject_id).await?;
        let job = RunningJob {
            id: row.id,
            kind: JobKind::Publish,
            object: row.subject_id,
            name: flow.map_or_else(|| "A deleted flow".to_owned(), |flow| flow.name),
            connection: Some(row.connection_name),
            author: row.author,
            started_at: clock::rfc3339(row.started_at_millis),
            state: JobState::Running,
            note: String::new(),
            progress: None,
        };
        jobs.push((row.started_at_millis, job));
    }
    Ok(())
}

async fn uploads(app: &App, jobs: &mut Vec<Timed>) -> Result<()> {
    for row in app.store.running_jobs(store::JobKind::Upload).await? {
        let action = app.store.data_action(&row.subject_id).await?;
        let name = action.map(|action| action.row.name);
        let job = RunningJob {
            id: row.id,
            kind: JobKind::Upload,
            object: row.subject_id,
            name: name.unwrap_or_else(|| "A deleted data action".to_owned()),
            connection: Some(row.connection_name),
            author: row.author,
            started_at: clock::rfc3339(row.started_at_millis),
            state: JobState::Running,
            note: String::new(),
            progress: None,
        };
        jobs.push((row.started_at_millis, job));
    }
    Ok(())
}

async fn batches(app: &App, jobs: &mut Vec<Timed>) -> Result<()> {
    for id in app.store.running_batches().await? {
        let Some(batch) = app.store.batch(&id).await? else {
            continue;
        };
        let is_left_out =
            |item: &&BatchItemRow| matches!(item.state, BatchItemState::LeftOut { .. });
        let left_out = batch.items.iter().filter(is_left_out).count();
        let over = batch.items.iter().filter(|item| item.state.is_over());
        let job = RunningJob {
            kind: JobKind::Batch,
            object: id.clone(),
            id,
            name: batch.row.title,
            connection: None,
            author: batch.row.author,
            started_at: clock::rfc3339(batch.row.started_at_millis),
            state: JobState::Running,
            note: String::new(),
            progress: Some(JobProgress {
                settled: (over.count() - left_out) as u64,
                total: (batch.items.len() - left_out) as u64,
                remaining_seconds: None,
            }),
        };
        jobs.push((batch.row.started_at_millis, job));
    }
    Ok(())
}

async fn imports(app: &App, jobs: &mut Vec<Timed>) -> Result<()> {
    for row in app.store.open_imports().await? {
        let begun_at_millis = row.begun_at_millis;
        let import = contacts::import_of_row(app, row).await?;
        let job = RunningJob {
            kind: JobKind::ContactImport,
            object: import.id.clone(),
            id: import.id,
            name: import.file_name,
            connection: Some(import.connection),
            author: import.author,
            started_at: import.begun_at,
            state: match import.state {
                ImportState::Paused => JobState::Paused,
                _ => JobState::Running,
            },
            note: import.note,
            progress: Some(JobProgress {
                settled: import.counts.rows - import.counts.waiting,
                total: import.counts.rows,
                remaining_seconds: import.remaining_seconds,
            }),
        };
        jobs.push((begun_at_millis, job));
    }
    Ok(())
}
