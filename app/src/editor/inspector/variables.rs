//! Variables that are there before the flow starts.

use dom::prelude::*;
use editor::Command;
use flow::{DataType, FlowSetting, Parameter, Variable};

use super::{
    super::desk::Desk,
    declared::{Declared, Words},
};

const WORDS: Words = Words {
    key: "variables",
    title: "Variables",
    note: "there before the flow starts",
    one: "variable",
    add: "Add variable",
};

/// The declared variables: name, type, description.
#[component]
pub(super) fn Variables(desk: Desk) -> impl IntoView {
    let rows = Memo::new(move |_| {
        desk.flow
            .with(|flow| flow.variables.iter().map(parameter).collect::<Vec<_>>())
    });
    let set = Callback::new(move |rows: Vec<Parameter>| {
        let variables = rows.into_iter().map(variable).collect();
        desk.run(Command::SetFlow(FlowSetting::Variables(variables)));
    });
    view! { <Declared desk words=WORDS rows set described=true /> }
}

fn parameter(variable: &Variable) -> Parameter {
    let Variable {
        name,
        datatype,
        description,
    } = variable;
    Parameter {
        description: description.clone(),
        ..Parameter::new(name, *datatype)
    }
}

fn variable(parameter: Parameter) -> Variable {
    Variable {
        datatype: parameter.datatype.known().unwrap_or(DataType::String),
        name: parameter.name,
        description: parameter.description,
    }
}
