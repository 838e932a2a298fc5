//! What is under way.

use api::{JobKind, JobProgress, JobState, RunningJob};
use dom::prelude::*;

use super::feed::Feed;
use crate::{
    components::{Badge, RelativeTime, Spinner, Tone},
    remaining::remaining,
};

#[component]
pub(super) fn JobsList(feed: Feed) -> impl IntoView {
    let jobs = Memo::new(move |_| feed.with(|latest| latest.jobs.clone()).unwrap_or_default());
    let body = move || {
        jobs.with(|jobs| {
            if jobs.is_empty() {
                return view! {
                    <p class="operations__none">
                        "Nothing is being published, uploaded, changed or imported at the moment."
                    </p>
                };
            }
            view! { <ul class="operations__jobs">{jobs.iter().map(job).collect_view()}</ul> }
        })
    };
    view! {
        <section class="operations__part" aria-labelledby="operations-jobs">
            <h2 class="title-section" id="operations-jobs">"Under way"</h2>
            {body}
        </section>
    }
}

fn job(job: &RunningJob) -> View {
    let (what, to, things) = match job.kind {
        JobKind::Publish => ("Publishes", "/flows/", ""),
        JobKind::Upload => ("Uploads", "/data-actions/", ""),
        JobKind::Batch => ("Changes flows:", "/batches/", "flows"),
        JobKind::ContactImport => ("Imports contacts from", "/contacts/import/", "rows"),
    };
    let to = format!("{to}{}", job.object);
    let through = job
        .connection
        .as_ref()
        .map(|name| format!(" through {name}"));
    let state = match job.state {
        JobState::Running => view! { <Spinner /> },
        JobState::Paused => view! {
            <Badge tone=Tone::Warning dot=true>
                "Paused"
            </Badge>
        },
    };
    let note = (!job.note.is_empty())
        .then(|| view! { <span class="operations__note">{job.note.clone()}</span> });
    view! {
        <li class="operations__job">
            {state}
            <span>
                {what} " " <a href=to>{job.name.clone()}</a> {through} ", asked for by "
                {job.author.clone()} " "
                <RelativeTime at=job.started_at.clone() in_sentence=true />
            </span>
            {job.progress.map(|progress| view! { <Progress progress things /> })}
            {note}
        </li>
    }
}

/// How far it is, what waits, and how long that takes.
#[component]
fn Progress(progress: JobProgress, things: &'static str) -> impl IntoView {
    let JobProgress {
        settled,
        total,
        remaining_seconds,
    } = progress;
    let words = format!("{settled} of {total} {things}");
    let left = remaining_seconds.map(remaining).unwrap_or_default();
    view! {
        <span class="operations__progress">
            <progress
                class="progress"
                aria-label=words.clone()
                value=settled.to_string()
                max=total.to_string()
            ></progress>
            <span>{words}</span>
            <span class="text-muted">{format!("{} in the queue", total - settled)}</span>
            <span class="text-muted">{left}</span>
        </span>
    }
}
