//! A text that somebody types while others may change it.

use wasm_bindgen::JsValue;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// A control that holds a text and a selection in it, counted in UTF-16 units.
pub(crate) trait TypedText {
    fn text(&self) -> String;
    fn set_text(&self, text: &str);
    /// Nothing where the kind of control has none, such as an email address.
    fn selection(&self) -> Option<(u32, u32)>;
    fn select(&self, start: u32, end: u32) -> Result<(), JsValue>;
}

macro_rules! typed_text {
    ($element:ty) => {
        impl TypedText for $element {
            fn text(&self) -> String {
                self.value()
            }

            fn set_text(&self, text: &str) {
                self.set_value(text);
            }

            fn selection(&self) -> Option<(u32, u32)> {
                let start = self.selection_start().ok().flatten()?;
                let end = self.selection_end().ok().flatten()?;
                Some((start, end))
            }

            fn select(&self, start: u32, end: u32) -> Result<(), JsValue> {
                self.set_selection_range(start, end)
            }
        }
    };
}

typed_text!(HtmlInputElement);
typed_text!(HtmlTextAreaElement);

/// Shows a text. What was selected stays selected as far as it is still there:
/// a browser would put the caret at the end.
pub(crate) fn show(control: &dyn TypedText, text: &str) {
    let before = control.text();
    if before == text {
        return;
    }
    let selection = control.selection();
    control.set_text(text);
    if let Some((start, end)) = selection {
        let changed = Changed::between(&before, text);
        // Fails only where there is no selection.
        let _ = control.select(changed.moved(start), changed.moved(end));
    }
}

/// The part of a text that was replaced, in UTF-16 units.
struct Changed {
    from: u32,
    old_to: u32,
    new_to: u32,
}

impl Changed {
    fn between(before: &str, after: &str) -> Self {
        let before: Vec<u16> = before.encode_utf16().collect();
        let after: Vec<u16> = after.encode_utf16().collect();
        let same = |(one, other): &(&u16, &u16)| one == other;
        let head = before.iter().zip(&after).take_while(same).count();
        let most = before.len().min(after.len()) - head;
        let tails = before.iter().rev().zip(after.iter().rev());
        let tail = tails.take(most).take_while(same).count();
        let unit = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            from: unit(head),
            old_to: unit(before.len() - tail),
            new_to: unit(after.len() - tail),
        }
    }

    /// Where a place in the old text is in the new one.
    fn moved(&self, place: u32) -> u32 {
        if place <= self.from {
            place
        } else if place >= self.old_to {
            self.new_to + (place - self.old_to)
        } else {
            place.min(self.new_to)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Changed;

    #[test]
    fn the_caret_stays_between_the_same_letters_when_others_change_the_text() {
        // Before, after, and where a caret goes.
        let table = [
            ("https://a.b/c", "https://a.b/cd", 5, 5),
            ("https://a.b/c", "http://a.b/c", 13, 12),
            ("abc", "xabc", 2, 3),
            ("abc", "xabc", 0, 0),
            ("abcdef", "abXef", 3, 3),
            ("abcdef", "af", 3, 1),
            ("abc", "", 2, 0),
            ("", "abc", 0, 0),
            ("😀ab", "😀xab", 3, 4),
            ("aa", "a", 2, 1),
        ];
        for (before, after, caret, expected) in table {
            let moved = Changed::between(before, after).moved(caret);
            assert_eq!(moved, expected, "{before:?} to {after:?} at {caret}");
        }
    }
}
