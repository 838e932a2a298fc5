//! The part of a node's text for which it was found.

use std::ops::Range;

use super::fold::find_folded;

/// A text of at most so many characters is shown as it is.
const WHOLE: usize = 90;
/// Characters of a longer one that are shown before and after what was found.
const BEFORE: usize = 24;
const AFTER: usize = 56;

/// A part of a text, on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Where it stands, as people call that: "URL".
    pub place: String,
    /// What stands there, shortened at both ends where it is long.
    pub text: String,
    /// The bytes of `text` that were meant.
    pub lit: Range<usize>,
}

impl Excerpt {
    /// The part of a text that holds what is looked for, in small letters.
    pub(super) fn of(place: &str, text: &str, lowered: &str) -> Option<Self> {
        find_folded(text, lowered).map(|lit| Self::around(place, text, lit))
    }

    /// The part of a text around these bytes of it.
    pub(super) fn around(place: &str, text: &str, lit: Range<usize>) -> Self {
        let (head, rest) = text.split_at_checked(lit.start).unwrap_or((text, ""));
        let (found, tail) = rest.split_at_checked(lit.len()).unwrap_or((rest, ""));
        let is_long = text.chars().nth(WHOLE).is_some();
        let start = head.char_indices().rev().nth(BEFORE).filter(|_| is_long);
        let end = tail.char_indices().nth(AFTER).filter(|_| is_long);
        let mut shown = String::new();
        if let Some((start, letter)) = start {
            shown.push('…');
            push_line(&mut shown, head.get(start + letter.len_utf8()..));
        } else {
            push_line(&mut shown, Some(head));
        }
        let from = shown.len();
        push_line(&mut shown, Some(found));
        let lit = from..shown.len();
        match end {
            Some((end, _)) => {
                push_line(&mut shown, tail.get(..end));
                shown.push('…');
            }
            None => push_line(&mut shown, Some(tail)),
        }
        Self {
            place: place.to_owned(),
            text: shown,
            lit,
        }
    }
}

/// Line ends and other signs that cannot be seen become spaces.
fn push_line(line: &mut String, text: Option<&str>) {
    let text = text.unwrap_or_default().chars();
    line.extend(text.map(|letter| if letter.is_control() { ' ' } else { letter }));
}
