//! Banners: what stays true until it is over.

use dom::prelude::*;

use super::{Icon, Tone};

/// A banner. Announced at once when something is wrong, else in its turn.
#[component]
pub fn Banner(
    /// What its colour says.
    #[prop(optional)]
    tone: Tone,
    /// What happened, in a few words.
    #[prop(optional, into)]
    title: Option<Signal<String>>,
    /// Whether it runs across the whole width under a bar.
    #[prop(optional)]
    strip: bool,
    /// Small buttons at its end.
    #[prop(optional)]
    actions: Option<Children>,
    /// What happened and what to do.
    children: Children,
) -> impl IntoView {
    let role = if tone == Tone::Danger {
        "alert"
    } else {
        "status"
    };
    view! {
        <div class="banner" class:banner--strip=strip data-tone=tone.attribute() role=role>
            <Icon name=tone.icon() />
            <div class="banner__text">
                {title.map(|title| view! { <p class="banner__title">{title}</p> })}
                {children()}
            </div>
            {actions.map(|actions| view! { <div class="banner__actions">{actions()}</div> })}
        </div>
    }
}
