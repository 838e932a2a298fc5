//! Putting a text on the clipboard from a page.

use dom::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::components::Toasts;

/// Puts a text on the clipboard and says so.
pub fn copy_text(toasts: Toasts, text: String, done: &'static str) {
    spawn_local(async move {
        let promise = window().navigator().clipboard().write_text(&text);
        if JsFuture::from(promise).await.is_ok() {
            toasts.success(done);
        } else {
            toasts.danger(
                "The browser did not allow access to the clipboard. Select the text and copy it.",
            );
        }
    });
}
