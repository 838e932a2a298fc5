//! What looking at a file showed: rows with problems, contacts that are here
//! already, how long it takes; and beginning.

use api::{DryRunResult, ExistingRow, NewImport, RowProblem};
use dom::{
    prelude::*,
    route::{NavigateOptions, use_navigate},
};

use super::import::{Wizard, words};
use crate::{
    client::Failure,
    components::{Banner, Button, ButtonKind, Spinner, Tone},
    remaining::how_long,
};

/// Problems of rows that are shown at first, and so many more at each press.
const PROBLEMS: usize = 200;

/// What looking at the file showed, and beginning.
#[component]
pub(super) fn DryRunShown(result: DryRunResult, wizard: Wizard) -> impl IntoView {
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
            {(!result.problems.is_empty())
                .then(|| {
                    view! { <Problems problems=result.problems count=result.problem_count /> }
                })}
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

/// What is wrong with rows: all of it, a part at a time.
#[component]
fn Problems(problems: Vec<RowProblem>, count: u64) -> impl IntoView {
    let told = problems.len();
    let problems = StoredValue::new(problems);
    let shown = RwSignal::new(PROBLEMS.min(told));
    // Each part stays as it is when the next comes.
    let part = move |from: usize| {
        problems.with_value(|problems| {
            let part = problems.iter().skip(from).take(PROBLEMS);
            let row = |problem: &RowProblem| {
                view! {
                    <tr>
                        <th scope="row">{problem.row}</th>
                        <td>{problem.column.clone()}</td>
                        <td>{problem.sentence.clone()}</td>
                    </tr>
                }
            };
            part.map(row).collect_view()
        })
    };
    let untold = count.saturating_sub(told as u64);
    let words = move || {
        format!(
            "Show {} more of {count} problems",
            PROBLEMS.min(told - shown.get())
        )
    };
    view! {
        <table class="differences" aria-label="Problems of rows">
            <thead>
                <tr>
                    <th scope="col">"Row"</th>
                    <th scope="col">"Column"</th>
                    <th scope="col">"Problem"</th>
                </tr>
            </thead>
            <tbody>
                <For
                    each=move || (0..shown.get()).step_by(PROBLEMS)
                    key=|from| *from
                    let:from
                >
                    {part(from)}
                </For>
            </tbody>
        </table>
        <Show when=move || shown.get() < told>
            <Button small=true on_click=move |_| shown.update(|shown| *shown = told.min(*shown + PROBLEMS))>
                {words}
            </Button>
        </Show>
        {(untold > 0).then(|| view! {
            <p class="text-muted">
                {format!("And {untold} problems more, which come once these are put right.")}
            </p>
        })}
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
