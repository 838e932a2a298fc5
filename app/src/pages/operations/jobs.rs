//! What is under way.

use api::{JobKind, RunningJob};
use dom::prelude::*;

use super::feed::Feed;
use crate::components::{RelativeTime, Spinner};

#[component]
pub(super) fn JobsList(feed: Feed) -> impl IntoView {
    let jobs = Memo::new(move |_| feed.with(|latest| latest.jobs.clone()).unwrap_or_default());
    let body = move || {
        jobs.with(|jobs| {
            if jobs.is_empty() {
                return view! { <p class="operations__none">"Nothing is being published at the moment."</p> };
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
    let (what, to) = match job.kind {
        JobKind::Publish => ("Publishes", format!("/flows/{}", job.object)),
    };
    view! {
        <li class="operations__job">
            <Spinner />
            <span>
                {what} " " <a href=to>{job.name.clone()}</a> " through " {job.connection.clone()}
                ", asked for by " {job.author.clone()} " "
                <RelativeTime at=job.started_at.clone() in_sentence=true />
            </span>
        </li>
    }
}
