//! Passwords and other secrets.

use dom::prelude::*;

use super::{FieldWiring, Icon};

/// A secret that can be shown while it is typed.
#[component]
pub fn PasswordInput(
    /// What stands in it.
    value: RwSignal<String>,
    /// What is hidden, for the button's name: `password`, `secret`.
    #[prop(default = "password")]
    what: &'static str,
    /// What browsers may fill in, as `autocomplete` has it.
    #[prop(default = "current-password")]
    autocomplete: &'static str,
    /// Shown while it is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// Whether a dialog or page that opens puts the focus here.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let wiring = FieldWiring::here();
    let shown = RwSignal::new(false);
    let label = move || {
        if shown.get() {
            format!("Hide {what}")
        } else {
            format!("Show {what}")
        }
    };
    view! {
        <div class="input-group">
            <input
                class="input"
                id=wiring.control_id.clone()
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=autocomplete
                spellcheck="false"
                autofocus=autofocus
                autocapitalize="off"
                placeholder=placeholder
                aria-invalid=wiring.aria_invalid()
                aria-describedby=wiring.described_by
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
            <button
                class="button button--ghost button--small button--icon input-group__end"
                type="button"
                aria-label=label
                data-tooltip=label
                data-side="end"
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                <Icon name=Signal::derive(move || if shown.get() { "eye-off" } else { "eye" }) />
            </button>
        </div>
    }
}
