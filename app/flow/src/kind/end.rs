//! End: where a flow ends.

use super::{
    Category, Kind, KindSpec, no_exit, sets_nothing,
    wire::{Wire, Wires},
};

pub(super) static END: KindSpec = KindSpec {
    kind: Kind::END,
    title: "End",
    help: "Where the flow ends. Every path leads to one, or to a Disconnect.",
    also: "stop finish exit return",
    icon: "circle-stop",
    category: Category::Boundary,
    has_entry: true,
    fields: &[],
    exits: no_exit,
    subtitle: |_| "The flow ends here".to_owned(),
    sets: sets_nothing,
    rules: &[],
    wires: Wires {
        lookup: Wire::bare("EndNode"),
        // There a node without a next one ends the flow.
        module: None,
    },
};
