//! Rows of name and value: headers, variables, cases.

use leptos::{html, prelude::*};

use super::{Button, ButtonKind, Icon};

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What stands first.
    pub name: String,
    /// What stands second.
    pub value: String,
}

/// Edits rows of name and value. Rows are told apart by their place, so that
/// the one being typed in keeps the focus.
#[component]
pub fn RowList(
    /// What the rows are.
    #[prop(into)]
    label: String,
    /// How to fill them.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The rows.
    #[prop(into)]
    rows: Signal<Vec<Row>>,
    /// Called with all rows at every change.
    #[prop(into)]
    on_input: Callback<Vec<Row>>,
    /// Called when a changed text is left, or a row was added or removed.
    #[prop(optional, into)]
    on_change: Option<Callback<()>>,
    /// The names of both columns.
    #[prop(default = ("Name", "Value"))]
    columns: (&'static str, &'static str),
    /// What one row is: `header`, `variable`.
    what: &'static str,
    /// What is wrong, by row.
    #[prop(optional, into)]
    errors: Signal<Vec<(usize, String)>>,
    /// What is wrong with the rows as a whole.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether the rows can be read only.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// Names the field for whoever jumps to it: `data-field`.
    #[prop(optional, into)]
    name: Option<String>,
) -> impl IntoView {
    let label_id = super::element_id("rows");
    let count = Memo::new(move |_| rows.with(Vec::len));
    let change = move |change: &dyn Fn(&mut Vec<Row>)| {
        let mut all = rows.get_untracked();
        change(&mut all);
        on_input.run(all);
    };
    let left = move || {
        if let Some(on_change) = on_change {
            on_change.run(());
        }
    };
    let added = RwSignal::new(false);
    let row_view = move |at: usize| {
        let name = Memo::new(move |_| {
            rows.with(|rows| rows.get(at).map(|row| row.name.clone()).unwrap_or_default())
        });
        let value = Memo::new(move |_| {
            rows.with(|rows| {
                rows.get(at)
                    .map(|row| row.value.clone())
                    .unwrap_or_default()
            })
        });
        let wrong = Memo::new(move |_| {
            errors.with(|errors| {
                errors
                    .iter()
                    .find(|(row, _)| *row == at)
                    .map(|(_, text)| text.clone())
            })
        });
        let first = NodeRef::<html::Input>::new();
        Effect::new(move |_| {
            if let Some(first) = first.get()
                && added.get_untracked()
            {
                added.set(false);
                // Focus fails on an element that is gone, and then nothing is lost.
                let _ = first.focus();
            }
        });
        view! {
            <div class="pairs__row">
                <input
                    node_ref=first
                    class="input input--small input--code"
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=format!("{} of {what} {}", columns.0, at + 1)
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    readonly=read_only
                    prop:value=name
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        change(&|rows| {
                            if let Some(row) = rows.get_mut(at) {
                                row.name.clone_from(&text);
                            }
                        });
                    }
                    on:change=move |_| left()
                />
                <input
                    class="input input--small input--code"
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=format!("{} of {what} {}", columns.1, at + 1)
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    readonly=read_only
                    prop:value=value
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        change(&|rows| {
                            if let Some(row) = rows.get_mut(at) {
                                row.value.clone_from(&text);
                            }
                        });
                    }
                    on:change=move |_| left()
                />
                <button
                    class="button button--ghost button--small button--icon pairs__remove"
                    type="button"
                    disabled=read_only
                    aria-label=move || {
                        name.with(|name| {
                            if name.is_empty() {
                                format!("Remove {what} {}", at + 1)
                            } else {
                                format!("Remove {name}")
                            }
                        })
                    }
                    on:click=move |_| {
                        change(&|rows| {
                            if at < rows.len() {
                                rows.remove(at);
                            }
                        });
                        left();
                    }
                >
                    <Icon name="x" />
                </button>
                {move || {
                    wrong
                        .get()
                        .map(|text| {
                            view! {
                                <p class="field__error">
                                    <Icon name="circle-alert" />
                                    <span>{text}</span>
                                </p>
                            }
                        })
                }}
            </div>
        }
    };
    view! {
        <div class="field" data-field=name>
            <span class="field__label" id=label_id.clone()>
                {label}
            </span>
            <div class="pairs" role="group" aria-labelledby=label_id>
                <Show when=move || { count.get() > 0 }>
                    <div class="pairs__head" aria-hidden="true">
                        <span>{columns.0}</span>
                        <span>{columns.1}</span>
                    </div>
                </Show>
                <For each=move || 0..count.get() key=|at| *at children=row_view />
                <div class="pairs__add">
                    <Button
                        kind=ButtonKind::Ghost
                        small=true
                        icon="plus"
                        disabled=read_only
                        on_click=move |_| {
                            added.set(true);
                            change(&|rows| rows.push(Row::default()));
                            left();
                        }
                    >
                        {format!("Add {what}")}
                    </Button>
                </div>
            </div>
            {hint.map(|hint| view! { <p class="field__hint">{hint}</p> })}
            {move || {
                error
                    .get()
                    .map(|text| {
                        view! {
                            <p class="field__error">
                                <Icon name="circle-alert" />
                                <span>{text}</span>
                            </p>
                        }
                    })
            }}
        </div>
    }
}
