//! Flow module: executes logic that flows share (flow-modules guide, step 3).

use super::{
    Category, Kind, KindSpec,
    call::{self, INPUT_MAPPING, INPUTS, OUTPUTS, RESULT_MAPPING},
    single_exit,
    wire::{Member, Shape, Wire, Wires},
};
use crate::EntityKind;

const FIELD: &str = "module";

const MEMBERS: &[Member] = &[
    Member::named("flowModuleId", FIELD, Shape::Id),
    Member::named("inputMappings", INPUTS, Shape::List { name: "name" }),
    Member::named("outputMappings", OUTPUTS, Shape::List { name: "name" }),
];

pub(super) static FLOW_MODULE: KindSpec = KindSpec {
    kind: Kind::FLOW_MODULE,
    title: "Flow module",
    help: "Executes a module that flows share, and goes on behind it.",
    also: "call subflow function reuse",
    icon: "package",
    category: Category::Shared,
    has_entry: true,
    fields: &[
        call::callee(
            FIELD,
            "Module",
            "The module that is executed.",
            EntityKind::Module,
        ),
        INPUT_MAPPING,
        RESULT_MAPPING,
    ],
    exits: single_exit,
    subtitle: |node| call::subtitle(node, FIELD, "No module yet"),
    sets: call::results,
    rules: &[],
    wires: Wires {
        lookup: Some(Wire {
            type_name: "FlowModuleNode",
            members: MEMBERS,
        }),
        module: Some(Wire {
            type_name: "flowModule",
            members: MEMBERS,
        }),
    },
};
