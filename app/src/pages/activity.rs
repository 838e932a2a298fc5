//! What happened: the audit log.

mod filter;
mod joined;
mod keeping;
mod words;

use api::{AuditEntry, Outcome, Right};
use dom::prelude::*;

use self::{
    filter::{Filter, FilterBar},
    joined::{Line, joined},
    keeping::Keeping,
    words::words,
};

use super::PageTitle;
use crate::{
    client::{Client, Failure, Wanted},
    components::{
        Badge, Button, EmptyState, ErrorState, RelativeTime, Skeleton, SkeletonShape, Toasts, Tone,
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
    let filter = Filter::new();
    let wanted = filter.wanted();
    let latest = loaded(move || client.activity(wanted.get(), None));
    let older = RwSignal::new(Vec::<AuditEntry>::new());
    Effect::new(move |asked_before: Option<()>| {
        wanted.track();
        if asked_before.is_some() {
            older.update(Vec::clear);
            latest.refetch();
        }
    });
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
            view! {
                <Entries entries=all />
                <Older first older wanted />
            }
            .into_any()
        }
    };
    view! {
        <FilterBar filter />
        <Keeping wanted />
        <div class="page__body">{body}</div>
    }
}

/// Loads what happened before the first entry that is there.
#[component]
fn Older(
    first: Option<u64>,
    older: RwSignal<Vec<AuditEntry>>,
    wanted: Memo<Wanted>,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let busy = RwSignal::new(false);
    let load = move |_| {
        busy.set(true);
        spawn_local(async move {
            let asked = wanted.get_untracked();
            let answer = client.activity(asked.clone(), first).await;
            if wanted.try_get_untracked() != Some(asked) {
                return;
            }
            match answer {
                Ok(more) if more.is_empty() => toasts.success("There is nothing older."),
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
                {joined(entries).into_iter().map(|line| view! { <Entry line /> }).collect_view()}
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
fn Entry(line: Line) -> impl IntoView {
    let Line { entry, intent } = line;
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
                    {intent.map(|intent| format!("{intent} "))}
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
