//! One node: what every kind has, and what its own kind needs.

use super::field::Field;
use super::{Problem, request, template};

pub(super) fn check(node: &Field<'_>, problems: &mut Vec<Problem>) {
    if !node.is_object(problems) {
        return;
    }
    if let Some(id) = node.required("id", problems) {
        id.text(problems);
    }
    if let Some(label) = node.optional("label")
        && !label.value().is_string()
    {
        label.refuse("type.wrong", "a text is expected", problems);
    }
    if let Some(metadata) = node.optional("metadata")
        && metadata.is_object(problems)
    {
        position(&metadata, problems);
    }
    let kind = node.required("type", problems);
    let configuration = node
        .required("configuration", problems)
        .filter(|configuration| configuration.is_object(problems));
    let Some(kind) = kind.and_then(|kind| kind.text(problems).map(|text| (kind, text))) else {
        return;
    };
    let known = match configuration {
        Some(configuration) => check_kind(kind.1, &configuration, problems),
        None => is_known(kind.1),
    };
    if !known {
        kind.0.refuse(
            "node.type.unknown",
            format!("there is no node type {}", kind.1),
            problems,
        );
    }
}

fn position(metadata: &Field<'_>, problems: &mut Vec<Problem>) {
    let Some(position) = metadata.optional("position") else {
        return;
    };
    if !position.is_object(problems) {
        return;
    }
    for axis in ["x", "y"] {
        if let Some(number) = position.required(axis, problems)
            && !number.value().is_number()
        {
            number.refuse("type.wrong", "a number is expected", problems);
        }
    }
}

fn is_known(kind: &str) -> bool {
    let nothing = serde_json::json!({});
    check_kind(kind, &Field::root(&nothing), &mut Vec::new())
}

/// Checks a configuration by the node's kind; false if there is no such kind.
pub(super) fn check_kind(
    kind: &str,
    configuration: &Field<'_>,
    problems: &mut Vec<Problem>,
) -> bool {
    match kind {
        "StartNode" | "EndNode" | "DisconnectNode" => {}
        "GetExternalContactNode" | "HttpRequestNode" => {
            if let Some(action) = configuration.required("action", problems)
                && action.is_object(problems)
            {
                request::check(&action, problems);
            }
        }
        "SetVariablesNode" => mapping(configuration, "variables", problems),
        "ConditionNode" => expression(configuration, "expression", problems),
        "SplitNode" => {
            expression(configuration, "on", problems);
            cases(configuration, problems);
        }
        "DataActionNode" => {
            required_text(configuration, "dataActionId", problems);
            mapping(configuration, "inputs", problems);
            mapping(configuration, "outputs", problems);
        }
        "PlayPromptNode" => expression(configuration, "prompt", problems),
        "FlowModuleNode" => {
            required_text(configuration, "flowModuleId", problems);
            pairs(configuration, "inputMappings", problems);
            pairs(configuration, "outputMappings", problems);
        }
        "RunFlowNode" => {
            required_text(configuration, "flowId", problems);
            pairs(configuration, "inputMapping", problems);
            pairs(configuration, "outputMapping", problems);
        }
        _ => return false,
    }
    true
}

fn required_text(parent: &Field<'_>, key: &str, problems: &mut Vec<Problem>) {
    if let Some(field) = parent.required(key, problems) {
        field.text(problems);
    }
}

fn expression(parent: &Field<'_>, key: &str, problems: &mut Vec<Problem>) {
    if let Some(field) = parent.required(key, problems)
        && field.text(problems).is_some()
    {
        template::check(&field, problems);
    }
}

/// An object of values; texts are templates. May be left out when empty.
fn mapping(parent: &Field<'_>, key: &str, problems: &mut Vec<Problem>) {
    let Some(mapping) = parent.optional(key) else {
        return;
    };
    if !mapping.is_object(problems) {
        return;
    }
    for (name, value) in mapping.members() {
        if name.is_empty() {
            value.refuse("name.missing", "a name must not be empty", problems);
        }
        template::check(&value, problems);
    }
}

/// An array of `{name, value}`. May be left out when empty.
fn pairs(parent: &Field<'_>, key: &str, problems: &mut Vec<Problem>) {
    pairs_of(parent, key, "name", problems);
}

/// An array of values under names; texts are templates. May be left out when
/// empty.
pub(super) fn pairs_of(parent: &Field<'_>, key: &str, name: &str, problems: &mut Vec<Problem>) {
    let items = parent.optional(key).and_then(|pairs| pairs.items(problems));
    for pair in items.unwrap_or_default() {
        if pair.is_object(problems) {
            required_text(&pair, name, problems);
            if let Some(value) = pair.required("value", problems) {
                template::check(&value, problems);
            }
        }
    }
}

fn cases(configuration: &Field<'_>, problems: &mut Vec<Problem>) {
    let items = configuration
        .required("cases", problems)
        .and_then(|cases| cases.items(problems));
    let mut labels = Vec::new();
    for case in items.unwrap_or_default() {
        if !case.is_object(problems) {
            continue;
        }
        required_text(&case, "value", problems);
        let Some(label) = case_label(&case) else {
            continue;
        };
        if label == "default" {
            case.refuse("case.reserved", "default is reserved", problems);
        } else if labels.contains(&label) {
            case.refuse(
                "case.duplicate",
                format!("the case {label} is there twice"),
                problems,
            );
        }
        labels.push(label);
    }
}

/// The word that the edge of a case carries: its label, else its value (spec,
/// decision 9).
pub(super) fn case_label<'a>(case: &Field<'a>) -> Option<&'a str> {
    ["label", "value"]
        .into_iter()
        .filter_map(|key| case.value().get(key)?.as_str())
        .find(|text| !text.is_empty())
}
