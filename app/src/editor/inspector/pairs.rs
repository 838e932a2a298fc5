//! Names with values: headers, variables.

use editor::Command;
use flow::{FieldSpec, FieldValue, NodeId, Pair, Problem};
use leptos::{ev::KeyboardEvent, html, prelude::*};
use serde_json::Value;
use wasm_bindgen::JsCast;

use super::{super::desk::Desk, field::NodeSignal, node::set_field};
use crate::components::{Button, ButtonKind, Icon, IconButton, TextInput, element_id};

/// What the parts of a row are called.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) name_label: &'static str,
    pub(super) value_label: &'static str,
    pub(super) add_label: &'static str,
}

/// Rows of name and value. Alt with an arrow key moves a row.
#[component]
pub(super) fn Pairs(
    desk: Desk,
    id: NodeId,
    node: NodeSignal,
    spec: &'static FieldSpec,
    words: Words,
    found: Memo<Vec<Problem>>,
) -> impl IntoView {
    let label_id = element_id("pairs");
    let group: NodeRef<html::Div> = NodeRef::new();
    let rows = Memo::new(move |_| {
        node.with(|node| {
            node.as_ref()
                .map(|node| node.pairs(spec.key).to_vec())
                .unwrap_or_default()
        })
    });
    let count = Memo::new(move |_| rows.with(Vec::len));
    let edit = desk.can_edit();
    let read_only = Signal::derive(move || !edit.get());
    let set = Callback::new(move |rows: Vec<Pair>| {
        set_field(desk, &id, spec.key, Some(FieldValue::Pairs(rows)));
    });
    let changed = move |index: usize, change: &dyn Fn(&mut Pair)| {
        let mut rows = rows.get_untracked();
        if let Some(row) = rows.get_mut(index) {
            change(row);
            set.run(rows);
        }
    };
    let end = move || {
        desk.run(Command::EndTyping);
    };
    let add = move |_| {
        end();
        let mut rows = rows.get_untracked();
        rows.push(Pair::text("", ""));
        let last = rows.len() - 1;
        set.run(rows);
        end();
        focus_row(group, last);
    };
    let remove = move |index: usize| {
        end();
        let mut rows = rows.get_untracked();
        if index < rows.len() {
            rows.remove(index);
            set.run(rows);
        }
        end();
        focus_row(group, index.saturating_sub(1));
    };
    let keyed = move |index: usize, event: KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => index.checked_sub(1),
            "ArrowDown" if event.alt_key() => Some(index + 1),
            _ => return,
        };
        event.prevent_default();
        let mut rows = rows.get_untracked();
        if let Some(to) = to.filter(|to| *to < rows.len() && !read_only.get_untracked()) {
            end();
            rows.swap(index, to);
            set.run(rows);
            end();
            focus_row(group, to);
            desk.announce(format!("Moved to place {}.", to + 1));
        }
    };
    let row = move |index: usize| {
        let name = Memo::new(move |_| {
            rows.with(|rows| {
                rows.get(index)
                    .map(|row| row.name.clone())
                    .unwrap_or_default()
            })
        });
        let value = Memo::new(move |_| {
            rows.with(|rows| {
                rows.get(index)
                    .map(|row| shown(&row.value))
                    .unwrap_or_default()
            })
        });
        let problem = move || {
            found.with(|found| {
                let at_row = found
                    .iter()
                    .find(|problem| problem.place.row == Some(index));
                at_row.map(|problem| problem.message.clone())
            })
        };
        view! {
            <div class="pairs__row" data-row=index.to_string() on:keydown=move |event| keyed(index, event)>
                <TextInput
                    value=name
                    on_input=move |text: String| changed(index, &|row| row.name.clone_from(&text))
                    on_change=move |_| end()
                    label=format!("{} {}", words.name_label, index + 1)
                    placeholder=words.name_label
                    code=true
                    small=true
                    read_only
                />
                <TextInput
                    value=value
                    on_input=move |text: String| {
                        changed(index, &|row| row.value = Value::String(text.clone()));
                    }
                    on_change=move |_| end()
                    label=format!("{} {}", words.value_label, index + 1)
                    placeholder=words.value_label
                    code=true
                    small=true
                    read_only
                />
                <Show when=move || edit.get()>
                    <IconButton
                        icon="x"
                        label=Signal::derive(move || format!("Remove {}", name.get()))
                        side=crate::components::TooltipSide::End
                        small=true
                        on_click=move |_| remove(index)
                    />
                </Show>
                {move || {
                    problem()
                        .map(|message| {
                            view! {
                                <p class="field__error">
                                    <Icon name="circle-alert" />
                                    <span>{message}</span>
                                </p>
                            }
                        })
                }}
            </div>
        }
    };
    // A problem of the field as a whole has no row to stand under.
    let general = move || {
        found.with(|found| {
            found
                .iter()
                .filter(|problem| problem.place.row.is_none())
                .map(|problem| {
                    view! {
                        <p class="field__error">
                            <Icon name="circle-alert" />
                            <span>{problem.message.clone()}</span>
                        </p>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <div class="field" data-field=spec.key>
            <span class="field__label" id=label_id.clone()>
                {spec.label}
            </span>
            <div class="pairs" role="group" aria-labelledby=label_id node_ref=group>
                <For each=move || 0..count.get() key=|index| *index let:index>
                    {row(index)}
                </For>
                <Show when=move || edit.get()>
                    <Button
                        kind=ButtonKind::Ghost
                        icon="plus"
                        small=true
                        on_click=add
                        attr:data-add=spec.key
                    >
                        {words.add_label}
                    </Button>
                </Show>
            </div>
            <p class="field__hint">{spec.help}</p>
            {general}
        </div>
    }
}

/// A value as it is edited: a text as it is, anything else as JSON.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Moves the focus to the first field of a row once that is in the page.
pub(super) fn focus_row(group: NodeRef<html::Div>, row: usize) {
    request_animation_frame(move || {
        let Some(group) = group.try_get_untracked().flatten() else {
            return;
        };
        let field = group
            .query_selector(&format!("[data-row='{row}'] input"))
            .ok()
            .flatten()
            .and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(field) = field {
            // Focus fails on an element that is gone, and then nothing is lost.
            let _ = field.focus();
        }
    });
}
