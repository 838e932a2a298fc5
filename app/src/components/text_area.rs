//! Lines of text, several.

use dom::{ev::KeyboardEvent, html::Textarea, prelude::*};

use super::{FieldWiring, late::late, typed_text};

/// Several lines of text; it grows with them. The caller holds the value.
#[component]
pub fn TextArea(
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the text at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Called when a changed text is left.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
    /// Called for keys.
    #[prop(optional, into)]
    on_key_down: Option<Callback<KeyboardEvent>>,
    /// An example, shown while it is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// Whether it holds something that machines read.
    #[prop(optional)]
    code: bool,
    /// How many lines it is high when empty.
    #[prop(default = 3)]
    lines: u32,
    /// Whether it can be read and copied only.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// Its name where no field around it gives one.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    /// The element.
    #[prop(optional)]
    node_ref: NodeRef<Textarea>,
) -> impl IntoView {
    let wiring = FieldWiring::here();
    // Not `prop:value`, which would lose the caret when somebody else edits.
    Effect::new(move |_| {
        let text = value.get();
        if let Some(control) = node_ref.get() {
            typed_text::show(&control, &text);
        }
    });
    view! {
        <textarea
            node_ref=node_ref
            class="input"
            class:input--code=code
            id=wiring.control_id.clone()
            rows=lines
            autocomplete="off"
            spellcheck=if code { "false" } else { "true" }
            placeholder=placeholder
            readonly=read_only
            aria-label=label
            aria-invalid=wiring.aria_invalid()
            aria-describedby=wiring.described_by
            on:input=move |event| on_input.run(event_target_value(&event))
            on:change=move |event| {
                if let Some(on_change) = on_change {
                    late(on_change, event_target_value(&event));
                }
            }
            on:keydown=move |event| {
                if let Some(on_key_down) = on_key_down {
                    on_key_down.run(event);
                }
            }
        ></textarea>
    }
}
