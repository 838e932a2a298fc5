//! Condition: two ways, by whether an expression holds.

use super::{
    Category, Exit, FieldInput, FieldSpec, Kind, KindSpec,
    wire::{Member, Shape, Wire},
};
use crate::{Node, Port};

pub(super) static CONDITION: KindSpec = KindSpec {
    kind: Kind::CONDITION,
    title: "Condition",
    help: "Goes one way when the expression holds and another when it does not.",
    icon: "diamond",
    category: Category::Logic,
    has_entry: true,
    fields: &[FieldSpec {
        key: "expression",
        label: "Expression",
        help: "True or false: {{externalContact.responseCode == 200}}.",
        input: FieldInput::Expression,
        required: true,
        default: None,
    }],
    exits: |_| {
        vec![
            Exit {
                port: Port::TRUE,
                label: "true".to_owned(),
            },
            Exit {
                port: Port::FALSE,
                label: "false".to_owned(),
            },
        ]
    },
    subtitle: |node: &Node| super::shown_expression(node.text("expression"), "No expression yet"),
    sets: super::sets_nothing,
    rules: &[],
    direct: Wire {
        type_name: "ConditionNode",
        configuration: &[Member::field("expression", Shape::Text)],
    },
};
