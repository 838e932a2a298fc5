//! Keys and what they mean.

use smol_str::SmolStr;

/// A key, as shortcuts name it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each says itself.
pub enum Key {
    /// A letter in lower case, or another sign.
    Sign(SmolStr),
    /// A digit, in the row above the letters or on the number pad.
    Digit(u8),
    Enter,
    Escape,
    Tab,
    Space,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    F2,
    /// A key without a meaning here.
    Other,
}

impl Key {
    /// The key of a browser's event, by its `key` and `code`. Digits go by
    /// their place, since Shift turns them into other signs; letters go by what
    /// they write, except where the layout writes no Latin letters.
    pub fn of_event(key: &str, code: &str) -> Self {
        let digit = code
            .strip_prefix("Digit")
            .unwrap_or(if key.len() == 1 { key } else { "" })
            .parse()
            .ok();
        if let Some(digit) = digit {
            return Self::Digit(digit);
        }
        match key {
            "Enter" => Self::Enter,
            "Escape" => Self::Escape,
            "Tab" => Self::Tab,
            " " => Self::Space,
            "Backspace" => Self::Backspace,
            "Delete" => Self::Delete,
            "ArrowLeft" => Self::Left,
            "ArrowRight" => Self::Right,
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "F2" => Self::F2,
            _ => {
                let mut signs = key.chars();
                match (signs.next(), signs.next()) {
                    (Some(sign), None) if sign.is_alphabetic() && !sign.is_ascii() => {
                        code.strip_prefix("Key").map_or(Self::Other, |letter| {
                            Self::Sign(letter.to_ascii_lowercase().into())
                        })
                    }
                    (Some(sign), None) => Self::Sign(sign.to_lowercase().collect()),
                    _ => Self::Other,
                }
            }
        }
    }
}
