//! Names with types that the flow declares: variables, inputs, outputs.

use dom::{ev::KeyboardEvent, html, prelude::*};
use editor::Command;
use flow::{DataType, Parameter, ParameterType};

use super::{
    super::desk::Desk,
    rows::{focus_row, place_by_key},
};
use crate::components::{Button, ButtonKind, IconButton, Select, TextInput, TooltipSide};
use crate::data_type::type_words;

/// What a list of declarations is called.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// Names the list for whoever jumps to it.
    pub(super) key: &'static str,
    /// The title.
    pub(super) title: &'static str,
    /// What stands beside the title.
    pub(super) note: &'static str,
    /// What one of them is: "input".
    pub(super) one: &'static str,
    /// What the button that adds one says.
    pub(super) add: &'static str,
}

/// A list of declarations: name, type and, where it is sent or kept, what each
/// is for. Alt with an arrow key moves a row.
#[component]
pub(super) fn Declared(
    desk: Desk,
    words: Words,
    rows: Memo<Vec<Parameter>>,
    set: Callback<Vec<Parameter>>,
    /// Whether each may say what it is for.
    described: bool,
) -> impl IntoView {
    let group: NodeRef<html::Div> = NodeRef::new();
    let count = Memo::new(move |_| rows.with(Vec::len));
    let edit = desk.can_edit();
    let read_only = Signal::derive(move || !edit.get());
    let end = move || {
        desk.run(Command::EndTyping);
    };
    let changed = move |index: usize, change: &dyn Fn(&mut Parameter)| {
        let mut rows = rows.get_untracked();
        if let Some(row) = rows.get_mut(index) {
            change(row);
            set.run(rows);
        }
    };
    let add = move |_| {
        end();
        let mut rows = rows.get_untracked();
        rows.push(Parameter::default());
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
        if let Some(to) = to.filter(|_| edit.get_untracked()) {
            end();
            rows.swap(index, to);
            set.run(rows);
            end();
            focus_row(group, to);
            desk.announce(format!("Moved to place {}.", to + 1));
        }
    };
    let row = move |index: usize| {
        let of = move |part: fn(&Parameter) -> String| {
            Memo::new(move |_| rows.with(|rows| rows.get(index).map(part).unwrap_or_default()))
        };
        let name = of(|row| row.name.clone());
        let description = of(|row| row.description.clone());
        let datatype = of(|row| type_name(&row.datatype));
        let choose = move |chosen: String| {
            if let Some(datatype) = DataType::from_name(&chosen) {
                changed(index, &|row| {
                    row.datatype = ParameterType::Known(datatype);
                });
                end();
            }
        };
        // A type from elsewhere that is none of ours stays visible.
        let options = Signal::derive(move || {
            let now = datatype.get();
            let foreign = DataType::from_name(&now).is_none();
            let own = DataType::ALL.map(|datatype| {
                let words = type_words(datatype);
                (datatype.as_str().to_owned(), words.to_owned())
            });
            let foreign = foreign.then(|| (now.clone(), now));
            foreign.into_iter().chain(own).collect::<Vec<_>>()
        });
        let number = index + 1;
        let one = words.one;
        view! {
            <div
                class="variable"
                data-row=index.to_string()
                on:keydown=move |event| keyed(index, event)
            >
                <div class="pairs__row">
                    <TextInput
                        value=name
                        on_input=move |text: String| changed(index, &|row| row.name.clone_from(&text))
                        on_change=move |_| end()
                        label=format!("Name of {one} {number}")
                        placeholder="Name"
                        code=true
                        small=true
                        read_only
                    />
                    <Select
                        value=datatype
                        on_change=choose
                        options
                        disabled=read_only
                        label=format!("Type of {one} {number}")
                    />
                    <Show when=move || edit.get()>
                        <IconButton
                            icon="x"
                            label=Signal::derive(move || format!("Remove {}", name.get()))
                            side=TooltipSide::End
                            small=true
                            on_click=move |_| remove(index)
                        />
                    </Show>
                </div>
                {described
                    .then(|| {
                        view! {
                            <TextInput
                                value=description
                                on_input=move |text: String| {
                                    changed(index, &|row| row.description.clone_from(&text));
                                }
                                on_change=move |_| end()
                                label=format!("Description of {one} {number}")
                                placeholder="What it is for"
                                small=true
                                read_only
                            />
                        }
                    })}
            </div>
        }
    };
    view! {
        <section class="section" data-field=words.key>
            <h3 class="section__title">
                {words.title} <span class="section__end">{words.note}</span>
            </h3>
            <div class="pairs pairs--even" role="group" aria-label=words.title node_ref=group>
                <For each=move || 0..count.get() key=|index| *index let:index>
                    {row(index)}
                </For>
                <Show when=move || { count.get() == 0 && read_only.get() }>
                    <p class="text-muted">"None are declared."</p>
                </Show>
                <Show when=move || edit.get()>
                    <div class="pairs__actions">
                        <Button
                            kind=ButtonKind::Ghost
                            icon="plus"
                            small=true
                            on_click=add
                            attr:data-add=words.key
                        >
                            {words.add}
                        </Button>
                    </div>
                </Show>
            </div>
        </section>
    }
}

/// The type as a value of the select: its name, or what the document said.
fn type_name(datatype: &ParameterType) -> String {
    match datatype {
        ParameterType::Known(datatype) => datatype.as_str().to_owned(),
        ParameterType::Foreign(serde_json::Value::String(text)) => text.clone(),
        ParameterType::Foreign(value) => value.to_string(),
    }
}
