//! Declared inputs and outputs.

use serde_json::Value;

use super::{Fault, object::Object};
use crate::{DataType, MAX_PARAMETERS, Parameter, ParameterType};

/// The parameters in a list of a document.
pub(crate) fn read(document: &mut Object, name: &str) -> Result<Vec<Parameter>, Fault> {
    let path = document.path_of(name);
    let items = document.list(name)?;
    if items.len() > MAX_PARAMETERS {
        let message = format!(
            "There are {} {name}, and at most {MAX_PARAMETERS} are possible.",
            items.len()
        );
        return Err(Fault::new(message, path));
    }
    let parameters = items.into_iter().enumerate().map(|(index, item)| {
        let mut object = Object::of(item, format!("{path}/{index}"))?;
        parameter(&mut object).map(|mut parameter| {
            object.keep_rest(&mut parameter.extra, "");
            parameter
        })
    });
    parameters.collect()
}

fn parameter(object: &mut Object) -> Result<Parameter, Fault> {
    let datatype = match object.take("datatype") {
        Some(Value::String(name)) => match DataType::from_name(&name) {
            Some(datatype) => ParameterType::Known(datatype),
            None => ParameterType::Foreign(name.into()),
        },
        other => ParameterType::Foreign(other.unwrap_or_default()),
    };
    Ok(Parameter {
        name: object.text("name")?.unwrap_or_default(),
        datatype,
        description: object.text("description")?.unwrap_or_default(),
        ..Parameter::default()
    })
}
