//! Set variables: keeps values under names for later steps.

use super::{
    Category, FieldInput, FieldSpec, Kind, KindSpec, PairsRole, Setting, single_exit,
    wire::{Member, Shape, Wire, Wires},
};
use crate::{FieldValue, Node, check::NodeRule};

pub(super) static SET_VARIABLES: KindSpec = KindSpec {
    kind: Kind::SET_VARIABLES,
    title: "Set variables",
    help: "Keeps values under names that later steps use.",
    also: "variable assign update change attribute participant",
    icon: "variable",
    category: Category::Variables,
    has_entry: true,
    fields: &[FieldSpec {
        key: "variables",
        label: "Variables",
        help: "A value may use templates: {{externalContact.responseBody.name}}.",
        input: FieldInput::Pairs {
            role: PairsRole::Variables,
            name_label: "Variable",
            value_label: "Value",
            add_label: "Add variable",
        },
        required: false,
        default: Some(|| FieldValue::Pairs(Vec::new())),
    }],
    exits: single_exit,
    subtitle,
    sets,
    rules: &[NodeRule::VariableNames],
    wires: Wires {
        lookup: Some(Wire {
            type_name: "SetVariablesNode",
            members: &[Member::field("variables", Shape::Map)],
        }),
        module: Some(Wire {
            type_name: "setData",
            members: &[Member::named(
                "data",
                "variables",
                Shape::List { name: "key" },
            )],
        }),
    },
};

fn subtitle(node: &Node) -> String {
    match node.pairs("variables") {
        [] => "No variables yet".to_owned(),
        [one] => one.name.clone(),
        many => format!("{} variables", many.len()),
    }
}

fn sets(node: &Node) -> Vec<Setting> {
    let names = node.pairs("variables").iter().map(|pair| pair.name.trim());
    names.filter_map(Setting::of_path).collect()
}
