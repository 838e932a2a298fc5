//! Toasts: what happened just now.

use std::time::Duration;

use dom::{
    ev::{self, KeyboardEvent},
    prelude::*,
};

use super::{Button, ButtonKind, Icon, IconButton, Tone};
use crate::client::Failure;

/// How long a toast that asks for nothing stays.
const STAY: Duration = Duration::from_secs(6);
/// How long one stays that says what failed: long enough to read it twice, and
/// to look at it again.
const STAY_OF_FAILURE: Duration = Duration::from_secs(30);
/// While somebody points at toasts or has the focus there, none goes.
const ATTENDED: &str = ".toasts:hover, .toasts:focus-within";
/// How many stand there at once; the oldest goes first.
const MOST: usize = 3;

#[derive(Clone)]
struct Toast {
    id: u64,
    tone: Tone,
    text: String,
    action: Option<(String, Callback<()>)>,
}

/// Shows toasts: `expect_context::<Toasts>()`.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

impl Toasts {
    /// No toast yet.
    pub fn new() -> Self {
        Self {
            shown: RwSignal::new(Vec::new()),
            next: StoredValue::new(1),
        }
    }

    /// Says that something went through; goes by itself.
    pub fn success(self, text: impl Into<String>) {
        self.show(Tone::Success, text.into(), None);
    }

    /// Says that something went through in part; goes by itself.
    pub fn warning(self, text: impl Into<String>) {
        self.show(Tone::Warning, text.into(), None);
    }

    /// Says that something failed and what to do; stays for a while, unless it
    /// is dismissed or over before.
    pub fn danger(self, text: impl Into<String>) {
        self.show(Tone::Danger, text.into(), None);
    }

    /// Says what was not done and why. Where the session has ended, the way back
    /// in says so.
    pub fn failed(self, what: &str, failure: &Failure) {
        if *failure != Failure::SessionEnded {
            self.danger(format!("{what} {failure}"));
        }
    }

    /// What a toast said is over: it goes.
    pub fn over(self, text: &str) {
        let is_shown = |shown: &Vec<Toast>| shown.iter().any(|toast| toast.text == text);
        if self.shown.try_with_untracked(is_shown) == Some(true) {
            self.shown
                .update(|shown| shown.retain(|toast| toast.text != text));
        }
    }

    /// Says something and offers to do something about it, such as to undo it.
    pub fn offer(
        self,
        tone: Tone,
        text: impl Into<String>,
        action: impl Into<String>,
        run: Callback<()>,
    ) {
        self.show(tone, text.into(), Some((action.into(), run)));
    }

    fn show(self, tone: Tone, text: String, action: Option<(String, Callback<()>)>) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.shown.update(|shown| {
            // Told again, it is told once: a server that is away would fill the page.
            shown.retain(|toast| toast.text != text);
            if shown.len() >= MOST {
                shown.remove(0);
            }
            shown.push(Toast {
                id,
                tone,
                text,
                action,
            });
        });
        let stay = if tone == Tone::Danger {
            STAY_OF_FAILURE
        } else {
            STAY
        };
        self.dismiss_later(id, stay);
    }

    fn dismiss_later(self, id: u64, stay: Duration) {
        let due = move || {
            if matches!(document().query_selector(ATTENDED), Ok(Some(_))) {
                self.dismiss_later(id, STAY);
            } else {
                self.dismiss(id);
            }
        };
        set_timeout(due, stay);
    }

    /// Dismisses the newest, unless Escape meant something else.
    fn escape(self, event: &KeyboardEvent) {
        let newest = self.shown.with_untracked(|shown| Some(shown.last()?.id));
        let in_dialog = matches!(document().query_selector("dialog[open]"), Ok(Some(_)));
        if event.key() == "Escape"
            && !event.default_prevented()
            && !in_dialog
            && let Some(newest) = newest
        {
            event.prevent_default();
            self.dismiss(newest);
        }
    }

    fn dismiss(self, id: u64) {
        self.shown
            .update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// Where toasts appear; once in the page.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let escaping = window_event_listener(ev::keydown, move |event| toasts.escape(&event));
    on_cleanup(move || escaping.remove());
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.id let:toast>
                {
                    let Toast { id, tone, text, action } = toast;
                    view! {
                        <div class="toast" data-tone=tone.attribute()>
                            <Icon name=tone.icon() />
                            <span class="toast__text">{text}</span>
                            {action.map(|(words, run)| {
                                view! {
                                    <Button
                                        kind=ButtonKind::Ghost
                                        small=true
                                        on_click=move |_| {
                                            toasts.dismiss(id);
                                            run.run(());
                                        }
                                    >
                                        {words}
                                    </Button>
                                }
                            })}
                            <IconButton
                                icon="x"
                                label="Dismiss"
                                small=true
                                on_click=move |_| toasts.dismiss(id)
                            />
                        </div>
                    }
                }
            </For>
        </div>
    }
}
