//! Light or dark. `public/theme.js` applies the choice before the first paint.

use dom::{ev, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::MediaQueryListEvent;

use crate::storage;

const KEY: &str = "patchbay.theme";

/// Which theme a person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeChoice {
    /// Whatever the system has.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl ThemeChoice {
    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// The theme: `expect_context::<Theme>()`.
#[derive(Clone, Copy)]
pub struct Theme {
    choice: RwSignal<ThemeChoice>,
    system_is_dark: RwSignal<bool>,
}

impl Theme {
    /// The remembered choice, followed from now on: also when it is changed in
    /// another tab or the system changes.
    pub fn remembered() -> Self {
        let theme = Self {
            choice: RwSignal::new(read()),
            system_is_dark: RwSignal::new(false),
        };
        theme.follow_system();
        let changed = window_event_listener(ev::storage, move |event| {
            // Signing out clears everything, which is told without a key and
            // is no choice of a theme.
            if event.key().as_deref() == Some(KEY) {
                theme.choice.set(read());
            }
        });
        on_cleanup(move || changed.remove());
        Effect::new(move |_| apply(theme.choice.get()));
        theme
    }

    /// The choice.
    pub fn choice(self) -> ThemeChoice {
        self.choice.get()
    }

    /// Chooses, here and for the next visits.
    pub fn choose(self, choice: ThemeChoice) {
        self.choice.set(choice);
        self.keep();
    }

    /// Writes the choice down again, after signing out had the browser forget
    /// everything of this site.
    pub fn keep(self) {
        storage::remember(KEY, self.choice.get_untracked().attribute());
    }

    /// Whether what is shown is dark. Whoever draws colours of their own draws
    /// again when this changes.
    pub fn is_dark(self) -> bool {
        match self.choice.get() {
            ThemeChoice::System => self.system_is_dark.get(),
            ThemeChoice::Light => false,
            ThemeChoice::Dark => true,
        }
    }

    fn follow_system(self) {
        let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") else {
            return;
        };
        self.system_is_dark.set(query.matches());
        let changed =
            Closure::<dyn Fn(MediaQueryListEvent)>::new(move |event: MediaQueryListEvent| {
                self.system_is_dark.set(event.matches());
            });
        query.set_onchange(Some(changed.as_ref().unchecked_ref()));
        // As long as the page lives, so does what listens to the system.
        changed.forget();
    }
}

fn read() -> ThemeChoice {
    match storage::remembered(KEY).as_deref() {
        Some("light") => ThemeChoice::Light,
        Some("dark") => ThemeChoice::Dark,
        _ => ThemeChoice::System,
    }
}

fn apply(choice: ThemeChoice) {
    let Some(root) = document().document_element() else {
        return;
    };
    let applied = match choice.attribute() {
        Some(theme) => root.set_attribute("data-theme", theme),
        None => root.remove_attribute("data-theme"),
    };
    if applied.is_err() {
        dom::warn("The theme could not be applied.");
    }
}
