//! The document of a data action, members in the spec's order.

use serde_json::Value;

use super::tree::{Branch, Tree, artifact};
use crate::{
    Artifact, FieldKey, Origin, Parameter, ParameterType, Stamp,
    data_action::{DataAction, Definition, member},
};

pub(crate) fn document(action: &DataAction, stamp: &Stamp) -> Artifact {
    let definition = definition(&action.definition);
    let upstream_id = stamp.upstream_id.as_deref();
    let members = [
        // An update names what it updates, before all else, and the version
        // that it was read in; what is new has neither (spec, decision 5).
        upstream_id.and_then(|id| Branch::text("id", id)),
        Branch::text("name", &action.name).map(|name| from(name, member::NAME)),
        Branch::text("description", &action.description)
            .map(|text| from(text, member::DESCRIPTION)),
        upstream_id.map(|_| Branch::new("version", Tree::Number(stamp.version.into()))),
        (!definition.is_empty_object()).then(|| Branch::new("definition", definition)),
    ];
    let mut document = Tree::object(members);
    document.keep_all(&action.extra);
    let code = action.definition.code.to_wire().len();
    artifact(document, 1_024 + code)
}

fn definition(definition: &Definition) -> Tree<'_> {
    let interface = &definition.interface;
    let code = definition.code.to_wire();
    let members = [
        Branch::text("name", &definition.name).map(|name| from(name, member::DEFINITION_NAME)),
        Branch::text("description", &definition.description)
            .map(|text| from(text, member::DEFINITION_DESCRIPTION)),
        parameters(member::INPUTS, &interface.inputs),
        parameters(member::OUTPUTS, &interface.outputs),
        (!code.is_empty()).then(|| from(Branch::new("code", Tree::Text(code)), member::CODE)),
        Branch::text("language", &definition.language)
            .map(|language| from(language, member::LANGUAGE)),
    ];
    let mut object = Tree::object(members);
    object.keep_all(&definition.extra);
    object
}

fn from<'a>(branch: Branch<'a>, member: &'static str) -> Branch<'a> {
    branch.from(Origin::Member(FieldKey::of(member)))
}

/// A list of parameters; nothing when it is empty (spec, decision 1).
fn parameters<'a>(name: &'static str, parameters: &'a [Parameter]) -> Option<Branch<'a>> {
    if parameters.is_empty() {
        return None;
    }
    // What is kept of a parameter is put into it here, so its place in the
    // list needs no name.
    let objects = parameters
        .iter()
        .map(|each| Branch::new("", parameter(each, name == member::INPUTS)));
    Some(from(
        Branch::new(name, Tree::Array(objects.collect())),
        name,
    ))
}

fn said(is_required: bool) -> &'static Value {
    static REQUIRED: Value = Value::Bool(true);
    static OPTIONAL: Value = Value::Bool(false);
    if is_required { &REQUIRED } else { &OPTIONAL }
}

/// A parameter. Of an input it is said whether it is required, though it is
/// not (spec, decision 1).
fn parameter(parameter: &Parameter, is_input: bool) -> Tree<'_> {
    let datatype = match &parameter.datatype {
        ParameterType::Known(datatype) => Branch::text("datatype", datatype.as_str()),
        ParameterType::Foreign(Value::Null) => None,
        ParameterType::Foreign(kept) => Some(Branch::new("datatype", Tree::Kept(kept))),
    };
    let required = is_input.then(|| Branch::new("required", Tree::Kept(said(parameter.required))));
    let members = [
        Branch::text("name", &parameter.name),
        datatype,
        required,
        Branch::text("description", &parameter.description),
    ];
    let mut object = Tree::object(members);
    object.keep_all(&parameter.extra);
    object
}
