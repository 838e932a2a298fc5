//! Keys as they are named on this keyboard.

use leptos::prelude::*;

/// A shortcut: `Ctrl+Shift+Z`. On Apple's keyboards the symbols are shown.
#[component]
pub fn Kbd(
    /// The keys, joined by `+`; `Mod` is Ctrl or ⌘.
    keys: &'static str,
) -> impl IntoView {
    let apple = on_apple();
    view! {
        <span class="kbd">
            {keys
                .split('+')
                .map(|key| view! { <kbd>{name(key, apple)}</kbd> })
                .collect_view()}
        </span>
    }
}

fn on_apple() -> bool {
    window()
        .navigator()
        .platform()
        .is_ok_and(|platform| platform.starts_with("Mac"))
}

fn name(key: &str, apple: bool) -> &str {
    match (key, apple) {
        ("Mod", true) => "⌘",
        ("Mod", false) => "Ctrl",
        ("Alt", true) => "⌥",
        ("Shift", true) => "⇧",
        _ => key,
    }
}
