//! An import that runs: how far it is, pausing it, and its result.

use std::time::Duration;

use api::{ContactImport, ImportCommand, ImportState, Right};
use dom::prelude::*;

use super::import_rows::ImportRows;
use crate::{
    client::{Client, Failure},
    components::{
        Badge, Banner, Button, ButtonKind, Confirm, ErrorState, RelativeTime, Skeleton, Toasts,
        Tone,
    },
    download::{offer_blob, text_blob},
    pages::PageTitle,
    remaining::remaining,
    session::{Loaded, SessionState, loaded},
};

/// How often an import that is not finished is asked about.
const POLL: Duration = Duration::from_secs(1);

#[component]
pub fn ImportRunPage(id: String) -> impl IntoView {
    let client = expect_context::<Client>();
    let wanted = StoredValue::new(id);
    let shown = loaded(move || {
        let id = wanted.get_value();
        async move { client.contact_import(&id).await }
    });
    // What was heard last stays while the server is away.
    let last = RwSignal::new(None::<ContactImport>);
    Effect::new(move |_| {
        if let Some(Ok(import)) = shown.get() {
            last.set(Some(import));
        }
    });
    let is_open = move || {
        shown.with(|shown| match shown {
            Some(Ok(import)) => import.counts.waiting > 0 && import.state != ImportState::Paused,
            Some(Err(failure)) => *failure == Failure::Unreachable,
            None => false,
        })
    };
    let polling = set_interval_with_handle(
        move || {
            if untrack(is_open) {
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
    let body = move || match shown.get() {
        None | Some(Err(Failure::SessionEnded)) => {
            view! { <section class="card" aria-busy="true"><Skeleton /></section> }
        }
        Some(Err(Failure::Unreachable)) if last.with(Option::is_some) => view! {
            <Banner tone=Tone::Warning title="The server cannot be reached">
                "What is below is what was heard of it last. The import goes on where it was as soon as the server runs again, and this page asks every second."
            </Banner>
            {last.get().map(|import| view! { <Run import /> })}
        },
        Some(Err(failure)) => view! {
            <ErrorState
                failure
                title="The import could not be loaded"
                retry=move |()| shown.refetch()
            />
        },
        Some(Ok(import)) => view! { <Run import /> },
    };
    view! {
        <PageTitle title="Import" />
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <a class="button button--ghost" href="/contacts/import">
                    <crate::components::Icon name="arrow-left" />
                    <span>"Imports"</span>
                </a>
                <h1 class="page__title title-page">"Import"</h1>
            </header>
            <div class="page__body">
                <div class="page__column">
                    {body}
                    // Outside of what is made anew each second, so that it keeps the focus.
                    <Commands shown />
                    <ImportRows last />
                </div>
            </div>
        </main>
    }
}

/// The colour and the word of a state.
#[component]
pub fn StateBadge(state: ImportState) -> impl IntoView {
    let (tone, word) = match state {
        ImportState::Running => (Tone::Info, "Running"),
        ImportState::Paused => (Tone::Warning, "Paused"),
        ImportState::Cancelled => (Tone::Neutral, "Cancelled"),
        ImportState::Done => (Tone::Success, "Done"),
    };
    view! {
        <Badge tone dot=true>
            {word}
        </Badge>
    }
}

#[component]
fn Run(import: ContactImport) -> impl IntoView {
    let counts = import.counts;
    let settled = counts.rows - counts.waiting;
    let remaining = import.remaining_seconds.map(remaining);
    view! {
        {(!import.note.is_empty())
            .then(|| view! { <Banner tone=Tone::Warning>{import.note.clone()}</Banner> })}
        <section class="card" aria-label="Progress">
            <header class="card__head">
                <h2 class="card__title">{import.file_name}</h2>
                <StateBadge state=import.state />
            </header>
            <progress
                class="progress"
                aria-label="Rows with an outcome"
                value=settled.to_string()
                max=counts.rows.to_string()
            ></progress>
            <p class="import-progress">
                {format!("{settled} of {} rows", counts.rows)}
                {remaining.map(|words| view! { <span class="text-muted">{words}</span> })}
            </p>
            <dl class="facts">
                <dt>"New"</dt>
                <dd data-count="new">{counts.new}</dd>
                <dt>"Exist already"</dt>
                <dd data-count="exists">{counts.exists}</dd>
                <dt>"Differ"</dt>
                <dd data-count="different">{counts.different}</dd>
                <dt>"Failed"</dt>
                <dd data-count="failed">{counts.failed}</dd>
                <dt>"Cancelled"</dt>
                <dd data-count="cancelled">{counts.cancelled}</dd>
                <dt>"Begun"</dt>
                <dd>
                    <RelativeTime at=import.begun_at />
                    " by "
                    {import.author}
                    ", through "
                    {import.connection}
                </dd>
            </dl>
        </section>
    }
}

#[component]
fn Commands(shown: Loaded<ContactImport>) -> impl IntoView {
    let client = expect_context::<Client>();
    let session = expect_context::<SessionState>();
    let toasts = expect_context::<Toasts>();
    let busy = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let import = move || shown.with(|shown| shown.clone().and_then(Result::ok));
    let state = Memo::new(move |_| import().map(|import| import.state));
    let send = move |command: ImportCommand| {
        let Some(import) = untrack(import) else {
            return;
        };
        busy.set(true);
        spawn_local(async move {
            let answer = client.change_import(&import.id, command).await;
            busy.try_set(false);
            asking.try_set(false);
            match answer {
                Ok(_) => shown.refetch(),
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    shown.refetch();
                    toasts.danger(failure.to_string());
                }
            }
        });
    };
    let download = move |_| {
        let Some(import) = untrack(import) else {
            return;
        };
        busy.set(true);
        spawn_local(async move {
            match client.import_result(&import.id).await {
                Ok(text) => {
                    let blob = text_blob(&text, "text/csv");
                    let offered = blob.and_then(|blob| offer_blob(&blob, "import-result.csv"));
                    if offered.is_err() {
                        toasts.danger("This browser did not take the file.");
                    }
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => toasts.danger(format!("No file was made. {failure}")),
            }
            busy.try_set(false);
        });
    };
    let is = move |wanted: ImportState| move || state.get() == Some(wanted);
    let can_cancel = move || {
        matches!(
            state.get(),
            Some(ImportState::Running | ImportState::Paused)
        )
    };
    let may_handle = Memo::new(move |_| session.may(Right::HandleContacts));
    view! {
        <Show when=move || may_handle.get()>
            <div class="card__foot">
                <Show when=is(ImportState::Running)>
                    <Button busy on_click=move |_| send(ImportCommand::Pause)>
                        "Pause"
                    </Button>
                </Show>
                <Show when=is(ImportState::Paused)>
                    <Button
                        kind=ButtonKind::Primary
                        icon="play"
                        busy
                        on_click=move |_| send(ImportCommand::Resume)
                    >
                        "Resume"
                    </Button>
                </Show>
                <Button icon="file-down" busy on_click=download>
                    "Download result"
                </Button>
                <Show when=can_cancel>
                    <Button kind=ButtonKind::Ghost on_click=move |_| asking.set(true)>
                        "Cancel import"
                    </Button>
                </Show>
            </div>
        </Show>
        <Confirm
            open=asking
            title="Cancel the import?"
            text="Rows that were not sent yet are left out. Contacts that were registered stay registered."
            action="Cancel import"
            busy
            on_confirm=move |()| send(ImportCommand::Cancel)
        />
    }
}
