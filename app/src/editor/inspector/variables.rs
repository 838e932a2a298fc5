//! Variables that are there before the flow starts.

use editor::Command;
use flow::{DataType, FlowSetting, Variable};
use leptos::{html, prelude::*};

use super::{super::desk::Desk, rows::focus_row};
use crate::components::{Button, ButtonKind, IconButton, Select, TextInput, TooltipSide};

/// Every data type with its name for people.
const TYPES: [(DataType, &str); 7] = [
    (DataType::String, "String"),
    (DataType::Integer, "Integer"),
    (DataType::Number, "Number"),
    (DataType::Boolean, "Boolean"),
    (DataType::Datetime, "Date and time"),
    (DataType::Object, "Object"),
    (DataType::Array, "Array"),
];

fn type_name(datatype: DataType) -> &'static str {
    TYPES
        .iter()
        .find(|(other, _)| *other == datatype)
        .map_or("String", |(_, name)| name)
}

/// The declared variables: name, type, description.
#[component]
pub(super) fn Variables(desk: Desk, read_only: Signal<bool>) -> impl IntoView {
    let group: NodeRef<html::Div> = NodeRef::new();
    let rows = Memo::new(move |_| desk.flow.with(|flow| flow.variables.clone()));
    let count = Memo::new(move |_| rows.with(Vec::len));
    let set = move |rows: Vec<Variable>| {
        desk.run(Command::SetFlow(FlowSetting::Variables(rows)));
    };
    let end = move || {
        desk.run(Command::EndTyping);
    };
    let changed = move |index: usize, change: &dyn Fn(&mut Variable)| {
        let mut rows = rows.get_untracked();
        if let Some(row) = rows.get_mut(index) {
            change(row);
            set(rows);
        }
    };
    let add = move |_| {
        end();
        let mut rows = rows.get_untracked();
        rows.push(Variable {
            name: String::new(),
            datatype: DataType::String,
            description: String::new(),
        });
        let last = rows.len() - 1;
        set(rows);
        end();
        focus_row(group, last);
    };
    let remove = move |index: usize| {
        end();
        let mut rows = rows.get_untracked();
        if index < rows.len() {
            rows.remove(index);
            set(rows);
        }
        end();
    };
    let row = move |index: usize| {
        let of = move |part: fn(&Variable) -> String| {
            Memo::new(move |_| rows.with(|rows| rows.get(index).map(part).unwrap_or_default()))
        };
        let name = of(|variable| variable.name.clone());
        let description = of(|variable| variable.description.clone());
        let datatype = of(|variable| type_name(variable.datatype).to_owned());
        let choose = move |chosen: String| {
            let found = TYPES.iter().find(|(_, name)| *name == chosen);
            if let Some((datatype, _)) = found {
                changed(index, &|row| row.datatype = *datatype);
                end();
            }
        };
        let number = index + 1;
        view! {
            <div class="variable" data-row=index.to_string()>
                <div class="pairs__row">
                    <TextInput
                        value=name
                        on_input=move |text: String| changed(index, &|row| row.name.clone_from(&text))
                        on_change=move |_| end()
                        label=format!("Name of variable {number}")
                        placeholder="Name"
                        code=true
                        small=true
                        read_only
                    />
                    <Select
                        value=datatype
                        on_change=choose
                        options=Signal::stored(
                            TYPES
                                .iter()
                                .map(|(_, name)| ((*name).to_owned(), (*name).to_owned()))
                                .collect::<Vec<_>>(),
                        )
                        disabled=read_only
                        label=format!("Type of variable {number}")
                    />
                    <Show when=move || !read_only.get()>
                        <IconButton
                            icon="x"
                            label=Signal::derive(move || format!("Remove {}", name.get()))
                            side=TooltipSide::End
                            small=true
                            on_click=move |_| remove(index)
                        />
                    </Show>
                </div>
                <TextInput
                    value=description
                    on_input=move |text: String| {
                        changed(index, &|row| row.description.clone_from(&text));
                    }
                    on_change=move |_| end()
                    label=format!("Description of variable {number}")
                    placeholder="What it is for"
                    small=true
                    read_only
                />
            </div>
        }
    };
    view! {
        <section class="section" data-field="variables">
            <h3 class="section__title">
                "Variables" <span class="section__end">"there before the flow starts"</span>
            </h3>
            <div class="pairs pairs--even" node_ref=group>
                <For each=move || 0..count.get() key=|index| *index let:index>
                    {row(index)}
                </For>
                <Show when=move || { count.get() == 0 && read_only.get() }>
                    <p class="text-muted">"None are declared."</p>
                </Show>
                <Show when=move || !read_only.get()>
                    <Button
                        kind=ButtonKind::Ghost
                        icon="plus"
                        small=true
                        on_click=add
                        attr:data-add="variables"
                    >
                        "Add variable"
                    </Button>
                </Show>
            </div>
        </section>
    }
}
