//! Texts for files that spreadsheets open.

use std::borrow::Cow;

/// A text that no spreadsheet takes for a formula: what it would take for one
/// has an apostrophe before it.
pub(crate) fn inert(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']) {
        Cow::Owned(["'", text].concat())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in [
            "=1+1", "+1555", "-1", "@SUM(A1)", "\tx", "\0x", "\rx", "\n=1",
        ] {
            assert_eq!(inert(cell), format!("'{cell}"));
        }
        for cell in ["", "A-1", "1", "'=1", "a=1"] {
            assert_eq!(inert(cell), cell);
        }
    }
}
