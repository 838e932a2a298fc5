//! Keys that are struck together.

use std::fmt;

use smol_str::SmolStr;

use crate::{Key, Modifiers};

/// Keys that are struck together, in one spelling: `Mod+Shift+Z`. “Mod” is
/// Ctrl, or Cmd on macOS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chord(SmolStr);

impl Chord {
    /// What was struck; none where no shortcut can be made of it.
    pub fn struck(key: &Key, held: Modifiers) -> Option<Self> {
        let name = key.name()?;
        // Which of the two signs of a key is meant its sign says already, and
        // layouts differ in which of them needs Shift.
        let is_other_sign =
            matches!(key, Key::Sign(sign) if !sign.chars().all(char::is_alphabetic));
        let mut text = String::with_capacity(16);
        for (is_held, modifier) in [
            (held.primary, "Mod+"),
            (held.shift && !is_other_sign, "Shift+"),
            (held.alt, "Alt+"),
        ] {
            if is_held {
                text.push_str(modifier);
            }
        }
        text.push_str(&name);
        Some(Self(text.into()))
    }

    /// A chord that was written down, in its one spelling.
    pub fn written(text: &str) -> Self {
        Self(text.into())
    }

    /// Its spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its keys, one by one: `Mod`, `Shift`, `Z`.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        keys_of(&self.0)
    }

    /// Whether it writes a sign when it is struck in a text: these can be
    /// switched off, for people who dictate (WCAG 2.1.4).
    pub fn writes(&self) -> bool {
        let last = self.keys().last().unwrap_or_default();
        !self.0.starts_with("Mod+") && !self.0.contains("Alt+") && last.chars().count() == 1
    }
}

/// The keys of a chord as it is spelt. The last may be `+` itself.
fn keys_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let now = rest?;
        let end = now.find('+').filter(|end| *end > 0);
        let (key, after) = match end.and_then(|end| now.split_at_checked(end)) {
            Some((key, after)) => (key, after.get(1..)),
            None => (now, None),
        };
        rest = after;
        Some(key)
    })
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::modifiers;

    #[test]
    fn a_chord_has_one_spelling_on_every_layout() {
        // The event's key, its code, what is held, and the spelling.
        let table = [
            ("z", "KeyZ", "Mod", "Mod+Z"),
            ("Z", "KeyZ", "Mod Shift", "Mod+Shift+Z"),
            ("я", "KeyZ", "Mod", "Mod+Z"),
            ("†", "KeyT", "Alt", "Alt+T"),
            ("Dead", "KeyN", "Alt", "Alt+N"),
            ("!", "Digit1", "Shift", "Shift+1"),
            ("&", "Digit1", "", "1"),
            ("0", "Numpad0", "", "0"),
            ("+", "Equal", "Mod Shift", "Mod++"),
            ("+", "BracketRight", "Mod", "Mod++"),
            ("?", "Slash", "Shift", "?"),
            ("ö", "Semicolon", "", "Ö"),
            ("F8", "F8", "Shift", "Shift+F8"),
            ("ArrowLeft", "ArrowLeft", "Mod Shift", "Mod+Shift+Left"),
            (" ", "Space", "", "Space"),
        ];
        for (key, code, held, spelling) in table {
            let chord = Chord::struck(&Key::of_event(key, code), modifiers(held));
            assert_eq!(chord, Some(Chord::written(spelling)), "{held} {key} {code}");
        }
        for (key, code) in [("Shift", "ShiftLeft"), ("Fn", "Fn"), ("Dead", "Quote")] {
            assert_eq!(
                Chord::struck(&Key::of_event(key, code), Modifiers::NONE),
                None
            );
        }
    }

    #[test]
    fn the_keys_of_a_chord_are_told_apart_and_those_that_write_are_known() {
        let table: [(&str, &[&str], bool); 7] = [
            ("Mod++", &["Mod", "+"], false),
            ("+", &["+"], true),
            ("Mod+Shift+Left", &["Mod", "Shift", "Left"], false),
            ("Shift+Alt+T", &["Shift", "Alt", "T"], false),
            ("Shift+S", &["Shift", "S"], true),
            ("Shift+F8", &["Shift", "F8"], false),
            ("?", &["?"], true),
        ];
        for (spelling, keys, writes) in table {
            let chord = Chord::written(spelling);
            assert_eq!(chord.keys().collect::<Vec<_>>(), keys, "{spelling}");
            assert_eq!(chord.writes(), writes, "{spelling}");
        }
    }
}
