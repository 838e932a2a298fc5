//! Choosing the colour of a note or a group.

use dom::prelude::*;
use flow::Tint;

use crate::components::MenuChoice;

/// A row of colours, one of which is chosen.
#[component]
pub(super) fn TintPicker(
    /// Which is chosen.
    #[prop(into)]
    chosen: Signal<Tint>,
    /// What choosing one does.
    #[prop(into)]
    on_choose: Callback<Tint>,
    /// Whether it can be looked at only.
    #[prop(into)]
    read_only: Signal<bool>,
) -> impl IntoView {
    let choices = Tint::ALL.map(|tint| {
        view! {
            <button
                class="tint"
                type="button"
                role="radio"
                aria-label=tint.title()
                aria-checked=move || (chosen.get() == tint).to_string()
                data-tint=tint.as_str()
                data-tooltip=tint.title()
                disabled=move || read_only.get()
                on:click=move |_| on_choose.run(tint)
            ></button>
        }
    });
    view! {
        <div class="tints" role="radiogroup" aria-label="Colour">
            {choices.into_iter().collect_view()}
        </div>
    }
}

/// The same in a menu.
#[component]
pub(super) fn TintItems(
    /// Which is chosen.
    #[prop(into)]
    chosen: Signal<Tint>,
    /// What choosing one does.
    #[prop(into)]
    on_choose: Callback<Tint>,
) -> impl IntoView {
    Tint::ALL
        .map(|tint| {
            view! {
                <MenuChoice
                    checked=Signal::derive(move || chosen.get() == tint)
                    exclusive=true
                    on_choose=move |()| on_choose.run(tint)
                >
                    <span class="tint tint--small" data-tint=tint.as_str()></span>
                    {tint.title()}
                </MenuChoice>
            }
        })
        .into_iter()
        .collect_view()
}
