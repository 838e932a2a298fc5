//! How the catalogue's kinds look.

use flow::Kind;
use leptos::prelude::*;

use crate::components::Icon;

/// The icon's id in the sprite of a node of this kind.
pub(crate) fn kind_icon(kind: &Kind) -> &'static str {
    kind.spec().map_or("unknown", |spec| spec.icon)
}

/// The name of a kind for people: its title, or what it is called on the wire.
pub(crate) fn kind_title(kind: &Kind) -> String {
    match (kind.spec(), kind.foreign_type()) {
        (Some(spec), _) => spec.title.to_owned(),
        (None, Some(wire)) => wire.to_owned(),
        (None, None) => kind.as_str().to_owned(),
    }
}

/// The value of `data-category` that colours a node of this kind.
pub(crate) fn kind_colour(kind: &Kind) -> &'static str {
    kind.spec().map_or("unknown", |spec| spec.category.as_str())
}

/// The coloured square with the icon of a kind.
#[component]
pub(crate) fn Tile(
    /// The kind.
    #[prop(into)]
    kind: Signal<Kind>,
    /// 22 px instead of 28.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    view! {
        <span
            class="tile"
            class:tile--small=small
            data-category=move || kind.with(kind_colour)
        >
            <Icon name=Signal::derive(move || kind.with(kind_icon)) />
        </span>
    }
}
