//! Condition: two ways, by whether an expression holds.

use super::{
    Category, Exit, FieldInput, FieldSpec, Kind, KindSpec,
    wire::{Member, Shape, Wire, Wires},
};
use crate::{Node, Port};

const MEMBERS: &[Member] = &[Member::field("expression", Shape::Text)];

pub(super) static CONDITION: KindSpec = KindSpec {
    kind: Kind::CONDITION,
    title: "Condition",
    help: "Goes one way when the expression holds and another when it does not.",
    also: "if else decision branch",
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
    wires: Wires {
        lookup: Some(Wire {
            type_name: "ConditionNode",
            members: MEMBERS,
        }),
        module: Some(Wire {
            type_name: "condition",
            members: MEMBERS,
        }),
    },
};
