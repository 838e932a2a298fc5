//! A choice of a few, side by side.

use dom::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Icon;

/// One of the choices.
#[derive(Clone, Debug)]
pub struct Segment<T> {
    /// What it stands for.
    pub value: T,
    /// The words.
    pub label: &'static str,
    /// An icon before the words.
    pub icon: Option<&'static str>,
}

/// A choice of a few. Arrow keys choose, as in a group of radio buttons.
#[component]
pub fn Segments<T>(
    /// What is chosen.
    #[prop(into)]
    label: String,
    /// The chosen one.
    #[prop(into)]
    value: Signal<T>,
    /// Called with the one that was chosen.
    #[prop(into)]
    on_change: Callback<T>,
    /// The choices.
    segments: Vec<Segment<T>>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let values: Vec<T> = segments.iter().map(|segment| segment.value).collect();
    let step = move |event: KeyboardEvent| {
        let forward = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => true,
            "ArrowLeft" | "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        let here = values
            .iter()
            .position(|other| *other == value.get_untracked())
            .unwrap_or(0);
        let step = if forward {
            1
        } else {
            values.len().saturating_sub(1)
        };
        let there = (here + step) % values.len().max(1);
        if let Some(chosen) = values.get(there) {
            on_change.run(*chosen);
        }
        let button = event
            .current_target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|group| group.children().item(u32::try_from(there).unwrap_or(0)))
            .and_then(|button| button.dyn_into::<HtmlElement>().ok());
        if let Some(button) = button {
            // Focus fails on an element that is gone, and then nothing is lost.
            let _ = button.focus();
        }
    };
    view! {
        <div class="segments" role="radiogroup" aria-label=label on:keydown=step>
            {segments
                .into_iter()
                .map(|segment| {
                    let checked = move || value.get() == segment.value;
                    view! {
                        <button
                            class="segment"
                            type="button"
                            role="radio"
                            aria-checked=move || checked().to_string()
                            tabindex=move || if checked() { "0" } else { "-1" }
                            on:click=move |_| on_change.run(segment.value)
                        >
                            {segment.icon.map(|icon| view! { <Icon name=icon size=super::IconSize::Small /> })}
                            {segment.label}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}
