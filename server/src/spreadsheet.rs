//! Texts for files that spreadsheets open.

use std::borrow::Cow;

/// What stands before a text that a spreadsheet would take for a formula.
const GUARD: char = '\'';
/// What a formula begins with. Some programs read the full-width signs as the
/// others, and leave out what is no letter before them.
const BEGINNINGS: [char; 12] = [
    '=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\0',
];

/// A text that no spreadsheet takes for a formula: what it would take for one
/// has an apostrophe before it. One that looks like that already gets another,
/// so that [`unguarded`] gives back every text.
pub(crate) fn inert(text: &str) -> Cow<'_, str> {
    if text.trim_start_matches(GUARD).starts_with(BEGINNINGS) {
        Cow::Owned(format!("{GUARD}{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that was made inert.
pub(crate) fn unguarded(text: &str) -> &str {
    match text.strip_prefix(GUARD) {
        Some(rest) if rest.trim_start_matches(GUARD).starts_with(BEGINNINGS) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in [
            "=1+1",
            "+1555",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\0x",
            "\rx",
            "\n=1",
            "＝1+1",
            "＋1555",
            "－1",
            "＠SUM(A1)",
            "'=1",
            "''+1",
        ] {
            assert_eq!(inert(cell), format!("'{cell}"));
        }
        for cell in [
            "",
            "A-1",
            "1",
            "a=1",
            "'",
            "''",
            "'a",
            "'Ndrangheta",
            "a＝1",
        ] {
            assert_eq!(inert(cell), cell);
        }
    }

    #[test]
    fn every_text_comes_back_as_it_was() {
        let letters = [
            "'", "=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\n", "a", " ", "\"",
        ];
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            let longer: Vec<_> = texts
                .iter()
                .flat_map(|text| letters.iter().map(move |letter| format!("{text}{letter}")))
                .collect();
            texts.extend(longer);
        }
        for text in texts {
            let guarded = inert(&text);
            assert!(!guarded.starts_with(BEGINNINGS), "{guarded:?}");
            assert_eq!(unguarded(&guarded), text);
        }
    }

    #[test]
    fn what_was_never_guarded_stays() {
        for text in ["", "'", "'a", "''", "1", "+1555"] {
            assert_eq!(unguarded(text), text);
        }
        assert_eq!(unguarded("'+15551234567"), "+15551234567");
    }
}
