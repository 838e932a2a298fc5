//! How flows look: the icons of their kinds, and what stands for a name.

use dom::prelude::*;
use flow::FlowKind;

use crate::components::Icon;

/// What is shown, muted, where a flow has no name.
pub const NO_NAME: &str = "(no name)";

/// The icon's id in the sprite.
pub fn flow_icon(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::Lookup => "contact-search",
        FlowKind::Call => "phone",
        FlowKind::Module => "package",
        FlowKind::Shared | FlowKind::Architect => "workflow",
    }
}

/// The value of `data-category` that colours it.
fn colour(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::Lookup => "data",
        FlowKind::Module | FlowKind::Shared => "shared",
        FlowKind::Call | FlowKind::Architect => "boundary",
    }
}

/// The coloured square with the icon of a kind of flow.
#[component]
pub fn FlowTile(
    /// The kind.
    kind: FlowKind,
) -> impl IntoView {
    view! {
        <span class="tile" data-category=colour(kind)>
            <Icon name=flow_icon(kind) />
        </span>
    }
}
