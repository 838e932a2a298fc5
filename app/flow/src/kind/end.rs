//! End: where a flow ends.

use super::{Category, Kind, KindSpec, no_exit};

pub(super) static END: KindSpec = KindSpec {
    kind: Kind::END,
    title: "End",
    help: "Where the flow ends. Every path leads to one.",
    icon: "circle-stop",
    category: Category::Boundary,
    has_entry: true,
    fields: &[],
    exits: no_exit,
    subtitle: |_| "The flow ends here".to_owned(),
};
