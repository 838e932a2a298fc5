//! The direct profile's data action, and Patchbay's own file of one.

use serde_json::{Map, Value};

use super::{Fault, ImportError, object::Object, own_file::pointer, read};
use crate::{
    DataType, Extra, Interface, Parameter, ParameterType, Stamp,
    data_action::{DataAction, DataActionFile, Definition, Script},
};

pub(crate) fn import(text: &str) -> Result<DataActionFile, ImportError> {
    read(text, own, foreign)
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

fn foreign(document: Value) -> Result<DataActionFile, Fault> {
    let Value::Object(members) = document else {
        let message = "A data action is a JSON object, and this is not one.";
        return Err(Fault::new(message, ""));
    };
    if let Some(message) = looks_like_something_else(&members) {
        return Err(Fault::new(message, ""));
    }
    let mut document = Object::new(members, "");
    let stamp = stamp(&mut document)?;
    let mut action = DataAction {
        name: document.text("name")?.unwrap_or_default(),
        description: document.text("description")?.unwrap_or_default(),
        definition: definition(document.object("definition")?)?,
        extra: Extra::new(),
    };
    document.keep_rest(&mut action.extra, "");
    Ok(DataActionFile::new(action, stamp))
}

/// Tells flows apart, which have nodes.
fn looks_like_something_else(members: &Map<String, Value>) -> Option<&'static str> {
    let definition = members.get("definition").filter(|value| !value.is_null());
    let Some(definition) = definition else {
        return Some("A data action has a “definition”, and there is none here.");
    };
    let has_nodes = definition.get("nodes").is_some() || members.contains_key("nodes");
    has_nodes.then_some(
        "This looks like a flow: it has nodes. A data action has a “definition” with “code”.",
    )
}

/// What the document says of its life upstream. `publishedVersion` is never
/// sent (spec, decision 5).
fn stamp(document: &mut Object) -> Result<Option<Stamp>, Fault> {
    let upstream_id = document.text("id")?.filter(|id| !id.is_empty());
    let version = document.whole_number("version")?;
    document.take("publishedVersion");
    if upstream_id.is_none() && version.is_none() {
        return Ok(None);
    }
    Ok(Some(Stamp {
        upstream_id,
        version: version.unwrap_or(1),
        // The document does not say.
        last_modified: String::new(),
    }))
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
