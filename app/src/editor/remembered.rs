//! Sizes and switches of the editor that are kept in this browser.

use dom::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::storage;

/// A signal that starts with what was kept under this name and keeps what it
/// is set to.
pub(crate) fn remembered<T>(name: &'static str, default: T) -> RwSignal<T>
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
{
    let key = format!("patchbay.editor.{name}");
    let kept = storage::remembered(&key).and_then(|text| flow::read(&text).ok());
    let signal = RwSignal::new(kept.unwrap_or(default));
    Effect::watch(
        move || signal.get(),
        move |value, _, _| {
            let text = serde_json::to_string(value).ok();
            storage::remember(&key, text.as_deref());
        },
        false,
    );
    signal
}
