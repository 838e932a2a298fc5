//! How a change of many flows goes on, flow by flow. It goes on when this page
//! is left.

use std::time::Duration;

use api::{Batch, BatchItem, BatchItemState, BatchState, Right};
use dom::prelude::*;

use super::state::{Standing, sentence, word};
use crate::{
    client::{Client, Failure},
    components::{Badge, Banner, Button, ErrorState, RelativeTime, Skeleton, Toasts, Tone},
    flow_kind::NO_NAME,
    pages::PageTitle,
    session::{SessionState, loaded},
};

/// How often a batch that runs is asked about.
const POLL: Duration = Duration::from_millis(800);

#[component]
pub(super) fn ProgressPage(id: String) -> impl IntoView {
    let client = expect_context::<Client>();
    let id = StoredValue::new(id);
    let answer = loaded(move || {
        let id = id.get_value();
        async move { client.batch(&id).await }
    });
    let batch = RwSignal::new(None::<Batch>);
    let failure = RwSignal::new(None::<Failure>);
    Effect::new(move |_| match answer.get() {
        Some(Ok(found)) => {
            failure.set(None);
            if batch.with_untracked(|known| known.as_ref() != Some(&found)) {
                batch.set(Some(found));
            }
        }
        Some(Err(failed)) if failed != Failure::SessionEnded => failure.set(Some(failed)),
        _ => {}
    });
    let is_running = move || {
        batch.with_untracked(|batch| {
            batch
                .as_ref()
                .is_some_and(|batch| batch.state != BatchState::Ended)
        })
    };
    let ticking = set_interval_with_handle(
        move || {
            if is_running() {
                answer.refetch();
            }
        },
        POLL,
    );
    on_cleanup(move || {
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
    let title = move || {
        batch.with(|batch| {
            batch
                .as_ref()
                .map_or("Change".to_owned(), |batch| batch.title.clone())
        })
    };
    let body = move || match (batch.get(), failure.get()) {
        (None, Some(failure)) => view! {
            <ErrorState failure title="This change could not be loaded" retry=move |()| answer.refetch() />
        },
        (None, None) => {
            view! { <div class="page__column" aria-busy="true"><Skeleton /><Skeleton /></div> }
        }
        (Some(batch), failure) => {
            view! { <Progress batch failure again=Callback::new(move |()| answer.refetch()) /> }
        }
    };
    view! {
        <PageTitle title="Change of flows" />
        <main class="page" id="main" tabindex="-1" data-panel="batch">
            <header class="page__head">
                <super::BackToFlows />
                <h1 class="page__title title-page">{title}</h1>
                <a class="link" href="/batches">"Earlier changes"</a>
            </header>
            <div class="page__body">{body}</div>
        </main>
    }
}

#[component]
fn Progress(batch: Batch, failure: Option<Failure>, again: Callback<()>) -> impl IntoView {
    let Standing {
        all,
        done,
        not_done,
        left_out,
    } = Standing::of(&batch.items);
    let is_running = batch.state != BatchState::Ended;
    let (tone, title) = match batch.state {
        BatchState::Running => (Tone::Info, format!("{done} of {all} flows done")),
        BatchState::Cancelling => (
            Tone::Info,
            "It stops once the flow that is under way is done".to_owned(),
        ),
        BatchState::Ended if not_done == 0 => {
            let words = match left_out {
                0 => "Every flow is done".to_owned(),
                1 => "Every flow is done but one that was left out".to_owned(),
                left_out => format!("Every flow is done but {left_out} that were left out"),
            };
            (Tone::Success, words)
        }
        BatchState::Ended => {
            let words = match not_done {
                1 => "1 flow was not done".to_owned(),
                left => format!("{left} flows were not done"),
            };
            (Tone::Warning, words)
        }
    };
    let text = match (batch.state, batch.publishes) {
        (BatchState::Running, _) => "You can leave this page: it goes on, also after a restart.",
        (BatchState::Cancelling, _) => "The others are left as they are.",
        (BatchState::Ended, _) if not_done > 0 => {
            "Each row says what was done and what to do. What was done is not done again."
        }
        (BatchState::Ended, true) => "What is published is live in Genesys Cloud.",
        (BatchState::Ended, false) => "Nothing was published. Publish each flow when it is ready.",
    };
    let stale = failure.map(|failure| {
        view! {
            <Banner tone=Tone::Warning title="This may be out of date">{failure.to_string()}</Banner>
        }
    });
    let rows = batch
        .items
        .iter()
        .map(|item| view! { <Row item=item.clone() /> })
        .collect_view();
    view! {
        <div class="page__column changes">
            {stale}
            <Banner tone title=title>{text}</Banner>
            {is_running.then(|| view! {
                <progress
                    class="changes__progress"
                    max=all.to_string()
                    value=done.to_string()
                    aria-label="Flows that are done"
                ></progress>
            })}
            <p class="text-muted text-small">
                {format!("Begun by {}, ", batch.author)}
                <RelativeTime at=batch.started_at.clone() in_sentence=true />
            </p>
            <Act batch=batch.clone() again />
        </div>
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">"Flow"</th>
                    <th scope="col">"State"</th>
                    <th scope="col">"Details"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Row(item: BatchItem) -> impl IntoView {
    let (tone, word) = word(&item.state);
    let sentence = sentence(&item);
    let name = if item.name.trim().is_empty() {
        NO_NAME.to_owned()
    } else {
        item.name
    };
    view! {
        <tr class="table__row">
            <td>
                {match item.state {
                    BatchItemState::LeftOut { is_here: false } => view! {
                        <code class="text-small truncate">{name}</code>
                    },
                    _ => view! {
                        <a class="table__name" href=format!("/flows/{}", item.flow)>
                            <span class="truncate">{name}</span>
                        </a>
                    },
                }}
            </td>
            <td><Badge tone dot=true>{word}</Badge></td>
            <td class="text-muted">{sentence}</td>
        </tr>
    }
}

/// Stopping it, and trying again what was not done.
#[component]
fn Act(batch: Batch, again: Callback<()>) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let session = expect_context::<SessionState>();
    let busy = RwSignal::new(false);
    let needed = if batch.publishes {
        Right::Publish
    } else {
        Right::EditFlows
    };
    if !session.may(needed) {
        return View::Empty;
    }
    let id = StoredValue::new(batch.id.clone());
    let told = move |answer: Result<(), Failure>, what: &str| {
        busy.try_set(false);
        match answer {
            Ok(()) => again.run(()),
            Err(failure) => toasts.failed(what, &failure),
        }
    };
    let cancel = move |_| {
        busy.set(true);
        spawn_local(async move {
            let answer = client.cancel_batch(&id.get_value()).await;
            told(answer, "It was not stopped.");
        });
    };
    let retry = move |_| {
        busy.set(true);
        spawn_local(async move {
            let answer = client.retry_batch(&id.get_value()).await;
            told(answer.map(drop), "Nothing was tried again.");
        });
    };
    match batch.state {
        BatchState::Running => view! {
            <div class="changes__act">
                <Button icon="circle-stop" busy on_click=cancel>"Stop"</Button>
            </div>
        }
        .into_any(),
        BatchState::Ended if Standing::of(&batch.items).not_done > 0 => view! {
            <div class="changes__act">
                <Button icon="refresh" busy on_click=retry>"Try again what was not done"</Button>
            </div>
        }
        .into_any(),
        _ => View::Empty,
    }
}
