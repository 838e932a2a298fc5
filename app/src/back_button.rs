//! The browser's Back and Forward: a page may ask before they take effect.

use dom::{ev, prelude::*};

/// Whoever is asked before Back or Forward is followed.
#[derive(Clone, Copy)]
pub struct BackButton {
    asked: StoredValue<Option<Callback<(), bool>>>,
}

impl BackButton {
    /// Begins to listen. This has to come before the router does: both listen
    /// on the window, where the first to listen is the first to hear.
    pub fn listening() -> Self {
        let asked = StoredValue::new(None::<Callback<(), bool>>);
        let listener = window_event_listener(ev::popstate, move |event| {
            let asked = asked.try_get_value().flatten();
            if asked.is_some_and(|stays| stays.run(())) {
                event.stop_immediate_propagation();
            }
        });
        on_cleanup(move || listener.remove());
        Self { asked }
    }

    /// From now until the end of this component, `stays` is called when the
    /// browser has gone back or forward. If it answers yes, the router does not
    /// learn of it; the address is then the caller's affair.
    pub fn ask(self, stays: Callback<(), bool>) {
        self.asked.set_value(Some(stays));
        on_cleanup(move || {
            self.asked.try_set_value(None);
        });
    }
}
