//! What keys do to a script beyond what a text field does by itself: Tab
//! indents, Enter keeps the indentation. A change is a replacement of a part,
//! in bytes, and where the caret or selection is after it.

use std::ops::Range;

/// What one level of indentation is.
const STEP: &str = "    ";

/// A part of a text and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) replaced: Range<usize>,
    pub(super) by: String,
    /// What is selected afterwards, in bytes of the new text.
    pub(super) selected: Range<usize>,
}

/// Tab: spaces up to the next stop, or a step for every line of a selection.
pub(super) fn indent(text: &str, selected: Range<usize>) -> Change {
    let selection = text.get(selected.clone()).unwrap_or_default();
    if !selection.contains('\n') {
        let line = line_start(text, selected.start);
        let column = text
            .get(line..selected.start)
            .map_or(0, |before| before.chars().count());
        let by = " ".repeat(STEP.len() - column % STEP.len());
        let caret = selected.start + by.len();
        return Change {
            replaced: selected,
            by,
            selected: caret..caret,
        };
    }
    each_line(text, selected, |line| {
        if line.is_empty() {
            String::new()
        } else {
            format!("{STEP}{line}")
        }
    })
}

/// Shift and Tab: every line of the selection goes back by a step.
pub(super) fn outdent(text: &str, selected: Range<usize>) -> Change {
    each_line(text, selected, |line| {
        let spaces = line
            .bytes()
            .take(STEP.len())
            .take_while(|b| *b == b' ')
            .count();
        let less = if line.starts_with('\t') { 1 } else { spaces };
        line.get(less..).unwrap_or_default().to_owned()
    })
}

/// Enter: the new line is indented as the one before, and a step further after
/// a colon.
pub(super) fn new_line(text: &str, selected: Range<usize>) -> Change {
    let start = line_start(text, selected.start);
    let before = text.get(start..selected.start).unwrap_or_default();
    let spaces = before.len() - before.trim_start_matches([' ', '\t']).len();
    let indentation = before.get(..spaces).unwrap_or_default();
    let step = if before.trim_end().ends_with(':') {
        STEP
    } else {
        ""
    };
    let by = format!("\n{indentation}{step}");
    let caret = selected.start + by.len();
    Change {
        replaced: selected,
        by,
        selected: caret..caret,
    }
}

fn each_line(text: &str, selected: Range<usize>, change: impl Fn(&str) -> String) -> Change {
    let start = line_start(text, selected.start);
    let end = text
        .get(selected.end..)
        .and_then(|rest| rest.find('\n'))
        .map_or(text.len(), |offset| selected.end + offset);
    let lines = text.get(start..end).unwrap_or_default().split('\n');
    let by = lines.map(change).collect::<Vec<_>>().join("\n");
    let selected = if selected.is_empty() {
        let behind = end - selected.start;
        let caret = (start + by.len()).saturating_sub(behind).max(start);
        caret..caret
    } else {
        start..start + by.len()
    };
    Change {
        replaced: start..end,
        by,
        selected,
    }
}

fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(0, |newline| newline + 1)
}

/// The byte of a text at which so many UTF-16 units, in which browsers count,
/// have gone by.
pub(super) fn byte_at(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, c) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(c.len_utf16());
    }
    text.len()
}

/// How many UTF-16 units of a text stand before a byte.
pub(super) fn units_before(text: &str, byte: usize) -> usize {
    let before = text.get(..byte.min(text.len())).unwrap_or(text);
    before.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::{Change, byte_at, indent, new_line, outdent, units_before};

    fn shown(text: &str, change: &Change) -> String {
        let mut text = text.to_owned();
        text.replace_range(change.replaced.clone(), &change.by);
        let Range { start, end } = change.selected;
        text.insert(end, ']');
        text.insert(start, '[');
        text
    }

    /// The text without its brackets, and what stands between them.
    fn read(text: &str) -> (String, Range<usize>) {
        let start = text.find('[').expect("a start");
        let end = text.find(']').expect("an end") - 1;
        (text.replace(['[', ']'], ""), start..end)
    }

    #[test]
    fn keys_indent_lines_and_keep_what_is_selected() {
        type Key = fn(&str, Range<usize>) -> Change;
        for (key, before, after) in [
            (indent as Key, "[]x", "    []x"),
            (indent, "ab[]", "ab  []"),
            (indent, "a[b]c", "a   []c"),
            (indent, "a\n[b\n\nc]", "a\n[    b\n\n    c]"),
            (outdent, "    x[]", "x[]"),
            (outdent, "  []x", "[]x"),
            (outdent, "[]x", "[]x"),
            (outdent, "\tx[]", "x[]"),
            (outdent, "[    a\n      b]\nc", "[a\n  b]\nc"),
            (new_line, "  a[]", "  a\n  []"),
            (new_line, "if a:[]", "if a:\n    []"),
            (new_line, "  a[ b]c", "  a\n  []c"),
        ] {
            let (text, selected) = read(before);
            assert_eq!(shown(&text, &key(&text, selected)), after, "{before:?}");
        }
    }

    #[test]
    fn places_are_the_same_in_bytes_and_in_units() {
        let text = "aä😀b";
        for (byte, units) in [(0, 0), (1, 1), (3, 2), (7, 4), (8, 5)] {
            assert_eq!(byte_at(text, units), byte);
            assert_eq!(units_before(text, byte), units);
        }
        assert_eq!(byte_at(text, 99), text.len());
    }
}
