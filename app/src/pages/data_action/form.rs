//! Names, descriptions, inputs and outputs.

use dom::prelude::*;
use flow::{
    Severity,
    data_action::{DataAction, Definition},
};

use super::{
    desk::ActionDesk,
    parameters::{Parameters, Words},
};
use crate::components::{Button, Field, TextArea, TextInput};

#[component]
pub(super) fn Form(desk: ActionDesk) -> impl IntoView {
    let read_only = Signal::derive(move || !desk.may_edit.get());
    let of = move |read: fn(&DataAction) -> &String| {
        Memo::new(move |_| desk.action.with(|action| read(action).clone()))
    };
    let set = move |change: fn(&mut DataAction) -> &mut String| {
        move |text: String| desk.edit(|action| *change(action) = text)
    };
    let found = move |member: &'static str, severity: Severity| {
        Signal::derive(move || message(desk, member, None, severity))
    };
    let error = move |member| found(member, Severity::Error);
    // A problem leads to its field.
    Effect::new(move |_| {
        let Some((field, row)) = desk.wanted_field.get() else {
            return;
        };
        desk.wanted_field.set(None);
        focus(&field, row);
    });
    let language = move || {
        let language = desk
            .action
            .with(|action| action.definition.language.clone());
        (language != Definition::PYTHON).then(|| view! { <Language desk language /> })
    };
    view! {
        <div class="action__form" data-panel="form">
            <section class="section">
                <Field
                    label="Name"
                    name="name"
                    hint="Unique in the organisation. Flows pick it by this name."
                    error=error("name")
                >
                    <TextInput
                        value=of(|action| &action.name)
                        on_input=set(|action| &mut action.name)
                        read_only
                    />
                </Field>
                <Field label="Description" name="description" optional=true error=error("description")>
                    <TextArea
                        value=of(|action| &action.description)
                        on_input=set(|action| &mut action.description)
                        lines=2
                        read_only
                    />
                </Field>
            </section>
            <section class="section">
                <h2 class="section__title">"Definition"</h2>
                <div>
                    <Field
                        label="Name of the definition"
                        name="definitionName"
                        hint="What Architect lists the action as."
                        error=error("definitionName")
                    >
                        <TextInput
                            value=of(|action| &action.definition.name)
                            on_input=set(|action| &mut action.definition.name)
                            read_only
                        />
                    </Field>
                    <Field
                        label="Description of the definition"
                        name="definitionDescription"
                        optional=true
                        error=error("definitionDescription")
                    >
                        <TextArea
                            value=of(|action| &action.definition.description)
                            on_input=set(|action| &mut action.definition.description)
                            lines=2
                            read_only
                        />
                    </Field>
                    {language}
                </div>
            </section>
            <Parameters desk words=Words::INPUTS />
            <Parameters desk words=Words::OUTPUTS />
        </div>
    }
}

/// A language that came with a document and cannot be run.
#[component]
fn Language(desk: ActionDesk, language: String) -> impl IntoView {
    let choose = move |_| {
        desk.edit(|action| action.definition.language = Definition::PYTHON.to_owned());
    };
    let said = if language.is_empty() {
        "The document names no language. Scripts run as “python3”.".to_owned()
    } else {
        format!("The document says “{language}”, which cannot be run.")
    };
    view! {
        <div class="field" data-field="language">
            <span class="field__label">"Language"</span>
            <p class="field__error">{said}</p>
            <Show when=move || desk.may_edit.get()>
                <Button small=true on_click=choose>"Use python3"</Button>
            </Show>
        </div>
    }
}

/// What the check says of a part of the form, or of a row of it.
pub(super) fn message(
    desk: ActionDesk,
    member: &str,
    row: Option<usize>,
    severity: Severity,
) -> Option<String> {
    desk.checked.with(|checked| {
        let mut found = checked.findings.iter().map(|finding| &finding.problem);
        let found = found.find(|problem| {
            let place = &problem.place;
            let field = place.field.as_ref().map(flow::FieldKey::as_str);
            field == Some(member) && place.row == row && problem.severity == severity
        });
        found.map(|problem| problem.message.clone())
    })
}

/// Puts the focus into a field of the form.
fn focus(field: &str, row: Option<usize>) {
    use wasm_bindgen::JsCast;
    let row = row.map_or(String::new(), |row| format!(" [data-row='{row}']"));
    let selector =
        format!(".action__form [data-field='{field}']{row} :is(input, textarea, select, button)");
    let control = document().query_selector(&selector).ok().flatten();
    if let Some(control) = control.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Focus fails on an element that is gone, and then nothing is lost.
        let _ = control.focus();
    }
}
