//! The parts of a line of JSON, for colouring.

/// What a part of a line is; names the class that colours it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Space,
    Key,
    Text,
    Template,
    Number,
    Literal,
    Punctuation,
}

impl Part {
    /// The class that colours it.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Space => "",
            Self::Key => "json__key",
            Self::Text => "json__string",
            Self::Template => "json__template",
            Self::Number => "json__number",
            Self::Literal => "json__literal",
            Self::Punctuation => "json__punctuation",
        }
    }
}

/// The parts of one line of indented JSON, in order; together they are the
/// line. In indented JSON no text goes over a line's end.
pub(crate) fn parts(line: &str) -> Vec<(Part, &str)> {
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (part, length) = match first {
            '"' => {
                let length = text_length(rest);
                let is_key = rest[length..].trim_start().starts_with(':');
                (if is_key { Part::Key } else { Part::Text }, length)
            }
            ' ' | '\t' => (Part::Space, run(rest, |c| c == ' ' || c == '\t')),
            '-' | '0'..='9' => (
                Part::Number,
                run(rest, |c| c.is_ascii_digit() || "+-.eE".contains(c)),
            ),
            'a'..='z' => (Part::Literal, run(rest, |c| c.is_ascii_lowercase())),
            other => (Part::Punctuation, other.len_utf8()),
        };
        let (piece, after) = rest.split_at(length);
        match part {
            Part::Text => templates(piece, &mut parts),
            _ => parts.push((part, piece)),
        }
        rest = after;
    }
    parts
}

/// Bytes of the text in quotes at the start, quotes included.
fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn run(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|letter| !belongs(letter)).unwrap_or(rest.len())
}

/// Splits a text into what is written and the templates in it.
fn templates<'a>(mut text: &'a str, parts: &mut Vec<(Part, &'a str)>) {
    while let Some((from, closing)) = next_template(text) {
        let Some(length) = text[from..].find(closing).map(|end| end + closing.len()) else {
            break;
        };
        let (before, template) = text.split_at(from);
        let (template, after) = template.split_at(length);
        if !before.is_empty() {
            parts.push((Part::Text, before));
        }
        parts.push((Part::Template, template));
        text = after;
    }
    if !text.is_empty() {
        parts.push((Part::Text, text));
    }
}

/// Where the next template begins, and what closes it.
fn next_template(text: &str) -> Option<(usize, &'static str)> {
    let forms = [("{{", "}}"), ("${", "}")];
    let found = forms.map(|(opening, closing)| Some((text.find(opening)?, closing)));
    found.into_iter().flatten().min()
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    #[test]
    fn the_parts_of_a_line_are_the_line() {
        let lines = [
            r#"    "url": "https://crm.example.org/{{id}}/x","#,
            r#"  "body": "{ \"phoneNumber\": \"{{phoneNumber}}\" }""#,
            r#"  "timeout": -5.0e+3,"#,
            "  }, {",
            r#"  "broken"#,
            r#"  "ü": null, "ß": [true]"#,
            r#"  "a": "${output.b} and {{c}} and ${""#,
            "",
        ];
        for line in lines {
            let joined: String = parts(line).iter().map(|(_, piece)| *piece).collect();
            assert_eq!(joined, line);
        }
    }

    #[test]
    fn keys_texts_templates_and_numbers_are_told_apart() {
        let found: Vec<_> = parts(r#""a": "x{{y}}${z}", 5"#)
            .into_iter()
            .filter(|(part, _)| !matches!(part, Part::Space | Part::Punctuation))
            .collect();
        let expected = [
            (Part::Key, r#""a""#),
            (Part::Text, r#""x"#),
            (Part::Template, "{{y}}"),
            (Part::Template, "${z}"),
            (Part::Text, r#"""#),
            (Part::Number, "5"),
        ];
        assert_eq!(found, expected);
    }
}
