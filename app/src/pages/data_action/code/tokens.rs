//! The parts of a line of Python, for colouring. Nothing is judged here: what
//! is wrong with a script is found on the server.

use std::ops::Range;

/// What a part of a line is; names the class that colours it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Keyword,
    Constant,
    /// The name that a `def` or `class` gives.
    Definition,
    Text,
    Comment,
    Number,
    Decorator,
}

/// What a line leaves open for the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Open {
    #[default]
    Nothing,
    Text {
        quote: char,
        is_triple: bool,
    },
}

const KEYWORDS: [&str; 35] = [
    "and", "as", "assert", "async", "await", "break", "case", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "match", "nonlocal", "not", "or", "pass", "raise", "return", "try", "type", "while",
    "with", "yield",
];
const CONSTANTS: [&str; 3] = ["False", "None", "True"];
/// Words that are keywords only where a statement begins.
const SOFT: [&str; 3] = ["case", "match", "type"];

impl Ink {
    /// The class that colours it.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Keyword => "code__keyword",
            Self::Constant => "code__constant",
            Self::Definition => "code__definition",
            Self::Text => "code__text",
            Self::Comment => "code__comment",
            Self::Number => "code__number",
            Self::Decorator => "code__decorator",
        }
    }
}

/// The parts of a line without its break, in order; together they are the
/// line. Then what it leaves open.
pub(super) fn line(text: &str, open: Open) -> (Vec<(Ink, Range<usize>)>, Open) {
    let mut parts: Vec<(Ink, Range<usize>)> = Vec::new();
    let mut at = 0;
    let mut left = Open::Nothing;
    let mut defines = false;
    if let Open::Text { quote, is_triple } = open {
        (at, left) = text_end(text, 0, quote, is_triple);
        put(&mut parts, Ink::Text, 0..at);
    }
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let begins = text.get(..at).unwrap_or_default().trim().is_empty();
        let first = rest.chars().next().unwrap_or(' ');
        let (ink, end) = match first {
            '#' => (Ink::Comment, text.len()),
            '"' | '\'' => {
                let (end, open) = quoted(text, at, first);
                left = open;
                (Ink::Text, end)
            }
            '@' if begins => (
                Ink::Decorator,
                at + 1 + run(&rest[1..], |c| is_word(c) || c == '.'),
            ),
            c if c.is_ascii_digit() => (
                Ink::Number,
                at + run(rest, |c| c.is_ascii_alphanumeric() || c == '.' || c == '_'),
            ),
            c if is_word(c) => {
                let end = at + run(rest, is_word);
                let word = text.get(at..end).unwrap_or_default();
                let after = text.get(end..).unwrap_or_default();
                let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
                if let Some(quote) = quote.filter(|_| is_prefix(word)) {
                    let (end, open) = quoted(text, end, quote);
                    left = open;
                    (Ink::Text, end)
                } else {
                    (of_word(word, after, begins, defines), end)
                }
            }
            c => (Ink::Plain, at + c.len_utf8()),
        };
        let piece = text.get(at..end).unwrap_or_default();
        if !piece.trim().is_empty() {
            defines = matches!(piece, "def" | "class");
        }
        put(&mut parts, ink, at..end);
        at = end;
    }
    (parts, left)
}

/// What a line leaves open, its parts aside.
pub(super) fn left_open(text: &str, open: Open) -> Open {
    // Most lines have nothing in them that could.
    if open == Open::Nothing && !text.contains(['"', '\'']) {
        return Open::Nothing;
    }
    line(text, open).1
}

fn put(parts: &mut Vec<(Ink, Range<usize>)>, ink: Ink, range: Range<usize>) {
    match parts.last_mut() {
        Some((last, before)) if *last == ink => before.end = range.end,
        _ if range.is_empty() => {}
        _ => parts.push((ink, range)),
    }
}

fn of_word(word: &str, after: &str, begins: bool, defines: bool) -> Ink {
    if defines {
        Ink::Definition
    } else if CONSTANTS.contains(&word) {
        Ink::Constant
    } else if SOFT.contains(&word) {
        // `match` and its like are names too: a value follows the keyword.
        let follows = after.trim_start().chars().next();
        let is_keyword =
            begins && follows.is_some_and(|c| !matches!(c, '=' | '.' | ',' | ')' | ':'));
        if is_keyword && after.starts_with(' ') {
            Ink::Keyword
        } else {
            Ink::Plain
        }
    } else if KEYWORDS.contains(&word) {
        Ink::Keyword
    } else {
        Ink::Plain
    }
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// Whether a word before a quote belongs to the text: `f`, `Rb`.
fn is_prefix(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    matches!(
        lower.as_str(),
        "r" | "u" | "b" | "f" | "t" | "br" | "rb" | "fr" | "rf" | "tr" | "rt"
    )
}

/// Where the text whose first quote stands at `at` ends, and what it leaves
/// open.
fn quoted(text: &str, at: usize, quote: char) -> (usize, Open) {
    let three = [quote; 3].iter().collect::<String>();
    let is_triple = text.get(at..).is_some_and(|rest| rest.starts_with(&three));
    text_end(text, at + if is_triple { 3 } else { 1 }, quote, is_triple)
}

/// Where a text ends that is open at `from`, and what it leaves open. A text
/// between single quotes goes on where its line ends with a backslash.
fn text_end(text: &str, from: usize, quote: char, is_triple: bool) -> (usize, Open) {
    let three = [quote; 3].iter().collect::<String>();
    let mut escaped = false;
    for (offset, c) in text.get(from..).unwrap_or_default().char_indices() {
        let at = from + offset;
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == quote {
            if !is_triple {
                return (at + 1, Open::Nothing);
            }
            if text.get(at..).is_some_and(|rest| rest.starts_with(&three)) {
                return (at + 3, Open::Nothing);
            }
        }
    }
    let open = if is_triple || escaped {
        Open::Text { quote, is_triple }
    } else {
        Open::Nothing
    };
    (text.len(), open)
}

fn run(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::{Ink, Open, left_open, line};

    fn inks(text: &str) -> Vec<(Ink, &str)> {
        let (parts, _) = line(text, Open::Nothing);
        let parts = parts.into_iter().map(|(ink, range)| (ink, &text[range]));
        parts.filter(|(ink, _)| *ink != Ink::Plain).collect()
    }

    #[test]
    fn the_parts_of_a_line_are_the_line() {
        for text in [
            "def main(input_data):",
            "    return {\"a\": f'{x!r:>10}', 'b': 1_000.5e-3}  # “ä”",
            "x = \"unclosed",
            "@wraps(f)  ",
            "日本 = '''text",
            "\t\\",
            "r'\\' + \"\"\"",
            "",
        ] {
            for open in [
                Open::Nothing,
                Open::Text {
                    quote: '"',
                    is_triple: true,
                },
                Open::Text {
                    quote: '\'',
                    is_triple: false,
                },
            ] {
                let (parts, left) = line(text, open);
                let joined: String = parts
                    .iter()
                    .map(|(_, range)| &text[range.clone()])
                    .collect();
                assert_eq!(joined, text, "{open:?}");
                assert_eq!(left_open(text, open), left, "{text:?} {open:?}");
            }
        }
    }

    #[test]
    fn keywords_names_texts_numbers_and_comments_are_told_apart() {
        let table: [(&str, &[(Ink, &str)]); 8] = [
            (
                "def main(x):",
                &[(Ink::Keyword, "def"), (Ink::Definition, "main")],
            ),
            ("defined = True", &[(Ink::Constant, "True")]),
            (
                "if not x.is_in: # if",
                &[
                    (Ink::Keyword, "if"),
                    (Ink::Keyword, "not"),
                    (Ink::Comment, "# if"),
                ],
            ),
            ("y = rb\"\\\"\" + z", &[(Ink::Text, "rb\"\\\"\"")]),
            (
                "a1 = 0x1F + 2.5e3",
                &[(Ink::Number, "0x1F"), (Ink::Number, "2.5e3")],
            ),
            ("@app.route", &[(Ink::Decorator, "@app.route")]),
            ("match = 1", &[(Ink::Number, "1")]),
            ("match x:", &[(Ink::Keyword, "match")]),
        ];
        for (text, expected) in table {
            assert_eq!(inks(text), expected, "{text}");
        }
    }

    #[test]
    fn a_text_goes_on_as_long_as_its_quotes_are_open() {
        let triple = Open::Text {
            quote: '"',
            is_triple: true,
        };
        let continued = Open::Text {
            quote: '\'',
            is_triple: false,
        };
        for (text, before, after) in [
            ("x = \"\"\"begins", Open::Nothing, triple),
            ("goes \"\" on", triple, triple),
            ("ends \\\"\"\" not", triple, triple),
            ("ends\"\"\" here", triple, Open::Nothing),
            ("ends\"\"\" and \"\"\"begins", triple, triple),
            ("x = 'begins \\", Open::Nothing, continued),
            ("ends'", continued, Open::Nothing),
            ("x = 'never", Open::Nothing, Open::Nothing),
            ("# \"\"\"", Open::Nothing, Open::Nothing),
        ] {
            assert_eq!(line(text, before).1, after, "{text}");
        }
    }
}
