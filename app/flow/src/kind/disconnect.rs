//! Disconnect: ends the call, and the flow with it.

use super::{
    Category, Kind, KindSpec, no_exit, sets_nothing,
    wire::{Wire, Wires},
};

pub(super) static DISCONNECT: KindSpec = KindSpec {
    kind: Kind::DISCONNECT,
    title: "Disconnect",
    help: "Hangs up. The flow stops here too.",
    also: "hangup hang up stop terminate",
    icon: "phone-off",
    category: Category::Disconnect,
    has_entry: true,
    fields: &[],
    exits: no_exit,
    subtitle: |_| "The call is hung up here".to_owned(),
    sets: sets_nothing,
    rules: &[],
    wires: Wires {
        lookup: Wire::bare("DisconnectNode"),
        module: Wire::bare("disconnect"),
    },
};
