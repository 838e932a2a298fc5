//! What is said to screen readers and shown to nobody.

use std::time::Duration;

use leptos::prelude::*;

/// Says sentences to assistive technology: `expect_context::<Announcer>()`.
#[derive(Clone, Copy)]
pub struct Announcer(RwSignal<String>);

impl Announcer {
    /// An announcer that has said nothing yet.
    pub fn new() -> Self {
        Self(RwSignal::new(String::new()))
    }

    /// Says a sentence when whatever is being read has ended. The same sentence
    /// twice is said twice: the region is emptied in between.
    pub fn say(self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        self.0.set(String::new());
        set_timeout(move || self.0.set(sentence), Duration::from_millis(50));
    }
}

/// Where announcements appear; once in the page.
#[component]
pub fn AnnouncerRegion() -> impl IntoView {
    let Announcer(sentence) = expect_context();
    view! {
        <p class="visually-hidden announcer" role="status" aria-live="polite">
            {sentence}
        </p>
    }
}
