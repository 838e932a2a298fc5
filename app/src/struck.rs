//! A key that was struck, freed of the browser's types.

use editor::{Key, Modifiers};
use web_sys::KeyboardEvent;

/// The key of an event, and what was held.
pub(crate) fn struck(event: &KeyboardEvent) -> (Key, Modifiers) {
    let held = Modifiers {
        shift: event.shift_key(),
        alt: event.alt_key(),
        primary: event.ctrl_key() || event.meta_key(),
    };
    (Key::of_event(&event.key(), &event.code()), held)
}
