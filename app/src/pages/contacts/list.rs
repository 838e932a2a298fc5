//! The list of contacts.

use std::time::Duration;

use api::{ContactList, ContactOrder, ContactStage, ContactSummary, Right};
use dom::{
    prelude::*,
    route::{NavigateOptions, use_navigate},
};

use super::{form::ContactForm, list_filter::ListFilter, stage::StageBadge};
use crate::{
    client::{Client, ContactsWanted, Failure},
    components::{
        Button, ButtonKind, Dialog, EmptyState, ErrorState, RelativeTime, SearchInput, Skeleton,
        Toasts,
    },
    pages::PageTitle,
    remaining::how_long,
    session::{SessionState, loaded},
};

/// How long typing rests before it is searched for.
const REST: Duration = Duration::from_millis(200);
/// How often the list is asked for while contacts in it are being validated.
const POLL: Duration = Duration::from_secs(2);
/// How often it is asked for beyond the time that checking should take.
const LONGER: u64 = 5;

#[component]
pub fn ListPage() -> impl IntoView {
    let client = expect_context::<Client>();
    let session = expect_context::<SessionState>();
    let navigate = use_navigate();
    let may_handle = Memo::new(move |_| session.may(Right::HandleContacts));
    let toasts = expect_context::<Toasts>();
    let search = RwSignal::new(String::new());
    let stage = RwSignal::new(None::<ContactStage>);
    let order = RwSignal::new(ContactOrder::default());
    let checking = RwSignal::new(false);
    // How often the list is still asked for after many were sent to be checked:
    // those that are being validated may stand under no filter.
    let watching = RwSignal::new(0_u64);
    let wanted = Signal::derive(move || ContactsWanted {
        search: search.get(),
        stage: stage.get(),
        order: order.get(),
    });
    let registering = RwSignal::new(false);
    let older = RwSignal::new(Vec::<ContactList>::new());
    let list = loaded(move || {
        let wanted = wanted.get_untracked();
        async move { client.contacts(&wanted, None).await }
    });
    Effect::new(move |first: Option<()>| {
        let asked = wanted.get();
        if first.is_some() {
            let search = move || {
                if wanted.try_get_untracked().as_ref() == Some(&asked) {
                    older.set(Vec::new());
                    list.refetch();
                }
            };
            set_timeout(search, REST);
        }
    });
    let is_validating = move || {
        let is_one = |contact: &ContactSummary| contact.stage == ContactStage::Validating;
        list.with(|list| match list {
            Some(Ok(list)) => list.contacts.iter().any(is_one),
            _ => false,
        })
    };
    let polling = set_interval_with_handle(
        move || {
            let is_watched = watching.get_untracked() > 0;
            if is_watched {
                watching.update(|times| *times -= 1);
            }
            // What was loaded below would be of another moment.
            let is_first = older.with_untracked(Vec::is_empty);
            if is_first && (is_watched || untrack(is_validating)) {
                list.refetch();
            }
        },
        POLL,
    );
    on_cleanup(move || {
        if let Ok(polling) = polling {
            polling.clear();
        }
    });
    let check_all = move |_| {
        checking.set(true);
        let wanted = wanted.get_untracked();
        spawn_local(async move {
            match client.check_contacts(&wanted).await {
                Ok(begun) if begun.contacts == 0 => {
                    toasts.success("None of these contacts has to be asked about.");
                }
                Ok(begun) => {
                    toasts.success(match begun.contacts {
                        1 => "1 contact is being validated.".to_owned(),
                        contacts => format!(
                            "{contacts} contacts are being validated. That takes {}.",
                            how_long(begun.seconds)
                        ),
                    });
                    older.try_set(Vec::new());
                    watching.try_set(begun.seconds / POLL.as_secs() + LONGER);
                    list.refetch();
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => toasts.danger(format!("Nothing was checked. {failure}")),
            }
            checking.try_set(false);
        });
    };
    let go = StoredValue::new_local(navigate);
    let registered = Callback::new(move |id: String| {
        let path = format!("/contacts/{id}");
        go.with_value(|go| go(&path, NavigateOptions::default()));
    });
    let count = move || {
        list.with(|list| match list {
            Some(Ok(list)) => match list.total {
                1 => "1 contact".to_owned(),
                total => format!("{total} contacts"),
            },
            _ => String::new(),
        })
    };
    let has_any =
        move || list.with(|list| matches!(list, Some(Ok(list)) if !list.contacts.is_empty()));
    let is_narrowed =
        move || wanted.with(|wanted| wanted.stage.is_some() || !wanted.search.trim().is_empty());
    let body = move || match list.get() {
        None | Some(Err(Failure::SessionEnded)) => view! { <Loading /> },
        Some(Err(failure)) => view! {
            <ErrorState
                failure
                title="Contacts could not be loaded"
                retry=move |()| list.refetch()
            />
        },
        Some(Ok(first)) if first.total == 0 && stage.get().is_none() => {
            view! { <NoContacts may_handle=may_handle.get() registering /> }
        }
        Some(Ok(first)) if first.contacts.is_empty() && watching.get() > 0 => view! {
            <EmptyState
                icon="shield-check"
                title="They are being validated"
                text="Each comes back here, or stands under another state, as soon as Genesys has answered."
            />
        },
        Some(Ok(first)) if first.contacts.is_empty() => view! {
            <EmptyState
                icon="search"
                title="No contact fits"
                text="Search for its ID, or for what you can see of its name and addresses, and look at every state."
            >
                <Button on_click=move |_| {
                    stage.set(None);
                    search.set(String::new());
                }>"Show all contacts"</Button>
            </EmptyState>
        },
        Some(Ok(first)) => {
            let mut pages = vec![first];
            pages.extend(older.get());
            let next = pages.last().and_then(|page| page.next.clone());
            let contacts = pages.into_iter().flat_map(|page| page.contacts).collect();
            view! {
                <Table contacts />
                <Older next wanted older />
            }
        }
    };
    view! {
        <PageTitle title="Contacts" />
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <h1 class="page__title title-page">"Contacts"</h1>
                <a class="button" href="/contacts/import">
                    <crate::components::Icon name="upload" />
                    <span>
                        {move || if may_handle.get() { "Import CSV" } else { "Imports" }}
                    </span>
                </a>
                <Show when=move || may_handle.get()>
                    <Button
                        kind=ButtonKind::Primary
                        icon="plus"
                        on_click=move |_| registering.set(true)
                    >
                        "Register contact"
                    </Button>
                </Show>
            </header>
            <div class="page__tools">
                <SearchInput label="Search contacts" value=search />
                <ListFilter stage order />
                <Show when=move || may_handle.get() && has_any()>
                    <Button icon="shield-check" busy=checking on_click=check_all>
                        {move || if is_narrowed() { "Check these" } else { "Check all" }}
                    </Button>
                </Show>
                <span class="page__count" role="status">
                    {count}
                </span>
            </div>
            <div class="page__body">{body}</div>
            <Dialog open=registering title="Register a contact" wide=true>
                <ContactForm open=registering on_done=registered />
            </Dialog>
        </main>
    }
}

#[component]
fn NoContacts(may_handle: bool, registering: RwSignal<bool>) -> impl IntoView {
    if !may_handle {
        return view! {
            <EmptyState
                icon="contact-round"
                title="There are no contacts yet"
                text="When a publisher registers one, it appears here."
            />
        };
    }
    view! {
        <EmptyState
            icon="contact-round"
            title="Register your first contact"
            text="Patchbay registers it in Genesys, asks whether and how it may be spoken to, and starts interactions. Many at once come from a CSV file."
        >
            <Button
                kind=ButtonKind::Primary
                icon="plus"
                on_click=move |_| registering.set(true)
            >
                "Register contact"
            </Button>
        </EmptyState>
    }
}

#[component]
fn Table(contacts: Vec<ContactSummary>) -> impl IntoView {
    view! {
        <table class="table contacts">
            <thead>
                <tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"ID"</th>
                    <th scope="col" data-narrow="hide">
                        "Channels"
                    </th>
                    <th scope="col">"State"</th>
                    <th scope="col" data-narrow="hide">
                        "Registered"
                    </th>
                </tr>
            </thead>
            <tbody>
                {contacts.into_iter().map(|contact| view! { <Row contact /> }).collect_view()}
            </tbody>
        </table>
    }
}

#[component]
fn Row(contact: ContactSummary) -> impl IntoView {
    let address = format!("/contacts/{}", contact.id);
    let is_tried = contact.stage == ContactStage::NotRegistered;
    let channels: Vec<_> = contact
        .channels
        .iter()
        .map(|channel| channel.address.clone())
        .collect();
    view! {
        <tr class="table__row">
            <td>
                <a class="table__name" href=address>
                    <span class="truncate">{contact.name}</span>
                </a>
            </td>
            <td class="mono truncate">{contact.external_contact_id}</td>
            <td class="truncate" data-narrow="hide">
                {channels.join(", ")}
            </td>
            <td>
                <StageBadge stage=contact.stage />
            </td>
            <td class="truncate" data-narrow="hide">
                {is_tried.then_some("Tried ")}
                <RelativeTime at=contact.registered_at in_sentence=is_tried />
                " by "
                {contact.registered_by}
            </td>
        </tr>
    }
}

/// Loads the contacts that follow.
#[component]
fn Older(
    next: Option<String>,
    wanted: Signal<ContactsWanted>,
    older: RwSignal<Vec<ContactList>>,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let busy = RwSignal::new(false);
    next.map(|next| {
        let load = move |_| {
            let (next, wanted) = (next.clone(), wanted.get_untracked());
            busy.set(true);
            spawn_local(async move {
                match client.contacts(&wanted, Some(&next)).await {
                    Ok(page) => older.update(|older| older.push(page)),
                    Err(Failure::SessionEnded) => {}
                    Err(failure) => toasts.danger(format!("No more were loaded. {failure}")),
                }
                busy.try_set(false);
            });
        };
        view! {
            <div class="empty empty--compact">
                <Button busy on_click=load>
                    "Show more"
                </Button>
            </div>
        }
    })
}

#[component]
fn Loading() -> impl IntoView {
    let row = |_| {
        view! {
            <tr class="table__row" aria-hidden="true">
                <td>
                    <Skeleton />
                </td>
                <td>
                    <Skeleton />
                </td>
            </tr>
        }
    };
    view! {
        <table class="table" aria-busy="true" aria-label="Contacts are being loaded">
            <tbody>{(0..6).map(row).collect_view()}</tbody>
        </table>
    }
}
