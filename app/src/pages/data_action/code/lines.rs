//! A script cut into lines, with what each begins inside of.

use std::{ops::Range, sync::Arc};

use flow::Severity;

use super::tokens::{Ink, Open, left_open, line};

/// Columns between tab stops, as the style sheet sets them.
const TAB: usize = 4;

/// A script cut into lines. Copies share everything.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lines(Arc<Cut>);

#[derive(Debug, PartialEq)]
struct Cut {
    text: String,
    /// Where each line begins and ends, its break left out.
    lines: Vec<Range<usize>>,
    /// What is open where each line begins.
    opens: Vec<Open>,
    columns: usize,
}

/// A part of a line of one look.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) ink: Ink,
    pub(super) text: String,
    pub(super) wrong: Option<Severity>,
}

/// A part of a script that something is wrong with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) span: Range<usize>,
    pub(super) severity: Severity,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let (mut lines, mut opens) = (Vec::new(), Vec::new());
        let (mut open, mut columns, mut from) = (Open::Nothing, 0, 0);
        for each in text.split('\n') {
            let words = each.strip_suffix('\r').unwrap_or(each);
            lines.push(from..from + words.len());
            opens.push(open);
            open = left_open(words, open);
            columns = columns.max(width(words));
            from += each.len() + 1;
        }
        Self(Arc::new(Cut {
            text: text.to_owned(),
            lines,
            opens,
            columns,
        }))
    }

    pub(super) fn count(&self) -> usize {
        self.0.lines.len()
    }

    /// Columns of the longest line.
    pub(super) fn columns(&self) -> usize {
        self.0.columns
    }

    /// The line, from 0, that a byte is in.
    pub(super) fn line_of(&self, byte: usize) -> usize {
        let after = self.0.lines.partition_point(|line| line.start <= byte);
        after.saturating_sub(1)
    }

    /// The parts of a line, cut where one look ends.
    pub(super) fn pieces(&self, index: usize, marks: &[Mark]) -> Vec<Piece> {
        let (Some(range), Some(open)) = (self.0.lines.get(index), self.0.opens.get(index)) else {
            return Vec::new();
        };
        let text = self.0.text.get(range.clone()).unwrap_or_default();
        let (parts, _) = line(text, *open);
        let marks: Vec<Mark> = marks
            .iter()
            .filter_map(|mark| within(mark, range))
            .collect();
        let mut cuts: Vec<usize> = marks
            .iter()
            .flat_map(|m| [m.span.start, m.span.end])
            .collect();
        cuts.sort_unstable();
        let mut pieces = Vec::new();
        for (ink, part) in parts {
            let mut from = part.start;
            let inner = cuts.iter().copied().filter(|cut| part.contains(cut));
            for to in inner.chain([part.end]) {
                if to <= from {
                    continue;
                }
                if let Some(words) = text.get(from..to) {
                    pieces.push(Piece {
                        ink,
                        text: words.to_owned(),
                        wrong: worst(&marks, from),
                    });
                    from = to;
                }
            }
        }
        // What is wrong where a line ends has a place to be seen at.
        if let Some(mark) = marks.iter().find(|mark| mark.span.start >= text.len()) {
            pieces.push(Piece {
                ink: Ink::Plain,
                text: " ".to_owned(),
                wrong: Some(mark.severity),
            });
        }
        pieces
    }
}

/// The part of a mark that lies in a line, counted from the line's start; one
/// byte at least.
fn within(mark: &Mark, line: &Range<usize>) -> Option<Mark> {
    let end = mark.span.end.max(mark.span.start + 1);
    if mark.span.start > line.end || end <= line.start {
        return None;
    }
    let start = mark.span.start.max(line.start) - line.start;
    let end = end.min(line.end.max(mark.span.start + 1)) - line.start;
    (end > start).then_some(Mark {
        span: start..end,
        severity: mark.severity,
    })
}

/// How bad it is at a byte: an error hides a warning.
fn worst(marks: &[Mark], at: usize) -> Option<Severity> {
    let here = marks.iter().filter(|mark| mark.span.contains(&at));
    let severities: Vec<Severity> = here.map(|mark| mark.severity).collect();
    let is_error = severities.contains(&Severity::Error);
    let first = severities.first().copied();
    if is_error {
        Some(Severity::Error)
    } else {
        first
    }
}

/// Columns that a line takes: tabs go to their stops, wide signs take two.
fn width(line: &str) -> usize {
    if line.is_ascii() && !line.contains('\t') {
        return line.len();
    }
    line.chars().fold(0, |columns, c| match c {
        '\t' => (columns / TAB + 1) * TAB,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{ffef}' | '\u{1f000}'..='\u{3ffff}' => {
            columns + 2
        }
        _ => columns + 1,
    })
}

/// Where a part of `before` is in `after`, when the one became the other by one
/// change; none where it lies in what was changed.
pub(super) fn moved(span: &Range<usize>, before: &str, after: &str) -> Option<Range<usize>> {
    let same = |(one, other): &(u8, u8)| one == other;
    let head = before.bytes().zip(after.bytes()).take_while(same).count();
    if span.end <= head {
        return Some(span.clone());
    }
    let most = before.len().min(after.len()) - head;
    let tails = before.bytes().rev().zip(after.bytes().rev());
    let tail = tails.take(most).take_while(same).count();
    if span.start < before.len() - tail {
        return None;
    }
    let moved = |place: usize| place + after.len() - before.len();
    if after.len() >= before.len() {
        return Some(moved(span.start)..moved(span.end));
    }
    let shrunk = before.len() - after.len();
    Some(span.start - shrunk..span.end - shrunk)
}

#[cfg(test)]
mod tests {
    use flow::Severity;

    use super::{Lines, Mark, moved};

    fn mark(span: std::ops::Range<usize>) -> Mark {
        Mark {
            span,
            severity: Severity::Error,
        }
    }

    fn wrong(text: &str, line: usize, span: std::ops::Range<usize>) -> Vec<(String, bool)> {
        let pieces = Lines::of(text).pieces(line, &[mark(span)]);
        let pieces = pieces.into_iter();
        pieces
            .map(|piece| (piece.text, piece.wrong.is_some()))
            .collect()
    }

    #[test]
    fn what_is_wrong_is_cut_out_of_its_line() {
        let of = |text: &str, is_wrong| (text.to_owned(), is_wrong);
        let text = "a = bcd\r\n\nx";
        assert_eq!(
            wrong(text, 0, 4..6),
            [of("a = ", false), of("bc", true), of("d", false)]
        );
        assert_eq!(wrong(text, 0, 7..7), [of("a = bcd", false), of(" ", true)]);
        assert_eq!(wrong(text, 1, 9..9), [of(" ", true)]);
        assert_eq!(wrong(text, 2, 4..11), [of("x", true)]);
        assert_eq!(wrong(text, 2, 4..6), [of("x", false)]);
        assert_eq!(
            wrong("\"äöü\"", 0, 3..5),
            [of("\"ä", false), of("ö", true), of("ü\"", false)]
        );
    }

    #[test]
    fn lines_are_counted_and_found_by_their_bytes() {
        let lines = Lines::of("ab\ncd\n\tx日本\n");
        assert_eq!((lines.count(), lines.columns()), (4, 9));
        for (byte, line) in [(0, 0), (2, 0), (3, 1), (5, 1), (6, 2), (99, 3)] {
            assert_eq!(lines.line_of(byte), line, "{byte}");
        }
    }

    #[test]
    fn a_long_script_is_cut_without_a_token_lost() {
        let text = "x = \"\"\"a\nb\"\"\" # c\n".repeat(10_000);
        let lines = Lines::of(&text);
        let last = lines.pieces(lines.count() - 2, &[]);
        let joined: String = last.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!((lines.count(), joined.as_str()), (20_001, "b\"\"\" # c"));
    }

    #[test]
    fn what_is_found_moves_with_the_text_around_it() {
        for (span, before, after, expected) in [
            (4..6, "abcdefgh", "abcdefgh", Some(4..6)),
            (4..6, "abcdefgh", "Xabcdefgh", Some(5..7)),
            (4..6, "abcdefgh", "bcdefgh", Some(3..5)),
            (0..2, "abcdefgh", "abcdefghX", Some(0..2)),
            (4..6, "abcdefgh", "abcdXefgh", Some(5..7)),
            (4..6, "abcdefgh", "abcdeXfgh", None),
        ] {
            assert_eq!(moved(&span, before, after), expected, "{before} to {after}");
        }
    }
}
