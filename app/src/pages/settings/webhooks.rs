//! Webhooks: who outside is told of what happens here.

mod card;
mod deliveries;
mod detail;
mod form;
mod secret;

use api::Webhook;
use dom::prelude::*;

use super::AdministratorsOnly;
use crate::{
    client::{Client, Failure},
    components::{Button, ButtonKind, Dialog, EmptyState, ErrorState, Skeleton},
    pages::PageTitle,
    session::{Loaded, loaded},
};

use card::WebhookCard;
use form::WebhookForm;
use secret::{SecretDialog, ShownSecret};

/// The webhooks as they were loaded, and how to load them again.
type Webhooks = Loaded<Vec<Webhook>>;

#[component]
pub fn WebhooksPage() -> impl IntoView {
    view! {
        <PageTitle title="Webhooks" />
        <AdministratorsOnly title="Webhooks are for administrators">
            <List />
        </AdministratorsOnly>
    }
}

#[component]
fn List() -> impl IntoView {
    let client = expect_context::<Client>();
    let webhooks = loaded(move || client.webhooks());
    let adding = RwSignal::new(false);
    // Outside of the cards, which are made anew when the list is loaded.
    let secret = ShownSecret::new();
    let has_any =
        move || webhooks.with(|webhooks| matches!(webhooks, Some(Ok(all)) if !all.is_empty()));
    let body = move || {
        match webhooks.get() {
        None | Some(Err(Failure::SessionEnded)) => view! { <Loading /> }.into_any(),
        Some(Err(failure)) => view! {
            <ErrorState
                failure
                title="Webhooks could not be loaded"
                retry=move |()| webhooks.refetch()
            />
        }
        .into_any(),
        Some(Ok(all)) if all.is_empty() => view! {
            <EmptyState
                icon="send"
                title="Tell another system what happens here"
                text="A webhook sends a signed message to an address of yours, such as your CRM’s, whenever an interaction with a contact was started."
            >
                <Button
                    kind=ButtonKind::Primary
                    icon="plus"
                    on_click=move |_| adding.set(true)
                >
                    "Add webhook"
                </Button>
            </EmptyState>
        }
        .into_any(),
        Some(Ok(all)) => view! {
            <div class="page__column">
                {all
                    .into_iter()
                    .map(|webhook| view! { <WebhookCard webhook webhooks secret /> })
                    .collect_view()}
            </div>
        }
        .into_any(),
    }
    };
    view! {
        <header class="page__head">
            <div class="page__title">
                <h2 class="title-section">"Webhooks"</h2>
                <p class="page__text">"Who outside is told of what happens here."</p>
            </div>
            <Show when=has_any>
                <Button icon="plus" on_click=move |_| adding.set(true)>
                    "Add webhook"
                </Button>
            </Show>
        </header>
        {body}
        <Dialog open=adding title="Add a webhook">
            <WebhookForm open=adding webhooks secret />
        </Dialog>
        <SecretDialog secret />
    }
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <div class="page__column" aria-busy="true" aria-label="Webhooks are being loaded">
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
