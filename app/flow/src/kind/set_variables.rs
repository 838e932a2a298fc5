//! Set variables: keeps values under names for later steps.

use super::{Category, FieldInput, FieldSpec, Kind, KindSpec, single_exit};
use crate::{FieldValue, Node};

pub(super) static SET_VARIABLES: KindSpec = KindSpec {
    kind: Kind::SET_VARIABLES,
    title: "Set variables",
    help: "Keeps values under names that later steps use.",
    icon: "variable",
    category: Category::Variables,
    has_entry: true,
    fields: &[FieldSpec {
        key: "variables",
        label: "Variables",
        help: "A value may use templates: {{externalContact.responseBody.name}}.",
        input: FieldInput::Pairs {
            name_label: "Variable",
            value_label: "Value",
            add_label: "Add variable",
        },
        required: false,
        default: Some(|| FieldValue::Pairs(Vec::new())),
    }],
    exits: single_exit,
    subtitle,
};

fn subtitle(node: &Node) -> String {
    match node.pairs("variables") {
        [] => "No variables yet".to_owned(),
        [one] => one.name.clone(),
        many => format!("{} variables", many.len()),
    }
}
