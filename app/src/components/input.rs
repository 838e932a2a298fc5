//! Lines of text.

use dom::{ev::KeyboardEvent, html::Input, prelude::*};

use super::{FieldWiring, Icon, late::late, typed_text};

/// One line of text. The caller holds the value.
#[component]
pub fn TextInput(
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
    /// The kind that browsers know: `text`, `email`, `url`.
    #[prop(default = "text")]
    kind: &'static str,
    /// An example, shown while it is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// What browsers may fill in, as `autocomplete` has it.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Whether it holds something that machines read.
    #[prop(optional)]
    code: bool,
    /// 26 px high instead of 32.
    #[prop(optional)]
    small: bool,
    /// Whether it can be read and copied only.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// Whether a form is not submitted without it.
    #[prop(optional)]
    required: bool,
    /// Whether a dialog or page that opens puts the focus here.
    #[prop(optional)]
    autofocus: bool,
    /// Its name where no field around it gives one.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    /// The id of a `datalist` with what is often typed here.
    #[prop(optional_no_strip)]
    suggestions: Option<String>,
    /// The element.
    #[prop(optional)]
    node_ref: NodeRef<Input>,
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
        <input
            node_ref=node_ref
            class="input"
            class:input--code=code
            class:input--small=small
            id=wiring.control_id.clone()
            type=kind
            autocomplete=autocomplete
            spellcheck=if code { "false" } else { "true" }
            list=suggestions
            placeholder=placeholder
            readonly=read_only
            required=required
            autofocus=autofocus
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
        />
    }
}

/// A search box. Escape empties it.
#[component]
pub fn SearchInput(
    /// What is searched; also the placeholder.
    #[prop(into)]
    label: Signal<String>,
    /// What is searched for.
    value: RwSignal<String>,
    /// Called for keys, after Escape was dealt with.
    #[prop(optional, into)]
    on_key_down: Option<Callback<KeyboardEvent>>,
    /// The element.
    #[prop(optional)]
    node_ref: NodeRef<Input>,
) -> impl IntoView {
    let key_down = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !value.with_untracked(String::is_empty) {
            event.stop_propagation();
            value.set(String::new());
        } else if let Some(on_key_down) = on_key_down {
            on_key_down.run(event);
        }
    };
    view! {
        <div class="input-group">
            <Icon name="search" />
            <input
                node_ref=node_ref
                class="input"
                type="search"
                autocomplete="off"
                spellcheck="false"
                placeholder=label
                aria-label=label
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                on:keydown=key_down
            />
        </div>
    }
}
