//! A choice from a list.

use dom::prelude::*;

use super::{FieldWiring, Icon, late::late};

/// One of several, by value and words.
#[component]
pub fn Select(
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value that was chosen.
    #[prop(into)]
    on_change: Callback<String>,
    /// Values and the words for them.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Its name where no field around it gives one.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
) -> impl IntoView {
    let wiring = FieldWiring::here();
    view! {
        <span class="select">
            <select
                class="input"
                id=wiring.control_id.clone()
                disabled=disabled
                aria-label=label
                aria-invalid=wiring.aria_invalid()
                aria-describedby=wiring.described_by
                on:change=move |event| late(on_change, event_target_value(&event))
            >
                {move || {
                    options
                        .get()
                        .into_iter()
                        .map(|(option, words)| {
                            let this = option.clone();
                            let selected = move || value.with(|value| *value == this);
                            view! {
                                <option value=option prop:selected=selected>
                                    {words}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
            <Icon name="chevron-down" />
        </span>
    }
}
