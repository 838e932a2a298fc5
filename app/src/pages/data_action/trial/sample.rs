//! A sample of what a flow would hand over, with a field for each input.

use std::collections::BTreeMap;

use dom::prelude::*;
use flow::{DataType, Parameter, ParameterType};
use serde_json::{Map, Value};

use super::super::desk::ActionDesk;
use crate::components::{Field, Select, TextArea, TextInput};
use crate::data_type::type_words;

/// What is typed for each input, by its name. Nothing typed is no value.
#[derive(Clone, Copy)]
pub(super) struct Sample {
    desk: ActionDesk,
    texts: RwSignal<BTreeMap<String, String>>,
}

/// What values are begun for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Begun {
    /// What goes in.
    Input,
    /// What comes out.
    Result,
}

impl Sample {
    /// One with a value for every input.
    pub(super) fn of(desk: ActionDesk) -> Self {
        let sample = Self {
            desk,
            texts: RwSignal::new(BTreeMap::new()),
        };
        sample.begin();
        sample
    }

    /// Begins anew from the inputs.
    pub(super) fn begin(self) {
        let values = self
            .desk
            .action
            .with_untracked(|action| begun(&action.interface().inputs, Begun::Input));
        self.put(&values);
    }

    /// Takes over what an object says of inputs; nothing where it is none.
    pub(super) fn take(self, text: &str) {
        if let Ok(value) = serde_json::from_str(text) {
            self.put(&value);
        }
    }

    fn put(self, values: &Value) {
        let Value::Object(members) = values else {
            return;
        };
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let texts = members.iter();
        let texts = texts.map(|(name, value)| (name.clone(), text(value)));
        self.texts.set(texts.collect());
    }

    /// What a flow would hand over. A text that is none of the declared type
    /// stays a text, and is said not to fit.
    pub(super) fn value(self) -> Value {
        let texts = self.texts.get_untracked();
        let members = self.desk.action.with_untracked(|action| {
            let inputs = action.interface().inputs.iter();
            let given = inputs.filter_map(|input| {
                let text = texts.get(&input.name).filter(|text| !text.is_empty())?;
                Some((input.name.clone(), typed(input.datatype.known(), text)))
            });
            given.collect()
        });
        Value::Object(members)
    }
}

fn typed(datatype: Option<DataType>, text: &str) -> Value {
    let is_text = matches!(datatype, None | Some(DataType::String | DataType::Datetime));
    let as_text = || Value::from(text);
    match is_text {
        true => as_text(),
        false => serde_json::from_str(text).unwrap_or_else(|_| as_text()),
    }
}

/// A value for each of these.
pub(super) fn begun(parameters: &[Parameter], what: Begun) -> Value {
    let value = |datatype: &ParameterType| match datatype {
        ParameterType::Known(DataType::Integer | DataType::Number) => Value::from(1),
        ParameterType::Known(DataType::Boolean) => Value::from(true),
        ParameterType::Known(DataType::Datetime) => Value::from("2026-01-31T12:00:00Z"),
        ParameterType::Known(DataType::Object) => Value::Object(Map::new()),
        ParameterType::Known(DataType::Array) => Value::Array(Vec::new()),
        ParameterType::Known(DataType::String) | ParameterType::Foreign(_) => {
            Value::from(if what == Begun::Input { "sample" } else { "" })
        }
    };
    let members = parameters.iter();
    let members = members.map(|one| (one.name.clone(), value(&one.datatype)));
    Value::Object(members.collect())
}

/// A field for each declared input, with what is wrong with it by its JSON
/// pointer.
#[component]
pub(super) fn InputFields(
    desk: ActionDesk,
    sample: Sample,
    problem_of: Callback<String, Option<String>>,
) -> impl IntoView {
    let inputs = Memo::new(move |_| desk.action.with(|action| action.interface().inputs.clone()));
    let fields = move || {
        let inputs = inputs.get();
        if inputs.is_empty() {
            return view! {
                <p class="text-muted">"No input is declared, so a flow hands over nothing."</p>
            };
        }
        let fields = inputs.into_iter();
        fields
            .map(|input| view! { <InputField input sample problem_of /> })
            .collect_view()
    };
    view! { <div class="action__fields">{fields}</div> }
}

#[component]
fn InputField(
    input: Parameter,
    sample: Sample,
    problem_of: Callback<String, Option<String>>,
) -> impl IntoView {
    let Parameter {
        name,
        datatype,
        required,
        description,
        ..
    } = input;
    let datatype = datatype.known();
    let kind = datatype.map_or("Any type", type_words);
    let hint = match description.as_str() {
        "" => kind.to_owned(),
        purpose => format!("{kind}: {purpose}"),
    };
    let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    let value = {
        let name = name.clone();
        Signal::derive(move || {
            let text = |texts: &BTreeMap<String, String>| texts.get(&name).cloned();
            sample.texts.with(text).unwrap_or_default()
        })
    };
    let type_in = {
        let name = name.clone();
        move |text: String| {
            sample.texts.update(|texts| {
                texts.insert(name.clone(), text);
            });
        }
    };
    let control = move || match datatype {
        Some(DataType::Boolean) => {
            let options = [("", "No value"), ("true", "True"), ("false", "False")];
            let options = options.map(|(value, words)| (value.to_owned(), words.to_owned()));
            view! { <Select value on_change=type_in.clone() options=options.to_vec() /> }
        }
        Some(DataType::Object | DataType::Array) => {
            view! { <TextArea value on_input=type_in.clone() lines=2 code=true /> }
        }
        _ => view! { <TextInput value on_input=type_in.clone() code=true /> },
    };
    view! {
        <Field
            label=name
            hint
            optional=!required
            error=Signal::derive(move || problem_of.run(pointer.clone()))
        >
            {control()}
        </Field>
    }
}
