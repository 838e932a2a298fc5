//! Data action: executes a script of the organisation (data-action guide, step
//! 3).

use super::{
    Category, FieldInput, FieldSpec, Kind, KindSpec, PairsRole,
    call::{self, INPUT_MAPPING, OUTPUTS},
    single_exit,
    wire::{Member, Shape, Wire, Wires},
};
use crate::EntityKind;

const FIELD: &str = "dataAction";

const MEMBERS: &[Member] = &[
    Member::named("dataActionId", FIELD, Shape::Id),
    Member::field(call::INPUTS, Shape::Map),
    Member::field(OUTPUTS, Shape::Map),
];

pub(super) static DATA_ACTION: KindSpec = KindSpec {
    kind: Kind::DATA_ACTION,
    title: "Data action",
    help: "Executes a data action and keeps what it returns in variables.",
    also: "api integration web service",
    icon: "square-function",
    category: Category::Data,
    has_entry: true,
    fields: &[
        call::callee(
            FIELD,
            "Data action",
            "The data action that is executed.",
            EntityKind::DataAction,
        ),
        INPUT_MAPPING,
        FieldSpec {
            key: OUTPUTS,
            label: "Outputs",
            help: "The variable that each output is put into: {{User.Name}}.",
            input: FieldInput::Pairs {
                role: PairsRole::Outputs,
                name_label: "Output",
                value_label: "Variable",
                add_label: "Add output",
            },
            required: false,
            default: None,
        },
    ],
    exits: single_exit,
    subtitle: |node| call::subtitle(node, FIELD, "No data action yet"),
    sets: call::targets,
    rules: &[],
    wires: Wires {
        lookup: Some(Wire {
            type_name: "DataActionNode",
            members: MEMBERS,
        }),
        module: Some(Wire {
            type_name: "dataAction",
            members: MEMBERS,
        }),
    },
};
