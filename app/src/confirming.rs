//! What waits until who is signed in has proved again who they are.

use dom::prelude::*;
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Requests that the server refused for want of a password, waiting for it:
/// `expect_context::<Confirming>()`.
#[derive(Clone, Copy)]
pub struct Confirming {
    wanted: RwSignal<bool>,
    waiting: StoredValue<Vec<Function>>,
}

impl Confirming {
    /// Nothing waits.
    pub fn new() -> Self {
        Self {
            wanted: RwSignal::new(false),
            waiting: StoredValue::new(Vec::new()),
        }
    }

    /// Whether the password is to be asked for.
    pub fn wanted(self) -> bool {
        self.wanted.get()
    }

    /// Asks for the password; whether it was given.
    pub async fn ask(self) -> bool {
        let answered = Promise::new(&mut |resolve, _| {
            self.waiting.update_value(|waiting| waiting.push(resolve));
        });
        self.wanted.set(true);
        JsFuture::from(answered)
            .await
            .is_ok_and(|given| given.is_truthy())
    }

    /// Lets everything that waits go on, or give up.
    pub fn settle(self, given: bool) {
        self.wanted.set(false);
        let waiting = self.waiting.try_update_value(std::mem::take);
        for resolve in waiting.into_iter().flatten() {
            // The function of a promise throws nothing.
            let _ = resolve.call1(&JsValue::NULL, &JsValue::from_bool(given));
        }
    }
}
