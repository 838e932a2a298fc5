//! One field of a node: the control that its kind of input asks for, and what
//! is wrong with it.

use std::sync::Arc;

use dom::{html, prelude::*};
use editor::Command;
use flow::{FieldInput, FieldKey, FieldSpec, FieldValue, Node, NodeId, Problem, Severity};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::{
    super::{
        desk::{Desk, RowPart},
        problems,
    },
    cases,
    node::set_field,
    pairs, reference,
};
use crate::components::{Field, IntegerInput, Select, TextArea, TextInput};

/// The node while it is there.
pub(super) type NodeSignal = Memo<Option<Arc<Node>>>;

/// A field with its label, control, hint, problems and fixes.
#[component]
pub(super) fn NodeField(
    desk: Desk,
    id: NodeId,
    node: NodeSignal,
    spec: &'static FieldSpec,
) -> impl IntoView {
    let key = FieldKey::of(spec.key);
    let found = {
        let id = id.clone();
        Memo::new(move |_| {
            desk.problems
                .with(|list| list.of_field(&id, &key).cloned().collect::<Vec<_>>())
        })
    };
    let error = message_of(found, Severity::Error);
    let warning = message_of(found, Severity::Warning);
    let read_only = Signal::derive(move || !desk.can_edit().get());
    let text = Memo::new(move |_| {
        node.with(|node| {
            node.as_ref()
                .map(|node| node.text(spec.key).to_owned())
                .unwrap_or_default()
        })
    });
    let set_text = {
        let id = id.clone();
        move |text: String| set_field(desk, &id, spec.key, Some(FieldValue::Text(text)))
    };
    let leave = move |_: String| {
        desk.run(Command::EndTyping);
    };
    let optional = !spec.required;
    let control = match spec.input {
        FieldInput::Url | FieldInput::Expression => {
            let placeholder = match spec.input {
                FieldInput::Url => "https://",
                _ => "{{…}}",
            };
            view! {
                <Field label=spec.label hint=spec.help error warning optional name=spec.key>
                    <TextInput
                        value=text
                        on_input=set_text
                        on_change=leave
                        placeholder=placeholder
                        code=true
                        read_only
                    />
                </Field>
            }
            .into_any()
        }
        FieldInput::TemplateText => view! {
            <Field label=spec.label hint=spec.help error warning optional name=spec.key>
                <TextArea value=text on_input=set_text on_change=leave code=true read_only />
            </Field>
        }
        .into_any(),
        FieldInput::Choice(choices) => {
            let choose = move |choice: String| {
                set_text(choice);
                desk.run(Command::EndTyping);
            };
            // A text from elsewhere that is none of the choices stays visible.
            let options = Signal::derive(move || {
                let mut options: Vec<_> = choices
                    .iter()
                    .map(|choice| ((*choice).to_owned(), (*choice).to_owned()))
                    .collect();
                let now = text.get();
                if !choices.contains(&now.as_str()) {
                    let words = if now.is_empty() {
                        "Choose…".to_owned()
                    } else {
                        now.clone()
                    };
                    options.insert(0, (now, words));
                }
                options
            });
            view! {
                <Field label=spec.label error warning optional name=spec.key>
                    <Select value=text on_change=choose options disabled=read_only />
                </Field>
            }
            .into_any()
        }
        FieldInput::Integer { min, max, unit } => {
            let number = Memo::new(move |_| {
                node.with(
                    |node| match node.as_ref().and_then(|node| node.field(spec.key)) {
                        Some(FieldValue::Integer(number)) => *number,
                        _ => min,
                    },
                )
            });
            let set = {
                let id = id.clone();
                move |number: i64| {
                    set_field(desk, &id, spec.key, Some(FieldValue::Integer(number)));
                }
            };
            view! {
                <Field label=spec.label error warning optional name=spec.key>
                    <IntegerInput
                        value=number
                        on_input=set
                        on_change=move |()| {
                            desk.run(Command::EndTyping);
                        }
                        range=min..=max
                        unit=unit
                        read_only
                    />
                </Field>
            }
            .into_any()
        }
        FieldInput::Reference(kind) => {
            view! { <reference::Reference desk id=id.clone() node spec kind error warning /> }
                .into_any()
        }
        FieldInput::Pairs {
            role,
            name_label,
            value_label,
            add_label,
        } => view! {
            <pairs::Pairs
                desk
                id=id.clone()
                node
                spec
                words=pairs::Words { role, name_label, value_label, add_label }
                found
            />
        }
        .into_any(),
        FieldInput::Cases => {
            view! { <cases::Cases desk id=id.clone() node spec found /> }.into_any()
        }
    };
    view! {
        <div class="property">
            {control}
            <Fixes desk found />
        </div>
    }
}

/// The first problem of a severity, in words.
fn message_of(found: Memo<Vec<Problem>>, severity: Severity) -> Signal<Option<String>> {
    Signal::derive(move || {
        found.with(|found| {
            let messages: Vec<_> = found
                .iter()
                .filter(|problem| problem.severity == severity)
                .map(|problem| problem.message.as_str())
                .collect();
            (!messages.is_empty()).then(|| messages.join(" "))
        })
    })
}

/// What a click can do about the problems of a field.
#[component]
pub(super) fn Fixes(desk: Desk, found: Memo<Vec<Problem>>) -> impl IntoView {
    let edit = desk.can_edit();
    move || {
        found
            .get()
            .into_iter()
            .filter(|_| edit.get())
            .filter_map(|problem| Some((problem.place, problem.fix?)))
            .map(|(place, fix)| {
                let label = fix.label.clone();
                view! {
                    <button
                        class="field__fix"
                        type="button"
                        on:click=move |_| problems::apply(desk, &place, &fix)
                    >
                        {label}
                    </button>
                }
            })
            .collect_view()
    }
}

/// Moves the focus to the field that somebody jumped to.
pub(super) fn follow_target(desk: Desk, id: NodeId, body: NodeRef<html::Div>) {
    Effect::new(move |_| {
        let wanted = desk.field_target.get();
        let Some(target) = wanted.filter(|target| target.node == id) else {
            return;
        };
        // The fields are in the page one frame after the panel.
        request_animation_frame(move || {
            let Some(body) = body.try_get_untracked().flatten() else {
                return;
            };
            // Another frame may have led there already, and somebody types by now.
            if desk.field_target.try_get_untracked().flatten().as_ref() != Some(&target) {
                return;
            }
            desk.field_target.set(None);
            let field = target
                .field
                .as_ref()
                .map_or("label", |field| field.as_str());
            let control = match target.row {
                Some((row, RowPart::Value)) => {
                    format!("[data-field='{field}'] [data-row='{row}'] input:nth-of-type(2)")
                }
                Some((row, RowPart::Name)) => first_control(field, &format!(" [data-row='{row}']")),
                None => first_control(field, ""),
            };
            let found = body.query_selector(&control).ok().flatten();
            if let Some(control) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
                // Focus fails on an element that is gone, and then nothing is lost.
                let _ = control.focus();
                // The name as a whole, as Tab has it; else one goes on writing.
                match control.dyn_ref::<HtmlInputElement>() {
                    Some(name) if target.field.is_none() => name.select(),
                    Some(text) => {
                        let end = text.value().encode_utf16().count() as u32;
                        // Fails on what holds no text, such as a switch.
                        let _ = text.set_selection_range(end, end);
                    }
                    None => {}
                }
            }
        });
    });
}

/// Selects the first control of a field, or of a row of it.
fn first_control(field: &str, row: &str) -> String {
    ["input", "select", "textarea", "button"]
        .map(|tag| format!("[data-field='{field}']{row} {tag}"))
        .join(", ")
}
