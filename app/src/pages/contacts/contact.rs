//! One contact: how far it has come, its channels, and what can be done.

use std::time::Duration;

use api::{Contact, ContactStage, Right};
use dom::prelude::*;

use super::{
    differences::{Differences, Proposed},
    form::{ContactForm, Seen},
    interactions::Interactions,
    stage::{Lifecycle, StageBadge},
    start::StartInteraction,
};
use crate::{
    client::{Client, Failure},
    components::{
        Badge, Banner, Button, ButtonKind, Dialog, ErrorState, RelativeTime, Skeleton, Toasts, Tone,
    },
    pages::PageTitle,
    session::{Loaded, SessionState, loaded},
};

/// How often a contact is asked about that is being sent or validated.
const POLL: Duration = Duration::from_secs(1);

/// The contact as it was loaded, and how to load it again.
pub type Shown = Loaded<Contact>;

#[component]
pub fn ContactPage(id: String) -> impl IntoView {
    let client = expect_context::<Client>();
    let wanted = StoredValue::new(id);
    let shown = loaded(move || {
        let id = wanted.get_value();
        async move { client.contact(&id).await }
    });
    // Outside of what is drawn anew each time that the contact is loaded, so that
    // what was typed stays.
    let editing = RwSignal::new(false);
    let to_edit = RwSignal::new(None::<Seen>);
    let is_under_way = move || {
        shown.with(|shown| match shown {
            Some(Ok(contact)) => matches!(
                contact.stage,
                ContactStage::Registering | ContactStage::Validating
            ),
            _ => false,
        })
    };
    let polling = set_interval_with_handle(
        move || {
            if untrack(is_under_way) {
                shown.refetch();
            }
        },
        POLL,
    );
    on_cleanup(move || {
        if let Ok(polling) = polling {
            polling.clear();
        }
    });
    let title = Signal::derive(move || {
        shown.with(|shown| match shown {
            Some(Ok(contact)) => contact.contact.name.clone(),
            _ => "Contact".to_owned(),
        })
    });
    let edit = Callback::new(move |seen| {
        to_edit.set(Some(seen));
        editing.set(true);
    });
    let form = move || {
        let contact = to_edit.get_untracked()?;
        let on_done = move |_| shown.refetch();
        Some(view! { <ContactForm open=editing on_done contact /> })
    };
    let body = move || match shown.get() {
        None | Some(Err(Failure::SessionEnded)) => view! { <Loading /> },
        Some(Err(failure)) => view! {
            <ErrorState
                failure
                title="The contact could not be loaded"
                retry=move |()| shown.refetch()
            />
        },
        Some(Ok(contact)) => view! { <Whole contact shown edit /> },
    };
    view! {
        <PageTitle title />
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <a class="button button--ghost" href="/contacts">
                    <crate::components::Icon name="arrow-left" />
                    <span>"Contacts"</span>
                </a>
                <h1 class="page__title title-page truncate">{title}</h1>
            </header>
            <div class="page__body">{body}</div>
            <Dialog open=editing title="Edit the contact" wide=true>
                {form}
            </Dialog>
        </main>
    }
}

#[component]
fn Whole(
    contact: Contact,
    shown: Shown,
    /// Opens the form.
    edit: Callback<Seen>,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let session = expect_context::<SessionState>();
    let toasts = expect_context::<Toasts>();
    let may_handle = session.may(Right::HandleContacts);
    let checking = RwSignal::new(false);
    let starting = RwSignal::new(false);
    let registering = RwSignal::new(false);
    let seen = StoredValue::new(Seen::of(&contact));
    let id = StoredValue::new(contact.id.clone());
    let check = move |_| {
        checking.set(true);
        spawn_local(async move {
            match client.check_contact(&id.get_value()).await {
                Ok(_) => shown.refetch(),
                Err(Failure::SessionEnded) => {}
                Err(failure) => toasts.danger(format!("It was not checked. {failure}")),
            }
            checking.try_set(false);
        });
    };
    let register = move |_| {
        registering.set(true);
        spawn_local(async move {
            let Seen { id, save } = seen.get_value();
            match client.save_contact(&id, &save).await {
                Ok(_) => shown.refetch(),
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    toasts.danger(format!("It was not registered. {}", failure.in_words()));
                    // As somebody else changed it.
                    shown.refetch();
                }
            }
            registering.try_set(false);
        });
    };
    let tone = match contact.stage {
        ContactStage::Failed | ContactStage::NotRegistered => Tone::Danger,
        ContactStage::Validating | ContactStage::Registering | ContactStage::New => Tone::Info,
        _ => Tone::Warning,
    };
    let is_registered = contact.stage != ContactStage::NotRegistered;
    let is_waiting = matches!(
        contact.stage,
        ContactStage::Registering | ContactStage::Validating
    );
    let is_blocked = contact.stage == ContactStage::Failed;
    let why_not = contact.notice.as_ref().map(|notice| match contact.stage {
        ContactStage::Failed => "Blocked: no interaction can be started.".to_owned(),
        _ => notice.sentence.clone(),
    });
    let cannot_start = contact.startable.is_empty();
    let interactions = contact.interactions.clone();
    let differences = contact.differences.clone();
    let fields = contact.contact.clone();
    view! {
        <div class="page__column page__column--beside">
            {contact
                .notice
                .clone()
                .map(|notice| {
                    view! {
                        <Banner tone>
                            {notice.sentence}" "{notice.next_step}
                            {notice
                                .correlation_id
                                .map(|id| format!(" Genesys correlation id {id}."))}
                        </Banner>
                    }
                })}
            <section class="card" aria-label="State">
                <header class="card__head">
                    <h2 class="card__title">"State"</h2>
                    <StageBadge stage=contact.stage />
                </header>
                <Lifecycle contact=contact.clone() />
                {may_handle
                    .then(|| {
                        view! {
                            <footer class="card__foot">
                                {(!is_registered)
                                    .then(|| {
                                        view! {
                                            <Button
                                                kind=ButtonKind::Primary
                                                icon="upload"
                                                busy=registering
                                                on_click=register
                                            >
                                                "Register again"
                                            </Button>
                                        }
                                    })}
                                <Button
                                    icon="shield-check"
                                    busy=checking
                                    disabled=is_waiting
                                    on_click=check
                                >
                                    "Check availability"
                                </Button>
                                {is_registered
                                    .then(|| {
                                        view! {
                                            <Button
                                                kind=ButtonKind::Primary
                                                icon="message"
                                                disabled=cannot_start
                                                on_click=move |_| starting.set(true)
                                            >
                                                "Start interaction"
                                            </Button>
                                        }
                                    })}
                                <Button icon="pencil" on_click=move |_| edit.run(seen.get_value())>
                                    "Edit"
                                </Button>
                                {why_not
                                    .filter(|_| cannot_start && is_registered)
                                    .map(|why| {
                                        view! { <span class="text-muted text-small">{why}</span> }
                                    })}
                            </footer>
                        }
                    })}
            </section>
            {(!differences.is_empty())
                .then(|| {
                    view! {
                        <Differences differences seen=seen.get_value() shown may_handle />
                    }
                })}
            {contact
                .proposal
                .clone()
                .map(|proposal| {
                    view! { <Proposed proposal seen=seen.get_value() shown may_handle /> }
                })}
            <section class="card" aria-label="Channels">
                <header class="card__head">
                    <h2 class="card__title">"Channels"</h2>
                    {contact
                        .checked_at
                        .clone()
                        .map(|at| {
                            view! {
                                <span class="text-muted text-small">
                                    "Checked " <RelativeTime at in_sentence=true />
                                </span>
                            }
                        })}
                </header>
                <dl class="facts">
                    {contact
                        .channels
                        .iter()
                        .map(|one| channel(one, is_blocked))
                        .collect_view()}
                </dl>
            </section>
            <section class="card" aria-label="Details">
                <header class="card__head">
                    <h2 class="card__title">"Details"</h2>
                    {contact.is_masked.then(|| view! { <Badge>"Masked"</Badge> })}
                </header>
                <dl class="facts">
                    <dt>"Contact ID"</dt>
                    <dd class="mono">{fields.external_contact_id}</dd>
                    <dt>"First message"</dt>
                    <dd>{or(fields.initial_message, "Hello")}</dd>
                    <dt>"Longest interaction"</dt>
                    <dd>{format!("{} s", fields.interaction_duration_seconds)}</dd>
                    <dt>"Connection"</dt>
                    <dd>{contact.connection.clone()}</dd>
                    <dt>{if is_registered { "Registered" } else { "Tried" }}</dt>
                    <dd>
                        <RelativeTime at=contact.registered_at.clone() />
                        " by "
                        {contact.registered_by.clone()}
                    </dd>
                    {fields
                        .metadata
                        .into_iter()
                        .map(|entry| {
                            view! {
                                <dt class="mono">{entry.name}</dt>
                                <dd>{entry.value}</dd>
                            }
                        })
                        .collect_view()}
                </dl>
            </section>
            <Interactions interactions />
        </div>
        <StartInteraction open=starting contact=contact.clone() shown />
    }
}

fn or(text: String, otherwise: &str) -> String {
    if text.is_empty() {
        otherwise.to_owned()
    } else {
        text
    }
}

fn channel(channel: &api::ContactChannel, is_blocked: bool) -> View {
    let (tone, word) = match channel.availability.as_deref() {
        // The channel would do, and the contact may not be spoken to.
        Some("available") if is_blocked => (Tone::Neutral, "Blocked".to_owned()),
        Some("available") => (Tone::Success, "Available".to_owned()),
        Some(other) => (Tone::Warning, sentence_case(other)),
        None => (Tone::Neutral, "Not checked".to_owned()),
    };
    view! {
        <dt>{channel_name(channel.channel)}</dt>
        <dd>
            {channel.address.clone()}" "
            <Badge tone dot=true>
                {word}
            </Badge>
        </dd>
    }
}

/// A channel in a word.
pub fn channel_name(channel: flow::contact::Channel) -> &'static str {
    match channel {
        flow::contact::Channel::Voice => "Voice",
        flow::contact::Channel::Sms => "Text message",
        flow::contact::Channel::Email => "Email",
        flow::contact::Channel::Chat => "Chat",
    }
}

fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <div class="page__column" aria-busy="true" aria-label="The contact is being loaded">
            <section class="card">
                <Skeleton />
                <Skeleton />
            </section>
        </div>
    }
}
