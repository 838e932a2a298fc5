//! What this browser remembers. A browser that keeps nothing is no reason to
//! fail: choices then last as long as the page.

use dom::window;
use web_sys::Storage;

/// What was remembered under a key.
pub fn remembered(key: &str) -> Option<String> {
    local()?.get_item(key).ok().flatten()
}

/// Remembers a value, or forgets the key.
pub fn remember(key: &str, value: Option<&str>) {
    let Some(storage) = local() else { return };
    let kept = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
    if kept.is_err() {
        dom::warn(&format!("This browser does not keep {key}."));
    }
}

fn local() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
