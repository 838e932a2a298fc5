//! How calls to Genesys Cloud go, and what is under way.

mod chart;
mod charts;
mod connections;
mod failures;
mod feed;
mod jobs;
mod numbers;
mod routes;

use api::Right;
use dom::prelude::*;

use self::{
    charts::Charts, connections::ConnectionsTable, failures::FailuresTable, feed::Feed,
    jobs::JobsList, routes::RoutesTable,
};
use super::PageTitle;
use crate::{
    client::Failure,
    components::{Banner, Button, EmptyState, ErrorState, Select, Skeleton, Tone},
    session::SessionState,
};

#[component]
pub fn OperationsPage() -> impl IntoView {
    let session = expect_context::<SessionState>();
    view! {
        <PageTitle title="Operations" />
        <main class="page" id="main" tabindex="-1">
            {move || {
                if session.may(Right::WatchOperations) {
                    view! { <Live /> }
                } else {
                    view! {
                        <header class="page__head">
                            <h1 class="page__title title-page">"Operations"</h1>
                        </header>
                        <EmptyState
                            icon="lock"
                            title="Operations are for publishers, administrators and auditors"
                            text="They show how calls to Genesys Cloud go. Ask an administrator of this Patchbay if you need to see them."
                        />
                    }
                }
            }}
        </main>
    }
}

/// What there is to show.
#[derive(Clone, PartialEq)]
enum Stage {
    Loading,
    Failed(Failure),
    Empty,
    Full,
}

#[component]
fn Live() -> impl IntoView {
    let feed = Feed::live();
    let options = Memo::new(move |_| {
        let all = (String::new(), "All connections".to_owned());
        let known = feed.with(|latest| {
            let connections = latest.connections.iter();
            connections
                .map(|one| (one.id.clone(), one.name.clone()))
                .collect::<Vec<_>>()
        });
        std::iter::once(all)
            .chain(known.into_iter().flatten())
            .collect::<Vec<_>>()
    });
    // What is shown must not be made anew with every answer: somebody reads it.
    let stage = Memo::new(move |_| {
        let has_any = feed.with(|latest| !latest.connections.is_empty() || !latest.jobs.is_empty());
        match (has_any, feed.failure()) {
            (Some(true), _) => Stage::Full,
            (Some(false), _) => Stage::Empty,
            (None, Some(failure)) => Stage::Failed(failure),
            (None, None) => Stage::Loading,
        }
    });
    let is_stale = Memo::new(move |_| {
        matches!(stage.get(), Stage::Full | Stage::Empty) && feed.failure().is_some()
    });
    let body = move || match stage.get() {
        Stage::Full => view! { <Everything feed /> },
        Stage::Empty => view! {
            <EmptyState
                icon="activity"
                title="Nothing was called yet"
                text="Since the server was started nothing has gone to Genesys Cloud. Publish a flow or check a connection, and its calls appear here."
            />
        },
        Stage::Failed(failure) => view! {
            <ErrorState
                failure
                title="Operations could not be loaded"
                retry=move |()| feed.load()
            />
        },
        Stage::Loading => view! {
            <div class="charts" aria-busy="true" aria-label="Operations are being loaded">
                <div class="card">
                    <Skeleton />
                </div>
                <div class="card">
                    <Skeleton />
                </div>
            </div>
        },
    };
    view! {
        <header class="page__head">
            <div class="page__title">
                <h1 class="title-page">"Operations"</h1>
                <p class="page__text">
                    "Calls to Genesys Cloud in the last ten minutes, and since the server was started."
                </p>
            </div>
            <Select
                value=feed.connection
                on_change=move |id: String| feed.show(id)
                options=Signal::derive(move || options.get())
                label=Signal::stored("Connection".to_owned())
            />
        </header>
        {move || {
            is_stale.get().then(|| view! {
                <Banner tone=Tone::Warning title="These numbers are not fresh" strip=true
                    actions=Box::new(move || {
                        view! {
                            <Button small=true on_click=move |_| feed.load()>
                                "Try again"
                            </Button>
                        }
                    })
                >
                    <p>"The server does not answer. It is asked again every two seconds."</p>
                </Banner>
            })
        }}
        <div class="page__body">{body}</div>
    }
}

#[component]
fn Everything(feed: Feed) -> impl IntoView {
    view! {
        <Charts feed />
        <JobsList feed />
        <ConnectionsTable feed />
        <RoutesTable feed />
        <FailuresTable feed />
    }
}
