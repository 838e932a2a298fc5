//! What separates the cells of a CSV file.

use crate::http::{Problem, Result};

/// A file's text, and what separates its cells.
pub(super) struct Separated<'a> {
    /// From the names of the columns on.
    pub(super) text: &'a str,
    pub(super) delimiter: u8,
    /// Lines of the file before that.
    pub(super) lines_before: u64,
}

/// Finds what separates the cells: what the first line says where it says that
/// and nothing else, as Excel reads and writes it (`sep=;`); else what occurs most
/// often in the first line.
pub(super) fn separated(text: &str) -> Result<Separated<'_>> {
    let Some((name, rest)) = named(text) else {
        return Ok(Separated {
            text,
            delimiter: most_frequent(text),
            lines_before: 0,
        });
    };
    match u8::try_from(name) {
        Ok(delimiter) if delimiter.is_ascii() && delimiter != b'"' => Ok(Separated {
            text: rest,
            delimiter,
            lines_before: 1,
        }),
        _ => Err(Problem::field(
            "/text",
            &format!(
                "The first line says that “{name}” separates the cells, which cannot be. Use a comma, a semicolon, a tab or a bar."
            ),
        )),
    }
}

/// The character that the first line names, and what follows the line.
fn named(text: &str) -> Option<(char, &str)> {
    let end = text.find(['\r', '\n'])?;
    let (line, rest) = text.split_at(end);
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.get(1..))?;
    let quoted = line
        .strip_prefix('"')
        .and_then(|line| line.strip_suffix('"'));
    let line = quoted.unwrap_or(line);
    let (key, name) = line.split_at_checked("sep=".len())?;
    let mut name = name.chars();
    match (name.next(), name.next()) {
        (Some(name), None) if key.eq_ignore_ascii_case("sep=") => Some((name, rest)),
        _ => None,
    }
}

/// What occurs most often in the first line that is not blank.
fn most_frequent(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.is_empty());
    let first = first.unwrap_or_default();
    let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
    // The last of equals wins: a comma where there is none of them.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|delimiter| count(*delimiter))
        .unwrap_or(b',')
}
