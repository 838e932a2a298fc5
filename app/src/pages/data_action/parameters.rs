//! The inputs or the outputs: name, type, whether a flow must give it, and what
//! it is for. Alt with an arrow key moves a row.

use dom::{ev::KeyboardEvent, html, prelude::*};
use flow::{DataType, Interface, Parameter, ParameterType, Severity};

use super::{desk::ActionDesk, form::message};
use crate::{
    components::{Button, ButtonKind, Icon, IconButton, Select, TextInput, TooltipSide},
    data_type::type_words,
    editor::rows::{focus_row, place_by_key},
};

/// What a list of parameters is called, and where it is.
#[derive(Clone, Copy)]
pub(super) struct Words {
    key: &'static str,
    title: &'static str,
    one: &'static str,
    add: &'static str,
    none: &'static str,
    is_required_said: bool,
    of: fn(&Interface) -> &Vec<Parameter>,
    of_mut: fn(&mut Interface) -> &mut Vec<Parameter>,
}

impl Words {
    pub(super) const INPUTS: Self = Self {
        key: "inputs",
        title: "Inputs",
        one: "input",
        add: "Add input",
        none: "Nothing goes in.",
        is_required_said: true,
        of: |interface| &interface.inputs,
        of_mut: |interface| &mut interface.inputs,
    };
    pub(super) const OUTPUTS: Self = Self {
        key: "outputs",
        title: "Outputs",
        one: "output",
        add: "Add output",
        none: "Nothing comes out.",
        is_required_said: false,
        of: |interface| &interface.outputs,
        of_mut: |interface| &mut interface.outputs,
    };
}

#[component]
pub(super) fn Parameters(desk: ActionDesk, words: Words) -> impl IntoView {
    let group: NodeRef<html::Div> = NodeRef::new();
    let rows = Memo::new(move |_| {
        desk.action
            .with(|action| (words.of)(action.interface()).clone())
    });
    let count = Memo::new(move |_| rows.with(Vec::len));
    let change = move |change: &dyn Fn(&mut Vec<Parameter>)| {
        desk.edit(|action| change((words.of_mut)(&mut action.definition.interface)));
    };
    let add = move |_| {
        change(&|rows| rows.push(Parameter::default()));
        focus_row(group, count.get_untracked().saturating_sub(1));
    };
    let move_to = move |from: usize, to: usize| {
        change(&|rows| {
            if from < rows.len() && to < rows.len() {
                rows.swap(from, to);
            }
        });
        focus_row(group, to);
        desk.announcer.say(format!("Moved to place {}.", to + 1));
    };
    let remove = move |index: usize| {
        change(&|rows| {
            if index < rows.len() {
                rows.remove(index);
            }
        });
        focus_row(group, index.saturating_sub(1));
    };
    let keyed = move |index: usize, event: KeyboardEvent| {
        let to = place_by_key(&event, index, count.get_untracked());
        if let Some(to) = to.filter(|_| desk.may_edit.get_untracked()) {
            move_to(index, to);
        }
    };
    let general = move || {
        let said = message(desk, words.key, None, Severity::Error);
        said.map(|said| view! { <p class="field__error">{said}</p> })
    };
    view! {
        <section class="section" data-field=words.key>
            <h2 class="section__title">{words.title}</h2>
            <div role="group" aria-label=words.title node_ref=group>
                <For each=move || 0..count.get() key=|index| *index let:index>
                    <div
                        class="parameter"
                        data-row=index.to_string()
                        on:keydown=move |event| keyed(index, event)
                    >
                        <Row desk words rows index remove />
                    </div>
                </For>
                <Show when=move || count.get() == 0>
                    <p class="text-muted">{words.none}</p>
                </Show>
                {general}
                <Show when=move || desk.may_edit.get()>
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

#[component]
fn Row(
    desk: ActionDesk,
    words: Words,
    rows: Memo<Vec<Parameter>>,
    index: usize,
    #[prop(into)] remove: Callback<usize>,
) -> impl IntoView {
    let of = move |read: fn(&Parameter) -> String| {
        Memo::new(move |_| rows.with(|rows| rows.get(index).map(read).unwrap_or_default()))
    };
    let name = of(|row| row.name.clone());
    let description = of(|row| row.description.clone());
    let datatype = of(|row| type_name(&row.datatype));
    let required =
        Memo::new(move |_| rows.with(|rows| rows.get(index).is_some_and(|row| row.required)));
    let changed = move |change: &dyn Fn(&mut Parameter)| {
        desk.edit(|action| {
            if let Some(row) = (words.of_mut)(&mut action.definition.interface).get_mut(index) {
                change(row);
            }
        });
    };
    let choose = move |chosen: String| {
        if let Some(datatype) = DataType::from_name(&chosen) {
            changed(&|row| row.datatype = ParameterType::Known(datatype));
        }
    };
    // A type from elsewhere that is none of ours stays visible.
    let options = Signal::derive(move || {
        let now = datatype.get();
        let foreign = DataType::from_name(&now)
            .is_none()
            .then(|| (now.clone(), now));
        let own = DataType::ALL.map(|datatype| {
            let words = type_words(datatype);
            (datatype.as_str().to_owned(), words.to_owned())
        });
        foreign.into_iter().chain(own).collect::<Vec<_>>()
    });
    let read_only = Signal::derive(move || !desk.may_edit.get());
    let (one, number) = (words.one, index + 1);
    let said = move |severity, class: &'static str, icon: &'static str| {
        move || {
            let said = message(desk, words.key, Some(index), severity)?;
            Some(view! {
                <p class=class>
                    <Icon name=icon />
                    <span>{said}</span>
                </p>
            })
        }
    };
    view! {
        <div class="parameter__row">
            <TextInput
                value=name
                on_input=move |text: String| changed(&|row| row.name.clone_from(&text))
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
            <Show when=move || desk.may_edit.get()>
                <IconButton
                    icon="x"
                    label=Signal::derive(move || format!("Remove {}", name.get()))
                    side=TooltipSide::End
                    small=true
                    on_click=move |_| remove.run(index)
                />
            </Show>
        </div>
        <div class="parameter__row">
            <TextInput
                value=description
                on_input=move |text: String| changed(&|row| row.description.clone_from(&text))
                label=format!("Description of {one} {number}")
                placeholder="What it is for"
                small=true
                read_only
            />
            {words
                .is_required_said
                .then(|| {
                    view! {
                        <label class="parameter__required">
                            <input
                                type="checkbox"
                                disabled=read_only
                                prop:checked=required
                                aria-label=format!("Required: {one} {number}")
                                on:change=move |event| {
                                    let is_required = event_target_checked(&event);
                                    changed(&|row| row.required = is_required);
                                }
                            />
                            "Required"
                        </label>
                    }
                })}
        </div>
        {said(Severity::Error, "field__error", "circle-alert")}
        {said(Severity::Warning, "field__warning", "triangle-alert")}
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
