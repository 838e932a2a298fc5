//! Names with values: headers, variables, mappings.

use dom::{ev::KeyboardEvent, html, prelude::*};
use editor::Command;
use flow::{FieldSpec, FieldValue, Node, NodeId, Pair, PairsRole, Problem};
use serde_json::Value;

use super::{
    super::desk::Desk,
    callee::{Callee, described, map_all_label, value_example},
    field::NodeSignal,
    node::set_field,
    rows::{RowProblem, RowsField, focus_row, place_by_key},
};
use crate::components::{Button, ButtonKind, IconButton, TextInput, element_id};

/// What the parts of a row stand for, and what they are called.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) role: PairsRole,
    pub(super) name_label: &'static str,
    pub(super) value_label: &'static str,
    pub(super) add_label: &'static str,
}

/// Rows of name and value. Alt with an arrow key moves a row. Where the rows
/// map what a callee declares, that is offered.
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
    let role = words.role;
    let callee = Callee::of(desk, node);
    let example = node
        .with_untracked(|node| node.as_deref().and_then(Node::callee))
        .map(|(_, kind)| kind);
    let example = value_example(role, example).unwrap_or(words.value_label);
    let (maps_names, reads_outputs) = match role {
        PairsRole::Inputs | PairsRole::Outputs => (true, false),
        PairsRole::Results => (false, true),
        PairsRole::Named | PairsRole::Variables => (false, false),
    };
    let names_id = maps_names.then(|| element_id("names"));
    let names = move || {
        let names = callee.with(|callee| callee.as_ref().map(|callee| callee.names(role)));
        let mut names = names.unwrap_or_default();
        // What a row maps already is not offered to others.
        rows.with(|rows| names.retain(|name| rows.iter().all(|row| row.name != *name)));
        names
    };
    let values_id = reads_outputs.then(|| element_id("values"));
    let values = move || {
        let values = callee.with(|callee| callee.as_ref().map(|callee| callee.values(role)));
        values.unwrap_or_default()
    };
    let lists = (
        suggestions(names_id.clone(), names),
        suggestions(values_id.clone(), values),
    );
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
    let missing = Memo::new(move |_| {
        callee
            .with(|callee| {
                let callee = callee.as_ref();
                callee.map(|callee| rows.with(|rows| callee.missing(role, rows)))
            })
            .unwrap_or_default()
    });
    let map_all = move |_| {
        end();
        let mut rows = rows.get_untracked();
        let first = rows.len();
        rows.extend(missing.get_untracked());
        set.run(rows);
        end();
        focus_row(group, first);
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
        let declared = move || {
            let parameter = rows.with(|rows| {
                let row = rows.get(index)?;
                callee.with(|callee| callee.as_ref()?.parameter(role, row).map(described))
            });
            parameter.map(|words| view! { <p class="pairs__note truncate">{words}</p> })
        };
        view! {
            <div class="pairs__row" data-row=index.to_string() on:keydown=move |event| keyed(index, event)>
                <TextInput
                    value=name
                    on_input=move |text: String| changed(index, &|row| row.name.clone_from(&text))
                    on_change=move |_| end()
                    label=format!("{} {}", words.name_label, index + 1)
                    placeholder=words.name_label
                    suggestions=names_id.clone()
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
                    placeholder=example
                    suggestions=values_id.clone()
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
                {declared}
                <RowProblem found index=Signal::derive(move || Some(index)) />
            </div>
        }
    };
    let beside_add = ToChildren::to_children(move || {
        view! {
            <Show when=move || !missing.with(Vec::is_empty)>
                <Button
                    kind=ButtonKind::Ghost
                    small=true
                    on_click=map_all
                    attr:data-map-all=spec.key
                >
                    {map_all_label(role)}
                </Button>
            </Show>
        }
    });
    view! {
        <RowsField
            spec
            add_label=words.add_label
            on_add=Callback::new(add)
            can_edit=edit
            found
            group
            beside_add
        >
            {lists}
            <For each=move || 0..count.get() key=|index| *index let:index>
                {row(index)}
            </For>
        </RowsField>
    }
}

/// What may be typed in the fields of one column, where anything is known.
fn suggestions(
    id: Option<String>,
    all: impl Fn() -> Vec<String> + Send + 'static,
) -> Option<impl IntoView> {
    let options = move || {
        let all = all().into_iter();
        all.map(|text| view! { <option value=text></option> })
            .collect_view()
    };
    id.map(|id| view! { <datalist id=id>{options}</datalist> })
}

/// A value as it is edited: a text as it is, anything else as JSON.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
