//! The changes of many flows that were made.

use api::{Batch, BatchState};
use dom::prelude::*;

use super::state::Standing;
use crate::{
    client::{Client, Failure},
    components::{Badge, EmptyState, ErrorState, RelativeTime, Skeleton, Tone},
    pages::PageTitle,
    session::loaded,
};

#[component]
pub(super) fn BatchesPage() -> impl IntoView {
    let client = expect_context::<Client>();
    let batches = loaded(move || client.batches());
    let body = move || match batches.get() {
        None | Some(Err(Failure::SessionEnded)) => {
            view! { <div class="page__column" aria-busy="true"><Skeleton /><Skeleton /></div> }
        }
        Some(Err(failure)) => view! {
            <ErrorState failure title="Changes could not be loaded" retry=move |()| batches.refetch() />
        },
        Some(Ok(found)) if found.is_empty() => view! {
            <EmptyState
                icon="history"
                title="No change of many flows yet"
                text="Link a module into flows, or repoint references from one shared flow to another: what came of it stays here."
            >
                <a class="button" href="/link">"Link a module…"</a>
                <a class="button" href="/repoint">"Repoint references…"</a>
            </EmptyState>
        },
        Some(Ok(found)) => {
            let rows = found
                .into_iter()
                .map(|batch| view! { <Row batch /> })
                .collect_view();
            view! {
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Change"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"Begun"</th>
                            <th scope="col">"By"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
        }
    };
    view! {
        <PageTitle title="Changes of flows" />
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <super::BackToFlows />
                <h1 class="page__title title-page">"Changes of flows"</h1>
            </header>
            <div class="page__body">{body}</div>
        </main>
    }
}

#[component]
fn Row(batch: Batch) -> impl IntoView {
    let standing = Standing::of(&batch.items);
    let (tone, word) = match (batch.state, standing.not_done) {
        (BatchState::Ended, 0) => (Tone::Success, "Done".to_owned()),
        (BatchState::Ended, left) => (Tone::Warning, format!("{left} not done")),
        _ => (Tone::Info, format!("{} of {}", standing.done, standing.all)),
    };
    view! {
        <tr class="table__row">
            <td>
                <a class="table__name" href=format!("/batches/{}", batch.id)>{batch.title}</a>
            </td>
            <td><Badge tone dot=true>{word}</Badge></td>
            <td><RelativeTime at=batch.started_at /></td>
            <td>{batch.author}</td>
        </tr>
    }
}
