//! What happened: the audit log.

use api::{AuditEntry, Outcome, Right};
use dom::prelude::*;

use super::PageTitle;
use crate::{
    client::{Client, Failure},
    components::{
        Badge, Button, EmptyState, ErrorState, RelativeTime, SearchInput, Segment, Segments,
        Skeleton, SkeletonShape, Toasts, Tone,
    },
    session::{SessionState, loaded},
};

#[component]
pub fn ActivityPage() -> impl IntoView {
    let session = expect_context::<SessionState>();
    view! {
        <PageTitle title="Activity" />
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <h1 class="page__title title-page">"Activity"</h1>
            </header>
            {move || {
                if session.may(Right::ReadAudit) {
                    view! { <Log /> }
                } else {
                    view! {
                            <EmptyState
                                icon="lock"
                                title="Activity is for administrators and auditors"
                                text="It shows what everybody did. Ask an administrator if you need to know what happened to a flow."
                            />
                        }
                }
            }}
        </main>
    }
}

#[component]
fn Log() -> impl IntoView {
    let client = expect_context::<Client>();
    let latest = loaded(move || client.activity(None));
    let older = RwSignal::new(Vec::<AuditEntry>::new());
    let search = RwSignal::new(String::new());
    let failed_only = RwSignal::new(false);
    let body = move || match latest.get() {
        None | Some(Err(Failure::SessionEnded)) => view! { <Loading /> }.into_any(),
        Some(Err(failure)) => view! {
            <ErrorState
                failure
                title="Activity could not be loaded"
                retry=move |()| latest.refetch()
            />
        }
        .into_any(),
        Some(Ok(mut all)) => {
            all.extend(older.get());
            let first = all.last().map(|entry| entry.seq);
            all.retain(|entry| !failed_only.get() || entry.outcome == Outcome::Failed);
            search.with(|search| all.retain(|entry| fits(entry, search)));
            view! {
                <Entries entries=all />
                <Older first older />
            }
            .into_any()
        }
    };
    view! {
        <div class="page__tools">
            <SearchInput label="Search activity" value=search />
            <Segments
                label="Outcome"
                value=failed_only
                on_change=move |only| failed_only.set(only)
                segments=vec![
                    Segment { value: false, label: "All", icon: None },
                    Segment { value: true, label: "Failed", icon: None },
                ]
            />
        </div>
        <div class="page__body">{body}</div>
    }
}

/// Loads what happened before the first entry that is there.
#[component]
fn Older(first: Option<u64>, older: RwSignal<Vec<AuditEntry>>) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let busy = RwSignal::new(false);
    let load = move |_| {
        busy.set(true);
        spawn_local(async move {
            match client.activity(first).await {
                Ok(more) => older.update(|older| older.extend(more)),
                Err(Failure::SessionEnded) => {}
                Err(failure) => toasts.danger(format!("Nothing older was loaded. {failure}")),
            }
            busy.try_set(false);
        });
    };
    // Entries are numbered from 1 without gaps.
    first.filter(|first| *first > 1).map(|_| {
        view! {
            <div class="empty empty--compact">
                <Button busy on_click=load>
                    "Show older"
                </Button>
            </div>
        }
    })
}

fn fits(entry: &AuditEntry, search: &str) -> bool {
    let text = format!(
        "{} {} {} {}",
        entry.actor,
        words(&entry.action),
        entry.action,
        entry.detail
    )
    .to_lowercase();
    search
        .to_lowercase()
        .split_whitespace()
        .all(|word| text.contains(word))
}

#[component]
fn Entries(entries: Vec<AuditEntry>) -> impl IntoView {
    if entries.is_empty() {
        return view! {
            <EmptyState
                icon="activity"
                title="Nothing of the kind happened"
                text="Search for something else, or show everything."
            />
        };
    }
    view! {
        <table class="table">
            <Head />
            <tbody>
                {entries.into_iter().map(|entry| view! { <Entry entry /> }).collect_view()}
            </tbody>
        </table>
    }
}

#[component]
fn Head() -> impl IntoView {
    view! {
        <thead>
            <tr>
                <th scope="col">"When"</th>
                <th scope="col">"Who"</th>
                <th scope="col">"What"</th>
                <th scope="col">"Outcome"</th>
            </tr>
        </thead>
    }
}

#[component]
fn Entry(entry: AuditEntry) -> impl IntoView {
    let (tone, word) = match entry.outcome {
        Outcome::Intended => (Tone::Neutral, "Started"),
        Outcome::Done => (Tone::Success, "Done"),
        Outcome::Failed => (Tone::Danger, "Failed"),
    };
    let who = if entry.actor == "system" {
        "Patchbay".to_owned()
    } else {
        entry.actor
    };
    view! {
        <tr class="table__row">
            <td>
                <RelativeTime at=entry.at />
            </td>
            <td>{who}</td>
            <td>
                <span class="text-strong">{words(&entry.action)}</span>
                <span class="table__note">
                    {entry.detail}
                    {entry
                        .correlation_id
                        .map(|id| format!(" Genesys correlation id {id}."))}
                </span>
            </td>
            <td>
                <Badge tone dot=true>
                    {word}
                </Badge>
            </td>
        </tr>
    }
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
                <td>
                    <Skeleton />
                </td>
                <td>
                    <Skeleton shape=SkeletonShape::Short />
                </td>
            </tr>
        }
    };
    view! {
        <table class="table" aria-busy="true" aria-label="Activity is being loaded">
            <Head />
            <tbody>{(0..8).map(row).collect_view()}</tbody>
        </table>
    }
}

/// An action in words; one that this page does not know yet, by its name.
fn words(action: &str) -> String {
    let words = match action {
        "set-up" => "Set Patchbay up",
        "session.sign-in" => "Signed in",
        "session.confirm" => "Confirmed who they are",
        "session.sign-out" => "Signed out",
        "account.add" => "Added a person",
        "account.role" => "Changed a role",
        "account.remove" => "Removed a person",
        "account.password" => "Changed their password",
        "connection.add" => "Added a connection",
        "connection.change" => "Changed a connection",
        "connection.delete" => "Removed a connection",
        "flow.make" => "Made a flow",
        "flow.delete" => "Deleted a flow",
        "flow.quarantine" => "Found a damaged flow",
        "flow.verify" => "Verified references",
        "batch.begin" => "Changed many flows",
        "batch.end" => "Ended a change of many flows",
        "batch.cancel" => "Stopped a change of many flows",
        "batch.retry" => "Tried a change of many flows again",
        "flow.publish" => "Published a flow",
        _ => return sentence_case(&action.replace(['.', '-'], " ")),
    };
    words.to_owned()
}

fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
