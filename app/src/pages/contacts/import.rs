//! Importing a CSV file: choose it, say what its columns are, see what is wrong
//! with its rows, begin.

use api::{
    ColumnUse, ContactImport, DryRun, DryRunResult, ExistingRow, ImportColumn, NewImport, Right,
};
use dom::{
    ev, html,
    prelude::*,
    route::{NavigateOptions, use_navigate},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

use super::{super::through::Through, duration::how_long, import_run::StateBadge};
use crate::{
    client::{Client, Failure},
    components::{Banner, Button, ButtonKind, EmptyState, RelativeTime, Select, Spinner, Tone},
    editor::random_name,
    pages::PageTitle,
    session::{SessionState, loaded},
};

const MOST_BYTES: f64 = 10.0 * 1024.0 * 1024.0;
/// Problems of rows that are shown.
const PROBLEMS: usize = 200;

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
struct Chosen {
    name: String,
    text: String,
}

/// What the page knows of the file.
#[derive(Clone, Copy)]
struct Wizard {
    client: Client,
    file: RwSignal<Option<Chosen>>,
    result: RwSignal<Option<DryRunResult>>,
    refused: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    through: RwSignal<Option<String>>,
    key: StoredValue<String>,
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

    fn columns(self) -> Vec<ColumnUse> {
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
fn words(failure: &Failure) -> String {
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

#[component]
fn DryRunShown(result: DryRunResult, wizard: Wizard) -> impl IntoView {
    let navigate = use_navigate();
    let beginning = RwSignal::new(false);
    let importable = result.importable;
    let begin = move |_| {
        let Some(file) = wizard.file.get_untracked() else {
            return;
        };
        beginning.set(true);
        wizard.refused.set(None);
        let new = NewImport {
            key: wizard.key.get_value(),
            file_name: file.name,
            text: file.text,
            columns: wizard.columns(),
            connection: wizard.through.get_untracked(),
        };
        spawn_local(async move {
            match wizard.client.begin_import(&new).await {
                Ok(import) => {
                    let path = format!("/contacts/import/{}", import.id);
                    navigate(&path, NavigateOptions::default());
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    wizard.refused.try_set(Some(words(&failure)));
                }
            }
            beginning.try_set(false);
        });
    };
    let left_out = result.rows - importable;
    let summary = match (importable, left_out) {
        (_, 0) => format!("All {} rows can be registered.", result.rows),
        (0, _) => "No row can be registered yet.".to_owned(),
        (some, 1) => format!("{some} rows can be registered; 1 with problems is left out."),
        (some, out) => {
            format!("{some} rows can be registered; {out} with problems are left out.")
        }
    };
    let summary = match importable {
        0 => summary,
        _ => format!("{summary} Importing takes {}.", how_long(result.seconds)),
    };
    let existing = (result.existing_count > 0)
        .then(|| view! { <Existing rows=result.existing count=result.existing_count /> });
    let has_columns = result.column_problems.is_empty();
    let told = result.problems.len().min(PROBLEMS) as u64;
    let untold = result.problem_count - told;
    let problems = result.problems.into_iter().take(PROBLEMS);
    let rows = problems.map(|problem| {
        view! {
            <tr>
                <th scope="row">{problem.row}</th>
                <td>{problem.column}</td>
                <td>{problem.sentence}</td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    view! {
        <section class="card" aria-label="Dry run">
            <header class="card__head">
                <h2 class="card__title">"3. Dry run"</h2>
                {move || wizard.busy.get().then(|| view! { <Spinner label="Looking at the file" /> })}
            </header>
            {if has_columns {
                view! { <p role="status">{summary}</p> }
            } else {
                let problems = result.column_problems.into_iter();
                view! {
                    <Banner tone=Tone::Warning>
                        {problems.map(|problem| view! { <p>{problem}</p> }).collect_view()}
                    </Banner>
                }
            }}
            {(!rows.is_empty())
                .then(|| {
                    view! {
                        <table class="differences">
                            <thead>
                                <tr>
                                    <th scope="col">"Row"</th>
                                    <th scope="col">"Column"</th>
                                    <th scope="col">"Problem"</th>
                                </tr>
                            </thead>
                            <tbody>{rows.into_iter().collect_view()}</tbody>
                        </table>
                    }
                })}
            {(untold > 0)
                .then(|| view! { <p class="text-muted">{format!("And {untold} problems more.")}</p> })}
            {existing}
            <footer class="card__foot">
                <Button
                    kind=ButtonKind::Primary
                    icon="upload"
                    busy=beginning
                    disabled=!has_columns || importable == 0
                    on_click=begin
                >
                    {if importable == 1 {
                        "Import 1 row".to_owned()
                    } else {
                        format!("Import {importable} rows")
                    }}
                </Button>
            </footer>
        </section>
    }
}

/// The rows whose contact is here already.
#[component]
fn Existing(rows: Vec<ExistingRow>, count: u64) -> impl IntoView {
    let told = rows.len().min(PROBLEMS) as u64;
    let row = |row: ExistingRow| {
        let words = match row.differs_in.as_slice() {
            [] => "Nothing".to_owned(),
            parts => parts.join(", "),
        };
        view! {
            <tr>
                <th scope="row">{row.row}</th>
                <td>
                    <a class="link mono" href=format!("/contacts/{}", row.contact)>
                        {row.external_contact_id}
                    </a>
                </td>
                <td>{words}</td>
            </tr>
        }
    };
    let words = match count {
        1 => "1 contact is here already. It is compared and stays as it is; if it differs, it can be updated afterwards.".to_owned(),
        count => format!("{count} contacts are here already. They are compared and stay as they are; those that differ can be updated afterwards."),
    };
    view! {
        <section aria-label="Contacts that are here already">
            <p class="existing__words">
                {words}
            </p>
            <table class="differences">
                <thead>
                    <tr>
                        <th scope="col">"Row"</th>
                        <th scope="col">"Contact"</th>
                        <th scope="col">"Differs in"</th>
                    </tr>
                </thead>
                <tbody>
                    {rows.into_iter().take(PROBLEMS).map(row).collect_view()}
                </tbody>
            </table>
            {(count > told)
                .then(|| view! { <p class="text-muted">{format!("And {} more.", count - told)}</p> })}
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
