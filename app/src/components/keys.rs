//! Keys as they are named on this keyboard.

use dom::prelude::*;
use editor::{Chord, Keymap, SHORTCUTS};

use crate::preferences::Preferences;

/// The keys of a shortcut: those that the person chose instead of these, if
/// any.
#[component]
pub fn Kbd(
    /// The keys as the table of shortcuts has them: `Mod+Shift+Z`.
    keys: &'static str,
) -> impl IntoView {
    let preferences = use_context::<Preferences>();
    move || {
        let keymap = preferences.map(Preferences::keymap).unwrap_or_default();
        chosen(&keymap, keys).map(|chord| view! { <ChordKeys chord /> })
    }
}

/// The keys that do what these do by the table; none if none do it any more.
fn chosen(keymap: &Keymap, keys: &str) -> Option<Chord> {
    match SHORTCUTS.iter().find(|row| row.chords.contains(&keys)) {
        Some(row) if keymap.is_changed(row) => keymap.chords(row).into_iter().next(),
        _ => Some(Chord::written(keys)),
    }
}

/// The keys of a chord, one by one. On Apple's keyboards the symbols are
/// shown.
#[component]
pub fn ChordKeys(
    /// The chord, or a gesture that is spelt like one.
    chord: Chord,
) -> impl IntoView {
    let apple = on_apple();
    let keys = chord.keys().map(|key| name(key, apple).to_owned());
    view! {
        <span class="kbd">
            {keys.map(|key| view! { <kbd>{key}</kbd> }).collect_view()}
        </span>
    }
}

/// Whether this is one of Apple's computers, where Mod is ⌘.
pub fn on_apple() -> bool {
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
        ("Left", _) => "←",
        ("Right", _) => "→",
        ("Up", _) => "↑",
        ("Down", _) => "↓",
        _ => key,
    }
}
