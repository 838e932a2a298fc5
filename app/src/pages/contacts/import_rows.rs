//! The rows of an import that somebody has to look at: those that failed, and
//! those whose contact says something else.

use api::{ContactImport, ImportRow, RowState};
use dom::prelude::*;

use crate::client::{Client, Failure};

#[component]
pub fn ImportRows(
    /// The import as it was heard of last.
    last: RwSignal<Option<ContactImport>>,
) -> impl IntoView {
    let of = move |state: RowState| {
        Memo::new(move |_| {
            last.with(|last| {
                let import = last.as_ref()?;
                let count = match state {
                    RowState::Different => import.counts.different,
                    _ => import.counts.failed,
                };
                Some((import.id.clone(), count))
            })
        })
    };
    view! {
        <Rows
            title="Rows that failed"
            state=RowState::Failed
            wanted=of(RowState::Failed)
        />
        <Rows
            title="Contacts that differ"
            state=RowState::Different
            wanted=of(RowState::Different)
        />
    }
}

#[component]
fn Rows(
    title: &'static str,
    state: RowState,
    /// The import, and how many rows came to this end; asked for anew when that
    /// changes.
    wanted: Memo<Option<(String, u64)>>,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let rows = RwSignal::new(Vec::<ImportRow>::new());
    let failed = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let Some((id, count)) = wanted.get() else {
            return;
        };
        if count == 0 {
            return;
        }
        spawn_local(async move {
            match client.import_rows(&id, state).await {
                Ok(found) => {
                    failed.try_set(None);
                    rows.try_set(found);
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    failed.try_set(Some(failure.to_string()));
                }
            }
        });
    });
    let row = |row: ImportRow| {
        let contact = row.contact.map(|id| {
            view! { <a class="link" href=format!("/contacts/{id}")>"Open"</a> }
        });
        view! {
            <tr>
                <th scope="row">{row.row}</th>
                <td>{row.message}</td>
                <td>{contact}</td>
            </tr>
        }
    };
    let more = move || {
        let count = wanted.get().map(|(_, count)| count).unwrap_or_default();
        let untold = count.saturating_sub(rows.with(Vec::len) as u64);
        (untold > 0 && rows.with(|rows| !rows.is_empty())).then(|| {
            let words = format!("And {untold} rows more: they are in the result file.");
            view! { <p class="text-muted">{words}</p> }
        })
    };
    let is_shown = move || rows.with(|rows| !rows.is_empty()) || failed.with(Option::is_some);
    view! {
        <Show when=is_shown>
            <section class="card" aria-label=title>
                <header class="card__head">
                    <h2 class="card__title">{title}</h2>
                </header>
                {move || failed.get().map(|words| view! { <p class="text-danger">{words}</p> })}
                <table class="differences">
                    <thead>
                        <tr>
                            <th scope="col">"Row"</th>
                            <th scope="col">"What is so"</th>
                            <th scope="col">"Contact"</th>
                        </tr>
                    </thead>
                    <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
                </table>
                {more}
            </section>
        </Show>
    }
}
