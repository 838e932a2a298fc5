//! Importing a CSV file: choose it, say what its columns are, see what is wrong
//! with its rows, begin.

use api::{ColumnUse, ContactImport, DryRun, DryRunResult, ImportColumn, Right};
use dom::{ev, html, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

use super::{super::through::Through, import_dry_run::DryRunShown, import_run::StateBadge};
use crate::{
    client::{Client, Failure},
    components::{Banner, Button, EmptyState, RelativeTime, Select, Spinner, Tone},
    editor::random_name,
    pages::PageTitle,
    session::{SessionState, loaded},
};

const MOST_BYTES: f64 = 10.0 * 1024.0 * 1024.0;

const USES: [(ColumnUse, &str, &str); 10] = [
    (ColumnUse::Ignored, "ignored", "Leave out"),
    (
        ColumnUse::ExternalContactId,
        "externalContactId",
        "Contact ID",
    ),
    (ColumnUse::Name, "name", "Name"),
    (ColumnUse::Voice, "voice", "Number for calls"),
    (ColumnUse::Sms, "sms", "Number for text messages"),
    (ColumnUse::Email, "email", "Mail address"),
    (ColumnUse::Chat, "chat", "Address for chats"),
    (ColumnUse::InitialMessage, "initialMessage", "First message"),
    (
        ColumnUse::Duration,
        "duration",
        "Longest interaction, in seconds",
    ),
    (ColumnUse::Metadata, "metadata", "Metadata of this name"),
];

/// The file that was chosen.
#[derive(Clone)]
pub(super) struct Chosen {
    pub(super) name: String,
    pub(super) text: String,
}

/// What the page knows of the file.
#[derive(Clone, Copy)]
pub(super) struct Wizard {
    pub(super) client: Client,
    pub(super) file: RwSignal<Option<Chosen>>,
    result: RwSignal<Option<DryRunResult>>,
    pub(super) refused: RwSignal<Option<String>>,
    pub(super) busy: RwSignal<bool>,
    pub(super) through: RwSignal<Option<String>>,
    pub(super) key: StoredValue<String>,
}

impl Wizard {
    fn choose(self, file: File) {
        if self.busy.get_untracked() {
            return;
        }
        self.refused.set(None);
        if file.size() > MOST_BYTES {
            let words = "The file is larger than 10 MB. Split it into several.";
            return self.refused.set(Some(words.to_owned()));
        }
        self.busy.set(true);
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await.ok();
            match text.and_then(|text| text.as_string()) {
                Some(text) => {
                    let name = file.name();
                    self.file.try_set(Some(Chosen { name, text }));
                    self.key.set_value(random_name());
                    self.look(None).await;
                }
                None => {
                    let words = "The browser could not read the file. Choose it again.";
                    self.refused.try_set(Some(words.to_owned()));
                }
            }
            self.busy.try_set(false);
        });
    }

    /// Looks at the file, with these columns or those that it proposes.
    async fn look(self, columns: Option<Vec<ColumnUse>>) {
        let Some(file) = self.file.get_untracked() else {
            return;
        };
        let look = DryRun {
            text: file.text,
            columns,
            connection: self.through.get_untracked(),
        };
        match self.client.try_import(&look).await {
            Ok(result) => {
                self.result.try_set(Some(result));
            }
            Err(Failure::SessionEnded) => {}
            Err(failure) => {
                self.result.try_set(None);
                self.refused.try_set(Some(words(&failure)));
            }
        }
    }

    /// What each column is.
    pub(super) fn columns(self) -> Vec<ColumnUse> {
        self.result.with_untracked(|result| {
            let columns = result.iter().flat_map(|result| &result.columns);
            columns.map(|column| column.used_as).collect()
        })
    }

    /// Which contacts are here already depends on the connection.
    fn look_again(self) {
        if self.result.with_untracked(Option::is_none) {
            return;
        }
        let columns = self.columns();
        self.busy.set(true);
        spawn_local(async move {
            self.look(Some(columns)).await;
            self.busy.try_set(false);
        });
    }

    fn use_as(self, at: usize, used_as: ColumnUse) {
        let mut columns = self.columns();
        if let Some(column) = columns.get_mut(at) {
            *column = used_as;
        }
        self.busy.set(true);
        spawn_local(async move {
            self.look(Some(columns)).await;
            self.busy.try_set(false);
        });
    }
}

/// The place in the file is more to the point than that something is wrong.
pub(super) fn words(failure: &Failure) -> String {
    let errors = failure
        .problem()
        .into_iter()
        .flat_map(|problem| &problem.errors);
    let details: Vec<_> = errors.map(|error| error.detail.as_str()).collect();
    if details.is_empty() {
        failure.to_string()
    } else {
        details.join(" ")
    }
}

#[component]
pub fn ImportPage() -> impl IntoView {
    let session = expect_context::<SessionState>();
    let may_handle = Memo::new(move |_| session.may(Right::HandleContacts));
    let wizard = Wizard {
        client: expect_context(),
        file: RwSignal::new(None),
        result: RwSignal::new(None),
        refused: RwSignal::new(None),
        busy: RwSignal::new(false),
        through: RwSignal::new(None),
        key: StoredValue::new(random_name()),
    };
    Effect::new(move |before: Option<Option<String>>| {
        let through = wizard.through.get();
        if before.is_some_and(|before| before != through) {
            wizard.look_again();
        }
        through
    });
    let refused = move || {
        let words = wizard.refused.get()?;
        Some(view! { <Banner tone=Tone::Danger title="Nothing was imported">{words}</Banner> })
    };
    let file = move || {
        wizard.result.get().map(|result| {
            view! {
                <Columns columns=result.columns.clone() wizard />
                <DryRunShown result wizard />
            }
        })
    };
    view! {
        <PageTitle title="Import contacts" />
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <a class="button button--ghost" href="/contacts">
                    <crate::components::Icon name="arrow-left" />
                    <span>"Contacts"</span>
                </a>
                <h1 class="page__title title-page">"Import contacts"</h1>
            </header>
            <div class="page__body">
                <div class="page__column">
                    <Show when=move || may_handle.get()>
                        {refused}
                        <Picker wizard />
                        {file}
                    </Show>
                    <Imports />
                </div>
            </div>
        </main>
    }
}

#[component]
fn Picker(wizard: Wizard) -> impl IntoView {
    let picker = NodeRef::<html::Input>::new();
    let picked = move |event: ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        let file = input.files().and_then(|files| files.item(0));
        // The same file, corrected, can be picked again.
        input.set_value("");
        if let Some(file) = file {
            wizard.choose(file);
        }
    };
    let pick = move |_| {
        if let Some(picker) = picker.get_untracked() {
            picker.click();
        }
    };
    view! {
        <section class="card" aria-label="File">
            <header class="card__head">
                <h2 class="card__title">"1. File"</h2>
            </header>
            <p>
                {move || match wizard.file.get() {
                    Some(file) => file.name,
                    None => {
                        "A CSV file in UTF-8 with the names of its columns in the first row; at most 10,000 rows and 10 MB."
                            .to_owned()
                    }
                }}
            </p>
            <input
                node_ref=picker
                type="file"
                accept=".csv,text/csv,text/tab-separated-values"
                hidden
                aria-label="CSV file"
                on:change=picked
            />
            <Through chosen=wizard.through />
            <footer class="card__foot">
                <Button icon="file-up" busy=wizard.busy on_click=pick>
                    "Choose file"
                </Button>
            </footer>
        </section>
    }
}

#[component]
fn Columns(columns: Vec<ImportColumn>, wizard: Wizard) -> impl IntoView {
    let options: Vec<_> = USES
        .iter()
        .map(|(_, value, words)| ((*value).to_owned(), (*words).to_owned()))
        .collect();
    let row = move |(at, column): (usize, ImportColumn)| {
        let used = USES.iter().find(|(used_as, ..)| *used_as == column.used_as);
        let value = used.map_or("ignored", |(_, value, _)| *value).to_owned();
        let label = format!("Use of column {}", column.name);
        let choose = move |chosen: String| {
            if let Some((used_as, ..)) = USES.iter().find(|(_, value, _)| *value == chosen) {
                wizard.use_as(at, *used_as);
            }
        };
        view! {
            <tr>
                <th scope="row">{column.name}</th>
                <td class="truncate">{column.example}</td>
                <td>
                    <Select
                        value=value
                        on_change=choose
                        options=options.clone()
                        label=label
                        disabled=wizard.busy
                    />
                </td>
            </tr>
        }
    };
    view! {
        <section class="card" aria-label="Columns">
            <header class="card__head">
                <h2 class="card__title">"2. Columns"</h2>
            </header>
            <table class="differences">
                <thead>
                    <tr>
                        <th scope="col">"Column"</th>
                        <th scope="col">"First row"</th>
                        <th scope="col">"Use as"</th>
                    </tr>
                </thead>
                <tbody>{columns.into_iter().enumerate().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
}

/// The imports there were.
#[component]
fn Imports() -> impl IntoView {
    let client = expect_context::<Client>();
    let imports = loaded(move || client.contact_imports());
    let row = |import: ContactImport| {
        let counts = import.counts;
        let settled = counts.rows - counts.waiting;
        view! {
            <tr>
                <th scope="row">
                    <a class="link" href=format!("/contacts/import/{}", import.id)>
                        {import.file_name}
                    </a>
                </th>
                <td>{format!("{settled} of {} rows", counts.rows)}</td>
                <td>
                    <StateBadge state=import.state />
                </td>
                <td>
                    <RelativeTime at=import.begun_at />
                    " by "
                    {import.author}
                </td>
            </tr>
        }
    };
    let body = move || match imports.get() {
        Some(Ok(imports)) if imports.is_empty() => view! {
            <EmptyState
                icon="upload"
                title="Nothing was imported yet"
                text="Imports stay here with what became of each row."
                compact=true
            />
        },
        Some(Ok(imports)) => view! {
            <table class="differences">
                <tbody>{imports.into_iter().map(row).collect_view()}</tbody>
            </table>
        },
        Some(Err(failure)) if failure != Failure::SessionEnded => {
            view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> }
        }
        _ => view! { <Spinner /> },
    };
    view! {
        <section class="card" aria-label="Imports">
            <header class="card__head">
                <h2 class="card__title">"Imports"</h2>
            </header>
            {body}
        </section>
    }
}
