//! Keys, as shortcuts name them.

use smol_str::SmolStr;

/// A key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each says itself.
pub enum Key {
    /// A letter in lower case, or another sign.
    Sign(SmolStr),
    /// A digit, in the row above the letters or on the number pad.
    Digit(u8),
    /// A function key, F1 to F24.
    Function(u8),
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
    /// A key that no shortcut is made of.
    Other,
}

impl Key {
    /// The key of a browser's event, by its `key` and `code`. Digits go by
    /// their place, since Shift turns them into other signs; letters go by what
    /// they write, except where the layout writes no Latin letter there: by
    /// itself, or because Option on macOS turns it into another sign.
    pub fn of_event(key: &str, code: &str) -> Self {
        let digit = code
            .strip_prefix("Digit")
            .unwrap_or(if key.len() == 1 { key } else { "" })
            .parse()
            .ok();
        if let Some(digit) = digit {
            return Self::Digit(digit);
        }
        let letter_of_place = || {
            let letter = code.strip_prefix("Key")?;
            Some(Self::Sign(letter.to_ascii_lowercase().into()))
        };
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
            "Dead" => letter_of_place().unwrap_or(Self::Other),
            _ => {
                let mut signs = key.chars();
                match (signs.next(), signs.next()) {
                    (Some(sign), None) if !sign.is_ascii() => letter_of_place()
                        .unwrap_or_else(|| Self::Sign(sign.to_lowercase().collect())),
                    (Some(sign), None) => Self::Sign(sign.to_lowercase().collect()),
                    (Some('F'), Some(_)) => match key.get(1..).map(str::parse) {
                        Some(Ok(number @ 1..=24)) => Self::Function(number),
                        _ => Self::Other,
                    },
                    _ => Self::Other,
                }
            }
        }
    }

    /// Its name in a chord; none for what no shortcut is made of.
    pub(crate) fn name(&self) -> Option<SmolStr> {
        Some(match self {
            Self::Sign(sign) => sign.to_uppercase().into(),
            Self::Digit(digit) => SmolStr::from_iter([char::from(b'0' + digit)]),
            Self::Function(number) => ["F", &number.to_string()].concat().into(),
            Self::Enter => SmolStr::new_static("Enter"),
            Self::Escape => SmolStr::new_static("Esc"),
            Self::Tab => SmolStr::new_static("Tab"),
            Self::Space => SmolStr::new_static("Space"),
            Self::Backspace => SmolStr::new_static("Backspace"),
            Self::Delete => SmolStr::new_static("Delete"),
            Self::Left => SmolStr::new_static("Left"),
            Self::Right => SmolStr::new_static("Right"),
            Self::Up => SmolStr::new_static("Up"),
            Self::Down => SmolStr::new_static("Down"),
            Self::Other => return None,
        })
    }
}
