//! Finding a text in another, capitals aside.

use std::ops::Range;

/// The bytes of the first place where a text holds `lowered`, which is in small
/// letters already.
pub(super) fn find_folded(text: &str, lowered: &str) -> Option<Range<usize>> {
    let Some(first) = lowered.chars().next() else {
        return Some(0..0);
    };
    if lowered.is_ascii() {
        return find_ascii(text.as_bytes(), lowered.as_bytes());
    }
    text.char_indices()
        .filter(|(_, letter)| letter.to_lowercase().next() == Some(first))
        .find_map(|(start, _)| {
            let length = folded_prefix(text.get(start..)?, lowered)?;
            Some(start..start + length)
        })
}

/// Whether two texts are the same, capitals aside; the second is in small
/// letters already.
pub(super) fn is_folded(text: &str, lowered: &str) -> bool {
    folded_prefix(text, lowered) == Some(text.len())
}

/// Bytes of plain letters are found only where plain letters stand, so the
/// range lies between characters.
fn find_ascii(text: &[u8], lowered: &[u8]) -> Option<Range<usize>> {
    let first = *lowered.first()?;
    let last = text.len().checked_sub(lowered.len())?;
    let candidates = text.get(..=last)?.iter().enumerate();
    candidates
        .filter(|(_, byte)| byte.to_ascii_lowercase() == first)
        .map(|(start, _)| start..start + lowered.len())
        .find(|place| {
            text.get(place.clone())
                .is_some_and(|part| part.eq_ignore_ascii_case(lowered))
        })
}

/// How many bytes of a text's beginning are `lowered`, capitals aside.
pub(super) fn folded_prefix(text: &str, lowered: &str) -> Option<usize> {
    let mut wanted = lowered.chars();
    let mut letters = text.char_indices();
    loop {
        if wanted.as_str().is_empty() {
            return Some(letters.next().map_or(text.len(), |(at, _)| at));
        }
        let (_, letter) = letters.next()?;
        for folded in letter.to_lowercase() {
            if wanted.next() != Some(folded) {
                return None;
            }
        }
    }
}
