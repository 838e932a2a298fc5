//! The direct profile's data action, and Patchbay's own file of one.

use serde_json::{Map, Value};

use super::{Fault, ImportError, object::Object, own_file::pointer, read, sort::Sort, stamp};
use crate::{
    DataType, Extra, Interface, Parameter, ParameterType,
    data_action::{DataAction, DataActionFile, Definition, Script},
};

pub(crate) fn import(text: &str) -> Result<DataActionFile, ImportError> {
    read(text, file)
}

pub(super) fn file(sort: Sort, value: Value) -> Result<DataActionFile, Fault> {
    match (sort, value) {
        (Sort::OwnDataAction, value) => own(value),
        (Sort::DataAction, Value::Object(members)) => foreign(members),
        (other, _) => Err(other.instead_of("a data action")),
    }
}

fn own(document: Value) -> Result<DataActionFile, Fault> {
    let format = document.get("patchbay").and_then(Value::as_str);
    if format != Some(DataActionFile::FORMAT) {
        let message = format!(
            "This file is not in the format “{}”. It holds something else, or a newer Patchbay wrote it.",
            DataActionFile::FORMAT
        );
        return Err(Fault::new(message, "/patchbay"));
    }
    serde_path_to_error::deserialize(document).map_err(|error| {
        let path = pointer(error.path());
        Fault::new(format!("The file is damaged: {}.", error.inner()), path)
    })
}

fn foreign(members: Map<String, Value>) -> Result<DataActionFile, Fault> {
    let mut document = Object::new(members, "");
    let stamp = stamp::versioned(&mut document)?;
    let mut action = DataAction {
        name: document.text("name")?.unwrap_or_default(),
        description: document.text("description")?.unwrap_or_default(),
        definition: definition(document.object("definition")?)?,
        extra: Extra::new(),
    };
    document.keep_rest(&mut action.extra, "");
    Ok(DataActionFile::new(action, stamp))
}

fn definition(mut object: Object) -> Result<Definition, Fault> {
    let mut definition = Definition {
        name: object.text("name")?.unwrap_or_default(),
        description: object.text("description")?.unwrap_or_default(),
        interface: Interface {
            inputs: parameters(&mut object, "inputs", true)?,
            outputs: parameters(&mut object, "outputs", false)?,
        },
        code: Script::of_wire(object.text("code")?.unwrap_or_default()),
        language: object.text("language")?.unwrap_or_default(),
        extra: Extra::new(),
    };
    object.keep_rest(&mut definition.extra, "");
    Ok(definition)
}

fn parameters(object: &mut Object, name: &str, is_input: bool) -> Result<Vec<Parameter>, Fault> {
    let path = object.path_of(name);
    let items = object.list(name)?.into_iter().enumerate();
    items
        .map(|(index, item)| parameter(Object::of(item, format!("{path}/{index}"))?, is_input))
        .collect()
}

fn parameter(mut object: Object, is_input: bool) -> Result<Parameter, Fault> {
    let mut parameter = Parameter {
        name: object.text("name")?.unwrap_or_default(),
        datatype: datatype(object.take("datatype").unwrap_or_default()),
        required: is_input && object.boolean("required")?.unwrap_or_default(),
        description: object.text("description")?.unwrap_or_default(),
        extra: Extra::new(),
    };
    object.keep_rest(&mut parameter.extra, "");
    Ok(parameter)
}

/// A type that nobody knows, and one that is absent, are for the checks to
/// point at.
fn datatype(value: Value) -> ParameterType {
    match value.as_str().and_then(DataType::from_name) {
        Some(datatype) => ParameterType::Known(datatype),
        None => ParameterType::Foreign(value),
    }
}
