//! Start: where a flow begins.

use super::{
    Category, Kind, KindSpec, sets_nothing, single_exit,
    wire::{Wire, Wires},
};

pub(super) static START: KindSpec = KindSpec {
    kind: Kind::START,
    title: "Start",
    help: "Where the flow begins. It has exactly one.",
    also: "begin entry trigger",
    icon: "circle-play",
    category: Category::Boundary,
    has_entry: false,
    fields: &[],
    exits: single_exit,
    subtitle: |_| "The flow begins here".to_owned(),
    sets: sets_nothing,
    rules: &[],
    wires: Wires {
        lookup: Wire::bare("StartNode"),
        // There it is implicit: edges leave `start`, and no node is sent.
        module: None,
    },
};
