//! Run flow: runs a shared flow with inputs and outputs (shared-flows guide,
//! step 2).

use super::{
    Category, Kind, KindSpec,
    call::{self, INPUT_MAPPING, INPUTS, OUTPUTS, RESULT_MAPPING},
    single_exit,
    wire::{Member, Shape, Wire, Wires},
};
use crate::EntityKind;

const FIELD: &str = "flow";

const MEMBERS: &[Member] = &[
    Member::named("flowId", FIELD, Shape::Id),
    Member::named("inputMapping", INPUTS, Shape::List { name: "name" }),
    Member::named("outputMapping", OUTPUTS, Shape::List { name: "name" }),
];

pub(super) static RUN_FLOW: KindSpec = KindSpec {
    kind: Kind::RUN_FLOW,
    title: "Run flow",
    help: "Runs a shared flow, and goes on with what it gave back.",
    also: "call subflow transfer",
    icon: "workflow",
    category: Category::Shared,
    has_entry: true,
    fields: &[
        call::callee(
            FIELD,
            "Shared flow",
            "The shared flow that is run.",
            EntityKind::SharedFlow,
        ),
        INPUT_MAPPING,
        RESULT_MAPPING,
    ],
    exits: single_exit,
    subtitle: |node| call::subtitle(node, FIELD, "No shared flow yet"),
    sets: call::results,
    rules: &[],
    wires: Wires {
        lookup: Some(Wire {
            type_name: "RunFlowNode",
            members: MEMBERS,
        }),
        module: Some(Wire {
            type_name: "runFlow",
            members: MEMBERS,
        }),
    },
};
