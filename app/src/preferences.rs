//! How a person likes to work in the editor, kept in this browser.

use dom::prelude::*;
use editor::{Keymap, Orientation};

use crate::storage;

const WHEEL_KEY: &str = "patchbay.wheel";
const LETTERS_KEY: &str = "patchbay.single-letter-keys";
const KEYMAP_KEY: &str = "patchbay.keys";
const ORIENTATION_KEY: &str = "patchbay.tidy";

/// What the wheel does over a drawing. With Ctrl or ⌘ it does the other of the
/// two; pinching always zooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wheel {
    /// It moves the drawing, as trackpads like it.
    Pan,
    /// It zooms, as mice like it.
    Zoom,
}

/// How a person likes to work: `expect_context::<Preferences>()`.
#[derive(Clone, Copy)]
pub struct Preferences {
    wheel: RwSignal<Wheel>,
    single_letter_keys: RwSignal<bool>,
    keymap: RwSignal<Keymap>,
    orientation: RwSignal<Orientation>,
}

impl Preferences {
    /// What this browser remembers; else the wheel moves, single letters are
    /// shortcuts, keys do what the table says, and a tidy flow leads down.
    pub fn remembered() -> Self {
        let wheel = match storage::remembered(WHEEL_KEY).as_deref() {
            Some("zoom") => Wheel::Zoom,
            _ => Wheel::Pan,
        };
        let single_letter_keys = storage::remembered(LETTERS_KEY).as_deref() != Some("off");
        let orientation = match storage::remembered(ORIENTATION_KEY).as_deref() {
            Some("left-right") => Orientation::LeftRight,
            _ => Orientation::TopDown,
        };
        Self {
            wheel: RwSignal::new(wheel),
            single_letter_keys: RwSignal::new(single_letter_keys),
            keymap: RwSignal::new(Keymap::remembered(
                &storage::remembered(KEYMAP_KEY).unwrap_or_default(),
            )),
            orientation: RwSignal::new(orientation),
        }
    }

    /// What the wheel does.
    pub fn wheel(self) -> Wheel {
        self.wheel.get()
    }

    /// Chooses what the wheel does.
    pub fn choose_wheel(self, wheel: Wheel) {
        self.wheel.set(wheel);
        self.keep();
    }

    /// Whether single letters are shortcuts (WCAG 2.1.4: they can be off).
    pub fn single_letter_keys(self) -> bool {
        self.single_letter_keys.get()
    }

    /// Chooses whether single letters are shortcuts.
    pub fn choose_single_letter_keys(self, on: bool) {
        self.single_letter_keys.set(on);
        self.keep();
    }

    /// Which keys do what.
    pub fn keymap(self) -> Keymap {
        self.keymap.get()
    }

    /// Chooses keys.
    pub fn change_keymap(self, change: impl FnOnce(&mut Keymap)) {
        self.keymap.update(change);
        self.keep();
    }

    /// Which way a flow leads when it is tidied.
    pub fn orientation(self) -> Orientation {
        self.orientation.get()
    }

    /// Chooses which way a flow leads when it is tidied.
    pub fn choose_orientation(self, orientation: Orientation) {
        self.orientation.set(orientation);
        self.keep();
    }

    /// Writes the choices down; also after signing out had the browser forget
    /// everything of this site.
    pub fn keep(self) {
        let wheel = self.wheel.get_untracked();
        storage::remember(WHEEL_KEY, (wheel == Wheel::Zoom).then_some("zoom"));
        let letters = self.single_letter_keys.get_untracked();
        storage::remember(LETTERS_KEY, (!letters).then_some("off"));
        let keymap = self.keymap.with_untracked(Keymap::to_remember);
        storage::remember(KEYMAP_KEY, (!keymap.is_empty()).then_some(&*keymap));
        let leads_right = self.orientation.get_untracked() == Orientation::LeftRight;
        storage::remember(ORIENTATION_KEY, leads_right.then_some("left-right"));
    }
}
