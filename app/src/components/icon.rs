//! Icons of the one sprite.

use dom::prelude::*;

/// How large an icon is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    /// 14 px, in dense text.
    Small,
    /// 16 px.
    #[default]
    Regular,
    /// 20 px, where it stands alone.
    Large,
}

/// An icon by its id in `public/icons.svg`, which is part of the page so that
/// icons are there without the server. It is always beside words or in
/// something that carries a name, so assistive technology skips it.
#[component]
pub fn Icon(
    /// The id in the sprite.
    #[prop(into)]
    name: Signal<&'static str>,
    /// How large.
    #[prop(optional)]
    size: IconSize,
) -> impl IntoView {
    let class = match size {
        IconSize::Small => "icon icon--small",
        IconSize::Regular => "icon",
        IconSize::Large => "icon icon--large",
    };
    view! {
        <svg class=class aria-hidden="true">
            <use href=move || format!("#{}", name.get())></use>
        </svg>
    }
}
