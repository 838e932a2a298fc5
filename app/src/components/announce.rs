//! What is said to screen readers and shown to nobody.

use std::time::Duration;

use dom::prelude::*;
use editor::{Speech, Topic};

/// Sentences that come in so short a time are said together, and of those that
/// replace each other only the last.
const QUIET: Duration = Duration::from_millis(150);
/// What is said twice is heard twice only if there was nothing in between.
const PAUSE: Duration = Duration::from_millis(50);

/// Says sentences to assistive technology: `expect_context::<Announcer>()`.
#[derive(Clone, Copy)]
pub struct Announcer {
    said: RwSignal<String>,
    waiting: StoredValue<Speech>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Announcer {
    /// An announcer that has said nothing yet.
    pub fn new() -> Self {
        Self {
            said: RwSignal::new(String::new()),
            waiting: StoredValue::new(Speech::default()),
            timer: StoredValue::new_local(None),
        }
    }

    /// Says what was done or is wrong when whatever is being read has ended.
    pub fn say(self, sentence: impl Into<String>) {
        self.say_of(Topic::Deed, sentence.into());
    }

    /// Says a sentence, unless a newer one of its topic comes first.
    pub fn say_of(self, topic: Topic, sentence: String) {
        self.waiting
            .try_update_value(|waiting| waiting.add(topic, sentence));
        let next = set_timeout_with_handle(move || self.flush(), QUIET).ok();
        let before = self
            .timer
            .try_update_value(|timer| std::mem::replace(timer, next));
        if let Some(Some(before)) = before {
            before.clear();
        }
    }

    fn flush(self) {
        let said = self.waiting.try_update_value(Speech::take).flatten();
        if let Some(said) = said {
            self.said.set(String::new());
            set_timeout(move || self.said.set(said), PAUSE);
        }
    }
}

/// Where announcements appear; once in the page.
#[component]
pub fn AnnouncerRegion() -> impl IntoView {
    let Announcer { said, .. } = expect_context();
    view! {
        <p class="visually-hidden announcer" role="status" aria-live="polite">
            {said}
        </p>
    }
}
