//! Connections to Genesys Cloud.

use api::Connection;
use dom::prelude::*;

use super::{AdministratorsOnly, connection_card::ConnectionCard, connection_form::ConnectionForm};
use crate::{
    client::{Client, Failure},
    components::{Button, ButtonKind, Dialog, EmptyState, ErrorState, Skeleton},
    pages::PageTitle,
    session::{Loaded, loaded},
};

/// The connections as they were loaded, and how to load them again.
pub type Connections = Loaded<Vec<Connection>>;

#[component]
pub fn ConnectionsPage() -> impl IntoView {
    view! {
        <PageTitle title="Connections" />
        <AdministratorsOnly title="Connections are for administrators">
            <List />
        </AdministratorsOnly>
    }
}

#[component]
fn List() -> impl IntoView {
    let client = expect_context::<Client>();
    let connections = loaded(move || client.connections());
    let adding = RwSignal::new(false);
    let has_any = move || {
        connections.with(|connections| matches!(connections, Some(Ok(all)) if !all.is_empty()))
    };
    let body = move || {
        match connections.get() {
        None | Some(Err(Failure::SessionEnded)) => view! { <Loading /> }.into_any(),
        Some(Err(failure)) => view! {
            <ErrorState
                failure
                title="Connections could not be loaded"
                retry=move |()| connections.refetch()
            />
        }
        .into_any(),
        Some(Ok(all)) if all.is_empty() => view! {
            <EmptyState
                icon="plug"
                title="Connect Genesys Cloud"
                text="Flows are published through a connection: an OAuth client of your organisation with the client credentials grant."
            >
                <Button
                    kind=ButtonKind::Primary
                    icon="plus"
                    on_click=move |_| adding.set(true)
                >
                    "Add connection"
                </Button>
            </EmptyState>
        }
        .into_any(),
        Some(Ok(all)) => view! {
            <div class="page__column page__column--beside">
                {all
                    .into_iter()
                    .map(|connection| view! { <ConnectionCard connection connections /> })
                    .collect_view()}
            </div>
        }
        .into_any(),
    }
    };
    view! {
        <header class="page__head">
            <div class="page__title">
                <h2 class="title-section">"Connections"</h2>
                <p class="page__text">"Where flows are published."</p>
            </div>
            <Show when=has_any>
                <Button icon="plus" on_click=move |_| adding.set(true)>
                    "Add connection"
                </Button>
            </Show>
        </header>
        {body}
        <Dialog open=adding title="Add a connection">
            <ConnectionForm open=adding connections />
        </Dialog>
    }
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <div class="page__column page__column--beside" aria-busy="true" aria-label="Connections are being loaded">
            <section class="card">
                <header class="card__head">
                    <Skeleton />
                </header>
                <div class="facts">
                    <Skeleton />
                    <Skeleton />
                    <Skeleton />
                    <Skeleton />
                </div>
            </section>
        </div>
    }
}
