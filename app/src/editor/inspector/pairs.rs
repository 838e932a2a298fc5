//! Names with values: headers, variables.

use editor::Command;
use flow::{FieldSpec, FieldValue, NodeId, Pair, Problem};
use leptos::{ev::KeyboardEvent, html, prelude::*};
use serde_json::Value;

use super::{
    super::desk::Desk,
    field::NodeSignal,
    node::set_field,
    rows::{RowProblem, RowsField, focus_row, place_by_key},
};
use crate::components::{IconButton, TextInput};

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
    let add = move |()| {
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
        let mut rows = rows.get_untracked();
        let to = place_by_key(&event, index, rows.len());
        if let Some(to) = to.filter(|_| !read_only.get_untracked()) {
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
                <RowProblem found index=Signal::derive(move || Some(index)) />
            </div>
        }
    };
    view! {
        <RowsField spec add_label=words.add_label on_add=Callback::new(add) can_edit=edit found group>
            <For each=move || 0..count.get() key=|index| *index let:index>
                {row(index)}
            </For>
        </RowsField>
    }
}

/// A value as it is edited: a text as it is, anything else as JSON.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
